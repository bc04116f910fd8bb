"""What came of a case alone, in every later stage: it is kept as long as the case, and goes with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import ngettext

from heedful.loop.actions.hanging import HANGING as ACTIONS
from heedful.loop.audits.hanging import HANGING as AUDITS
from heedful.loop.feedback.hanging import HANGING as FEEDBACK
from heedful.loop.reviews.hanging import HANGING as REVIEWS

STAGES = tuple(hanging for hanging in (*REVIEWS, *ACTIONS, *AUDITS, *FEEDBACK) if hanging.has_marks)


@dataclass
class CameOf:
    """`goes_on`: something of it has not ended. `kinds`: how many there are of each, by the name of its table."""

    ended: list[date] = field(default_factory=list)
    goes_on: bool = False
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        return tuple(self.kinds.items())


def came_of(event_ids: Iterable[UUID]) -> Mapping[UUID, CameOf]:
    """By case. What came of several cases stays until the last of them goes, and stands in the way of none."""
    found = {event_id: CameOf() for event_id in event_ids}
    for hanging in STAGES:
        rows = dict(hanging.rows(hanging.of_cases(found)).values_list("pk", "retain_from"))
        for row_id, cases in hanging.cases_of(rows).items():
            if len(cases) == 1:
                _add(found[next(iter(cases))], hanging.model.__name__.lower(), rows[row_id])
    return found


def something() -> Q:
    """Cases of which anything came, whatever it is, as a condition on a query of cases."""
    found = Q(pk__in=[])
    for hanging in STAGES:
        for way in hanging.events:
            rows = hanging.model._default_manager.filter(**{f"{way}__isnull": False}).order_by()
            found |= Q(pk__in=rows.values(way))
    return found


def in_words(counts: Iterable[tuple[str, int]]) -> str:
    """ "1 review, 2 changes": what a page says of it."""
    return ", ".join(_one(kind, number) % {"num": number} for kind, number in counts)


def _one(kind: str, number: int) -> str:
    words = {
        "review": ngettext("%(num)s review", "%(num)s reviews", number),
        "finding": ngettext("%(num)s thing that must change", "%(num)s things that must change", number),
        "theme": ngettext("%(num)s theme", "%(num)s themes", number),
        "action": ngettext("%(num)s change", "%(num)s changes", number),
        "audit": ngettext("%(num)s check of practice", "%(num)s checks of practice", number),
        "telling": ngettext("%(num)s message about it", "%(num)s messages about it", number),
        "familydecision": ngettext("%(num)s decision on the family", "%(num)s decisions on the family", number),
        "bulletin": ngettext("%(num)s bulletin", "%(num)s bulletins", number),
    }
    return words[kind]


def _add(one: CameOf, kind: str, ended: date | None) -> None:
    one.kinds[kind] = one.kinds.get(kind, 0) + 1
    if ended is None:
        one.goes_on = True
    else:
        one.ended.append(ended)
