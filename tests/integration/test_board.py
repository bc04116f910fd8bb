"""The board page: every number is how many rows stand behind it, and each viewer counts what they may see."""

import json
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from heedful.loop.actions.models import Action
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews.models import Theme
from heedful.oversight.governance import operations as meetings
from heedful.oversight.governance import pack as packs
from heedful.oversight.governance import rules
from heedful.oversight.governance.figures import LABELS
from heedful.oversight.governance.queries import scope as scopes
from heedful.oversight.governance.values import Pack, restored
from tests.support import histories, verdicts
from tests.support.reports import told
from tests.support.reviews import decide
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

NOW = verdicts.NOW
MADE = NOW - timedelta(days=10)


@pytest.fixture(scope="module")
def worked() -> tuple[World, verdicts.Change]:
    world = make_world(at=MADE)
    verdicts.years(world)
    return world, verdicts.change(world, at=NOW - timedelta(days=240))


def scope_of(world: World, role: str = "nominated_individual", **asked: Any) -> scopes.Scope:
    with world.use():
        found = scopes.scope(world.viewer(role), NOW, **asked)
    assert found is not None
    return found


def page_of(world: World, role: str = "nominated_individual", *, outside: bool = False, **asked: Any) -> Pack:
    with world.use():
        return packs.pack(scope_of(world, role, **asked), outside=outside)


def rows_of(world: World, role: str = "nominated_individual", **asked: Any) -> dict[str, tuple[UUID, ...]]:
    with world.use():
        scope = scope_of(world, role, **asked)
        found = {code: packs.rows_of(code, scope) for code in LABELS}
        return {code: rows.ids for code, rows in found.items() if rows}


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    bare = re.sub(r"<svg.*?</svg>", "", main, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)).replace(" .", ".").replace("&#x27;", "'")


def ask(world: World, role: str, where: str = "/board/") -> tuple[int, str]:
    with time_machine.travel(NOW, tick=False):
        answer = sign_in(Client(), world.accounts[role]).get(where)
    return answer.status_code, answer.content.decode()


def test_the_answer_is_the_title_and_what_was_told_early_stands_beside_every_harm(worked) -> None:
    status, page = ask(worked[0], "nominated_individual")
    text = text_of(page)
    assert status == 200 and "<title>One change worked." in page
    assert "9 falls in 8 months, where about 22 were expected." in text
    assert "Near misses and worries stayed at about 4 a month (4 before)." in text
    assert "near misses and worries beside them" in text
    assert not re.search(r"\b(red|amber|green|RAG)\b", text)


def test_every_number_is_how_many_rows_a_slow_count_finds(worked) -> None:
    world, _change = worked
    for asked in ({"length": 3}, {"length": 12}, {"length": 6, "until": 2026 * 12 + 4}):
        found, period = rows_of(world, **asked), scope_of(world, **asked).period
        with world.use():
            inside = [one for one in Event.objects.exclude(status="duplicate") if period.covers(one.local_date)]
            wrong = [one.pk for one in inside if "incident" in one.kinds]
            early = [one.pk for one in inside if set(one.kinds) & {"near_miss", "worry"}]
            assert sorted(found["told.wrong"]) == sorted(wrong)
            assert sorted(found["told.early"]) == sorted(early)
            assert found["told.complaint"] == ()
            themes = [one.pk for one in Theme.objects.all() if one.state == "open"]
            assert list(found["themes.open"]) == themes
            kept = Action.objects.exclude(state="dropped")
            until = max(period.ends_on, NOW.date()) if asked.get("until") is None else period.ends_on
            agreed = [one for one in kept if one.agreed_at.date() <= until]
            told_of = [pk for code, ids in found.items() if code.startswith("verdict.") for pk in ids]
            assert sorted(told_of) == sorted(one.pk for one in agreed)


def test_what_is_late_or_never_looked_at_again_is_counted_one_by_one(worked) -> None:
    world, change = worked
    found = rows_of(world, length=12)
    # Agreed for the second of March, not done, and no day to look again was named.
    assert found["actions.late"] == (change.action_id,)
    assert found["actions.unchecked"] == ()


