"""Until a named source of harm is matched, only those read and decide who surely are not meant; and sharing a case."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Notice
from heedful.loop.incidents import jobs, operations, queries
from heedful.loop.incidents.models import Assignment, Event, Involved, Share
from heedful.loop.incidents.operations import Named
from tests.support.reports import NOW, told
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

EVERYONE = ("care_worker", "team_leader", "registered_manager", "safeguarding_lead", "nominated_individual")
EVERYONE += ("independent_contact", "inspector", "manager_elsewhere", "colleague")


def typed(name: str) -> Named:
    return Named(part="alleged_source", name=name)


def readers(world: World, event: Event) -> set[str]:
    """In lists and alone: two ways through the code, and the same people."""
    with world.use():
        viewers = {key: world.viewer(key) for key in EVERYONE}
        listed = {key for key, one in viewers.items() if queries.visible_to(one).filter(pk=event.pk).exists()}
        alone = {key for key, one in viewers.items() if queries.sees([event.pk], viewer=one)}
    assert alone == listed
    return listed


def decider(world: World, event: Event) -> str:
    with world.use():
        found = Assignment.objects.get(event=event, ended_at__isnull=True).decider_id
    return next((key for key, account in world.accounts.items() if account.pk == found), "nobody")


def match(world: World, event: Event, who: str | None) -> None:
    with world.use():
        row = Involved.objects.get(event=event, part="alleged_source")
        staff = world.staff[who].pk if who else None
        operations.match_name(involved_id=row.pk, staff_id=staff, by=world.viewer("safeguarding_lead"), at=NOW)


FEW = {"care_worker", "safeguarding_lead", "nominated_individual", "independent_contact", "inspector"}


def test_a_name_that_matches_nobody_keeps_the_case_from_every_manager_until_it_is_matched() -> None:
    world = make_world()
    event = told(world, involved=(typed("Big Dave"),)).event
    assert readers(world, event) == FEW
    assert decider(world, event) == "safeguarding_lead"
    match(world, event, "team_leader")
    assert readers(world, event) == FEW | {"registered_manager"}
    assert decider(world, event) == "registered_manager"


def test_said_to_be_nobody_who_works_here_it_opens_to_all_whose_work_it_is() -> None:
    world = make_world()
    event = told(world, involved=(typed("Big Dave"),)).event
    match(world, event, None)
    assert readers(world, event) == FEW | {"registered_manager", "team_leader"}
    assert not Event.objects.none() and decider(world, event) == "registered_manager"


def test_matched_to_the_manager_it_stays_with_the_lead_and_away_from_the_manager() -> None:
    world = make_world()
    event = told(world, involved=(typed("Big Dave"),)).event
    match(world, event, "registered_manager")
    assert readers(world, event) == FEW
    assert decider(world, event) == "safeguarding_lead"


def test_when_the_lead_may_be_meant_the_nominated_individual_decides_and_matches() -> None:
    world = make_world()
    event = told(world, involved=(typed("Safegarding"),)).event
    assert readers(world, event) == FEW - {"safeguarding_lead"}
    assert decider(world, event) == "nominated_individual"
    with world.use():
        jobs.tell_decider(world.organisation.id, Entry.objects.get(subject_id=event.pk, kind="event.recorded").pk)
        asked = {one.account_id for one in Notice.objects.filter(kind="event.match_name")}
    assert asked == {world.accounts["nominated_individual"].pk}


def test_when_everybody_inside_may_be_meant_the_outside_contacts_are_given_and_the_independent_contact_matches() -> (
    None
):
    world = make_world()
    event = told(world, involved=(typed("Safeguarding"), typed("the nominated one"))).event
    assert decider(world, event) == "nobody"
    with world.use():
        deciding = queries.assignment_of(event)
        assert deciding and deciding.outside
        jobs.tell_decider(world.organisation.id, Entry.objects.get(subject_id=event.pk, kind="event.recorded").pk)
        contact = world.accounts["independent_contact"].pk
        for kind in ("event.match_name", "event.nobody_inside"):
            assert {one.account_id for one in Notice.objects.filter(kind=kind)} == {contact}
        for row in Involved.objects.filter(event=event):
            by = world.viewer("independent_contact")
            operations.match_name(involved_id=row.pk, staff_id=None, by=by, at=NOW)
    assert decider(world, event) == "registered_manager"


def test_a_manager_who_told_us_reads_their_own_report_but_decides_nothing_in_it() -> None:
    world = make_world()
    event = told(world, by="registered_manager", involved=(typed("Big Dave"),)).event
    with world.use():
        viewer = world.viewer("registered_manager")
        assert queries.visible_to(viewer).filter(pk=event.pk).exists()
        assert not queries.decides_about(viewer).filter(pk=event.pk).exists()
        assert not may(viewer, Permission.TRIAGE_EVENT, queries.subject_of(event))


def test_a_reporter_near_whose_name_somebody_adds_one_no_longer_reads_it() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        by = world.viewer("safeguarding_lead")
        operations.name_involved(event_id=event.pk, named=typed("Joss P"), by=by, at=NOW)
    assert "care_worker" not in readers(world, event)


def test_a_name_added_later_takes_the_case_from_the_manager_in_the_same_moment() -> None:
    world = make_world()
    event = told(world).event
    assert decider(world, event) == "registered_manager"
    with world.use():
        named = typed("the new one on nights")
        operations.name_involved(event_id=event.pk, named=named, by=world.viewer("care_worker"), at=NOW)
    assert decider(world, event) == "safeguarding_lead"
    assert readers(world, event) == FEW


def test_an_imported_event_is_kept_from_the_same_people_and_matching_starts_nothing() -> None:
    world = make_world()
    event = told(world, involved=(typed("Big Dave"),)).event
    with world.use():
        Assignment.objects.filter(event=event).update(ended_at=NOW)
        Event.objects.filter(pk=event.pk).update(source="history")
    assert "registered_manager" not in readers(world, event)
    match(world, event, None)
    assert "registered_manager" in readers(world, event)
    with world.use():
        assert not Assignment.objects.filter(event=event, ended_at__isnull=True).exists()


def test_whoever_told_us_and_the_lead_read_why_few_can_see_it() -> None:
    world = make_world()
    event = told(world, involved=(typed("Big Dave"),)).event
    receipt = sign_in(Client(), world.accounts["care_worker"]).get(f"/reports/{event.pk}/receipt/").content.decode()
    assert "only you and people it cannot mean can read this" in receipt and "Big Dave" in receipt
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    assert "only people it cannot mean" in lead.get(f"/cases/{event.pk}/").content.decode()
    assert "only people it cannot mean" in lead.get("/names/").content.decode()


def share(world: World, event: Event, key: str, *, by: str = "safeguarding_lead", days: int = 7) -> Share:
    now = timezone.now()
    until = now + timedelta(days=days)
    account = world.accounts[key].pk
    with world.use():
        return operations.share_case(
            event_id=event.pk, account_id=account, until=until, why="Covers the home.", by=world.viewer(by), at=now
        )


def test_a_shared_case_is_read_by_one_more_person_until_it_is_withdrawn_or_its_time_is_over() -> None:
    world = make_world()
    event = told(world).event
    assert "manager_elsewhere" not in readers(world, event)
    one = share(world, event, "manager_elsewhere")
    assert "manager_elsewhere" in readers(world, event)
    with world.use():
        viewer = world.viewer("manager_elsewhere")
        assert not may(viewer, Permission.TRIAGE_EVENT, queries.subject_of(event))
        entry = Entry.objects.get(kind="case.shared")
        jobs.tell_shared_with(world.organisation.id, entry.pk)
        assert Notice.objects.get(kind="case.shared").account_id == viewer.account_id
        operations.withdraw_share(share_id=one.pk, by=world.viewer("nominated_individual"), at=NOW)
    assert "manager_elsewhere" not in readers(world, event)
    again = share(world, event, "manager_elsewhere")
    with world.use():
        Share.objects.filter(pk=again.pk).update(shared_at=NOW, until=NOW + timedelta(days=1))
    assert "manager_elsewhere" not in readers(world, event)


def test_a_shut_out_wins_over_a_share_and_nobody_shares_with_whoever_is_named() -> None:
    world = make_world()
    event = told(world).event
    share(world, event, "manager_elsewhere")
    with world.use():
        named = Named(part="alleged_source", staff_id=world.staff["manager_elsewhere"].pk)
        operations.name_involved(event_id=event.pk, named=named, by=world.viewer("safeguarding_lead"), at=NOW)
    assert "manager_elsewhere" not in readers(world, event)
    with pytest.raises(operations.Refused, match="kept away"):
        share(world, event, "manager_elsewhere")


def test_a_case_is_not_shared_for_ever_nor_with_a_name_unmatched_nor_by_a_manager_nor_with_a_care_worker() -> None:
    world = make_world()
    event = told(world).event
    doubtful = told(world, involved=(typed("Big Dave"),)).event
    with pytest.raises(operations.Refused, match="three months"):
        share(world, event, "manager_elsewhere", days=200)
    with pytest.raises(operations.Refused, match="not matched yet"):
        share(world, doubtful, "manager_elsewhere")
    with pytest.raises(operations.Refused):
        share(world, event, "manager_elsewhere", by="registered_manager")
    with pytest.raises(operations.Refused, match="from the list"):
        share(world, event, "colleague")


def test_the_lead_shares_on_the_page_and_the_case_file_lists_and_ends_it() -> None:
    world = make_world(at=timezone.now() - timedelta(days=2))
    event = told(world, at=timezone.now()).event
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    day = timezone.now().date() + timedelta(days=5)
    said = {"account": world.accounts["manager_elsewhere"].pk, "why": "She covers", "until_day": day.day}
    answer = lead.post(f"/cases/{event.pk}/share/", said | {"until_month": day.month, "until_year": day.year})
    assert answer.status_code == 302
    page = lead.get(f"/cases/{event.pk}/").content.decode()
    assert "Morwen Tarrant" in page and "Stop sharing" in page
    with world.use():
        one = Share.objects.get()
    assert lead.post(f"/cases/shared/{one.pk}/withdraw/").status_code == 302
    assert sign_in(Client(), world.accounts["manager_elsewhere"]).get(f"/cases/{event.pk}/").status_code == 404
