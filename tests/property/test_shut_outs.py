"""Whoever is named and whoever reports: somebody free of conflict decides, or the outside contacts were given."""

from datetime import timedelta
from functools import cache
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices.models import Notice
from heedful.foundation.workplace.doubt import may_be, of_viewer
from heedful.loop.incidents import deciders, jobs, operations, queries
from heedful.loop.incidents.deciders import Candidate, Circumstances
from heedful.loop.incidents.models import Assignment, Event, Involved, Reporter, Share, ShutOut
from heedful.loop.incidents.operations import Named, NewEvent
from tests.support.reports import NOW, report
from tests.support.world import World, make_world

ACCOUNTS = [UUID(int=number) for number in range(1, 8)]
candidates = st.lists(
    st.builds(
        Candidate,
        account_id=st.sampled_from(ACCOUNTS),
        role=st.sampled_from(deciders.IN_ORDER),
        appointed=st.booleans(),
        on_duty=st.booleans(),
        absent=st.booleans(),
    ),
    max_size=8,
)
cases = st.builds(
    Circumstances,
    shut_out=st.frozensets(st.sampled_from(ACCOUNTS)),
    reporter=st.none() | st.sampled_from(ACCOUNTS),
    confidential=st.booleans(),
    in_doubt=st.frozensets(st.sampled_from(ACCOUNTS)),
    passed_on=st.frozensets(st.sampled_from(ACCOUNTS)),
)


@given(candidates, cases)
def test_a_decider_is_found_exactly_when_one_is_free_of_conflict(found: list[Candidate], case: Circumstances) -> None:
    chosen = deciders.next_decider(found, case)
    free = [one for one in found if one.account_id not in case.shut_out | case.in_doubt]
    assert (chosen is None) == (not free)
    assert chosen is None or chosen in free


@given(candidates, cases)
def test_a_reporter_decides_only_when_nobody_else_who_is_there_can(found: list[Candidate], case: Circumstances) -> None:
    chosen = deciders.next_decider(found, case)
    others = [
        one
        for one in found
        if one.account_id not in case.shut_out | case.in_doubt | case.passed_on
        and one.account_id != case.reporter
        and not one.absent
    ]
    if chosen and others:
        assert chosen.account_id != case.reporter


@given(candidates, cases)
def test_somebody_absent_decides_only_when_nobody_there_may(found: list[Candidate], case: Circumstances) -> None:
    chosen = deciders.next_decider(found, case)
    there = [
        one for one in found if not one.absent and one.account_id not in case.shut_out | case.in_doubt | case.passed_on
    ]
    there = [one for one in there if one.account_id != case.reporter or not case.confidential]
    if chosen and chosen.absent:
        assert not there


@given(st.permutations(ACCOUNTS), cases)
def test_the_order_in_which_people_are_read_does_not_matter(order: list[UUID], case: Circumstances) -> None:
    found = [Candidate(account, deciders.IN_ORDER[account.int % 3]) for account in order]
    assert deciders.next_decider(found, case) == deciders.next_decider(found[::-1], case)


KEYS = ["care_worker", "colleague", "team_leader", "registered_manager", "safeguarding_lead", "nominated_individual"]
APART = ("safeguarding_lead", "nominated_individual", "independent_contact")
KEYS += ["independent_contact", "manager_elsewhere"]


@cache
def the_world() -> World:
    return make_world()


@cache
def viewer_of(key: str) -> Viewer:
    return the_world().viewer(key)


# Typed names that match nobody surely: nobody's, one that is near each of the wide roles, initials, a post.
TYPED = {
    "typed": "somebody in a blue tunic",
    "typed_lead": "Safegard Leed",
    "typed_nominated": "Nominatd",
    "typed_initials": "I.C.P.",
    "typed_post": "the owner",
    "typed_all": "One of the Persons",
}
sources = st.lists(st.sampled_from([*KEYS, *TYPED, "visitor"]), max_size=6, unique=True)
steps = st.lists(
    st.tuples(
        st.sampled_from(["name", "name_typed", "match", "match_nobody", "share", "withdraw", "lift", "pass_on", "ask"]),
        st.sampled_from(KEYS),
    ),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(KEYS), sources, st.booleans(), steps)
def test_every_live_event_has_a_free_decider_or_the_outside_contacts_and_nobody_named_sees_it(
    reporter: str, named: list[str], confidential: bool, after: list[tuple[str, str]]
) -> None:
    world = the_world()
    with world.use():
        said = report(world, confidential=confidential, involved=tuple(_named(world, key) for key in named))
        event = operations.record(report=said, by=viewer_of(reporter), at=NOW).event
        _check(world, event)
        for step, key in after:
            _take(world, event, step, key)
            _check(world, event)
        assert Assignment.objects.filter(event=event, ended_at__isnull=True).count() == 1


