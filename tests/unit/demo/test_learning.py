"""The words of the demonstration's reviews: codes that exist, causes that are conditions, and dates in order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heedful.demo import handover, landing
from heedful.demo.script import read
from heedful.foundation.policies import Nation, in_force, taxonomy
from heedful.foundation.policies.schema import ReviewsPolicy
from heedful.loop.reviews.rules import Known, stops_at_a_person

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
TOPICS = {name: rows for name, rows in read("learned").items() if name not in ("happened", "answered", "told")}
EVERY = [row for rows in TOPICS.values() for row in rows]


def known() -> Known:
    policy: ReviewsPolicy = in_force("reviews", on=NOW.date(), nation=Nation.UK)
    return Known((), policy.individual)


@pytest.mark.parametrize("row", EVERY, ids=lambda row: str(row["change"])[:30])
def test_what_made_it_likely_is_a_condition_and_no_person(row: dict[str, Any]) -> None:
    """A name would bring the next question, so none is filled in there either."""
    assert "{" not in row["likely"]
    assert stops_at_a_person(row["likely"], known()) == ""


@pytest.mark.parametrize("row", EVERY, ids=lambda row: str(row["change"])[:30])
def test_every_factor_and_weakness_is_in_its_list(row: dict[str, Any]) -> None:
    assert all(code in taxonomy("factors") for code in (row["factor"], *row["factors"]))
    assert all(code in taxonomy("weaknesses") for code in row["weaknesses"])


def test_the_words_are_sorted_by_kinds_of_events_that_exist() -> None:
    assert [name for name in TOPICS if name not in (*taxonomy("core_types").slugs(), "good_care", "landing")] == []


def test_the_first_answer_about_the_missed_tablet_stops_at_a_person_and_the_second_does_not() -> None:
    said = read(handover.STORY)["review"]
    assert stops_at_a_person(said["likely"], known())
    assert stops_at_a_person(said["beneath"], known()) == ""


@pytest.mark.parametrize("back", range(0, 366, 9))
def test_the_change_at_rowan_house_begins_after_it_was_agreed_whatever_today_is(back: int) -> None:
    now = NOW - timedelta(days=back)
    agreed = now.date() - timedelta(days=landing.AGREED)
    assert landing.begins(now).day == 1
    assert timedelta(days=3) < landing.begins(now) - agreed < timedelta(days=45)
