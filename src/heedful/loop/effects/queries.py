"""The months that a verdict is about, as a viewer may count them, and the verdicts that were kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from heedful.foundation.access import tenant
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.access.viewer import Grant, Viewer
from heedful.loop.actions import queries as actions
from heedful.loop.actions.queries import Aim
from heedful.loop.effects import analysis, rules
from heedful.loop.effects.analysis import Finding, Told
from heedful.loop.effects.models import Verdict
from heedful.loop.measures import queries as measures
from heedful.loop.measures.catalogue import Per, per
from heedful.loop.measures.months import first_day
from heedful.loop.measures.queries import Case, Counted, Place

EARLY, EVERYTHING = "early", "all"
MOST = 60
NOBODY = UUID(int=0)
Column = tuple[float | None, ...]
Counts = Callable[[Counted], Sequence[int | None]]


@dataclass(frozen=True)
class Evidence:
    """One measure over an action's services, month by month, and what else was told there. None: not known.

    `exposure` is in units of one thousand of what rates are set against. `part`: the viewer sees a part of a service.
    """

    frame: rules.Frame
    places: tuple[Place, ...]
    counts: Column
    exposure: Column
    early: Column
    other: Column
    per: Per | None
    estimated: int
    part: bool

    @property
    def events(self) -> list[int | None]:
        """The counts as they are kept beside a verdict."""
        return [None if one is None else int(one) for one in self.counts]


@dataclass(frozen=True)
class Log:
    """What a viewer may count in all the months that several aims look at: read once for all of them."""

    places: tuple[Place, ...]
    counted: tuple[Counted, ...]


@dataclass(frozen=True)
class Judged:
    """What can be said to this viewer: a finding, and what stands beside it."""

    aim: Aim
    evidence: Evidence
    finding: Finding
    early: Told
    other: Told
    whole: bool  # the viewer may count every event behind it


@dataclass(frozen=True)
class Answered:
    """A verdict as it was kept: the last month that it looked at, its answer, and all that it rests on."""

    id: UUID
    action_id: UUID
    month: int
    answer: str
    at: datetime
    finding: Finding


def aims(action_id: UUID | None = None) -> list[Aim]:
    """Every action that says what it should move, or that one."""
    return list(actions.aims(action_id))


def aim_of(action_id: UUID) -> Aim | None:
    return next(iter(aims(action_id)), None)


def asked(action_id: UUID, viewer: Viewer) -> Aim | None:
    """The aim of an action that the viewer may see, if its services' patterns are open to them too."""
    if not actions.actions_seen(viewer).filter(pk=action_id).exists():
        return None
    aim = aim_of(action_id)
    seen = {place.id for place in measures.places(viewer)}
    return aim if aim and seen.issuperset(aim.service_ids) else None


def in_view(viewer: Viewer) -> list[Aim]:
    """Every aim that the viewer may ask about, the newest change first."""
    shown = set(actions.actions_seen(viewer).exclude(series_key="").values_list("pk", flat=True))
    seen = {place.id for place in measures.places(viewer)}
    found = [aim for aim in aims() if aim.action_id in shown and seen.issuperset(aim.service_ids)]
    return sorted(found, key=lambda aim: aim.starts_on, reverse=True)[:MOST]


def frame_of(aim: Aim, today: date) -> rules.Frame:
    return rules.frame(starts_on=aim.starts_on, trigger_from=aim.trigger_from, trigger_to=aim.trigger_to, today=today)


def everyone(organisation_id: UUID) -> Viewer:
    """Whoever reads all of an organisation and changes nothing: in whose eyes the kept verdict is worked out."""
    reads = Grant(role=Role.INSPECTOR, scope=Scope.ORGANISATION)
    return Viewer(NOBODY, "", organisation_id, "", grants=(reads,))


def log(viewer: Viewer, found: Sequence[Aim], today: date) -> Log:
    """For `judged`, where many aims are judged on one page."""
    frames = [frame_of(aim, today) for aim in found]
    wanted = {service_id for aim in found for service_id in aim.service_ids}
    places = [place for place in measures.places(viewer) if place.id in wanted]
    first, until = min((one.first for one in frames), default=1), max((one.until for one in frames), default=0)
    return Log(tuple(places), tuple(measures.monthly(viewer, places, range(first, until + 1))))


def evidence(viewer: Viewer, aim: Aim, today: date, known: Log | None = None) -> Evidence:
    """The aim's months as this viewer may count them."""
    frame = frame_of(aim, today)
    places = [place for place in known.places if place.id in aim.service_ids] if known else _places(viewer, aim)
    counted = _counted(viewer, places, frame, known)
    units = {place.exposure_measure for place in places}
    unit = per(units.pop()) if len(units) == 1 else None
    return Evidence(
        frame=frame,
        places=tuple(places),
        counts=_added(frame, counted, lambda one: one.counts[aim.series_key]),
        exposure=_care(frame, counted, unit),
        early=_added(frame, counted, lambda one: one.counts[EARLY]),
        other=_added(frame, counted, lambda one: _other(one, aim.series_key)),
        per=unit,
        estimated=sum(sum(one.estimated) for one in counted),
        part=not all(place.whole for place in places),
    )


def _counted(viewer: Viewer, places: Sequence[Place], frame: rules.Frame, known: Log | None) -> list[Counted]:
    if frame.until < frame.first:
        return []
    if known is None:
        return measures.monthly(viewer, places, frame.months)
    return [_within(one, frame) for one in known.counted if one.place in places]


