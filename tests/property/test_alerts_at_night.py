"""Somebody may not be safe: one person outside the conflict is always alerted, and nobody who may be meant is."""

from datetime import timedelta
from functools import cache
from uuid import UUID

from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices import roster
from heedful.foundation.notices.models import Notice, Unreached
from heedful.foundation.workplace import doubt
from heedful.foundation.workplace.doubt import Somebody, of_viewer
from heedful.loop.incidents import jobs, operations
from heedful.loop.incidents.models import Event, ShutOut
from heedful.loop.incidents.operations import Named
from heedful.loop.incidents.queries import alerts
from tests.support.reports import NOW, report
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

# On the roster of this night, in this order: on duty, deputy, next.
ON_DUTY = ("registered_manager", "team_leader", "manager_elsewhere")
INSIDE = (*ON_DUTY, "safeguarding_lead", "nominated_individual", "independent_contact")
STAFF = ("registered_manager", "team_leader", "safeguarding_lead", "nominated_individual", "colleague")
DESCRIPTIONS = ("a tall man with a lanyard", "somebody in a blue tunic", "the new agency person")
NAMES = ("Bartholomew Quigg", "Ydwig", "Registerd Manger", "Teem Leeder", "R.M.R.", "the manager", "Safegard Leed")


@cache
def the_world() -> World:
    world = make_world()
    manager, deputy = (world.accounts[key].pk for key in ON_DUTY[:2])
    with world.use():
        hours = {"starts_at": NOW - timedelta(hours=2), "ends_at": NOW + timedelta(hours=8)}
        roster.add_duty(
            service=world.home, account_id=manager, deputy_id=deputy, **hours, by=world.system, at=world.made_at
        )
    return world


def recorded(named: list[str], reporter: str = "care_worker") -> tuple[Event, Entry]:
    world = the_world()
    parts = tuple(
        Named(part="alleged_source", staff_id=world.staff[one].pk)
        if one in STAFF
        else Named(part="alleged_source", name=one)
        for one in named
    )
    said = report(world, safe_now="no", made_safe="", involved=parts)
    event = operations.record(report=said, by=world.viewer(reporter), at=NOW).event
    entry = Entry.objects.get(subject_id=event.pk, kind="event.recorded")
    jobs.tell_decider(world.organisation.id, entry.pk)
    jobs.alert_if_not_safe(world.organisation.id, entry.pk)
    return event, entry


def alerted(event: Event, *kinds: str) -> set[UUID]:
    """Who was told at once, of the event or of the decision about it."""
    causes = [event.pk, *event.assignments.values_list("pk", flat=True)]
    found = Notice.objects.filter(cause_id__in=causes, urgent=True)
    return set((found.filter(kind__in=kinds) if kinds else found).values_list("account_id", flat=True))


def key_of(account: UUID) -> str:
    return next(key for key, one in the_world().accounts.items() if one.pk == account)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*STAFF, *DESCRIPTIONS, *NAMES]), max_size=4, unique=True),
    st.sampled_from(["care_worker", "team_leader", "registered_manager"]),
)
def test_somebody_outside_the_conflict_is_always_alerted_and_nobody_who_may_be_meant_is(
    named: list[str], reporter: str
) -> None:
    world = the_world()
    with world.use():
        event, _ = recorded(named, reporter)
        told, typed = alerted(event), [one for one in named if one not in STAFF]
        shut_out = set(ShutOut.objects.filter(event=event).values_list("account_id", flat=True))
        assert told & shut_out == set()
        assert told or Unreached.objects.filter(cause_id=event.pk).exists()
        for account in told:
            key = key_of(account)
            assert not any(doubt.may_be(name, of_viewer(world.viewer(key))) for name in typed), (key, typed)
            if key in ON_DUTY:
                assert not set(typed) & set(DESCRIPTIONS), "a description may mean anyone who works there"
        # On duty, named by nobody and nothing near their name: they are told that somebody needs help.
        sure = ("registered_manager", "team_leader")
        for key in sure:
            free = world.accounts[key].pk not in shut_out and key != reporter and not set(typed) & set(DESCRIPTIONS)
            if free and not any(doubt.may_be(name, of_viewer(world.viewer(key))) for name in typed):
                assert world.accounts[key].pk in alerted(event, "event.not_safe", "event.not_safe_here")


def test_a_name_that_is_surely_anothers_alerts_the_manager_on_duty_to_a_place_and_no_word_of_the_report() -> None:
    world = the_world()
    with world.use():
        event, _ = recorded(["Bartholomew Quigg"])
        manager, lead = (world.accounts[key].pk for key in ("registered_manager", "safeguarding_lead"))
        assert manager in alerted(event, "event.not_safe_here")
        assert alerted(event, "event.decide") == {lead}
        (notice,) = Notice.objects.filter(cause_id=event.pk, account_id=manager)
        assert notice.link == "/not-safe/"
        (place, *_) = alerts.not_safe(world.viewer("registered_manager"), NOW)
        assert (place.service, place.on_call) == ("Rowan House", "01632 960002")
        assert alerts.not_safe(world.viewer("registered_manager"), NOW + timedelta(days=3)) == []
    client = sign_in(Client(), world.accounts["registered_manager"])
    assert client.get(f"/cases/{event.pk}/").status_code == 404
    page = client.get("/not-safe/").content.decode()
    assert "Quigg" not in page and "Kettleby" not in page and str(event.pk) not in page


def test_matched_to_the_manager_the_place_is_gone_from_their_page() -> None:
    world = the_world()
    with world.use():
        event, _ = recorded(["Ydwig"])
        before = len(alerts.not_safe(world.viewer("registered_manager"), NOW))
        (name,) = event.involved.filter(part="alleged_source")
        lead, staff = world.viewer("safeguarding_lead"), world.staff["registered_manager"].pk
        operations.match_name(involved_id=name.pk, staff_id=staff, by=lead, at=NOW)
        assert len(alerts.not_safe(world.viewer("registered_manager"), NOW)) == before - 1


def test_only_a_name_of_two_letters_or_more_can_be_surely_anothers() -> None:
    one = Somebody(("Susan Hill",))
    assert doubt.surely_another(["Bartholomew"], one) and doubt.surely_another([], one)
    for typed in ("", "?", "a tall man", "X", "Sue Hil", "Suzan"):
        assert not doubt.surely_another([typed], one), typed
    assert not doubt.surely_another(["Bartholomew", "the night staff"], one)