def test_the_table_has_every_number_once_and_each_leads_to_its_rows(worked) -> None:
    world, _change = worked
    page = page_of(world)
    codes = [figure.code for figure in page.figures]
    assert sorted(codes) == sorted(LABELS)
    found = rows_of(world)
    assert {one.code: one.number for one in page.figures} == {code: len(ids) for code, ids in found.items()}
    status, shown = ask(world, "nominated_individual", "/board/behind/told.wrong/?months=3&until=2026-10")
    links = set(re.findall(r'href="/cases/([0-9a-f-]{36})/"', shown))
    assert status == 200 and links == {str(pk) for pk in found["told.wrong"]}
    assert ask(world, "nominated_individual", "/board/behind/told.nothing/")[0] == 404


def test_a_month_is_inside_with_its_first_and_its_last_day() -> None:
    world = make_world(at=MADE)
    days = ["2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"]
    histories.keep(world, [histories.happened(world.home, date.fromisoformat(day)) for day in days], at=NOW)
    assert len(rows_of(world, length=3)["told.wrong"]) == 3  # August to October
    assert len(rows_of(world, length=3, until=2026 * 12 + 8)["told.wrong"]) == 2  # July to September
    # A month that is not over is never asked for.
    assert scope_of(world, length=3, until=2026 * 12 + 10).period == scope_of(world, length=3).period


def test_the_length_and_the_last_month_of_a_period_hold_over_the_turn_of_the_year() -> None:
    found = rules.period(date(2026, 1, 15), 3)
    assert (found.starts_on, found.ends_on) == (date(2025, 10, 1), date(2025, 12, 31))
    assert rules.period(date(2026, 3, 1), 12).ends_on == date(2026, 2, 28)


def test_a_manager_counts_her_own_services_and_nobody_counts_another_organisation(worked) -> None:
    world, _change = worked
    home, elsewhere = page_of(world, "registered_manager"), page_of(world, "manager_elsewhere")
    assert (home.where, elsewhere.where) == ("Rowan House", "Elm Court")
    assert len(home.changes) == 1 and elsewhere.changes == ()
    assert all(not one.number for one in elsewhere.figures)
    other = make_world(at=MADE)
    assert all(not one.number for one in page_of(other).figures)
    assert ask(world, "manager_elsewhere", f"/board/?service={world.home.pk}")[0] == 404
    assert ask(other, "nominated_individual", f"/board/?service={world.home.pk}")[0] == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("nominated_individual", 200), ("safeguarding_lead", 200), ("registered_manager", 200), ("inspector", 200),
        ("care_worker", 403), ("team_leader", 403), ("independent_contact", 403), ("administrator", 403),
        ("commissioner", 403),
    ],
)  # fmt: skip
def test_the_board_is_for_those_who_answer_for_services_and_for_inspectors(worked, role: str, status: int) -> None:
    assert ask(worked[0], role)[0] == status


def test_whoever_is_shut_out_counts_nothing_of_that_case() -> None:
    world = make_world(at=NOW - timedelta(days=60))
    source = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    hidden = told(world, at=NOW - timedelta(days=20), involved=(source,)).event
    plain = told(world, at=NOW - timedelta(days=19)).event
    assert set(rows_of(world)["told.wrong"]) == {hidden.pk, plain.pk}
    assert set(rows_of(world, "registered_manager")["told.wrong"]) == {plain.pk}
    _status, page = ask(world, "registered_manager", "/board/behind/told.wrong/")
    assert str(hidden.pk) not in page


def test_those_who_told_us_are_counted_by_whether_they_heard_in_time() -> None:
    world = make_world(at=NOW - timedelta(days=60))
    event = told(world, at=NOW - timedelta(days=20)).event
    decide(world, event, at=NOW - timedelta(days=19))
    assert rows_of(world)["heard.not_yet"] == (event.pk,)
    page = page_of(world)
    assert page.heard_title == "0 in 100 hear back within three working days"
    assert page.heard[0].startswith("0 of 1 were told in time")
    few = page_of(world, outside=True)
    assert few.heard_title == "Do people hear back?" and "no share" in few.heard[0]


