"""What a verdict says, in plain sentences. Recorded events fall or rise; nothing is ever proved."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.ui.filters import number
from heedful.loop.effects.analysis import Finding
from heedful.loop.measures import months as calendar
from heedful.loop.measures.catalogue import Measure


@dataclass(frozen=True)
class Said:
    """What a sentence needs: the finding, what was counted, and the day the change starts."""

    finding: Finding
    measure: Measure
    starts_on: date
    no_care: bool = False  # how much care there was is not known, so nothing can be compared

    @property
    def what(self) -> str:
        """falls: the plural of what is counted, without a number."""
        return self.measure.counted(2).replace("2", "").strip()

    @property
    def fewer(self) -> bool:
        return self.finding.direction == "fewer"


def title(said: Said) -> str:
    """The answer, as the title of its page."""
    finding, values = said.finding, {"what": said.what, "aim": aim(said.finding)}
    if finding.answer == "worked":
        words = _("It worked: recorded %(what)s fell") if said.fewer else _("It worked: more %(what)s are recorded")
        return words % values
    if finding.answer == "worse":
        return (_("Worse: recorded %(what)s rose") if said.fewer else _("Worse: fewer %(what)s are recorded")) % values
    if finding.answer == "no_change":
        return _("No change: not the %(aim)s you aimed for") % values
    return _too_early(said)


def answer_word(answer: str) -> str:
    """The answer in one or a few words, as beside its ring."""
    return {
        "worked": _("Worked"),
        "no_change": _("No change"),
        "worse": _("Worse"),
        "not_enough": _("Too early to say"),
    }[answer]


def numbers(said: Said) -> str:
    """9 falls in 8 months, where about 22 were expected."""
    finding = said.finding
    if not finding.looks:
        return ""
    return _("%(told)s in %(months)s, where about %(expected)s were expected.") % {
        "told": said.measure.counted(round(finding.observed)),
        "months": months(len(finding.looks)),
        "expected": about(finding.expected),
    }


def meaning(said: Said) -> str:
    """What follows from the numbers."""
    finding = said.finding
    if finding.answer == "worked":
        words = _("Chance, the bad spell before it and checking every month do not explain this.")
        if "short_of_target" in finding.caution_codes:
            words += " " + _("But it is not the %(aim)s you aimed for.") % {"aim": aim(finding)}
        return words
    if finding.answer == "worse":
        return _("Review now. Chance and checking every month do not explain this.")
    if finding.answer == "no_change":
        return _("Consider a different action.")
    return _when(said)


def aim(finding: Finding) -> str:
    """30% fewer, 50% more."""
    share = round(abs(1 - finding.target) * 100)
    words = _("%(share)s%% fewer") if finding.direction == "fewer" else _("%(share)s%% more")
    return words % {"share": number(share)}


def how_much(said: Said) -> tuple[str, str]:
    """(about 60% fewer, the range in words) from the interval that the boundaries give."""
    finding = said.finding
    if finding.ratio is None or finding.low is None:
        return "", _(
            "It fell and rose again since the change, so no one figure would be true."
        ) if finding.looks else ""
    ends = [against(finding.low), against(finding.high) if finding.high is not None else _("many times the usual")]
    if finding.high is not None and finding.high <= 1:
        ends.reverse()  # from little to much, on either side of as usual
    return against(finding.ratio), _("It could be anything from %(first)s to %(last)s.") % {
        "first": ends[0],
        "last": ends[1],
    }


def against(ratio: float) -> str:
    """60% fewer, 6% more, 4.6 times the usual, as usual, none at all."""
    if round(ratio, 2) == 0:
        return _("none at all")
    share = round(abs(1 - ratio) * 100)
    if not share:
        return _("as usual")
    if ratio > 3:
        return _("%(times)s times the usual") % {"times": number(round(ratio, 1))}
    words = _("%(share)s%% fewer") if ratio < 1 else _("%(share)s%% more")
    return words % {"share": number(share)}


def no_proof(said: Said) -> str:
    """None at all is not a success by itself."""
    chance = said.finding.chance_of_none
    if chance is None or said.finding.answer == "worked" or not said.fewer:
        return ""
    return _(
        "None in %(months)s is no proof: if nothing had changed, that would still happen %(share)s times in 100."
    ) % {"months": months(len(said.finding.looks)), "share": number(max(1, round(chance * 100)))}


def about(value: float) -> str:
    """About 22; below three with one decimal."""
    return number(round(value)) if value >= 3 else number(round(value, 1))


def months(n: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}


def long_day(day: date) -> str:
    return formatted(day, "j F Y")


def spell(months: tuple[int, int]) -> str:
    """June 2026; January 2026 to February 2026."""
    if months[0] == months[1]:
        return calendar.long(months[0])
    return _("%(first)s to %(last)s") % {"first": calendar.long(months[0]), "last": calendar.long(months[1])}


def good_so_far(finding: Finding) -> bool:
    """Is it at the rate that was aimed for, or beyond?"""
    if finding.ratio is None:
        return False
    return finding.ratio <= finding.target if finding.direction == "fewer" else finding.ratio >= finding.target


def next_answer(finding: Finding) -> str:
    """March 2027: when there will be an answer if the change does what it should; empty when never."""
    wait = finding.to_target if finding.to_target is not None else finding.to_half
    last = finding.looks[-1].month if finding.looks else finding.start - 1
    return calendar.long(last + wait) if wait else ""


def _too_early(said: Said) -> str:
    finding = said.finding
    if said.no_care:
        return _("We cannot say: nobody has entered how much care there was")
    if "no_baseline" in finding.caution_codes and not finding.looks:
        return _("We cannot say: there is nothing before it to compare with")
    if not finding.looks:
        return _("Too early to say. The first month ends in %(month)s.") % {"month": calendar.long(finding.start)}
    month = next_answer(finding)
    if month:
        return _("Too early to say. Next answer in %(month)s.") % {"month": month}
    return _("Too early to say, and these numbers alone may never tell")


def _when(said: Said) -> str:
    """When there will be enough evidence, and what to do if never."""
    finding = said.finding
    if not finding.looks:
        return _no_look(said)
    target, half = finding.to_target, finding.to_half
    if target:
        promising = _("That looks promising.") + " " if good_so_far(finding) else ""
        words = ngettext(
            "About %(n)d more month at the rate aimed for would settle it.",
            "About %(n)d more months at the rate aimed for would settle it.",
            target,
        )
        return promising + words % {"n": target}
    if half:
        words = ngettext(
            "If they have halved, about %(n)d more month would show it.",
            "If they have halved, about %(n)d more months would show it.",
            half,
        )
        return words % {"n": half} + " " + _never(finding, aim(finding))
    return _never(finding, _("Even a halving") if said.fewer else aim(finding))


def _no_look(said: Said) -> str:
    if said.no_care:
        return _("Fewer events may only mean fewer people. Enter the bed days, care hours or visits, and ask again.")
    if "no_baseline" in said.finding.caution_codes:
        return _("Nothing of this kind was recorded in the months before.")
    starts = _("Measured from %(day)s, at the end of every month.") % {"day": long_day(said.starts_on)}
    month = next_answer(said.finding)
    if month:
        return starts + " " + _("If it does what was aimed for, we expect an answer in %(month)s.") % {"month": month}
    return starts + " " + _never(said.finding, _("Even a halving") if said.fewer else aim(said.finding))


def _never(finding: Finding, what: str) -> str:
    return _(
        "%(what)s could not be shown within %(months)s at this rate: look at similar services together, "
        "count near misses, or check the practice itself."
    ) % {"what": what[:1].upper() + what[1:], "months": months(finding.horizon)}
