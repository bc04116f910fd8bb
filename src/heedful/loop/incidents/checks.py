"""What is wrong with a report, per field, in words for its writer. The form, the endpoint and `record` ask the same."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from heedful.foundation.access.refusals import Problem
from heedful.foundation.policies import FormVersion, form_version, taxonomy
from heedful.loop.incidents.reports import NewEvent
from heedful.loop.incidents.rules import implied_answers, required_left, time_problems

LONGEST_WORDS, LONGEST_REASON, LONGEST_PLACE, LONGEST_NAME = 10_000, 2_000, 120, 120
MOST_INVOLVED = 40
NOT_SAFE = frozenset({"no", "unsure"})

_CODES = {
    "harm_body": "harm_to_body",
    "harm_mind": "harm_to_mind",
    "met_safeguarding": "answers",
    "met_clinical": "answers",
    "met_family": "answers",
    "safe_now": "answers",
    "discharge": "answers",
}
_LENGTHS = {
    "words": LONGEST_WORDS,
    "made_safe": LONGEST_WORDS,
    "place": LONGEST_PLACE,
    "met_safeguarding_why": LONGEST_REASON,
    "met_clinical_why": LONGEST_REASON,
    "met_family_why": LONGEST_REASON,
}
# The form's question and the field of the report that answers it.
FIELD_OF = {
    "harm_to_body": "harm_body",
    "harm_to_mind": "harm_mind",
    "safeguarding": "met_safeguarding",
    "clinical": "met_clinical",
    "family": "met_family",
}
_MISSING = {
    "words": gettext_noop("Tell us what happened. One line is enough."),
    "kinds": gettext_noop("Choose what you would call it. “I'm not sure” is fine."),
    "harm_to_body": gettext_noop("Tell us if anyone's body was hurt. “We don't know yet” is an answer."),
    "harm_to_mind": gettext_noop("Tell us if anyone was upset or frightened. “We don't know yet” is an answer."),
    "made_safe": gettext_noop("Tell us what you did to make it safe. “Nothing yet” is an answer."),
    "safeguarding": gettext_noop("Tell us if it could be abuse or neglect. “Not sure” is fine."),
    "clinical": gettext_noop("Tell us if a nurse or doctor needs to know. “Not sure” is fine."),
    "family": gettext_noop("Tell us if the family should be told. “Not sure” is fine."),
}
_UNREADABLE = gettext_noop("There is a character in it that cannot be stored. Check the words and send it again.")


def problems_with(report: NewEvent, form: FormVersion, *, now: datetime) -> list[Problem]:
    """Everything that must be put right before this report can be stored; empty when it can."""
    found = [*_unknown_codes(report), *_too_long(report), *_unreadable(report), *_people(report)]
    found += time_problems(report.occurred, report.aware_at or now, now=now)
    found += [
        Problem(FIELD_OF.get(question.slug, question.slug), _(_MISSING[question.slug]))
        for question in required_left(form, report.kinds, answers_of(report))
        if question.slug in _MISSING
    ]
    return list({problem.field: problem for problem in reversed(found)}.values())[::-1]


def answers_of(report: NewEvent) -> dict[str, object]:
    """The report as answers to the form's questions; None is a question without an answer."""
    implied = implied_answers(form_version(report.form_version), report.kinds)
    return {
        "words": report.words,
        "kinds": report.kinds,
        "when": report.occurred,
        "where": report.service_id,
        "harm_to_body": _answer(report.harm_body) or implied.get("harm_to_body"),
        "harm_to_mind": _answer(report.harm_mind) or implied.get("harm_to_mind"),
        "made_safe": report.made_safe.strip() or ("nothing yet" if report.safe_now in NOT_SAFE else None),
        "safeguarding": report.met_safeguarding,
        "clinical": report.met_clinical,
        "family": report.met_family,
        "confidential": report.confidential,
    }


def _answer(code: str) -> str | None:
    return None if code == "not_asked" else code


def _unknown_codes(report: NewEvent) -> Iterator[Problem]:
    for kind in report.kinds:
        if kind not in taxonomy("event_kinds"):
            yield Problem("kinds", _not_listed(kind))
    if report.type and report.type not in taxonomy("core_types"):
        yield Problem("type", _not_listed(report.type))
    for field, codes in _CODES.items():
        code = getattr(report, field)
        if code and code not in taxonomy(codes) and code != "not_asked":
            yield Problem(field, _not_listed(code))


def _too_long(report: NewEvent) -> Iterator[Problem]:
    for field, longest in _LENGTHS.items():
        length = len(getattr(report, field))
        if length > longest:
            text = _(
                "This is %(length)d characters long and we can keep %(longest)d. Make it shorter. Nothing is lost yet."
            )
            yield Problem(field, text % {"length": length, "longest": longest})


def _unreadable(report: NewEvent) -> Iterator[Problem]:
    for field in _LENGTHS:
        if "\0" in getattr(report, field):
            yield Problem(field, _(_UNREADABLE))


def _people(report: NewEvent) -> Iterator[Problem]:
    if len(report.involved) > MOST_INVOLVED:
        yield Problem(
            "who", _("Name at most %(most)d people here. Put the others in your own words.") % {"most": MOST_INVOLVED}
        )
    for one in report.involved:
        if one.part not in taxonomy("parts"):
            yield Problem("who", _not_listed(one.part))
        if not (one.person_id or one.staff_id or one.name.strip()):
            yield Problem("who", _("Say who it was, or take the line away."))
        if len(one.name) > LONGEST_NAME or "\0" in one.name:
            yield Problem("who", _("A name can have %(longest)d letters. Make it shorter.") % {"longest": LONGEST_NAME})
    for told in report.informed:
        if told.who not in taxonomy("informed") or len(told.name) > LONGEST_NAME:
            yield Problem("informed", _("Choose who was told from the list."))


def _not_listed(code: str) -> str:
    return _("“%(code)s” is not one of the answers. Choose from the list.") % {"code": code[:40]}
