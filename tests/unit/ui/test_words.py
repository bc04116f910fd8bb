"""Dates, lengths and numbers in plain words; icons and rings."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import engines

from heedful.foundation.ui import icons

NOW = datetime(2026, 6, 14, 9, 0, tzinfo=UTC)  # a Sunday, 10:00 in London
JINJA = engines["jinja2"].env  # type: ignore[attr-defined]


def shown(expression: str, **context: object) -> str:
    request = SimpleNamespace(received_at=NOW)
    return str(JINJA.from_string("{{ " + expression + " }}").render(request=request, **context))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 6, 14, 2, 12, tzinfo=UTC), "03:12 today"),
        (datetime(2026, 6, 13, 20, 40, tzinfo=UTC), "21:40 yesterday"),
        (datetime(2026, 6, 15, 9, 0, tzinfo=UTC), "10:00 tomorrow"),
        (datetime(2026, 6, 16, 9, 0, tzinfo=UTC), "10:00 on Tuesday"),
        (datetime(2026, 6, 30, 9, 0, tzinfo=UTC), "30 June, 10:00"),
        (datetime(2025, 12, 1, 9, 0, tzinfo=UTC), "1 December 2025, 09:00"),
        (datetime(2026, 6, 13, 23, 30, tzinfo=UTC), "00:30 today"),
    ],
)
def test_a_moment_is_told_as_from_the_place_and_the_hour_of_asking(at: datetime, words: str) -> None:
    assert shown("at|near('Europe/London')", at=at) == words


def test_days_and_moments() -> None:
    at = datetime(2026, 6, 14, 6, 40, tzinfo=UTC)
    assert shown("at|moment('Europe/London')", at=at) == "14 June, 07:40"
    assert shown("at|clock('Europe/London')", at=at) == "07:40"
    assert shown("on|day", on=date(2026, 6, 14)) == "14 June"
    assert shown("on|day", on=date(2024, 6, 14)) == "14 June 2024"
    assert shown("on|long_day", on=date(2026, 11, 22)) == "Sunday 22 November 2026"


@pytest.mark.parametrize(
    ("minutes", "words"), [(25, "25 min"), (190, "3 h 10 min"), (120, "2 h"), (1500, "1 day 1 h"), (28800, "20 days")]
)
def test_a_length_of_time_is_told_shortly(minutes: int, words: str) -> None:
    assert shown("d|duration", d=timedelta(minutes=minutes)) == words


def test_numbers() -> None:
    assert shown("n|number", n=35762) == "35,762"
    assert shown("n|number", n=2.75) == "2.8"
    assert shown("n|in_words", n=3) == "three"
    assert shown("n|in_words", n=12) == "12"
    assert shown("plural(1, 'fall', 'falls')") == "1 fall"
    assert shown("plural(0, 'fall', 'falls')") == "0 falls"


def test_what_people_typed_is_escaped() -> None:
    assert shown("words", words="<b>&") == "&lt;b&gt;&amp;"


def test_pictures_are_decoration_for_screen_readers() -> None:
    for picture in (icons.icon("phone"), icons.ring("worked"), icons.mark()):
        assert 'aria-hidden="true"' in picture and "style=" not in picture


def test_every_answer_has_a_shape_of_its_own() -> None:
    answers = ("worked", "probably", "too-early", "no-change", "worse")
    assert len({icons.RINGS[kind] for kind in answers}) == len(answers)
