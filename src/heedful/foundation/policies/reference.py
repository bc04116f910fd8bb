"""Writes the reference pages from the data, so that they cannot say anything else.

`python -m heedful.foundation.policies.reference docs/reference` writes both; a test holds them to the data.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from heedful.foundation.policies.forms import all_forms
from heedful.foundation.policies.hierarchy import ActionHierarchyPolicy
from heedful.foundation.policies.loader import AnyPolicy, shipped
from heedful.foundation.policies.schema import (
    BankHolidaysPolicy,
    Clock,
    ClocksPolicy,
    ExposurePolicy,
    Item,
    Policy,
    RetentionPolicy,
    ReviewsPolicy,
)
from heedful.foundation.policies.tables import DutiesPolicy, Rule, SeriousnessPolicy
from heedful.foundation.policies.taxonomies import Taxonomy, taxonomies
from heedful.foundation.policies.words import Level

NOTE = "<!-- Generated from the data by heedful.foundation.policies.reference. Change the data, not this page. -->"
_UNITS = {
    "minutes": "minutes",
    "hours": "hours",
    "days": "days",
    "working_days": "working days",
    "next_time_of_day": "hours or more, then the next",
}


def policies_page() -> str:
    """Every policy: where it holds, where it comes from, and each row of it."""
    lines = [
        "# Policies",
        NOTE,
        "Rules as data. A decision keeps the version that judged it. An item that is **not verified** rests on a "
        "source that was read at second hand or not at all: check it before you rely on it.",
    ]
    for policy in shipped():
        lines += _policy(policy)
    return "\n\n".join(lines) + "\n"


def taxonomies_page() -> str:
    """Every taxonomy with its codes, and every form version with its questions."""
    lines = [
        "# Taxonomies and forms",
        NOTE,
        "Stored codes and their English labels. An organisation may add words of its own, each mapped onto one of "
        "these codes.",
    ]
    for taxonomy in taxonomies().values():
        lines += _taxonomy(taxonomy)
    for form in all_forms():
        rows = [
            (f"`{q.slug}`", q.text, q.taxonomy and f"`{q.taxonomy}`", _yes(q.short), _yes(q.required))
            for q in form.questions
        ]
        lines += [f"## Form `{form.reference}`: {form.title}", f"In force from {form.valid_from:%-d %B %Y}."]
        lines.append(_table(("Code", "Question", "Taxonomy", "Asked in a short report", "Must be answered"), rows))
    return "\n\n".join(lines) + "\n"


def messages() -> list[str]:
    """Every sentence and label in the data, for the gettext catalogue."""
    found = {term.label for taxonomy in taxonomies().values() for term in taxonomy}
    found |= {term.hint for taxonomy in taxonomies().values() for term in taxonomy}
    found |= {text for taxonomy in taxonomies().values() for text in (taxonomy.title, taxonomy.question)}
    found |= {text for form in all_forms() for q in form.questions for text in (q.text, q.hint)}
    for policy in shipped():
        found.update(_messages(policy))
    return sorted(found - {""})


def _messages(policy: AnyPolicy) -> Iterator[str]:
    yield policy.caution
    for item in policy.items():
        for name in ("because", "if_so", "question", "yes_means", "no_because", "done_when", "label", "why", "example"):
            yield str(getattr(item, name, ""))
    if isinstance(policy, ActionHierarchyPolicy):
        yield from (text for entry in policy.words for text in (entry.word, entry.because))
    if isinstance(policy, SeriousnessPolicy):
        yield from (text for entry in policy.levels for text in (entry.meaning, entry.response))
        yield from (item.question for item in policy.find_out)


def _policy(policy: AnyPolicy) -> list[str]:
    place = policy.authority or policy.nation.replace("_", " ").title().replace("Uk", "UK, until a nation has its own")
    until = f" to {policy.valid_to:%-d %B %Y}" if policy.valid_to else ""
    verified = "every item verified" if policy.verified else "**some items not verified**"
    lines = [f"## {policy.title}"]
    lines.append(
        f"`{policy.reference}`, kind `{policy.kind}`. {place}. From {policy.valid_from:%-d %B %Y}{until}; {verified}."
    )
    if policy.caution:
        lines.append(f"> {policy.caution}")
    return [*lines, *_rows(policy), _sources(policy)]


def _rows(policy: AnyPolicy) -> list[str]:
    match policy:
        case SeriousnessPolicy():
            return _seriousness(policy)
        case DutiesPolicy():
            return [part for duty in policy.duties for part in (f"### {duty.question}", *_duty(policy, duty.slug))]
        case ClocksPolicy():
            clocks = [(f"`{c.slug}`", c.label, _limit(c), _law(c), *_cited(c)) for c in policy.clocks]
            late = [(step.label, str(step.days), *_cited(step)) for step in policy.late]
            return [
                _table(("Clock", "What", "Limit from becoming aware", "Set by", "Source", "Verified"), clocks),
                _table(("Who hears that it is late", "Days late", "Source", "Verified"), late),
            ]
        case ExposurePolicy():
            exposures = [
                (f"`{e.service_kind}`", f"`{e.measure}`", f"{e.per:,}", e.why, *_cited(e)) for e in policy.exposures
            ]
            return [_table(("Kind of service", "Set against", "Per", "Why", "Source", "Verified"), exposures)]
        case RetentionPolicy():
            periods = [(p.label, str(p.years), p.runs_from.replace("_", " "), *_cited(p)) for p in policy.periods]
            return [_table(("Record", "Years at least", "Runs from", "Source", "Verified"), periods)]
        case ReviewsPolicy():
            return _reviews(policy)
        case ActionHierarchyPolicy():
            return _hierarchy(policy)
        case BankHolidaysPolicy():
            calendar = policy.calendars[0]
            return [
                f"No working days: {' and '.join(calendar.weekend)}, and the bank holidays of `{calendar.subdivision}`."
            ]


def _reviews(policy: ReviewsPolicy) -> list[str]:
    rows = [
        (Level(r.level).code, r.review, r.if_repeated or "", r.if_pattern or "", f"`{r.clock}`", r.why, *_cited(r))
        for r in policy.reviews
    ]
    words = policy.individual
    heads = ("Level", "Review", "The second time", "Small ones that add up", "Clock", "Why", "Source", "Verified")
    return [
        _table(heads, rows),
        "An answer stops at a person when it has a name of somebody there, one of "
        f"“{'”, “'.join(words.alone)}”, or one of the roles with a failing at most {words.within} words later.",
        f"Roles: {', '.join(words.roles)}. Failings: {', '.join(words.failings)}.",
    ]


def _seriousness(policy: SeriousnessPolicy) -> list[str]:
    levels = [(Level(e.level).code, f"**{e.word}**", e.meaning, e.response) for e in policy.levels]
    rules = [(f"`{r.id}`", Level(r.level).code, _conditions(r), r.because, *_cited(r)) for r in policy.rules]
    return [
        _table(("Level", "Word", "What it means", "What to do"), levels),
        f"It looks back {policy.looks_back_days} days. The first row that holds decides; every row that holds is a "
        "reason. A condition holds when the answer is at least as worrying as the one named.",
        _table(("Rule", "At least", "When", "Because", "Source", "Verified"), rules),
    ]


def _hierarchy(policy: ActionHierarchyPolicy) -> list[str]:
    kinds = [
        (policy.words_for(k.strength).word, k.strength, f"`{k.slug}`", k.label, k.example, *_cited(k))
        for k in policy.kinds
    ]
    looks = [(f"`{look.slug}`", look.label, str(look.days), *_cited(look)) for look in policy.looks]
    steps = [(step.label, str(step.days), *_cited(step)) for step in policy.overdue]
    return [
        *[f"**{words.word}** (`{words.strength}`): {words.because}" for words in policy.words],
        _table(("Strength", "Code", "Kind", "What", "For example", "Source", "Verified"), kinds),
        _table(("Look again", "What", "Days after its first day", "Source", "Verified"), looks),
        _table(("Who hears that it is late", "Days late", "Source", "Verified"), steps),
    ]


def _duty(policy: DutiesPolicy, slug: str) -> list[str]:
    duty = next(duty for duty in policy.duties if duty.slug == slug)
    rules = [(f"`{r.id}`", r.answer, _conditions(r), r.because, *_cited(r)) for r in duty.rules]
    return [
        f"`{duty.slug}`, clock `{duty.clock}`. Yes: {duty.yes_means} Done when: {duty.done_when}",
        _table(("Rule", "Suggests", "When", "Because", "Source", "Verified"), rules),
    ]


def _conditions(rule: Rule) -> str:
    parts = []
    for name, threshold in rule.when.items():
        if isinstance(threshold, list):
            parts.append(f"{name}: any of {', '.join(threshold)}")
        else:
            parts.append(f"{name}: {threshold}")
    return "; ".join(parts) or "everything else"


def _limit(clock: Clock) -> str:
    at = f" at {clock.at}" if clock.unit in ("days", "working_days") else ""
    at = f" {clock.at}" if clock.unit == "next_time_of_day" else at
    return f"{clock.amount} {_UNITS[clock.unit]}{at}"


def _law(clock: Clock) -> str:
    return "law" if clock.statutory else "target"


def _sources(policy: Policy) -> str:
    rows = [
        (f"`{key}`", f"[{source.title}]({source.url})" if source.url else source.title, source.certainty)
        for key, source in policy.sources.items()
    ]
    return _table(("Source", "What", "How sure"), rows)


def _cited(item: Item) -> tuple[str, str]:
    return f"`{item.source}`", _yes(item.verified)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _taxonomy(taxonomy: Taxonomy) -> list[str]:
    codes = [", ".join(f"{name} {code}" for name, code in term.codes.items()) for term in taxonomy]
    rows = [(f"`{term.slug}`", term.label, term.hint, code) for term, code in zip(taxonomy, codes, strict=True)]
    verified = "" if taxonomy.verified else " **Not verified.**"
    return [
        f"## {taxonomy.title}",
        f"`{taxonomy.name}`, version {taxonomy.version}. {taxonomy.source.rstrip('.')}.{verified}",
        _table(("Code", "Label", "Hint", "Other codes"), rows),
    ]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def main(folder: str) -> None:
    """Write both pages into the folder."""
    Path(folder, "policies.md").write_text(policies_page(), encoding="utf-8")
    Path(folder, "taxonomies.md").write_text(taxonomies_page(), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
