"""A policy that anyone can read: where it holds, what it says in sentences, where each comes from, how sure we are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from heedful.foundation.policies import ActionHierarchyPolicy, Level, shipped
from heedful.foundation.policies.hierarchy import StrengthWords
from heedful.foundation.policies.schema import Clock, ClocksPolicy, Source
from heedful.foundation.policies.tables import DutiesPolicy, Rule, SeriousnessPolicy
from heedful.loop.duties.reading import level_word

_NATIONS = {
    "uk": "Holds until a nation has its own",
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
}


@dataclass(frozen=True)
class Row:
    """One sentence of a policy, and what it rests on."""

    text: str
    source: Source
    verified: bool
    more: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Readable:
    title: str
    version: int
    place: str
    valid_from: date
    valid_to: date | None
    caution: str
    verified: bool
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]


def readable(name: str, version: int) -> Readable | None:
    """The policy of that name and version, if it judges decisions; else None."""
    for policy in shipped():
        if policy.id == name and policy.version == version and (sections := _sections(policy)):
            return Readable(
                title=_(policy.title),
                version=policy.version,
                place=policy.authority or _(_NATIONS[policy.nation]),
                valid_from=policy.valid_from,
                valid_to=policy.valid_to,
                caution=_(policy.caution),
                verified=policy.verified,
                sections=tuple(sections),
                sources=tuple(policy.sources.values()),
            )
    return None


def _sections(policy: Any) -> list[Section]:
    if isinstance(policy, SeriousnessPolicy):
        return [_level(policy, level) for level in reversed(Level)]
    if isinstance(policy, DutiesPolicy):
        return [
            Section(_(duty.question), _(duty.yes_means), tuple(_duty_row(policy, rule) for rule in duty.rules))
            for duty in policy.duties
        ]
    if isinstance(policy, ClocksPolicy):
        rows = tuple(_clock(policy, clock) for clock in policy.clocks)
        return [Section(_("Time limits"), _("Each starts when somebody became aware."), rows)]
    if isinstance(policy, ActionHierarchyPolicy):
        return [_strength(policy, words) for words in policy.words]
    return []


def _strength(policy: ActionHierarchyPolicy, words: StrengthWords) -> Section:
    rows = [
        Row(_(kind.label), policy.sources[kind.source], kind.verified, _(kind.example))
        for kind in policy.of_strength(words.strength)
    ]
    return Section(_(words.word), _(words.because), tuple(rows))


def _level(policy: SeriousnessPolicy, level: Level) -> Section:
    response = policy.response_to(level)
    rules = [rule for rule in policy.rules if rule.level == level]
    rows = tuple(Row(_because(rule, policy), policy.sources[rule.source], rule.verified) for rule in rules)
    return Section(level_word(level), f"{_(response.meaning)} {_(response.response)}", rows)


def _duty_row(policy: DutiesPolicy, rule: Any) -> Row:
    suggests = _("Suggests yes") if rule.answer == "yes" else _("Suggests that you look")
    return Row(_because(rule, None), policy.sources[rule.source], rule.verified, suggests)


def _because(rule: Rule, policy: SeriousnessPolicy | None) -> str:
    """The sentence with the numbers from which the row holds."""
    numbers: Mapping[str, Any] = {name: value for name, value in rule.when.items() if isinstance(value, int)}
    first = {"occurrence": int(numbers.get("similar_before", 0)) + 1}
    days = {"looks_back_days": policy.looks_back_days, "discharge_days": policy.discharge_days} if policy else {}
    return _(rule.because) % {**numbers, **first, **days}


def _clock(policy: ClocksPolicy, clock: Clock) -> Row:
    units = {
        "minutes": _("%(n)s minutes"),
        "hours": _("%(n)s hours"),
        "days": _("%(n)s days, by %(at)s"),
        "working_days": _("%(n)s working days, by %(at)s"),
        "next_time_of_day": _("the next %(at)s that is at least %(n)s hours away"),
    }
    limit = units[clock.unit] % {"n": clock.amount, "at": clock.at}
    law = _("Set by law") if clock.statutory else _("A target; yours may differ")
    return Row(f"{_(clock.label)}: {limit}", policy.sources[clock.source], clock.verified, law)
