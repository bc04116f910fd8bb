"""Who asks, about which services and which months."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.loop.measures import queries as measures
from heedful.loop.measures.queries import Place
from heedful.oversight.governance import rules
from heedful.oversight.governance.rules import Period


@dataclass(frozen=True)
class Scope:
    """`chosen`: one service of several was asked for. `now`: what is open or late is so at this moment."""

    viewer: Viewer
    places: tuple[Place, ...]
    period: Period
    now: datetime
    chosen: bool = False

    @property
    def service_ids(self) -> list[UUID]:
        return [place.id for place in self.places]

    @property
    def organisation_wide(self) -> bool:
        return not self.chosen and self.viewer.everywhere(Permission.SEE_BOARD)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def begins(self) -> datetime:
        return _midnight(self.period.starts_on)

    @property
    def ends(self) -> datetime:
        """The first moment that is not in it any more."""
        return _midnight(self.period.day_after)

    @property
    def known_until(self) -> datetime:
        """What is known of changes: up to now on the newest page, up to its end on one about the past."""
        newest = rules.period(self.today, 1).last == self.period.last
        return max(self.now, self.ends) if newest else self.ends


def places(viewer: Viewer) -> list[Place]:
    """The services whose board the viewer may see, by name."""
    see = Permission.SEE_BOARD
    if viewer.everywhere(see):
        return measures.places(viewer)
    return [place for place in measures.places(viewer) if place.id in viewer.services_for(see)]


def scope(
    viewer: Viewer, now: datetime, *, length: int = rules.BOARD, until: int | None = None, service: UUID | None = None
) -> Scope | None:
    """None for a service that the viewer may not ask about."""
    every = places(viewer)
    chosen = [place for place in every if service is None or place.id == service]
    if service is not None and not chosen:
        return None
    period = rules.period(timezone.localdate(now), length, until)
    return Scope(viewer, tuple(chosen), period, now, service is not None and len(every) > 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
