"""The result: an answer, what it rests on, what it cannot exclude, and when there will be more."""

from dataclasses import dataclass
from functools import cached_property

from heedful.stats.effects import forecast, interval
from heedful.stats.effects.baseline import Baseline, Prior
from heedful.stats.effects.cautions import Caution
from heedful.stats.effects.claims import Rule
from heedful.stats.effects.plan import Plan
from heedful.stats.effects.series import Months
from heedful.stats.effects.vocabulary import Answer, Claim


@dataclass(frozen=True)
class Look:
    """What a person who looked at the end of one month since the change would have been told.

    `month`: index in the series. `events`, `exposure`, `expected`: totals since the change. `worked`, `no_change`,
    `worse`: the total from which that claim is shown (a most or a least, as the side demands); None: no total would
    do, or the horizon is past.
    """

    month: int
    events: float
    exposure: float
    expected: float
    worked: float | None
    no_change: float | None
    worse: float | None
    answer: Answer


@dataclass(frozen=True)
class Interval:
    """Rate ratios that the looks so far do not exclude, made from the boundaries that gave the answer."""

    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Verdict:
    """Did it work? In the caller's units: events, exposure, indices of months from 0.

    `usual`: the belief that leaves the trigger window out. `cautious`: the one that includes it, for the two claims of
    failure. `spell`, `gap`: events and exposure of the trigger window, and of the months between it and the change.
    """

    answer: Answer
    plan: Plan
    months: Months
    usual: Baseline
    cautious: Baseline
    spell: tuple[float, float]
    gap: tuple[float, float]
    prior: Prior
    dispersion: float
    looks: tuple[Look, ...]
    cautions: tuple[Caution, ...]
    rules: tuple[Rule, ...]

    @property
    def decided_on(self) -> int | None:
        """The month in which this answer was first given; None while there is not enough evidence."""
        if self.answer == "not_enough_evidence":
            return None
        return next(look.month for look in self.looks if look.answer == self.answer)

    @property
    def observed(self) -> float:
        """Events since the change."""
        return self.looks[-1].events if self.looks else 0.0

    @property
    def exposure(self) -> float:
        return self.looks[-1].exposure if self.looks else 0.0

    @property
    def expected(self) -> float:
        """Events since the change had the rate stayed usual."""
        return self.looks[-1].expected if self.looks else 0.0

    @property
    def rate_ratio(self) -> float | None:
        """Observed over expected."""
        return self.observed / self.expected if self.expected > 0 else None

    @property
    def shown(self) -> frozenset[Claim]:
        """Every claim whose boundary was ever reached."""
        return frozenset(rule.claim for rule in self.rules if rule.reached_at is not None)

    @cached_property
    def interval(self) -> Interval | None:
        """None without a look, or when the looks exclude every steady rate ratio (it fell and rose again)."""
        found = interval.invert(self.rules) if self.looks else None
        return Interval(*found) if found else None

    @property
    def chance_of_none(self) -> float | None:
        """P(no event since the change | nothing changed) = (B / (B + e))^A; None once there was one."""
        if self.observed or not self.looks:
            return None
        scaled = self.exposure / self.dispersion
        return float((self.usual.rate / (self.usual.rate + scaled)) ** self.usual.shape)

    def months_to_answer(self, ratio: float | None = None) -> int | None:
        """Months until "worked" if events keep to `ratio` x expected from now on (None: the target).

        0 when it is shown already; None when it cannot be shown within the horizon.
        """
        return forecast.months_to_worked(self.rules, self.plan.target if ratio is None else ratio)