def _named(world: World, key: str) -> Named:
    if key in TYPED:
        return Named(part="alleged_source", name=TYPED[key])
    if key == "visitor":
        return Named(part="alleged_source", name="his nephew", works_here="no")
    return Named(part="alleged_source", staff_id=world.staff[key].pk)


def _take(world: World, event: Event, step: str, key: str) -> None:  # noqa: C901 - one branch for each step
    """One thing that may happen next; what is refused changes nothing, and that is checked too."""
    viewer = viewer_of(key)
    seen = queries.visible_to(viewer).filter(pk=event.pk).exists()
    if not seen:
        return
    open_names = Involved.objects.filter(event=event, matched=False).values_list("pk", flat=True)
    in_force = ShutOut.objects.filter(event=event, lifted_at__isnull=True).values_list("pk", flat=True)
    try:
        if step == "name":
            staff = world.staff["team_leader"].pk
            named = Named(part="alleged_source", staff_id=staff)
            operations.name_involved(event_id=event.pk, named=named, by=viewer, at=NOW)
        elif step == "name_typed":
            operations.name_involved(event_id=event.pk, named=_named(world, "typed_lead"), by=viewer, at=NOW)
        elif step == "match_nobody" and open_names:
            operations.match_name(involved_id=open_names[0], staff_id=None, by=viewer, at=NOW)
        elif step == "share":
            where = {"account_id": world.accounts["manager_elsewhere"].pk, "until": NOW + timedelta(days=9)}
            operations.share_case(event_id=event.pk, **where, why="Covers", by=viewer, at=NOW)
        elif step == "withdraw":
            for share in Share.objects.filter(event=event, withdrawn_at__isnull=True):
                operations.withdraw_share(share_id=share.pk, by=viewer, at=NOW)
        elif step == "match" and open_names:
            staff = world.staff["registered_manager"].pk
            operations.match_name(involved_id=open_names[0], staff_id=staff, by=viewer, at=NOW)
        elif step == "lift" and in_force:
            operations.lift_shut_out(shut_out_id=in_force[0], why="Not on shift that week", by=viewer, at=NOW)
        elif step == "pass_on":
            operations.pass_on(event_id=event.pk, why="I know the family", by=viewer, at=NOW)
        elif step == "ask":
            operations.send_back(event_id=event.pk, words="Which chair?", by=viewer, at=NOW)
    except operations.Refused:
        pass


def _check(world: World, event: Event) -> None:
    event.refresh_from_db()
    shut_out = set(ShutOut.objects.filter(event=event, lifted_at__isnull=True).values_list("account_id", flat=True))
    (assignment,) = Assignment.objects.filter(event=event, ended_at__isnull=True)
    assert assignment.decider_id not in shut_out
    if assignment.decider_id:
        key = next(key for key, account in world.accounts.items() if account.pk == assignment.decider_id)
        assert may(viewer_of(key), Permission.TRIAGE_EVENT, queries.subject_of(event))
    else:
        assert Entry.objects.filter(subject_id=event.pk, kind="event.nobody_inside").exists()
        deciding = queries.assignment_of(event)
        assert deciding and deciding.outside and deciding.outside.authority_contact and deciding.outside.cqc_contact
    typed = queries.unmatched_names(event)
    if typed and assignment.decider_id:
        assert key in ("safeguarding_lead", "nominated_individual")
    reporter = Reporter.objects.get(event=event).account_id
    for key in KEYS:
        viewer = viewer_of(key)
        sees = queries.visible_to(viewer).filter(pk=event.pk).exists()
        if typed and viewer.account_id != reporter:
            in_doubt = key not in APART or any(may_be(name, of_viewer(viewer)) for name in typed)
            assert not (in_doubt and sees)
            assert not (in_doubt and may(viewer, Permission.TRIAGE_EVENT, queries.subject_of(event)))
        if viewer.account_id in shut_out:
            assert not sees
            assert not may(viewer, Permission.SEE_EVENT, queries.subject_of(event))
            shown = queries.reporter_of(event, viewer=viewer, at=NOW)
            assert shown.withheld == "shut_out" or viewer.account_id == shown.account_id


def test_when_everyone_inside_is_named_the_independent_contact_is_alarmed_once() -> None:
    world = make_world()
    inside = ("registered_manager", "safeguarding_lead", "nominated_individual")
    with world.use():
        said: NewEvent = report(world, client_key=uuid4(), involved=tuple(_named(world, key) for key in inside))
        recorded = operations.record(report=said, by=world.viewer("care_worker"), at=NOW)
        assert recorded.assignment and recorded.assignment.decider_id is None
        entry = Entry.objects.get(subject_id=recorded.event.pk, kind="event.recorded")
        for _ in range(2):
            jobs.tell_decider(world.organisation.id, entry.pk)
        (alarm,) = Notice.objects.filter(kind="event.nobody_inside")
        assert alarm.account_id == world.accounts["independent_contact"].pk and alarm.urgent
