"""Meetings: the page as it stood, minutes that two people agree, decisions kept from whoever may not see the case."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from heedful.foundation.ledger.models import Entry
from heedful.loop.incidents.operations import Named
from heedful.oversight.governance import operations
from heedful.oversight.governance.models import Decision, Meeting
from heedful.oversight.governance.queries import meetings as queries
from heedful.oversight.governance.values import restored
from tests.support import verdicts
from tests.support.reports import told
from tests.support.reviews import open_theme
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

NOW = verdicts.NOW
CHAIR, WRITER = "nominated_individual", "safeguarding_lead"


@pytest.fixture
def world() -> World:
    return make_world(at=NOW - timedelta(days=20))


def prepared(world: World, by: str = CHAIR, at: Any = NOW, **said: Any) -> Meeting:
    known: dict[str, Any] = {"client_key": uuid4(), "held_on": NOW.date(), "length": 3}
    known["chair_id"] = world.accounts[by].pk
    with world.use():
        return operations.prepare_meeting(**(known | said), by=world.viewer(by), at=at)


def written(world: World, row: Meeting, by: str = WRITER, **said: Any) -> Meeting:
    known: dict[str, Any] = {"present": [world.accounts[CHAIR].pk], "guests": "", "said": "Why so many at night?"}
    with world.use():
        version = Meeting.objects.get(pk=row.pk).version
        whole = {"version": version} | known | said
        return operations.write_minutes(meeting_id=row.pk, **whole, by=world.viewer(by), at=NOW)


def decided(world: World, row: Meeting, by: str = WRITER, **said: Any) -> Decision:
    known: dict[str, Any] = {"client_key": uuid4(), "text": "Try sensor lights on the landing.", "due_on": NOW.date()}
    known["lead_id"] = world.staff["registered_manager"].pk
    with world.use():
        return operations.decide(meeting_id=row.pk, **(known | said), by=world.viewer(by), at=NOW)


def agreed(world: World, row: Meeting, by: str = CHAIR) -> Meeting:
    with world.use():
        version = Meeting.objects.get(pk=row.pk).version
        return operations.agree_minutes(meeting_id=row.pk, version=version, by=world.viewer(by), at=NOW)


def kinds(world: World, row: Meeting) -> list[str]:
    with world.use():
        return list(Entry.objects.filter(subject_id=row.pk).order_by("sequence").values_list("kind", flat=True))


def seen(world: World, role: str) -> list[Any]:
    with world.use():
        return [row.pk for row in queries.meetings(world.viewer(role))]


def test_the_numbers_stay_as_they_stood_when_it_was_prepared(world: World) -> None:
    told(world, at=NOW - timedelta(days=10))
    row = prepared(world, at=NOW + timedelta(days=30), held_on=(NOW + timedelta(days=31)).date())
    before = restored(row.figures)
    told(world, at=NOW - timedelta(days=9))
    with world.use():
        row.refresh_from_db()
    assert restored(row.figures) == before
    assert {one.code: one.number for one in before.figures}["told.wrong"] == 1
    assert kinds(world, row) == ["meeting.prepared"]


def test_minutes_are_written_by_one_person_and_agreed_by_another(world: World) -> None:
    row = prepared(world)
    with pytest.raises(operations.Refused, match="Nobody has written minutes"):
        agreed(world, row)
    written(world, row)
    with pytest.raises(operations.Refused, match="Ask somebody else"):
        agreed(world, row, by=WRITER)
    assert agreed(world, row).agreed_by == world.accounts[CHAIR].pk
    assert kinds(world, row) == ["meeting.prepared", "meeting.minuted", "meeting.agreed"]


def test_the_database_itself_refuses_one_person_for_both(world: World) -> None:
    row = written(world, prepared(world))
    with world.use(), pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=row.pk).update(agreed_at=NOW, agreed_by=row.written_by)


def test_nothing_is_written_over_in_agreed_minutes_and_corrections_stand_under_them(world: World) -> None:
    row = prepared(world)
    one = decided(world, row)
    with world.use(), pytest.raises(operations.Refused, match="not agreed yet"):
        operations.correct(meeting_id=row.pk, text="It was eight.", by=world.viewer(WRITER), at=NOW)
    agreed(world, row)
    for again in (lambda: written(world, row), lambda: decided(world, row)):
        with pytest.raises(operations.Refused, match="are agreed"):
            again()
    with world.use(), pytest.raises(operations.Refused, match="are agreed"):
        operations.take_back(decision_id=one.pk, by=world.viewer(WRITER), at=NOW)
    with world.use():
        operations.correct(meeting_id=row.pk, text="It was eight, not nine.", by=world.viewer(WRITER), at=NOW)
        assert [each.text for each in queries.corrections_of(row)] == ["It was eight, not nine."]


def test_two_who_write_at_once_do_not_write_over_each_other(world: World) -> None:
    row = prepared(world)
    written(world, row)
    with pytest.raises(operations.Refused, match="in the meantime"):
        written(world, row, version=1)
    with world.use():
        assert Meeting.objects.get(pk=row.pk).said == "Why so many at night?"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": "  "}, "text"),
        ({"lead_id": None}, "lead"),
        ({"due_on": None}, "due_on"),
        ({"due_on": (NOW - timedelta(days=1)).date()}, "due_on"),
        ({"theme_id": uuid4()}, "about"),
        ({"action_id": uuid4()}, "about"),
        ({"event_id": uuid4()}, "case"),
    ],
    ids=["no words", "nobody", "no day", "before the meeting", "no such theme", "no such change", "no such case"],
)
def test_a_decision_without_a_name_a_day_or_with_a_wrong_link_is_refused_where_it_was_typed(
    world: World, said: dict[str, Any], field: str
) -> None:
    row = prepared(world)
    with pytest.raises(operations.Refused) as refusal:
        decided(world, row, **said)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_the_same_key_twice_is_one_meeting_and_one_decision(world: World) -> None:
    key, second = uuid4(), uuid4()
    row = prepared(world, client_key=key)
    assert prepared(world, client_key=key).pk == row.pk
    assert decided(world, row, client_key=second).pk == decided(world, row, client_key=second).pk


def test_a_meeting_is_prepared_before_it_is_held_and_led_by_somebody_who_answers_for_it(world: World) -> None:
    with pytest.raises(operations.Refused, match="before it is held"):
        prepared(world, held_on=(NOW - timedelta(days=1)).date())
    with pytest.raises(operations.Refused, match="leads the meeting"):
        prepared(world, chair_id=world.accounts["care_worker"].pk)
    with pytest.raises(operations.Refused, match="you look after"):
        prepared(world, by="registered_manager", service=world.other_home.pk)


def test_each_sees_the_meetings_of_services_they_answer_for_and_no_other_organisation_any(world: World) -> None:
    wide, home = prepared(world), prepared(world, service=world.home.pk)
    assert set(seen(world, CHAIR)) == {wide.pk, home.pk} == set(seen(world, "inspector"))
    assert seen(world, "registered_manager") == [home.pk]
    assert seen(world, "manager_elsewhere") == [] == seen(world, "care_worker")
    assert seen(make_world(at=NOW), CHAIR) == []


def test_an_inspector_reads_and_writes_nothing(world: World) -> None:
    row = prepared(world)
    with world.use(), pytest.raises(operations.Refused):
        operations.correct(meeting_id=row.pk, text="No.", by=world.viewer("inspector"), at=NOW)
    with time_machine.travel(NOW, tick=False):
        client = sign_in(Client(), world.accounts["inspector"])
        assert client.get(f"/board/meetings/{row.pk}/").status_code == 200
        assert client.get("/board/meetings/new/").status_code == 403


def test_whoever_is_named_in_a_counted_case_sees_no_meeting_whose_numbers_count_it(world: World) -> None:
    source = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    told(world, at=NOW - timedelta(days=10), involved=(source,))
    row = prepared(world, service=world.home.pk)
    assert seen(world, CHAIR) == [row.pk]
    assert seen(world, "registered_manager") == []
    with world.use(), pytest.raises(Http404):
        queries.meeting(row.pk, viewer=world.viewer("registered_manager"))


def test_a_decision_about_a_case_is_kept_from_whoever_is_named_in_it_later(world: World) -> None:
    row = prepared(world, service=world.home.pk)
    source = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    event = told(world, at=NOW + timedelta(hours=1), involved=(source,)).event
    decided(world, row)
    decided(world, row, event_id=event.pk, text="Ask for an enquiry.", lead_id=world.staff[WRITER].pk)
    with world.use():
        shown = {role: queries.decisions_of(row, world.viewer(role)) for role in (CHAIR, "registered_manager")}
    assert [one.text for one in shown[CHAIR]] == ["Try sensor lights on the landing.", "Ask for an enquiry."]
    assert [one.text for one in shown["registered_manager"]] == ["Try sensor lights on the landing."]


def test_a_decision_about_a_theme_leads_to_it(world: World) -> None:
    event = told(world, at=NOW - timedelta(days=5)).event
    theme = open_theme(world, [event.pk], at=NOW - timedelta(days=4))
    row = prepared(world)
    assert decided(world, row, theme_id=theme.pk).theme_id == theme.pk
    with time_machine.travel(NOW, tick=False):
        page = sign_in(Client(), world.accounts[CHAIR]).get(f"/board/meetings/{row.pk}/").content.decode()
    assert f"/themes/{theme.pk}/" in page and f"/actions/new?theme={theme.pk}" in page


def test_what_was_typed_is_kept_on_the_page_when_it_is_refused(world: World) -> None:
    row = prepared(world)
    with time_machine.travel(NOW, tick=False):
        client = sign_in(Client(), world.accounts[CHAIR])
        typed = {"step": "decide", "client_key": str(uuid4()), "text": "Try lights.", "case": "AAA 111"}
        answer = client.post(f"/board/meetings/{row.pk}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Try lights." in page and "Choose who sees to it" in page
