"""One change in sentences: its answer, the numbers with what was told beside them, and what else is known of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.ui.filters import number
from heedful.loop.audits import presenters as audits
from heedful.loop.effects import words
from heedful.loop.effects.lines import RINGS, said_of
from heedful.loop.effects.presenters import drawing, telling
from heedful.loop.effects.queries import Judged
from heedful.loop.effects.words import Said
from heedful.loop.measures.catalogue import measures
from heedful.oversight.governance import values
from heedful.oversight.governance.queries.changes import Change, Looked
from heedful.oversight.governance.rules import FEW, is_small

WORDS = {
    "worked": gettext_lazy("Worked"),
    "no_change": gettext_lazy("No change"),
    "worse": gettext_lazy("Worse"),
    "not_enough": gettext_lazy("Too early to say"),
    "": gettext_lazy("Cannot be counted"),
}
STRENGTH_WORDS = {
    "stronger": gettext_lazy("A strong change: it does not rely on memory."),
    "intermediate": gettext_lazy("A change of middle strength."),
    "weaker": gettext_lazy("A weak change: it relies on memory."),
}
BASIS = {
    "counted": gettext_lazy("Counted, against what was expected"),
    "looked": gettext_lazy("Looked at on a random sample"),
    "verified": gettext_lazy("Done, and checked by a second person"),
    "done": gettext_lazy("Said to be done, not checked yet"),
    "agreed": gettext_lazy("Agreed, not done yet"),
}


def told(change: Change, names: Mapping[UUID, str], *, outside: bool) -> values.Change:
    row, judged = change.action, change.judged
    plain = values.Change(
        action_id=str(row.pk),
        answer=change.answer,
        ring=RINGS.get(change.answer, "ahead"),
        word=str(WORDS[change.answer]),
        title=title(change),
        where=", ".join(names[one] for one in row.service_ids if one in names),
        strength=str(STRENGTH_WORDS[row.strength]),
        numbers="",
        meaning="",
        beside=(),
        proof=tuple(_proof(change, outside=outside)),
        basis=str(BASIS[basis(change)]),
        first_day=formatted(row.starts_on, "j F Y"),
    )
    return _judged(plain, judged, outside=outside) if judged else plain


def title(change: Change) -> str:
    """Words that somebody let out; until then what kind of change it is, and what it should move."""
    if change.words:
        return change.words
    kind = _(change.kind.label) if change.kind else _("A change")
    if change.judged is None:
        return kind
    values = {"kind": kind, "what": said_of(change.judged).what}
    fewer = change.judged.finding.direction == "fewer"
    return (_("%(kind)s, for fewer %(what)s") if fewer else _("%(kind)s, for more %(what)s")) % values


def about(theme: Any, types: Sequence[str]) -> str:
    """What a theme is about: the chart that it was opened from, else what most of its events are about."""
    most = Counter(one for one in types if one in measures()).most_common(1)
    slug = theme.series_key if theme.series_key in measures() else next((key for key, _n in most), "")
    return str(measures()[slug].label) if slug else _("Several things")


def basis(change: Change) -> str:
    """The strongest thing that is known of it."""
    if change.answer and change.answer != "not_enough":
        return "counted"
    if change.looked:
        return "looked"
    return {"verified": "verified", "done": "done"}.get(change.action.state, "agreed")


def _judged(plain: values.Change, judged: Judged, *, outside: bool) -> values.Change:
    found, finding = said_of(judged), judged.finding
    few = outside and is_small(round(finding.observed))
    counted = bool(finding.looks)
    return replace(
        plain,
        numbers=_few(found) if few and counted else words.numbers(found),
        meaning=_meaning(found),
        beside=tuple(_beside(judged)),
        observed=finding.observed if counted and not few else None,
        expected=finding.expected if counted else None,
        next_answer=words.next_answer(finding) if finding.answer == "not_enough" else "",
        # Months are small numbers, so the chart stays in the house.
        chart=None if outside else _chart(judged, found),
    )


def _few(found: Said) -> str:
    return _("Fewer than %(n)s %(what)s in %(months)s, where about %(expected)s were expected.") % {
        "n": number(FEW),
        "what": found.what,
        "months": words.months(len(found.finding.looks)),
        "expected": words.about(found.finding.expected),
    }


def _meaning(found: Said) -> str:
    """What follows, and for "too early" when there will be an answer; how to get one, where there never will be."""
    if found.finding.answer != "not_enough":
        return words.meaning(found)
    if found.no_care or not found.finding.baseline_events:
        return f"{words.title(found)}. {words.meaning(found)}"
    month = words.next_answer(found.finding)
    return _("Next answer in %(month)s.") % {"month": month} if month else words.meaning(found)


def _beside(judged: Judged) -> list[str]:
    """Are people still telling us? Beside every figure of harm."""
    both = ((telling.EARLY_WORDS, judged.early), (telling.OTHER_WORDS, judged.other))
    found = [telling.sentence(words_of, one) for words_of, one in both if one.moved != "unknown"]
    if telling.tell_less(judged) and judged.finding.direction == "fewer":
        found.append(_("So fewer recorded may only mean fewer told."))
    return found or [_("Nothing was told that could be set beside it.")]


def _chart(judged: Judged, found: Said) -> values.Chart | None:
    spec = drawing.spec(judged, found)
    return values.chart(replace(spec, sentence=f"{words.title(found)}. {words.numbers(found)}"))


def _proof(change: Change, *, outside: bool) -> list[str]:
    """Strength of the change, what checks found, and when somebody looks next."""
    found = [_looked(one, outside=outside) for one in change.looked]
    if change.next_look:
        found.append(_("Next check of practice: %(day)s.") % {"day": formatted(change.next_look.due_on, "j F Y")})
    elif not change.looked:
        found.append(_("No check of practice is planned."))
    return found


def _looked(one: Looked, *, outside: bool) -> str:
    day = {"day": formatted(one.audit.done_at, "j F Y")}
    if outside and is_small(one.result.looked_at):
        return _("Checked on %(day)s: too few to say more.") % day
    found = audits.said(one.result)
    return _("Checked on %(day)s:") % day + f" {found.seen} {found.range}"
