"""Where the numbers of a board page lead: to the rows behind them, as far as this viewer may open them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.dateformat import format as formatted
from django.utils.http import urlencode

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import queries as people
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries as audits
from heedful.loop.incidents import queries as incidents
from heedful.loop.measures import months as calendar
from heedful.loop.reviews import queries as reviews
from heedful.oversight.governance.queries.counts import Rows
from heedful.oversight.governance.queries.scope import Scope

MOST = 200


@dataclass(frozen=True)
class Link:
    """One row behind a number."""

    title: str
    url: str
    hint: str


def query(scope: Scope) -> str:
    """What a page was asked for, so that the page behind it is about the same."""
    asked = {"months": str(len(scope.period.months)), "until": calendar.code(scope.period.last)}
    if scope.chosen:
        asked["service"] = str(scope.places[0].id)
    return urlencode(asked)


def rows_url(code: str, scope: Scope) -> str:
    return f"{reverse('governance:behind', args=[code])}?{query(scope)}"


def listed(rows: Rows, viewer: Viewer) -> list[Link]:
    """Read anew through each room's own door: nothing is listed that its page would refuse."""
    wanted = rows.ids[:MOST]
    return {"case": _cases, "review": _reviews, "theme": _themes, "action": _actions, "audit": _audits}[rows.kind](
        wanted, viewer
    )


def _cases(ids: Iterable[UUID], viewer: Viewer) -> list[Link]:
    seen = incidents.visible_to(viewer).filter(pk__in=list(ids)).select_related("service")
    return [
        Link(one.title, reverse("casefile:show", args=[one.pk]), f"{_day(one.local_date)}, {one.service.name}")
        for one in seen.order_by("occurred_from", "id")
    ]


def _reviews(ids: Iterable[UUID], viewer: Viewer) -> list[Link]:
    seen = list(reviews.reviews_seen(viewer).filter(pk__in=list(ids)).select_related("theme").order_by("opened_at"))
    titles = reviews.titles(seen)
    return [Link(titles[one.pk], reverse("reviews:show", args=[one.pk]), _day(one.opened_at)) for one in seen]


def _themes(ids: Iterable[UUID], viewer: Viewer) -> list[Link]:
    seen, names = reviews.themes_seen(viewer).filter(pk__in=list(ids)).order_by("opened_at"), people.service_names()
    return [Link(one.name, reverse("themes:show", args=[one.pk]), reviews.service_words(one, names)) for one in seen]


def _actions(ids: Iterable[UUID], viewer: Viewer) -> list[Link]:
    seen = actions.actions_seen(viewer).filter(pk__in=list(ids)).order_by("starts_on", "id")
    return [Link(one.what_will_differ, reverse("actions:show", args=[one.pk]), _day(one.due_on)) for one in seen]


def _audits(ids: Iterable[UUID], viewer: Viewer) -> list[Link]:
    seen = audits.audits_seen(viewer).filter(pk__in=list(ids)).order_by("due_on", "id")
    return [Link(one.question, reverse("audits:show", args=[one.pk]), _day(one.due_on)) for one in seen]


def _day(day: date) -> str:
    return formatted(day, "j F Y")
