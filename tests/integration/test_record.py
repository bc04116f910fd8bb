"""Recording: stored exactly once, numbered without gaps, in the time of the service, and somebody decides next."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from heedful.foundation.ledger import verify
from heedful.foundation.ledger.models import Entry
from heedful.foundation.policies import Interval
from heedful.loop.incidents import queries
from heedful.loop.incidents.models import Assignment, Event, Informed, Involved, Reporter
from heedful.loop.incidents.operations import KeyReused, Named, NotAllowed, ReportRefused, Told, record
from heedful.loop.reporting import operations as reporting
from heedful.loop.reporting import queries as drafts
from tests.support.reports import NOW, report, told
from tests.support.world import make_world


def test_a_report_is_stored_with_its_words_its_people_and_who_decides_next() -> None:
    world = make_world()
    person, colleague = world.people[0], world.staff["colleague"]
    recorded = told(
        world,
        involved=(
            Named(part="affected", person_id=person.id),
            Named(part="helped", staff_id=colleague.id),
            Named(part="witness", name="a visitor"),
        ),
        informed=(Told(who="manager", name="Amira", told_at=NOW - timedelta(minutes=20)),),
    )
    with world.use():
        event = Event.objects.get(pk=recorded.event.pk)
        assert event.title.startswith("Mr Kettleby slid off")
        assert (event.number, event.status, event.source) == (1, "recorded", "live")
        assert [one.name for one in queries.involved_in(event)] == [person.name, colleague.name, "a visitor"]
        assert Informed.objects.get(event=event).name == "Amira"
        assignment = Assignment.objects.get(event=event, ended_at__isnull=True)
        assert assignment.decider_id == world.accounts["registered_manager"].pk
        assert Entry.objects.filter(subject_id=event.pk, kind="event.recorded").count() == 1


def test_the_ledger_and_the_history_never_say_who_told_us() -> None:
    world = make_world()
    recorded = told(world)
    reporter = world.accounts["care_worker"].pk
    with world.use():
        assert Entry.objects.get(subject_id=recorded.event.pk, kind="event.recorded").actor_id is None
        assert Reporter.objects.get(event=recorded.event).account_id == reporter
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(h)::text FROM incidents_event_history h")
            assert all(str(reporter) not in row[0] for row in cursor.fetchall())


def test_the_same_key_with_the_same_body_gives_the_same_event_and_receipt() -> None:
    world = make_world()
    told_once = report(world)
    with world.use():
        first = record(report=told_once, by=world.viewer("care_worker"), at=NOW)
        again = record(report=told_once, by=world.viewer("care_worker"), at=NOW + timedelta(minutes=9))
        assert again.again and not first.again
        assert again.event.pk == first.event.pk
        assert again.assignment == first.assignment
        assert Event.objects.count() == 1


def test_the_same_key_with_another_body_is_refused_and_said() -> None:
    world = make_world()
    key = uuid4()
    told(world, client_key=key)
    with pytest.raises(KeyReused, match="sent before, with other words"):
        told(world, client_key=key, words="Something else happened")
    with world.use():
        assert Event.objects.count() == 1


def test_somebody_elses_key_is_refused_even_with_the_same_words() -> None:
    world = make_world()
    same = report(world)
    with world.use():
        record(report=same, by=world.viewer("care_worker"), at=NOW)
        with pytest.raises(KeyReused):
            record(report=same, by=world.viewer("colleague"), at=NOW)


def test_64_parallel_reports_are_64_events_with_64_numbers_and_no_error() -> None:
    world = make_world()
    viewer = world.viewer("care_worker")

    def one(_: int) -> int:
        try:
            with world.use():
                return record(report=report(world), by=viewer, at=NOW).event.number
        finally:
            connection.close()

    with ThreadPoolExecutor(32) as pool:
        numbers = list(pool.map(one, range(64)))
    assert sorted(numbers) == list(range(1, 65))
    with world.use():
        assert verify.verify(world.organisation.id).whole
        assert Assignment.objects.filter(ended_at__isnull=True).count() == 64


def test_one_report_sent_from_many_tabs_at_once_is_one_event() -> None:
    world = make_world()
    viewer, same = world.viewer("care_worker"), report(world)

    def one(_: int) -> UUID:
        try:
            with world.use():
                return record(report=same, by=viewer, at=NOW).event.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(24)))) == 1
    told(world)
    with world.use():
        assert sorted(Event.objects.values_list("number", flat=True)) == [1, 2]


def test_a_refused_report_leaves_nothing_behind_and_its_number_is_given_back() -> None:
    world = make_world()
    with pytest.raises(ReportRefused):
        told(world, words=" ")
    assert told(world).event.number == 1
    with world.use():
        assert Reporter.objects.count() == 1
        assert Entry.objects.filter(kind="event.recorded").count() == 1


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("words", {"words": ""}),
        ("words", {"words": "a" * 10_001}),
        ("words", {"words": "Mr\0Kettleby"}),
        ("kinds", {"kinds": ()}),
        ("kinds", {"kinds": ("catastrophe",)}),
        ("harm_body", {"harm_body": "terrible"}),
        ("harm_mind", {"harm_mind": "not_asked"}),
        ("made_safe", {"made_safe": "", "safe_now": "yes"}),
        ("met_safeguarding", {"met_safeguarding": ""}),
        ("when", {"occurred": Interval.exactly(NOW + timedelta(days=1))}),
        ("when", {"occurred": Interval.exactly(datetime(2, 3, 4, tzinfo=UTC))}),
        ("aware", {"aware_at": NOW - timedelta(days=3)}),
        ("who", {"involved": (Named(part="affected"),)}),
        ("who", {"involved": (Named(part="villain", name="x"),)}),
        ("where", {"service_id": uuid4()}),
        ("form_version", {"form_version": "record@99"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, said: dict[str, object]) -> None:
    world = make_world()
    with pytest.raises(ReportRefused) as refused:
        told(world, **said)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert refused.value.problems[0].text


def test_another_organisations_service_is_no_service() -> None:
    ours, theirs = make_world(), make_world()
    with pytest.raises(ReportRefused):
        told(ours, service_id=theirs.home.id)


@pytest.mark.parametrize("words", ["نعم\u202e reversed", "👵🏽 fell 🍵", "e\u0301clair", "=HYPERLINK(1)"])
def test_odd_characters_are_kept_and_marks_that_reorder_words_are_not(words: str) -> None:
    world = make_world()
    stored = told(world, words=words).event.words
    assert "\u202e" not in stored
    assert len(stored) >= len(words) - 1


def test_nothing_done_yet_is_an_answer_and_is_decided_within_two_hours() -> None:
    world = make_world()
    recorded = told(world, made_safe="", safe_now="no")
    assert recorded.assignment is not None
    assert recorded.assignment.due_at == NOW + timedelta(hours=2)


def test_the_clock_starts_when_somebody_became_aware_and_promises_no_moment_in_the_past() -> None:
    world = make_world()
    soon = told(world, aware_at=NOW - timedelta(minutes=30)).assignment
    late = told(world, occurred=Interval.exactly(NOW - timedelta(days=9)), aware_at=NOW - timedelta(days=8)).assignment
    assert soon is not None and late is not None
    assert soon.due_at == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert late.due_at > NOW


def test_a_near_miss_asks_little_and_says_by_itself_that_nobody_was_hurt() -> None:
    world = make_world()
    short = {"kinds": ("near_miss",), "harm_body": "not_asked", "harm_mind": "not_asked", "made_safe": ""}
    short |= {"safe_now": "unknown", "met_safeguarding": "", "met_clinical": "", "met_family": ""}
    event = told(world, **short).event
    assert (event.harm_body, event.harm_mind) == ("none", "none")
    worry = told(world, **{**short, "kinds": ("worry",)}).event
    assert (worry.harm_body, worry.harm_mind) == ("not_asked", "not_asked")


def test_local_day_hour_weekday_and_shift_are_those_of_the_service_across_a_clock_change() -> None:
    world = make_world()
    # 29 March 2026: clocks go from 01:00 UTC to 02:00 summer time. 01:30 UTC is 02:30 on the wall.
    at = datetime(2026, 3, 29, 9, tzinfo=UTC)
    event = told(world, at=at, occurred=Interval.exactly(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))).event
    assert (event.local_date.isoformat(), event.local_hour, event.local_weekday) == ("2026-03-29", 2, 6)
    assert event.financial_year == 2025
    assert event.shift_name == "Night"
    assert event.shift_to - event.shift_from == timedelta(hours=11)


def test_a_whole_day_has_no_hour_and_no_shift() -> None:
    world = make_world()
    day = Interval(NOW - timedelta(days=1), NOW - timedelta(hours=1))
    event = told(world, occurred=day, occurred_as="day").event
    assert (event.local_hour, event.shift_name) == (None, "")
    named = told(world, occurred=day, occurred_as="shift", shift="Night").event
    assert named.shift_name == "Night" and named.shift_from is not None


def test_sending_a_report_takes_its_draft_away() -> None:
    world = make_world()
    viewer, key = world.viewer("care_worker"), uuid4()
    with world.use():
        reporting.save_draft(client_key=key, answers={"words": {"words": ["He fell"]}}, by=viewer, at=NOW)
        reporting.save_draft(client_key=key, answers={"kinds": ["worry"]}, by=viewer, at=NOW)
        (draft,) = drafts.my_drafts(viewer)
        assert draft.answers == {"words": {"words": ["He fell"]}, "kinds": ["worry"]}
        assert draft.words == "He fell"
        assert drafts.my_drafts(world.viewer("colleague")) == []
        reporting.send(report=report(world, client_key=key), by=viewer, at=NOW)
        assert drafts.my_drafts(viewer) == []


def test_nobody_writes_over_anothers_draft() -> None:
    world = make_world()
    key = uuid4()
    with world.use():
        reporting.save_draft(client_key=key, answers={"words": "mine"}, by=world.viewer("care_worker"), at=NOW)
        with pytest.raises(KeyReused):
            reporting.save_draft(client_key=key, answers={"words": "yours"}, by=world.viewer("colleague"), at=NOW)
        assert not reporting.discard_draft(client_key=key, by=world.viewer("colleague"), at=NOW)
        assert reporting.discard_draft(client_key=key, by=world.viewer("care_worker"), at=NOW)


@pytest.mark.parametrize("role", ["inspector", "commissioner", "administrator"])
def test_roles_that_do_not_report_cannot(role: str) -> None:
    with pytest.raises(NotAllowed):
        told(make_world(), by=role)


def test_an_alleged_source_typed_just_as_one_colleague_is_called_is_shut_out_at_once() -> None:
    world = make_world()
    recorded = told(world, involved=(Named(part="alleged_source", name="dawit  BEKELE"),))
    with world.use():
        row = Involved.objects.get(event=recorded.event)
        assert row.staff_id == world.staff["colleague"].pk and row.matched
        assert not queries.visible_to(world.viewer("colleague")).exists()
