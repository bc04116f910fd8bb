"""Events after they are recorded: who sees them, who told us, corrections, questions, links, matching, alerts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from heedful.foundation.access.roles import Role
from heedful.foundation.ledger import verify
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices import operations as notices
from heedful.foundation.notices.models import Absence, Duty, Notice, Unreached
from heedful.foundation.policies import Interval
from heedful.loop.incidents import jobs, operations, queries
from heedful.loop.incidents.models import Assignment, Event, Involved, ShutOut
from heedful.loop.incidents.operations import MoveRefusedError, Named, NotAllowed, Refused, ReportRefused
from tests.support.reports import NOW, report, told
from tests.support.world import World, make_world

EVERYONE = [
    "care_worker",
    "colleague",
    "team_leader",
    "registered_manager",
    "manager_elsewhere",
    "safeguarding_lead",
    "nominated_individual",
    "independent_contact",
    "administrator",
    "inspector",
    "commissioner",
]


def seen(world: World, event: Event) -> set[str]:
    return {key for key in EVERYONE if queries.visible_to(world.viewer(key)).filter(pk=event.pk).exists()}


READERS = {"team_leader", "registered_manager", "safeguarding_lead", "nominated_individual", "independent_contact"}


def test_an_event_is_seen_by_its_reporter_and_by_those_whose_roles_reach_it() -> None:
    world = make_world()
    event = told(world).event
    elsewhere = told(world, service_id=world.other_home.id).event
    with world.use():
        assert seen(world, event) == {"care_worker", "inspector"} | READERS
        wide = READERS - {"team_leader", "registered_manager"}
        assert seen(world, elsewhere) == {"care_worker", "inspector", "manager_elsewhere"} | wide


def test_a_confidential_report_is_not_seen_by_the_team_leader() -> None:
    world = make_world()
    event = told(world, confidential=True).event
    with world.use():
        assert seen(world, event) == {"care_worker", "inspector"} | (READERS - {"team_leader"})


def test_what_is_removed_foreign_or_absent_is_not_there() -> None:
    world, other = make_world(), make_world()
    event, foreign = told(world).event, told(other).event
    with world.use():
        viewer = world.viewer("safeguarding_lead")
        assert queries.event(event.pk, viewer=viewer) == event
        Event.objects.filter(pk=event.pk).update(removed_at=NOW)
        for event_id in (event.pk, foreign.pk, uuid4()):
            with pytest.raises(Http404):
                queries.event(event_id, viewer=viewer)


@pytest.mark.parametrize(
    ("role", "confidential", "withheld"),
    [
        ("registered_manager", False, ""),
        ("safeguarding_lead", False, ""),
        ("nominated_individual", True, ""),
        ("safeguarding_lead", True, ""),
        ("registered_manager", True, "confidential"),
        ("team_leader", False, "role"),
        ("independent_contact", True, "role"),
        ("inspector", False, "ask"),
    ],
)
def test_the_reporters_name_is_shown_to_few_and_every_look_is_in_the_ledger(
    role: str, confidential: bool, withheld: str
) -> None:
    world = make_world()
    event = told(world, confidential=confidential).event
    with world.use():
        viewer = world.viewer(role)
        for _ in range(2):
            shown = queries.reporter_of(event, viewer=viewer, at=NOW)
            assert shown.withheld == withheld
            assert shown.name == ("" if withheld else "Joss Pellow")
        looks = Entry.objects.filter(subject_id=event.pk, kind="reporter.read", actor_id=viewer.account_id).count()
        assert looks == (0 if withheld else 2)


def test_an_inspector_sees_the_reporter_after_asking_and_the_ledger_says_why() -> None:
    world = make_world()
    event = told(world, confidential=True).event
    with world.use():
        inspector = world.viewer("inspector")
        assert queries.ask_for_reporter(event, why=" ", viewer=inspector, at=NOW).withheld == "ask"
        assert queries.ask_for_reporter(event, why="Section 64", viewer=inspector, at=NOW).name == "Joss Pellow"
        refused = queries.ask_for_reporter(event, why="curious", viewer=world.viewer("team_leader"), at=NOW)
        assert refused.withheld == "role"
        assert Entry.objects.filter(subject_id=event.pk, kind="reporter.asked_for").count() == 1


def test_pages_of_a_list_meet_without_gap_or_overlap_even_at_one_moment() -> None:
    world = make_world()
    same = Interval.exactly(NOW - timedelta(hours=2))
    with world.use():
        for _ in range(7):
            operations.record(report=report(world, occurred=same), by=world.viewer("care_worker"), at=NOW)
        viewer = world.viewer("registered_manager")
        found: list[object] = []
        after: str | None = ""
        while after is not None:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                page = queries.page_of(queries.visible_to(viewer), after=after, size=3)
            assert all("OFFSET" not in one["sql"] for one in asked.captured_queries)
            found += [event.pk for event in page.events]
            after = page.older
        assert len(found) == len(set(found)) == 7
        assert len(queries.page_of(queries.visible_to(viewer), after="nonsense_key").events) == 7


def test_a_correction_keeps_the_original_and_who_may_make_one_is_checked() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        manager = world.viewer("registered_manager")
        for words in ("He slid off the sofa.", "He slid off the sofa in the lounge."):
            operations.correct(event_id=event.pk, changes={"words": words}, why="CCTV", by=manager, at=NOW)
        versions = queries.versions_of(event)
        assert [one.number for one in versions] == [1, 2, 3]
        assert versions[0].body["words"] == event.words
        assert versions[2].body["title"] == "He slid off the sofa in the lounge"
        assert Entry.objects.filter(subject_id=event.pk, kind="event.corrected").count() == 2
        with pytest.raises(NotAllowed):
            operations.correct(
                event_id=event.pk, changes={"words": "x"}, why="", by=world.viewer("team_leader"), at=NOW
            )
        with pytest.raises(ReportRefused):
            operations.correct(event_id=event.pk, changes={"words": ""}, why="", by=manager, at=NOW)
        with pytest.raises(Refused):
            operations.correct(event_id=event.pk, changes={"status": "answered"}, why="", by=manager, at=NOW)
        assert verify.verify(world.organisation.id).whole


def test_a_correction_by_the_reporter_names_nobody() -> None:
    world = make_world()
    event = told(world, confidential=True).event
    with world.use():
        reporting = world.viewer("care_worker")
        operations.correct(event_id=event.pk, changes={"place": "Hall"}, why="", by=reporting, at=NOW)
        named = Named(part="alleged_source", staff_id=world.staff["colleague"].pk)
        operations.name_involved(event_id=event.pk, named=named, by=reporting, at=NOW)
        assert {one.changed_by for one in queries.versions_of(event)} == {None}
        reporter = world.accounts["care_worker"].pk
        assert not Entry.objects.filter(subject_id=event.pk, actor_id=reporter).exists()


def test_correcting_the_time_counts_the_event_on_its_new_day() -> None:
    world = make_world()
    event = told(world).event
    then = NOW - timedelta(days=3)
    with world.use():
        changes = {"occurred_from": then, "occurred_to": then}
        changed = operations.correct(
            event_id=event.pk, changes=changes, why="", by=world.viewer("registered_manager"), at=NOW
        )
        assert changed.local_date == then.date()


def test_sending_back_keeps_the_decider_and_an_answer_brings_it_back() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        before = Assignment.objects.get(event=event, ended_at__isnull=True)
        ask = {"event_id": event.pk, "by": world.viewer("registered_manager"), "at": NOW}
        first = operations.send_back(words="Which chair?", **ask)
        second = operations.send_back(words="Who else was there?", **ask)
        reporter = world.viewer("care_worker")
        operations.answer_question(question_id=first.pk, words="The blue one", by=reporter, at=NOW)
        event.refresh_from_db()
        assert event.status == "sent_back"
        operations.answer_question(question_id=second.pk, words="Dawit", by=reporter, at=NOW)
        event.refresh_from_db()
        assert event.status == "corrected"
        assert Assignment.objects.get(event=event, ended_at__isnull=True) == before
        with pytest.raises(Refused):
            operations.answer_question(question_id=second.pk, words="again", by=reporter, at=NOW)
        with pytest.raises(Refused):
            operations.send_back(words=" ", **ask)


def test_a_duplicate_waits_for_nobody_and_opening_it_again_finds_a_decider() -> None:
    world = make_world()
    first, second = told(world).event, told(world, by="colleague").event
    with world.use():
        manager = world.viewer("registered_manager")
        operations.link_duplicate(event_id=second.pk, other_id=first.pk, by=manager, at=NOW)
        second.refresh_from_db()
        assert second.status == "duplicate"
        assert not Assignment.objects.filter(event=second, ended_at__isnull=True).exists()
        assert [link.other_id for link in queries.links_of(second, viewer=manager)] == [first.pk]
        with pytest.raises(Refused):
            operations.link_duplicate(event_id=first.pk, other_id=second.pk, by=manager, at=NOW)
        with pytest.raises(MoveRefusedError):
            operations.send_back(event_id=second.pk, words="?", by=manager, at=NOW)
        operations.reopen(event_id=second.pk, why="Not the same fall", by=manager, at=NOW)
        second.refresh_from_db()
        assert second.status == "reopened" and queries.links_of(second, viewer=manager) == []
        assert Assignment.objects.get(event=second, ended_at__isnull=True).decider_id == manager.account_id


def test_a_decision_ends_the_waiting() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        manager = world.viewer("registered_manager")
        assert [one.event_id for one in queries.to_decide(manager)] == [event.pk]
        operations.decided(event_id=event.pk, by=manager, at=NOW)
        assert queries.to_decide(manager) == []
        assert queries.assignment_of(event) is None


def test_passing_on_goes_down_the_order_and_needs_a_reason() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        for role in ("registered_manager", "safeguarding_lead"):
            operations.pass_on(event_id=event.pk, why="I know the family", by=world.viewer(role), at=NOW)
        deciding = queries.assignment_of(event)
        assert deciding and deciding.decider_id == world.accounts["nominated_individual"].pk
        with pytest.raises(Refused):
            operations.pass_on(event_id=event.pk, why="", by=world.viewer("nominated_individual"), at=NOW)


def test_naming_the_decider_as_source_passes_the_case_on_in_the_same_transaction() -> None:
    world = make_world()
    event = told(world, involved=(Named(part="alleged_source", name="the one in charge"),)).event
    with world.use():
        row = Involved.objects.get(event=event)
        lead = world.viewer("safeguarding_lead")
        with pytest.raises(NotAllowed):
            operations.match_name(involved_id=row.pk, staff_id=None, by=world.viewer("registered_manager"), at=NOW)
        operations.match_name(involved_id=row.pk, staff_id=world.staff["safeguarding_lead"].pk, by=lead, at=NOW)
        assert seen(world, event).isdisjoint({"safeguarding_lead"})
        deciding = queries.assignment_of(event)
        assert deciding and deciding.decider_id == world.accounts["registered_manager"].pk
        assert Entry.objects.filter(subject_id=event.pk, kind="event.passed_on").count() == 1
        assert verify.verify(world.organisation.id).whole


def test_a_lifted_shut_out_lets_them_see_it_again_and_a_new_naming_shuts_them_out_anew() -> None:
    world = make_world()
    source = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    event = told(world, involved=(source,)).event
    with world.use():
        contact = world.viewer("independent_contact")
        (row,) = queries.shut_outs(contact)
        with pytest.raises(NotAllowed):
            operations.lift_shut_out(shut_out_id=row.pk, why="x", by=world.viewer("safeguarding_lead"), at=NOW)
        operations.lift_shut_out(shut_out_id=row.pk, why="Another Rowan", by=contact, at=NOW)
        assert "registered_manager" in seen(world, event)
        lead = world.viewer("safeguarding_lead")
        operations.name_involved(event_id=event.pk, named=source, by=lead, at=NOW)
        assert "registered_manager" not in seen(world, event)
        assert ShutOut.objects.get(event=event).lifted_at is None


def test_a_reporter_who_names_themselves_is_shut_out_as_well_and_keeps_the_receipt() -> None:
    world = make_world()
    event = told(world, involved=(Named(part="alleged_source", staff_id=world.staff["care_worker"].pk),)).event
    with world.use():
        viewer = world.viewer("care_worker")
        assert not queries.visible_to(viewer).exists()
        assert queries.told_by(event.pk, viewer=viewer) == event


# --- who decides, with absences and the roster --------------------------------------------------------------------


def decider(world: World, **said: object) -> str:
    assignment = told(world, **said).assignment
    assert assignment is not None
    return next(key for key, account in world.accounts.items() if account.pk == assignment.decider_id)


def away(world: World, role: str) -> None:
    with world.use():
        Absence.objects.create(
            organisation_id=world.organisation.id,
            account_id=world.accounts[role].pk,
            starts_at=NOW - timedelta(days=1),
            ends_at=NOW + timedelta(days=5),
        )


def test_an_absent_manager_does_not_decide_while_the_lead_is_there() -> None:
    world = make_world()
    assert decider(world) == "registered_manager"
    away(world, "registered_manager")
    assert decider(world) == "safeguarding_lead"
    away(world, "safeguarding_lead")
    assert decider(world) == "nominated_individual"
    away(world, "nominated_individual")
    assert decider(world) == "registered_manager"


def test_a_managers_own_report_is_decided_by_somebody_else() -> None:
    world = make_world()
    assert decider(world, by="registered_manager") == "safeguarding_lead"


def test_until_a_name_is_matched_the_manager_does_not_decide() -> None:
    world = make_world()
    assert decider(world, involved=(Named(part="alleged_source", name="one of the seniors"),)) == "safeguarding_lead"
    visitor = Named(part="alleged_source", name="his nephew", works_here="no")
    assert decider(world, involved=(visitor,)) == "registered_manager"


def alert(world: World, event: Event, job: str) -> None:
    entry = Entry.objects.get(subject_id=event.pk, kind="event.recorded")
    for _ in range(2):
        getattr(jobs, job)(world.organisation.id, entry.pk)


def notices_of(kind: str) -> "QuerySet[Notice]":
    return Notice.objects.filter(kind=kind)


def test_the_decider_is_told_once_with_a_link_and_no_content() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        alert(world, event, "tell_decider")
        (notice,) = notices_of("event.decide")
        assert notice.account_id == world.accounts["registered_manager"].pk
        assert notice.link == f"/decide/{event.pk}/" and not notice.urgent


def test_nothing_done_yet_alerts_who_is_on_duty_but_never_the_reporter_or_somebody_named() -> None:
    world = make_world()
    on_duty = ("registered_manager", "team_leader", "safeguarding_lead")
    with world.use():
        for number, role in enumerate(on_duty):
            Duty.objects.create(
                organisation_id=world.organisation.id,
                service=world.home,
                account_id=world.accounts[role].pk,
                starts_at=NOW - timedelta(hours=4 + number),
                ends_at=NOW + timedelta(hours=4),
            )
    named = Named(part="alleged_source", staff_id=world.staff["team_leader"].pk)
    event = told(world, by="registered_manager", safe_now="no", made_safe="", involved=(named,)).event
    with world.use():
        alert(world, event, "alert_if_not_safe")
        assert [one.account_id for one in notices_of("event.not_safe")] == [world.accounts["safeguarding_lead"].pk]


def test_nobody_on_duty_is_written_down() -> None:
    world = make_world()
    event = told(world, safe_now="unsure", made_safe="").event
    safe = told(world).event
    with world.use():
        alert(world, event, "alert_if_not_safe")
        alert(world, safe, "alert_if_not_safe")
        assert [one.cause_id for one in Unreached.objects.all()] == [event.pk]
        assert not notices.notify(
            account_ids=[], kind="x", cause_id=event.pk, link="/", at=NOW, organisation_id=world.organisation.id
        )


def test_a_name_to_match_calls_those_who_may_match_it() -> None:
    world = make_world()
    event = told(world, involved=(Named(part="alleged_source", name="big Dave"),)).event
    with world.use():
        alert(world, event, "tell_decider")
        called = {one.account_id for one in notices_of("event.match_name")}
        assert called == {world.accounts[key].pk for key in ("safeguarding_lead", "nominated_individual")}
        assert Role.SAFEGUARDING_LEAD in world.viewer("safeguarding_lead").roles


def test_the_reporter_is_told_of_a_question_and_the_asker_of_the_answer() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        asked = operations.send_back(
            event_id=event.pk, words="Which chair?", by=world.viewer("registered_manager"), at=NOW
        )
        jobs.tell_reporter(world.organisation.id, Entry.objects.get(kind="event.sent_back").pk)
        (notice,) = notices_of("event.question")
        assert notice.account_id == world.accounts["care_worker"].pk
        operations.answer_question(question_id=asked.pk, words="Blue", by=world.viewer("care_worker"), at=NOW)
        jobs.tell_asker(world.organisation.id, Entry.objects.get(kind="question.answered").pk)
        assert notices_of("event.answered").get().account_id == world.accounts["registered_manager"].pk
