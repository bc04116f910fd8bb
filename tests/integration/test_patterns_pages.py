"""The pages of patterns, asked as the app serves them."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from heedful.foundation.exits.models import Exit
from heedful.foundation.people import operations as people
from heedful.loop.incidents.operations import Named
from tests.support import histories
from tests.support.reports import told
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


def client(world: World, role: str) -> Client:
    return sign_in(Client(), world.accounts[role])


def get(world: World, role: str, url: str) -> tuple[int, str]:
    with time_machine.travel(NOW, tick=False):
        answer = client(world, role).get(url)
    return answer.status_code, answer.content.decode()


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    bare = re.sub(r"<svg.*?</svg>", "", main, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)).replace(" .", ".")


def chart(world: World, what: str, place: object = None, name: str = "chart", *more: str) -> str:
    return reverse(f"measures:{name}", args=[place or world.home.pk, what, *more])


@pytest.fixture(scope="module")
def world() -> World:
    """Rowan House: usual falls until a February that stands out; near misses that stop. Elm Court: steady."""
    made = make_world()
    rows = histories.monthly(made.home, [*histories.steady(3, 4, 35), 15])
    rows += histories.monthly(made.home, [*([2] * 32), 0, 0, 0, 0], kinds=("near_miss",), type_="medication")
    rows += histories.monthly(made.other_home, histories.steady(5, 4))
    rows += histories.monthly(made.other_home, [0] * 33 + [1, 0, 1], type_="choking")
    histories.keep(made, rows)
    histories.care(made, made.home, 11_400)
    return made


def test_the_heading_says_the_finding_and_the_card_both_numbers(world: World) -> None:
    status, page = get(world, "nominated_individual", reverse("measures:patterns"))
    assert status == 200
    text = text_of(page)
    assert "One thing looks different from usual. One place has gone quiet." in text
    assert "Falls at Rowan House" in text
    assert "February stood out: 15 falls where about 4 would be usual." in text
    assert "Rowan House has told us of no near miss and no worry since October 2025" in text
    assert "Is it quiet, or is it hard to speak up?" in text


def test_services_stand_side_by_side_by_name_and_not_by_rank(world: World) -> None:
    _, page = get(world, "nominated_individual", reverse("measures:patterns"))
    row = page[page.index('id="multiples"') :]
    assert row.index("Elm Court") < row.index("Rowan House")
    assert "Falls in each service, month by month" in row
    assert "They are not ranked" in row


def test_near_misses_stand_beside_what_went_wrong(world: World) -> None:
    _, page = get(world, "nominated_individual", reverse("measures:patterns"))
    text = text_of(page)
    start = text.index("Told in the last three months")
    row = re.search(r"Rowan House (\d+) \(usual: ([\d.]+)\) (\d+) \(usual: ([\d.]+)\)", text[start:])
    assert row is not None
    assert row.groups()[2:] == ("0", "6")


def test_how_sure_says_how_many_charts_and_what_chance_would_do(world: World) -> None:
    _, page = get(world, "nominated_individual", reverse("measures:patterns"))
    said = re.search(r"We looked at (\d+) charts.*?about ([\d.]+) of them", text_of(page))
    assert said is not None
    assert int(said[1]) >= 3 and 0 < float(said[2]) < 1


def test_nothing_unusual_is_said_plainly(world: World) -> None:
    _, page = get(world, "manager_elsewhere", reverse("measures:patterns"))
    text = text_of(page)
    assert "Nothing looks unusual." in text
    assert "Rowan House" not in text


def test_a_chart_has_its_rate_its_table_and_a_link_to_the_cases_of_each_month(world: World) -> None:
    status, page = get(world, "registered_manager", chart(world, "fall"))
    assert status == 200
    text = text_of(page)
    assert "Falls at Rowan House: February stood out" in text
    assert "Falls per 1,000 occupied bed days" in text
    assert "1,140" in text  # 11,400 tenths of a bed day
    assert "13.16" in text  # 15 / 1,140 * 1,000
    assert chart(world, "fall", None, "cases", "2026-02") in page
    assert "more is told" in text


def test_the_cases_behind_a_point_are_listed_with_their_story(world: World) -> None:
    status, page = get(world, "registered_manager", chart(world, "fall", None, "cases", "2026-02"))
    assert status == 200
    assert "15 falls at Rowan House in February 2026" in text_of(page)
    assert len(re.findall(r"/cases/[0-9a-f-]{36}/", page)) == 15


def test_a_day_without_a_time_is_given_none(world: World) -> None:
    row = histories.happened(world.home, date(2025, 6, 3), "infection")
    histories.keep(world, [row._replace(values=row.values | {"occurred_as": "day"})])
    _, page = get(world, "registered_manager", chart(world, "infection", None, "cases", "2025-06"))
    assert "3 June 2025, Lounge" in text_of(page)


def test_a_month_that_is_neither_better_nor_worse_says_in_which_direction_it_differs() -> None:
    made = make_world()
    histories.keep(made, histories.monthly(made.home, [*histories.steady(3, 4, 35), 15], kinds=("near_miss",)))
    histories.care(made, made.home, 11_400)
    _, page = get(made, "registered_manager", chart(made, "early"))
    text = text_of(page)
    assert re.search(r"Feb 2026 13.16 15 1,140 more than usual", text)
    assert "no judgement" not in text


def test_without_exposure_there_is_a_count_and_the_reason_and_never_a_rate(world: World) -> None:
    status, page = get(world, "manager_elsewhere", chart(world, "fall", world.other_home.pk))
    assert status == 200
    text = text_of(page)
    assert "There is no rate: for 36 months we do not know how much care there was" in text
    assert "per 1,000" not in text
    assert reverse("people:exposure_service", args=[world.other_home.pk]) in page


def test_rare_things_have_no_chart_but_their_dates(world: World) -> None:
    _, page = get(world, "manager_elsewhere", chart(world, "choking", world.other_home.pk))
    main = page[page.index("<main") : page.index("</main>")]
    assert "hf-chart" not in main
    assert "Thursday 1 January 2026" not in main
    assert "1 December 2025" in main and "1 February 2026" in main


@pytest.mark.parametrize("url", ["chart", "table", "cases"])
def test_another_service_looks_absent(world: World, url: str) -> None:
    more = ["2026-02"] if url == "cases" else []
    role = "safeguarding_lead" if url == "table" else "manager_elsewhere"
    foreign = make_world()
    absent = get(world, role, chart(world, "fall", foreign.home.pk, url, *more))
    assert absent[0] == 404
    if url != "table":
        assert get(world, role, chart(world, "fall", world.home.pk, url, *more)) == absent
    assert get(world, role, chart(world, "no-such-thing", None, url, *more))[0] == 404


@pytest.mark.parametrize("role", ["care_worker", "administrator", "commissioner", "independent_contact"])
def test_roles_without_patterns_are_refused(world: World, role: str) -> None:
    assert get(world, role, reverse("measures:patterns"))[0] == 403


UNREADABLE = ["until=abc", "until=9999-99", "until=0001-01", "until=9999-12", "service=x", "what=rubbish", "name=%00"]


@pytest.mark.parametrize("query", [*UNREADABLE, "page=-1", "page=7", "page=99999999999"])
def test_a_filter_that_cannot_be_read_breaks_nothing(world: World, query: str) -> None:
    assert get(world, "nominated_individual", f"{reverse('measures:patterns')}?{query}")[0] == 200


def test_the_page_can_look_at_an_earlier_time(world: World) -> None:
    _, page = get(world, "nominated_individual", f"{reverse('measures:patterns')}?until=2026-01")
    text = text_of(page)
    assert "up to Saturday 31 January 2026" in text
    assert "stood out" not in text
    assert "?until=2026-01" in page


def test_one_kind_can_be_chosen(world: World) -> None:
    _, page = get(world, "nominated_individual", f"{reverse('measures:patterns')}?what=early")
    assert "Near misses and worries in each service, month by month" in text_of(page)


def test_the_table_leaves_through_the_download_door_with_exactly_what_is_shown(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        lead = client(world, "safeguarding_lead")
        answer = lead.get(chart(world, "fall", None, "table"))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"Month","Falls per 1,000 occupied bed days","Falls","Occupied bed days"')
    assert lines[-1] == '"Feb 2026","13.16","15","1,140","worse than usual"'
    assert len(lines) == 37
    with world.use():
        assert Exit.objects.filter(what="patterns.table", rows=36).exists()
    _, page = get(world, "safeguarding_lead", chart(world, "fall"))
    shown = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", page, flags=re.S)
    assert len(shown) == 36
    for line, (_, cells) in zip(lines[1:], shown, strict=True):
        assert line.split('","')[1] == re.findall(r"<td[^>]*>(.*?)</td>", cells, flags=re.S)[0]


def test_who_may_not_take_away_has_no_link_and_no_file(world: World) -> None:
    _, page = get(world, "registered_manager", chart(world, "fall"))
    assert "table.csv" not in page
    assert get(world, "registered_manager", chart(world, "fall", None, "table"))[0] == 403


def statements(world: World, url: str) -> int:
    with time_machine.travel(NOW, tick=False):
        someone = client(world, "nominated_individual")
        someone.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert someone.get(url).status_code == 200
    return len(captured)


def test_the_page_asks_as_often_for_thirty_services_as_for_two() -> None:
    few, many = make_world(), make_world()
    histories.keep(few, histories.monthly(few.home, [3] * 20))
    rows = []
    with many.use():
        for number in range(30):
            opened = people.open_service(name=f"Home {number:02}", by=many.system, at=NOW)
            rows += histories.monthly(opened, histories.steady(number, 3, 20))
    histories.keep(many, rows)
    url = reverse("measures:patterns")
    assert statements(few, url) == statements(many, url)
    _, page = get(many, "nominated_individual", url)
    assert page.count("hf-multiple") - page.count("hf-multiples") == 11  # Elm Court has told nothing
    assert "Services 1 to 12 of 32" in text_of(page)
    assert "Nothing told yet: Elm Court." in text_of(page)
    _, second = get(many, "nominated_individual", f"{url}?page=2")
    assert "Services 13 to 24 of 32" in text_of(second)
    _, found = get(many, "nominated_individual", f"{url}?name=HOME+1")
    assert "All ten" not in found and "Services 1 to 10" not in found


def test_an_old_log_is_looked_at_up_to_its_end() -> None:
    from datetime import date

    world = make_world()
    histories.keep(world, histories.monthly(world.home, histories.steady(1, 4, 30), last=date(2019, 6, 1)))
    text = text_of(get(world, "registered_manager", reverse("measures:patterns"))[1])
    assert "Nothing has been told since June 2019. So we look at the time up to then." in text
    assert "gone quiet" not in text


def test_an_empty_house_is_told_so() -> None:
    world = make_world()
    text = text_of(get(world, "nominated_individual", reverse("measures:patterns"))[1])
    assert "Nothing has been told here yet." in text
    assert get(world, "nominated_individual", chart(world, "fall"))[0] == 200


def test_no_page_changes_by_a_case_that_its_reader_may_not_see() -> None:
    """Shut out of a case, or not among the few who see it: charts, counts, cases and tables stay byte for byte."""
    world = make_world()
    histories.keep(world, histories.monthly(world.home, histories.steady(3, 4, 30)))
    addresses = [reverse("measures:patterns"), f"{reverse('measures:patterns')}?what=safeguarding_concern"]
    addresses += [chart(world, what) for what in ("fall", "all", "safeguarding_concern", "early")]
    addresses += [chart(world, what, None, "cases", "2026-02") for what in ("fall", "safeguarding_concern")]
    before = {role: [shown(world, role, url) for url in addresses] for role in ("registered_manager", "team_leader")}
    at = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
    accused = tuple(
        Named(part="alleged_source", staff_id=world.staff[key].pk) for key in ("registered_manager", "team_leader")
    )
    told(
        world, by="colleague", at=at, type="fall", kinds=("safeguarding_concern",), involved=accused,
        words="CANARY-4711 He says she pushed him.",
    )  # fmt: skip
    for role, pages in before.items():
        assert [shown(world, role, url) for url in addresses] == pages, role
    seen = [shown(world, "safeguarding_lead", url) for url in addresses]
    assert any("1 safeguarding concern" in page for page in seen)


def shown(world: World, role: str, url: str) -> str:
    status, page = get(world, role, url)
    assert status == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
