"""A verdict in one line, for pages that show several: the register, a theme, a case."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ui.filters import in_words
from heedful.loop.actions.queries import Aim
from heedful.loop.effects import queries, words
from heedful.loop.effects.queries import Judged
from heedful.loop.effects.words import Said
from heedful.loop.measures.catalogue import measures

RINGS = {"worked": "worked", "no_change": "no-change", "worse": "worse", "not_enough": "too-early"}
OPEN = "not_enough"
# What asks for somebody comes first, then what worked, then what is still open.
ORDER = ("worse", "no_change", "worked", OPEN)


@dataclass(frozen=True)
class Line:
    """The answer and its numbers in words, and where the whole page is."""

    answer: str
    word: str
    ring: str
    title: str
    numbers: str
    change: str
    services: str
    url: str


def of_actions(action_ids: Iterable[UUID], viewer: Viewer, today: date) -> list[Line]:
    """Of these actions those with an aim that the viewer may count, in the order given."""
    aims = (queries.asked(one, viewer) for one in action_ids)
    return [_line(aim, viewer, today) for aim in aims if aim]


def register(viewer: Viewer, today: date) -> list[Line]:
    """Every change with an aim in view; what asks for somebody first."""
    found = [_line(aim, viewer, today) for aim in queries.in_view(viewer)]
    return sorted(found, key=lambda line: ORDER.index(line.answer))


def heading(found: Sequence[Line]) -> str:
    """Two changes worked. One did not. Three: too early to say."""
    return tally(Counter(line.answer for line in found))


def tally(counted: Mapping[str, int]) -> str:
    """How many worked, how many did not, and of how many nobody can say yet; what is none is not said."""
    worked, open_still = counted.get("worked", 0), counted.get(OPEN, 0)
    failed = counted.get("worse", 0) + counted.get("no_change", 0)
    not_so = (
        ngettext("One did not.", "%(n)s did not.", failed)
        if worked
        else ngettext("One change did not work.", "%(n)s changes did not work.", failed)
    )
    early = (
        ngettext("For one it is too early to say.", "For %(n)s it is too early to say.", open_still)
        if worked or failed
        else ngettext("For one change it is too early to say.", "For %(n)s changes it is too early to say.", open_still)
    )
    said = (
        (ngettext("One change worked.", "%(n)s changes worked.", worked), worked),
        (not_so, failed),
        (early, open_still),
    )
    words = [one % {"n": in_words(n)} for one, n in said if n]
    return " ".join(f"{one[:1].upper()}{one[1:]}" for one in words)


def said_of(judged: Judged) -> Said:
    """What the sentences need."""
    return Said(
        finding=judged.finding,
        measure=measures()[judged.aim.series_key],
        starts_on=judged.aim.starts_on,
        no_care=not any(judged.evidence.exposure),
    )


def change_of(aim: Aim) -> str:
    """The change as a phrase that something may follow."""
    return aim.title.strip().rstrip(".")


def verdict_url(aim: Aim) -> str:
    return reverse("effects:verdict", args=[aim.action_id])


def _line(aim: Aim, viewer: Viewer, today: date) -> Line:
    judged = queries.judged(viewer, aim, today)
    said = said_of(judged)
    return Line(
        answer=judged.finding.answer,
        word=words.answer_word(judged.finding.answer),
        ring=RINGS[judged.finding.answer],
        title=words.title(said),
        numbers=words.numbers(said),
        change=change_of(aim),
        services=", ".join(place.name for place in judged.evidence.places),
        url=verdict_url(aim),
    )
