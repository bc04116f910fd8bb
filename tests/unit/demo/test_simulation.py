"""What the demonstration is made of: rates, drift, bursts, and words without a blank left in them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import mean, pvariance

import pytest

from heedful.demo import cast, simulate
from heedful.demo.script import places, stories, topics
from heedful.foundation.access.roles import Role
from heedful.foundation.policies import taxonomy

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def events() -> list[simulate.Happening]:
    found = []
    for place in places():
        found += simulate.happenings(place, simulate.months(place, NOW), NOW, 1.0)
    return found


def test_there_are_about_four_thousand_events_in_three_years(events: list[simulate.Happening]) -> None:
    assert 3_300 < len(events) < 4_700
    assert all(one.at <= one.told_at < NOW for one in events)
    assert min(one.at for one in events) > NOW - timedelta(days=3 * 366 + 31)


def test_the_same_seed_gives_the_same_events() -> None:
    def once() -> list[simulate.Happening]:
        place = places()[2]
        return simulate.happenings(place, simulate.months(place, NOW), NOW, 1.0)

    assert once() == once()


def test_what_was_told_in_a_month_that_is_over_is_the_same_on_another_day() -> None:
    place, later = places()[2], NOW + timedelta(days=5)
    first, second = (
        {one for one in simulate.happenings(place, simulate.months(place, day), day, 1.0) if one.at.month == 10}
        for day in (NOW, later)
    )
    assert first == second and first


def test_counts_vary_more_than_chance_alone_would_make_them(events: list[simulate.Happening]) -> None:
    ratios = []
    for place in places()[:5]:
        counts = Counter((one.at.year, one.at.month) for one in events if one.service == place.key)
        ratios.append(pvariance(counts.values()) / mean(counts.values()))
    assert mean(ratios) > 1.3


def test_a_few_people_have_many_events(events: list[simulate.Happening]) -> None:
    falls = Counter(one.person for one in events if one.service == "elm_court" and one.topic == "fall")
    quarter = sorted(falls.values(), reverse=True)[: 44 // 4]
    assert sum(quarter) > 0.5 * sum(falls.values())


def test_near_misses_rise_as_people_dare_to_tell(events: list[simulate.Happening]) -> None:
    near = [one.at for one in events if one.topic == "near_miss"]
    middle = NOW - timedelta(days=548)
    assert sum(at > middle for at in near) > 1.4 * sum(at <= middle for at in near)


def test_falls_peak_in_the_morning_and_reports_come_later(events: list[simulate.Happening]) -> None:
    hours = Counter(one.at.hour for one in events if one.topic == "fall")
    assert sum(hours[hour] for hour in (7, 8, 9)) > 2 * sum(hours[hour] for hour in (1, 2, 3))
    lags = sorted(one.told_at - one.at for one in events)
    assert timedelta(minutes=30) < lags[len(lags) // 2] < timedelta(hours=2)
    assert lags[-1] > timedelta(days=3)


def test_exposure_drifts_and_never_exceeds_the_beds() -> None:
    homecare, elm = places()[0], next(place for place in places() if place.key == "elm_court")
    rounds = [month.amounts["visits_planned"] / month.whole for month in simulate.months(homecare, NOW)]
    assert mean(rounds[-6:]) > 1.1 * mean(rounds[:6])
    for month in simulate.months(elm, NOW):
        assert 0 < month.amounts["bed_days"] <= elm.people * month.whole * 10


def test_every_sentence_fills_its_blanks_for_women_and_men() -> None:
    for called in (cast.Called("Edna Marchbank", False, True), cast.Called("Callum Adair", True, False)):
        for topic in topics().values():
            for words in (*topic.what, *topic.more, *topic.safe, *topic.at_home):
                filled = called.fill(words, "Joss", "lounge")
                assert "{" not in filled
                assert 10 < len(filled) < 300


def test_every_code_is_in_its_list() -> None:
    codes = {code for topic in topics().values() for code in topic.types} | {one.type for one in stories() if one.type}
    assert [code for code in codes if code not in taxonomy("core_types")] == []
    kinds = {kind for one in (*topics().values(), *stories()) for kind in one.kinds}
    assert [kind for kind in kinds if kind not in taxonomy("event_kinds")] == []
    assert [who for one in stories() for who in one.told if who not in taxonomy("informed")] == []


def test_the_theme_at_rowan_house_is_as_its_story_says() -> None:
    """Nine minor falls in five weeks: six at night, five soon after hospital, seven people, eleven staff."""
    falls = [one for one in stories() if one.story == "landing" and one.kinds == ("incident",)]
    assert len(falls) == 9
    assert {one.service for one in falls} == {"rowan_house"}
    days = [one.at[0] for one in falls]
    assert max(days) - min(days) < 35
    assert sum(one.at[1] < "06:00" or one.at[1] > "22:00" for one in falls) == 6
    assert sum(one.discharge_days is not None and one.discharge_days <= 14 for one in falls) == 5
    assert len({one.person for one in falls}) == 7
    staff = {str(one.by) for one in falls} | {str(number) for one in falls for number in one.others}
    assert len(staff) == 11
    assert {one.harm for one in falls} <= {"none", "low"}


def test_somebody_stands_for_every_role_and_every_service_has_a_manager() -> None:
    assert {part.role for part in cast.CAST} == set(Role)
    assert sum(part.role is Role.REGISTERED_MANAGER for part in cast.CAST) >= 3
    assert all(cast.manager_of(place.key) for place in places())