def test_a_small_number_of_people_or_events_is_kept_back_when_it_leaves(worked) -> None:
    world, _change = worked
    inside = {one.code: one for one in page_of(world).figures}
    outside = {one.code: one for one in page_of(world, outside=True).figures}
    assert 0 < (inside["told.wrong"].number or 0) < 5
    assert outside["told.wrong"].number is None and outside["told.wrong"].text == "fewer than 5"
    assert outside["told.complaint"].text == "fewer than 5", "none at all is small too"
    assert outside["actions.late"].text == "1", "what we did is about nobody"
    assert all(one.chart is None for one in page_of(world, outside=True).changes)


def test_a_page_that_is_frozen_comes_back_as_it_was(worked) -> None:
    page = page_of(worked[0])
    assert page.changes[0].chart is not None
    assert restored(json.loads(json.dumps(page.kept()))) == page


# --- what the board is asked to decide -----------------------------------------------------------------------------


def failed(after: list[int], **said: Any) -> tuple[World, verdicts.Change]:
    world = make_world(at=MADE)
    verdicts.years(world, after)
    return world, verdicts.change(world, at=NOW - timedelta(days=240), **said)


def asks_of(world: World, role: str = "nominated_individual") -> list[str]:
    return [one.text for one in page_of(world, role).asks]


def decided(world: World, change: verdicts.Change, at: Any) -> None:
    """A meeting about the house, with one decision about this change."""
    with world.use():
        by = world.viewer("nominated_individual")
        meeting = meetings.prepare_meeting(
            client_key=uuid4(), held_on=at.date(), chair_id=by.account_id, by=by, at=at, length=3,
            service=world.home.pk,
        )  # fmt: skip
        lead = world.staff["registered_manager"].pk
        meetings.decide(
            meeting_id=meeting.pk, client_key=uuid4(), text="Try sensor lights.", lead_id=lead, due_on=at.date(),
            action_id=change.action_id, by=by, at=at,
        )  # fmt: skip


@pytest.mark.parametrize(("after", "words"), [([8] * 8, "it got worse"), ([4] * 8, "made no difference")])
def test_a_change_that_failed_asks_the_board_until_a_meeting_has_decided(after: list[int], words: str) -> None:
    world, change = failed(after)
    status, page = ask(world, "nominated_individual")
    text = text_of(page)
    assert status == 200 and "Needs the board" in text and words in text and "What is done instead" in text
    assert f'href="/actions/{change.action_id}/"' in page
    decided(world, change, NOW - timedelta(hours=1))
    assert not any(words in one for one in asks_of(world))


def test_what_is_late_and_a_theme_that_waits_for_a_change_are_asked_for() -> None:
    world, change = failed(verdicts.FELL)
    late = [one for one in asks_of(world) if "late" in one]
    assert late == ["One change is late. More hands, more time, or is it dropped?"]
    with world.use():
        Action.objects.filter(pk=change.action_id).update(state="dropped", dropped_at=NOW, dropped_by=uuid4())
    assert any(one.startswith("Falls, Rowan House: open since") for one in asks_of(world))
    with world.use():
        Theme.objects.filter(pk=change.theme_id).update(opened_at=NOW - timedelta(days=30))
    assert asks_of(world) == []


def test_a_quiet_service_asks_for_somebody_to_go_there() -> None:
    world = make_world(at=MADE)
    verdicts.years(world, [3] * 5 + [0] * 3, early=4, early_after=0)
    found = asks_of(world)
    assert any("has gone quiet. Who goes there and asks?" in one for one in found), found


def test_where_nothing_asks_the_board_the_page_says_so_and_nothing_is_asked_outside() -> None:
    bare = make_world(at=MADE)
    text = text_of(ask(bare, "nominated_individual")[1])
    assert "Nothing asks the board to decide" in text and "Needs the board" not in text
    world, _change = failed([8] * 8)
    assert page_of(world, outside=True).asks == () and asks_of(world)


def test_who_may_not_see_the_change_is_not_asked_about_it() -> None:
    world, _change = failed([8] * 8)
    assert asks_of(world, "manager_elsewhere") == []
