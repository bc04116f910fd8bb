"""The page of one verdict: the answer, the numbers, the chart, four cards, and what could still be wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ui.charts import Drawing
from heedful.loop.actions.queries import Aim
from heedful.loop.effects import words
from heedful.loop.effects.lines import RINGS, change_of, said_of, verdict_url
from heedful.loop.effects.presenters import cards, cautions, drawing, sooner, telling
from heedful.loop.effects.presenters.cards import Card
from heedful.loop.effects.presenters.sooner import Looked
from heedful.loop.effects.presenters.telling import Telling
from heedful.loop.effects.queries import Answered, Judged
from heedful.loop.effects.words import Said
from heedful.loop.measures import months as calendar
from heedful.loop.measures.catalogue import measures
from heedful.loop.measures.presenters import addresses

__all__ = ["VerdictPage", "cases_heading", "verdict_page", "verdict_url"]


@dataclass(frozen=True)
class VerdictPage:
    """All that the template shows."""

    kicker: str
    ring: str
    heading: str
    numbers: str
    meaning: str
    drawing: Drawing
    cards: list[Card]
    telling: Telling
    sooner: list[Looked]
    cautions: list[str]
    goal: str
    as_of: str
    history: list[tuple[str, str]]
    only_yours: bool
    part: bool
    exposure_url: str
    again_url: str
    action_url: str


def verdict_page(judged: Judged, answered: Sequence[Answered], viewer: Viewer) -> VerdictPage:
    said = said_of(judged)
    finding, aim = judged.finding, judged.aim
    return VerdictPage(
        kicker=", ".join([change_of(aim), *(place.name for place in judged.evidence.places)]),
        ring=RINGS[finding.answer],
        heading=words.title(said),
        numbers=words.numbers(said),
        meaning=" ".join(filter(None, [words.meaning(said), words.no_proof(said)])),
        drawing=drawing.large(judged, said),
        cards=cards.of(said),
        telling=telling.card(judged),
        sooner=sooner.checks(judged, viewer),
        cautions=cautions.sentences(judged),
        goal=_goal(said, aim),
        as_of=_as_of(judged),
        history=[(calendar.long(one.month), words.answer_word(one.answer)) for one in answered],
        only_yours=not judged.whole,
        part=judged.evidence.part,
        exposure_url=_exposure_url(judged, viewer) if said.no_care else "",
        again_url=reverse("effects:again", args=[aim.action_id]) if viewer.holds(Permission.AGREE_ACTION) else "",
        action_url=reverse("actions:show", args=[aim.action_id]),
    )


def cases_heading(aim: Aim, month: int, n: int) -> str:
    return _("%(told)s in %(month)s") % {
        "told": measures()[aim.series_key].counted(n),
        "month": calendar.long(month),
    }


def _goal(said: Said, aim: Aim) -> str:
    return _("Goal, set before the change of %(day)s: %(what)s, at least %(aim)s.") % {
        "day": words.long_day(aim.starts_on),
        "what": said.what,
        "aim": words.aim(said.finding),
    }


def _as_of(judged: Judged) -> str:
    return _("Up to the end of %(month)s. Method G, version %(version)s.") % {
        "month": calendar.long(judged.evidence.frame.until),
        "version": judged.finding.version.partition("@")[2],
    }


def _exposure_url(judged: Judged, viewer: Viewer) -> str:
    if not viewer.holds(Permission.ENTER_EXPOSURE) or len(judged.evidence.places) != 1:
        return ""
    return addresses.exposure_url(judged.evidence.places[0])