def _within(one: Counted, frame: rules.Frame) -> Counted:
    """Its part that lies in the frame."""
    at = [index for index, month in enumerate(one.months) if month in frame.months]
    return Counted(
        place=one.place,
        months=tuple(one.months[index] for index in at),
        counts={slug: tuple(counts[index] for index in at) for slug, counts in one.counts.items()},
        exposure=tuple(one.exposure[index] for index in at),
        estimated=tuple(one.estimated[index] for index in at),
    )


def peers(aim: Aim, frame: rules.Frame) -> list[tuple[Column, Column]]:
    """The same months of the organisation's other services that count care in the same unit. Only for a prior."""
    whole = everyone(tenant.current())
    ours = {place.id: place for place in measures.places(whole)}
    units = {ours[service_id].exposure_measure for service_id in aim.service_ids if service_id in ours}
    others = [one for one in ours.values() if one.id not in aim.service_ids and one.exposure_measure in units]
    unit = per(next(iter(units))) if len(units) == 1 else None
    if not unit or not others or frame.until < frame.first:
        return []
    found = measures.monthly(whole, others, frame.months)
    return [
        (_added(frame, [one], lambda each: each.counts[aim.series_key]), _care(frame, [one], unit)) for one in found
    ]


def judged(viewer: Viewer, aim: Aim, today: date, known: Log | None = None) -> Judged:
    """What was kept, when this viewer counts the very same; else what they may count, judged now."""
    found, last = evidence(viewer, aim, today, known), latest_of(aim.action_id)
    same = last is not None and (last.month, last.counts) == (found.frame.until, found.events)
    finding = analysis.restored(last.result) if last and same else judge(aim, found)
    early, other = analysis.told(found.frame, found.early), analysis.told(found.frame, found.other)
    return Judged(aim, found, finding, early, other, same or counts_all(viewer, aim, found.frame))


def counts_all(viewer: Viewer, aim: Aim, frame: rules.Frame) -> bool:
    """May the viewer count every event that a kept verdict of this aim counts?"""
    months = list(frame.months)
    ours = {case.id for case in measures.cases(viewer, aim.series_key, _places(viewer, aim), months)}
    every = everyone(tenant.current())
    return all(case.id in ours for case in measures.cases(every, aim.series_key, _places(every, aim), months))


def judge(aim: Aim, found: Evidence) -> Finding:
    """Work it out."""
    return analysis.judge(
        found.frame, found.counts, found.exposure, peers(aim, found.frame), target=float(aim.target),
        fewer=aim.direction == "fewer",
    )  # fmt: skip


def cases(viewer: Viewer, aim: Aim, month: int) -> list[Case]:
    """The events behind one point."""
    return measures.cases(viewer, aim.series_key, _places(viewer, aim), [month])


def _places(viewer: Viewer, aim: Aim) -> list[Place]:
    return [place for place in measures.places(viewer) if place.id in set(aim.service_ids)]


def latest_of(action_id: UUID) -> Verdict | None:
    return Verdict.objects.filter(action_id=action_id).order_by("-number").first()


def verdict(verdict_id: UUID, viewer: Viewer) -> Answered | None:
    """A kept verdict, if the viewer may count all that it counted."""
    row = Verdict.objects.filter(pk=verdict_id).first()
    return next((one for one in verdicts_of(row.action_id, viewer) if one.id == verdict_id), None) if row else None


def verdicts_of(action_id: UUID, viewer: Viewer) -> list[Answered]:
    """What was kept about an action, the oldest first.

    Nothing for whoever may not see the action, or may not count every event behind it: an answer tells of its count.
    """
    aim = asked(action_id, viewer)
    rows = list(Verdict.objects.filter(action_id=action_id).order_by("number")) if aim else []
    if not aim or not rows or not counts_all(viewer, aim, frame_of(aim, first_day(rows[-1].month + 1))):
        return []
    return [_answered(row) for row in rows]


def latest(action_id: UUID, viewer: Viewer) -> Answered | None:
    """The newest of them."""
    found = verdicts_of(action_id, viewer)
    return found[-1] if found else None


def _answered(row: Verdict) -> Answered:
    return Answered(row.pk, row.action_id, row.month, row.answer, row.at, analysis.restored(row.result))


def _added(frame: rules.Frame, counted: Sequence[Counted], counts: Counts) -> Column:
    """The sum over services, month by month; None where one of them did not keep the log yet."""
    series = [dict(zip(one.months, counts(one), strict=True)) for one in counted]
    return tuple(_sum([each.get(month) for each in series]) for month in frame.months)


def _care(frame: rules.Frame, counted: Sequence[Counted], unit: Per | None) -> Column:
    if unit is None:
        return (None,) * len(frame.months)
    summed = _added(frame, counted, lambda one: one.exposure)
    return tuple(None if amount is None else amount / unit.multiply for amount in summed)


def _other(one: Counted, series_key: str) -> list[int]:
    """Everything else that was told: what went wrong and what was told early, without the measure itself."""
    rest = [everything + early for everything, early in zip(one.counts[EVERYTHING], one.counts[EARLY], strict=True)]
    return [max(told - mine, 0) for told, mine in zip(rest, one.counts[series_key], strict=True)]


def _sum(values: Sequence[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(sum(known)) if known and len(known) == len(values) else None
