"""Are people still telling us? Near misses and everything else told, beside every verdict."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.ui.charts import Drawing
from heedful.loop.effects.analysis import Told
from heedful.loop.effects.presenters import drawing
from heedful.loop.effects.queries import Judged
from heedful.loop.effects.words import about

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

EARLY_WORDS = {
    "less": gettext_lazy("Near misses and worries went down, from about %(before)s a month to about %(since)s."),
    "same": gettext_lazy("Near misses and worries stayed at about %(since)s a month (%(before)s before)."),
    "more": gettext_lazy("Near misses and worries went up, from about %(before)s a month to about %(since)s."),
}
OTHER_WORDS = {
    "less": gettext_lazy("Everything else that is told went down, from about %(before)s a month to about %(since)s."),
    "same": gettext_lazy("Everything else that is told stayed at about %(since)s a month (%(before)s before)."),
    "more": gettext_lazy("Everything else that is told went up, from about %(before)s a month to about %(since)s."),
}


@dataclass(frozen=True)
class Telling:
    """The card: its title, its sentences, a small chart, and the figures as rows."""

    title: str
    text: list[str]
    drawing: Drawing | None
    rows: list[tuple[str, str, str]]


def card(judged: Judged) -> Telling:
    said = [
        sentence(words, found)
        for words, found in ((EARLY_WORDS, judged.early), (OTHER_WORDS, judged.other))
        if found.moved != "unknown"
    ]
    rows = [
        (_("Near misses and worries"), _figure(judged.early.before), _figure(judged.early.since)),
        (_("Everything else that is told"), _figure(judged.other.before), _figure(judged.other.since)),
    ]
    return Telling(_title(judged), said + _warning(judged), _drawing(judged, said), rows)


def tell_less(judged: Judged) -> bool:
    """Was less told of other things too, so that fewer may only mean fewer told?"""
    return "less" in (judged.other.moved, judged.early.moved)


def sentence(words: "dict[str, StrPromise]", found: Told) -> str:
    return str(words[found.moved]) % {"before": about(found.before or 0), "since": about(found.since or 0)}


def _title(judged: Judged) -> str:
    worked = judged.finding.answer == "worked" and judged.finding.direction == "fewer"
    return _("Did people just stop telling us?") if worked else _("Are people still telling us?")


def _warning(judged: Judged) -> list[str]:
    if judged.early.since is None and judged.other.since is None:
        return [_("Nothing has been told since the change that could be set beside it.")]
    if tell_less(judged) and judged.finding.direction == "fewer":
        return [_("So fewer recorded may only mean fewer told. Ask on the shifts before you believe it.")]
    if not tell_less(judged) and judged.finding.answer == "worked":
        return [_("It does not look as if people had stopped telling.")]
    return []


def _drawing(judged: Judged, said: list[str]) -> Drawing | None:
    if not any(judged.evidence.early):
        return None
    sentence = said[0] if said else _("Near misses and worries, month by month")
    return drawing.small(judged, judged.evidence.early, _("Near misses and worries"), sentence)


def _figure(value: float | None) -> str:
    return _("not known") if value is None else about(value)
