"""The chart of a verdict: baseline, bad spell left out, first day of the change, what was expected, what came."""

from django.urls import reverse
from django.utils.translation import gettext as _

from heedful.foundation.ui.charts import ChartSpec, Drawing, Flag, Point, draw
from heedful.foundation.ui.filters import number
from heedful.loop.effects import words
from heedful.loop.effects.queries import Column, Judged
from heedful.loop.effects.words import Said
from heedful.loop.measures import months as calendar

SINCE = {"worked": Flag.BETTER, "worse": Flag.WORSE, "no_change": Flag.USUAL, "not_enough": Flag.NOJUDGE}
# Months that differ less than this in care given are drawn as counts; otherwise only rates can be compared.
STEADY = 0.1


def large(judged: Judged, said: Said) -> Drawing:
    """The main chart, with the table under it."""
    return draw(spec(judged, said))


def spec(judged: Judged, said: Said) -> ChartSpec:
    """All that the main chart says."""
    rates, begin, frame = not _steady(judged), _begin(judged), judged.evidence.frame
    usual, expected = _levels(judged, rates)
    shown = len(frame.months) > frame.start_at
    return ChartSpec(
        finding=chart_title(said),
        sentence=f"{words.title(said)}. {words.numbers(said)}",
        points=tuple(_points(judged, rates)[begin:]),
        value_name=value_name(judged, said, rates),
        when_name=_("Month"),
        caption=_caption(judged, said, rates),
        centre=usual,
        expected=expected,
        centre_to=frame.trigger[0] - 1 - begin,
        centre_label=_("expected") if shown else "",
        change_at=frame.start_at - begin if shown else None,
        change_label=words.long_day(said.starts_on),
        note=_note(said),
        note_phone=_("%(n)s in all") % {"n": number(said.finding.observed)} if said.finding.looks else "",
        detail_names=(str(said.measure.label), judged.evidence.per.label) if rates and judged.evidence.per else (),
        places=2 if rates else None,
    )


def small(judged: Judged, column: Column, name: str, sentence: str) -> Drawing:
    """Counts of something else over the same months, with the same line for the change."""
    frame, begin = judged.evidence.frame, _begin(judged)
    known = [one for one in column[: frame.trigger[0]] if one is not None]
    points = [
        Point(calendar.short(month), value, said=_part(judged, index)[1])
        for index, (month, value) in enumerate(zip(frame.months, column, strict=True))
    ]
    return draw(
        ChartSpec(
            finding=name,
            sentence=sentence,
            points=tuple(points[begin:]),
            value_name=name,
            when_name=_("Month"),
            centre=sum(known) / len(known) if known else None,
            change_at=frame.start_at - begin if len(points) > frame.start_at else None,
            centre_to=frame.trigger[0] - 1 - begin,
            small=True,
        )
    )


def chart_title(said: Said) -> str:
    what = str(said.measure.label)
    day = words.long_day(said.starts_on)
    if not said.finding.looks:
        return _("%(what)s before the change of %(day)s") % {"what": what, "day": day}
    return _("%(what)s before and after %(day)s") % {"what": what, "day": day}


def value_name(judged: Judged, said: Said, rates: bool) -> str:
    per = judged.evidence.per
    if not rates or per is None:
        return str(said.measure.label)
    values = {"what": said.measure.label, "n": number(per.per), "care": per.label.lower()}
    return _("%(what)s per %(n)s %(care)s") % values


def _points(judged: Judged, rates: bool) -> list[Point]:
    frame, evidence = judged.evidence.frame, judged.evidence
    found = []
    for index, month in enumerate(frame.months):
        count, care = evidence.counts[index], evidence.exposure[index]
        value = count / care if rates and count is not None and care else None if rates else count
        detail = (_figure(count), _care(judged, care)) if rates and evidence.per else ()
        flag, part = _part(judged, index)
        url = reverse("effects:cases", args=[judged.aim.action_id, calendar.code(month)]) if count else ""
        found.append(Point(calendar.short(month), value, flag, detail=detail, url=url, said=part))
    return found


def _begin(judged: Judged) -> int:
    """Index of the first month that is known: before it the log was not kept."""
    known = [index for index, count in enumerate(judged.evidence.counts) if count is not None]
    return min(known[0], judged.evidence.frame.trigger[0] - 1) if known else 0


def _part(judged: Judged, index: int) -> tuple[Flag, str]:
    """How a month is drawn, and what its row says."""
    frame = judged.evidence.frame
    if index < frame.trigger[0]:
        return Flag.USUAL, _("before")
    if index <= frame.trigger[1]:
        return Flag.LEFT_OUT, _("bad spell, left out")
    if index < frame.start_at:
        return Flag.LEFT_OUT, _("between, left out")
    return SINCE[judged.finding.answer], _("since the change")


def _steady(judged: Judged) -> bool:
    """Was there much the same care in every month? Without any figures, counts are all there is."""
    known = [one for one in judged.evidence.exposure if one]
    return not known or max(known) <= (1 + STEADY) * min(known)


def _levels(judged: Judged, rates: bool) -> tuple[float | None, float | None]:
    """The usual level before, and what was expected after, in the unit drawn."""
    known = [one for one in judged.evidence.exposure if one]
    if not known:
        return None, None
    scale = 1.0 if rates else sum(known) / len(known)
    return judged.finding.baseline_rate * scale, judged.finding.expected_rate * scale


def _figure(value: float | None) -> str:
    return _("no figure") if value is None else number(value)


def _care(judged: Judged, care: float | None) -> str:
    per = judged.evidence.per
    return _("not entered") if care is None or per is None else number(round(care * per.per, 1))


def _note(said: Said) -> str:
    finding = said.finding
    if not finding.looks:
        return ""
    return _("%(n)s in %(months)s") % {"n": number(finding.observed), "months": words.months(len(finding.looks))}


def _caption(judged: Judged, said: Said, rates: bool) -> str:
    finding, first = judged.finding, judged.evidence.frame
    if not any(judged.evidence.exposure):
        return _("Each dot is one month. These are counts: they do not allow for how many people were there.")
    told = _(
        "Each dot is one month. Solid line: what was usual in the %(months)s before (%(told)s). "
        "Hollow dots: what made us act, %(spell)s, left out. "
        "Upright line: the first day of the change. Dotted line: expected if nothing had changed."
    ) % {
        "months": words.months(finding.baseline_months),
        "told": said.measure.counted(round(finding.baseline_events)),
        "spell": words.spell(first.spell),
    }
    if rates:
        return told + " " + _("Set against how much care there was, so months can be compared.")
    return told + " " + _("There was about as much care in every month, so months can be compared.")
