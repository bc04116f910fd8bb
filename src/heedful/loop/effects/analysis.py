"""From months and an aim to a verdict, as plain values that can be kept. The only door to the statistics."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

from heedful.loop.effects.rules import VERSION, Answer, Frame
from heedful.stats import effects

Column = Sequence[float | None]
_ANSWERS: Mapping[effects.Answer, Answer] = {
    "worked": "worked",
    "no_change": "no_change",
    "worse": "worse",
    "not_enough_evidence": "not_enough",
}
HALF = 0.5
# Everything else that is told, a month: below this share of before, people may tell less of everything.
TELL_LESS, TELL_MORE = 0.75, 1.25


@dataclass(frozen=True)
class Told:
    """How much was told a month before the bad spell and since the change; None where no month is known."""

    before: float | None
    since: float | None

    @property
    def moved(self) -> str:
        """less, same, more; unknown."""
        if not self.before or self.since is None:
            return "unknown"
        ratio = self.since / self.before
        return "less" if ratio < TELL_LESS else "more" if ratio > TELL_MORE else "same"


@dataclass(frozen=True)
class Look:
    """Totals since the change at the end of one month, and the total that would be enough to be sure."""

    month: int
    events: float
    expected: float
    enough: float | None


@dataclass(frozen=True)
class Finding:
    """A verdict as it is kept and shown. Months are numbers; exposure is in the unit that rates are given per."""

    answer: Answer
    decided_on: int | None
    observed: float
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    target: float
    direction: str
    start: int
    spell: tuple[int, int]
    baseline: tuple[int, int]
    baseline_events: float
    baseline_months: int
    baseline_rate: float
    expected_rate: float
    spell_events: float
    spell_exposure: float
    gap_events: float
    gap_months: int
    gap_exposure: float
    to_target: int | None
    to_half: int | None
    chance_of_none: float | None
    dispersion: float
    peers: int
    looks: tuple[Look, ...]
    cautions: tuple[tuple[str, float, float | None], ...]
    horizon: int
    version: str = VERSION

    @property
    def caution_codes(self) -> frozenset[str]:
        return frozenset(code for code, _, _ in self.cautions)

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def restored(kept: Mapping[str, Any]) -> Finding:
    """A finding as it was kept."""
    looks = tuple(Look(**look) for look in kept["looks"])
    pairs = {name: tuple(kept[name]) for name in ("spell", "baseline")}
    cautions = tuple((code, found, needed) for code, found, needed in kept["cautions"])
    return Finding(**{**kept, **pairs, "looks": looks, "cautions": cautions})


def judge(
    frame: Frame,
    counts: Column,
    exposure: Column,
    peers: Sequence[tuple[Column, Column]],
    *,
    target: float,
    fewer: bool,
) -> Finding:
    """Judge the months of the frame. `peers`: the same months of similar services."""
    verdict = effects.judge(
        counts, exposure, start=frame.start_at, trigger=frame.trigger, target=target,
        direction="down" if fewer else "up", peers=peers,
    )  # fmt: skip
    return Finding(
        answer=_ANSWERS[verdict.answer],
        decided_on=None if verdict.decided_on is None else frame.first + verdict.decided_on,
        target=target,
        direction="fewer" if fewer else "more",
        start=frame.start,
        spell=frame.spell,
        to_target=verdict.months_to_answer(),
        to_half=verdict.months_to_answer(HALF) if fewer else None,
        cautions=tuple(_cautions(verdict, frame)),
        **_before(verdict, frame.first),
        **_since(verdict, frame.first),
    )


def _before(verdict: effects.Verdict, first: int) -> dict[str, Any]:
    """What was usual, what made people act, and the months between."""
    usual, plan = verdict.usual, verdict.plan
    return {
        "baseline": (first + plan.before[0], first + plan.before[1] - 1),
        "baseline_events": usual.events,
        "baseline_months": usual.months,
        "baseline_rate": usual.events / usual.exposure if usual.exposure else 0.0,
        "expected_rate": usual.expected_rate,
        "spell_events": verdict.spell[0],
        "spell_exposure": verdict.spell[1],
        "gap_events": verdict.gap[0],
        "gap_exposure": verdict.gap[1],
        "gap_months": verdict.months.known(*plan.gap),
        "dispersion": verdict.dispersion,
        "peers": verdict.prior.peers if verdict.prior.a else 0,
        "horizon": plan.horizon,
    }


def _since(verdict: effects.Verdict, first: int) -> dict[str, Any]:
    """What came since the change, and what it cannot exclude."""
    between = verdict.interval
    return {
        "observed": verdict.observed,
        "expected": verdict.expected,
        "ratio": verdict.rate_ratio,
        "low": between.low if between else None,
        "high": between.high if between and isfinite(between.high) else None,
        "chance_of_none": verdict.chance_of_none,
        "looks": tuple(Look(first + look.month, look.events, look.expected, look.worked) for look in verdict.looks),
    }


def told(frame: Frame, counts: Column) -> Told:
    """The same two stretches of another count, so that silence cannot pass for safety."""
    before = [one for one in counts[: frame.trigger[0]] if one is not None]
    since = [one for one in counts[frame.start_at :] if one is not None]
    return Told(_mean(before), _mean(since))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _cautions(verdict: effects.Verdict, frame: Frame) -> list[tuple[str, float, float | None]]:
    found: list[tuple[str, float, float | None]] = [(one.code, one.found, one.needed) for one in verdict.cautions]
    return [("spell_assumed", 1, None), *found] if frame.assumed else found
