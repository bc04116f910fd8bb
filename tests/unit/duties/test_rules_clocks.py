"""Which clocks a decision starts, and when something is overdue."""

from datetime import UTC, date, datetime, timedelta

from heedful.foundation.policies import Answer, Harm, rulebook
from heedful.loop.duties.clocks import Place, clocks_of, decide_by, is_overdue, urgency
from heedful.loop.duties.rules import Facts, assess

BOOK = rulebook(on=date(2026, 11, 22), nation="england")
HERE = Place(zone="Europe/London", nation="england")
FRIDAY_NIGHT = datetime(2026, 11, 20, 21, 40, tzinfo=UTC)


def _clocks(facts: Facts) -> dict[str, datetime]:
    return {due.what: due.at for due in clocks_of(assess(facts, BOOK), FRIDAY_NIGHT, policy=BOOK, place=HERE)}


def test_each_duty_runs_on_its_own_clock_from_becoming_aware() -> None:
    dues = _clocks(
        Facts(
            kinds=frozenset({"complaint"}),
            harm_to_body=Harm.SEVERE,
            harm_to_mind=Harm.NONE,
            lasts_28_days=Answer.YES,
        )
    )
    assert dues["cqc_notification"] == FRIDAY_NIGHT + timedelta(hours=24)
    assert dues["complaint"] == datetime(2026, 11, 25, 17, tzinfo=UTC)
    assert dues["safeguarding_concern"] == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert dues["tell.family"] == FRIDAY_NIGHT + timedelta(hours=24)


def test_the_soonest_stands_first() -> None:
    facts = Facts(harm_to_body=Harm.SEVERE, harm_to_mind=Harm.NONE)
    dues = clocks_of(assess(facts, BOOK), FRIDAY_NIGHT, policy=BOOK, place=HERE)
    assert [due.at for due in dues] == sorted(due.at for due in dues)
    assert dues[0].what == "tell.safeguarding_lead"


def test_what_somebody_does_not_know_is_found_out_within_a_day() -> None:
    assert _clocks(Facts())["find_out.harm_to_body"] == FRIDAY_NIGHT + timedelta(hours=24)


def test_a_question_that_nobody_was_asked_starts_no_clock() -> None:
    facts = Facts(harm_to_body=Harm.NONE, harm_to_mind=Harm.NONE)
    assert "signs_checked" in {item.input for item in assess(facts, BOOK).find_out}
    assert not [what for what in _clocks(facts) if what.startswith("find_out")]


def test_nothing_done_yet_to_make_it_safe_is_decided_within_two_hours() -> None:
    soon = decide_by(FRIDAY_NIGHT, policy=BOOK, place=HERE, not_safe=True)
    assert soon.at == FRIDAY_NIGHT + timedelta(hours=2)
    morning = decide_by(FRIDAY_NIGHT, policy=BOOK, place=HERE, not_safe=False)
    assert morning.at == datetime(2026, 11, 21, 10, tzinfo=UTC)


def test_a_limit_is_overdue_only_after_it_has_passed() -> None:
    due = FRIDAY_NIGHT
    assert not is_overdue(due, now=due)
    assert is_overdue(due, now=due + timedelta(seconds=1))
    assert urgency(due, now=due - timedelta(hours=5)) == "later"
    assert urgency(due, now=due - timedelta(hours=4)) == "soon"
    assert urgency(due, now=due + timedelta(hours=1)) == "overdue"
