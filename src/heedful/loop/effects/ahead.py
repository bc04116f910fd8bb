"""Before a change starts: how soon could anybody tell that it worked? Reckoned exactly as its verdict will be."""

from collections import Counter

from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions.foresight import Asked, Told
from heedful.loop.actions.queries import Aim
from heedful.loop.audits.analysis import least_sample
from heedful.loop.effects import analysis, queries, words
from heedful.loop.effects.analysis import Finding
from heedful.loop.effects.queries import NOBODY, Log
from heedful.loop.measures import queries as measured
from heedful.loop.measures.catalogue import Measure, measures, shown

YEAR = 12


def tell(viewer: Viewer, asked: Asked) -> list[Told]:
    """The measure asked about, then what else is told most there. Without care given, no more than that one."""
    seen = {place.id for place in measured.places(viewer)}
    if not asked.service_ids or not seen.issuperset(asked.service_ids):
        return []
    first = _aim(viewer, asked, asked.series_key)
    known = queries.log(viewer, [first], asked.today)
    slugs = [asked.series_key] if asked.series_key in measures() else []
    slugs += [slug for slug in _most_told(known) if slug not in slugs][: asked.others]
    found = [_told(viewer, _aim(viewer, asked, slug), asked, known) for slug in slugs]
    return found if any(any(one.exposure) for one in known.counted) else found[:1]


def _aim(viewer: Viewer, asked: Asked, slug: str) -> Aim:
    """The aim that the change would have."""
    return Aim(
        action_id=NOBODY,
        organisation_id=viewer.organisation_id,
        service_ids=asked.service_ids,
        series_key=slug,
        direction=asked.direction,
        target=asked.target,
        starts_on=asked.starts_on,
        trigger_from=asked.trigger_from,
        trigger_to=asked.trigger_to,
        theme_id=None,
        title="",
    )


def _most_told(known: Log) -> list[str]:
    """Of what fewer of is better, what is told most: what somebody may want to move."""
    counts: Counter[str] = Counter()
    for one in known.counted:
        counts.update({slug: sum(found) for slug, found in one.counts.items() if measures()[slug].better == "fewer"})
    return [slug for slug, found in counts.most_common() if found]


def _told(viewer: Viewer, aim: Aim, asked: Asked, known: Log) -> Told:
    found = queries.evidence(viewer, aim, asked.today, known)
    measure = shown(aim.series_key)
    if not any(found.exposure):
        text = _("Nobody has entered how much care there was here, so nothing could be compared.")
        return Told(aim.series_key, str(measure.label), text, instead(asked.wanted))
    finding = queries.judge(aim, found)
    in_time = finding.to_target is not None
    text = f"{_usual(finding, measure)} {_when(finding)}"
    return Told(aim.series_key, str(measure.label), text, "" if in_time else instead(asked.wanted))


def instead(wanted: int) -> str:
    """What a check of the practice would say, and how large it must be: by the method of the checks."""
    return _(
        "Check the practice itself: if %(sample)d are looked at and all are as they should be, that shows %(wanted)d "
        "of 100 or more."
    ) % {"sample": least_sample(wanted), "wanted": wanted}


def _usual(finding: Finding, measure: Measure) -> str:
    """About 3 falls a month here; about 5 falls a year."""
    if not finding.baseline_events:
        return _("None told here in the %(months)s looked at.") % {"months": words.months(finding.baseline_months)}
    monthly = finding.baseline_events / finding.baseline_months
    if monthly >= 1.5:
        return _("About %(told)s a month here.") % {"told": measure.counted(round(monthly))}
    return _("About %(told)s a year here.") % {"told": measure.counted(max(1, round(monthly * YEAR)))}


def _when(finding: Finding) -> str:
    """30% fewer could be seen after about 9 months, a halving after about 5."""
    target, half = finding.to_target, finding.to_half if finding.target > analysis.HALF else None
    values = {"aim": words.aim(finding), "never": words.months(finding.horizon)}
    values |= {"target": words.months(target or 0), "half": words.months(half or 0)}
    if target and half and half < target:
        text = _("%(aim)s could be seen after about %(target)s, a halving after about %(half)s.")
    elif target:
        text = _("%(aim)s could be seen after about %(target)s.")
    elif half:
        text = _("A halving could be seen after about %(half)s; %(aim)s not within %(never)s.")
    elif finding.direction == "fewer":
        text = _("That is too few: even a halving could not be told from luck within %(never)s.")
    else:
        text = _("That is too few: %(aim)s could not be told from luck within %(never)s.")
    return text % values
