"""Two organisations live through random days; after every step each sees its own, and only what a plain rule allows."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.ledger import erasure
from heedful.foundation.ledger.verify import verify
from heedful.foundation.notices import operations as notices
from heedful.foundation.notices import roster
from heedful.foundation.notices.models import Notice
from heedful.foundation.people import account_operations
from heedful.foundation.people import erasure as people_erasure
from heedful.foundation.people import operations as people
from heedful.foundation.people.operations import Reach
from heedful.foundation.people.viewers import viewer_of
from heedful.loop.incidents import operations, queries
from heedful.loop.incidents.models import Involved, Question, ShutOut
from heedful.loop.incidents.operations import Named
from tests.nightly.scale import scaled
from tests.support.jobs import run_jobs
from tests.support.reports import report
from tests.support.two_organisations import (
    DECIDERS,
    NO,
    REPORTERS,
    ROLES,
    STAFF,
    Fact,
    Side,
    TwoOrganisations,
    decide_as_suggested,
    foreign_rows,
    foreign_verbs,
)

pytestmark = pytest.mark.nightly

EXAMPLES, STEPS = scaled(20, least=2), scaled(40, least=12)


class RandomDays(TwoOrganisations):
    """Each rule is something people do; the invariants are what may never happen."""

    # How often all tables were looked through, in all examples.
    looked = 0

    # What people do -------------------------------------------------------------------------------------------

    @rule(which=st.integers(0, 1), role=st.sampled_from(REPORTERS), at_home=st.booleans(), confidential=st.booleans(),
          source=st.sampled_from([None, None, "typed", *STAFF]), not_safe=st.booleans())  # fmt: skip
    def record(
        self, which: int, role: str, at_home: bool, confidential: bool, source: str | None, not_safe: bool
    ) -> None:
        side = self.sides[which]
        viewer = side.viewer(role)
        if viewer is None:
            return
        said: dict[str, Any] = {"safe_now": "no", "made_safe": ""} if not_safe else {}
        if source:
            said["involved"] = (self._named(side, source), Named(part="affected", person_id=side.world.people[0].pk))
        service = side.world.home if at_home else side.world.other_home
        now = timezone.now()
        with side.world.use():
            new = report(
                side.world,
                at=now,
                service_id=service.pk,
                confidential=confidential,
                words=f"{side.canary} slid off the chair, said {role}.",
                **said,
            )
            event = operations.record(report=new, by=viewer, at=now).event
        fact = Fact(at_home, role, confidential or source is not None, in_doubt=source == "typed")
        fact.shut_out |= {source} if source and source != "typed" else set()
        side.facts[event.pk] = fact

    @rule(which=st.integers(0, 1), role=st.sampled_from(ROLES), number=st.integers(0, 99))
    def correct(self, which: int, role: str, number: int) -> None:
        words = {"words": f"{self.sides[which].canary} slid off the other chair, on second thoughts."}
        self._do(which, role, number, lambda event, by, now: operations.correct(
            event_id=event, changes=words, why="I looked again", by=by, at=now))  # fmt: skip

    @rule(
        which=st.integers(0, 1), role=st.sampled_from(ROLES), number=st.integers(0, 99), source=st.sampled_from(STAFF)
    )
    def name_somebody(self, which: int, role: str, number: int, source: str) -> None:
        side = self.sides[which]
        named = self._named(side, source)
        event = self._do(which, role, number, lambda event, by, now: operations.name_involved(
            event_id=event, named=named, by=by, at=now))  # fmt: skip
        if event:
            side.facts[event].shut_out.add(source)
            side.facts[event].restricted = True

    @rule(which=st.integers(0, 1), role=st.sampled_from(ROLES), number=st.integers(0, 99))
    def lift(self, which: int, role: str, number: int) -> None:
        side = self.sides[which]
        row = self._one(side, ShutOut.objects.filter(lifted_at__isnull=True), number)
        viewer = side.viewer(role)
        if row is None or viewer is None:
            return
        with suppress(*NO), side.world.use():
            operations.lift_shut_out(shut_out_id=row.pk, why="Not on shift then", by=viewer, at=timezone.now())
            role_back = side.role_of(row.account_id) or self._role_of_staff(side, row.staff_id)
            still = ShutOut.objects.filter(event=row.event_id, staff_id=row.staff_id, lifted_at__isnull=True).exists()
            if role_back and not still:
                side.facts[row.event_id].shut_out.discard(role_back)

    @rule(
        which=st.integers(0, 1), role=st.sampled_from(ROLES), number=st.integers(0, 99), source=st.sampled_from(STAFF)
    )
    def match(self, which: int, role: str, number: int, source: str) -> None:
        side = self.sides[which]
        row = self._one(side, Involved.objects.filter(matched=False), number)
        viewer = side.viewer(role)
        if row is None or viewer is None:
            return
        with suppress(*NO), side.world.use():
            staff = side.world.staff[source].pk
            operations.match_name(involved_id=row.pk, staff_id=staff, by=viewer, at=timezone.now())
            side.facts[row.event_id].shut_out.add(source)
            side.facts[row.event_id].in_doubt = False

    @rule(which=st.integers(0, 1), role=st.sampled_from(ROLES), number=st.integers(0, 99))
    def pass_on(self, which: int, role: str, number: int) -> None:
        self._do(which, role, number, lambda event, by, now: operations.pass_on(
            event_id=event, why="I know the family", by=by, at=now))  # fmt: skip

    @rule(which=st.integers(0, 1), role=st.sampled_from(ROLES), number=st.integers(0, 99))
    def ask_and_answer(self, which: int, role: str, number: int) -> None:
        side = self.sides[which]
        event = self._do(which, role, number, lambda event, by, now: operations.send_back(
            event_id=event, words="Which chair?", by=by, at=now))  # fmt: skip
        reporter = side.viewer(side.facts[event].reporter) if event else None
        if event and reporter:
            question = self._one(side, Question.objects.filter(event=event, answered_at__isnull=True), number)
            with suppress(*NO), side.world.use():
                operations.answer_question(question_id=question.pk, words="The red one", by=reporter, at=timezone.now())

    @rule(which=st.integers(0, 1), role=st.sampled_from(DECIDERS), number=st.integers(0, 99))
    def decide(self, which: int, role: str, number: int) -> None:
        self._do(which, role, number, decide_as_suggested)

    @rule(which=st.integers(0, 1), role=st.sampled_from(DECIDERS), number=st.integers(0, 99), other=st.integers(0, 99))
    def link(self, which: int, role: str, number: int, other: int) -> None:
        other_id = self._event(self.sides[which], other)
        if other_id:
            self._do(which, role, number, lambda event, by, now: operations.link_duplicate(
                event_id=event, other_id=other_id, by=by, at=now))  # fmt: skip

    @rule(which=st.integers(0, 1), role=st.sampled_from(DECIDERS), number=st.integers(0, 99))
    def reopen(self, which: int, role: str, number: int) -> None:
        self._do(which, role, number, lambda event, by, now: operations.reopen(
            event_id=event, why="New facts", by=by, at=now))  # fmt: skip

    @rule(which=st.integers(0, 1))
    def engage(self, which: int) -> None:
        side = self.sides[which]
        with side.world.use():
            people.engage(name=f"New {side.canary}", service=side.world.home, by=side.world.system, at=timezone.now())

    @rule(which=st.integers(0, 1), role=st.sampled_from(["colleague", "team_leader", "manager_elsewhere", "inspector"]))
    def leave(self, which: int, role: str) -> None:
        """The day of leaving: from the next request on nothing is theirs."""
        side = self.sides[which]
        if role in side.left or len(side.left) > 1:
            return
        by = side.viewer("administrator")
        assert by is not None
        with side.world.use():
            account_operations.end_sign_in(account=side.world.accounts[role], by=by, at=timezone.now())
        side.left.add(role)

    @rule(which=st.integers(0, 1), role=st.sampled_from(DECIDERS), away=st.booleans())
    def roster(self, which: int, role: str, away: bool) -> None:
        side, now = self.sides[which], timezone.now()
        until = {"starts_at": now, "ends_at": now + timedelta(hours=8), "account_id": side.world.accounts[role].pk}
        with side.world.use():
            if away:
                roster.note_absence(**until, by=side.world.system, at=now)
            else:
                roster.add_duty(service=side.world.home, **until, by=side.world.system, at=now)

    @rule(which=st.integers(0, 1), role=st.sampled_from(ROLES))
    def react_and_read(self, which: int, role: str) -> None:
        side = self.sides[which]
        run_jobs(side.world.organisation.id)
        viewer = side.viewer(role)
        if viewer:
            with side.world.use():
                notices.mark_read(by=viewer, at=timezone.now())

    @rule(which=st.integers(0, 1), number=st.integers(0, 2))
    def erase(self, which: int, number: int) -> None:
        side, now = self.sides[which], timezone.now()
        first, second = side.viewer("administrator"), side.viewer("nominated_individual")
        assert first and second
        with side.world.use():
            person = side.world.people[number]
            if erasure.waiting().exists():
                return
            about = set(Involved.objects.filter(person=person).values_list("event_id", flat=True))
            asked = people_erasure.ask_to_erase(person=person, why="asked_for", by=first, at=now)
            erasure.agree(erasure=asked, by=second, at=now)
        for event in about & set(side.facts):
            side.facts[event].forgotten = True
        run_jobs(side.world.organisation.id)

    # What people try across the border ------------------------------------------------------------------------

    @precondition(lambda self: not self.visitor)
    @rule(which=st.integers(0, 1))
    def somebody_works_for_both(self, which: int) -> None:
        """The lead of one organisation is made inspector of the other, too: in each they see that one only."""
        host, guest = self.sides[which], self.sides[1 - which]
        account, now = guest.world.accounts["safeguarding_lead"], timezone.now()
        with host.world.use():
            people.grant(account=account, role=Role.INSPECTOR, reach=Reach(Scope.ORGANISATION), by=host.world.system,
                         at=now, until=now + timedelta(days=9))  # fmt: skip
        self.visitor = True
        for side in (host, guest):
            viewer = viewer_of(account.pk, side.world.organisation.id, now=timezone.now())
            assert viewer is not None
            with side.world.use():
                seen = set(queries.visible_to(viewer).values_list("pk", flat=True))
            assert seen <= set(side.facts)
            # In the other's name nothing is there, whatever the viewer says of themselves.
            other = self.sides[1 - self.sides.index(side)]
            with other.world.use():
                assert not queries.visible_to(viewer).exists()
        # Their pages ask first for whom they work: the shortcut of these clients is not theirs any more.
        guest.clients.pop("safeguarding_lead", None)

    @rule(which=st.integers(0, 1), role=st.sampled_from(ROLES), number=st.integers(0, 99))
    def reach_across(self, which: int, role: str, number: int) -> None:
        """Every verb on the other organisation's event and people: refused, and nothing there moves."""
        ours, theirs = self.sides[which], self.sides[1 - which]
        event, viewer, now = self._event(theirs, number), ours.viewer(role), timezone.now()
        if event is None or viewer is None:
            return
        before = self._heads()
        for verb in foreign_verbs(event, ours, theirs, viewer, now):
            with pytest.raises(NO), ours.world.use():
                verb()
        assert self._heads() == before

    # What may never happen --------------------------------------------------------------------------------------

    @invariant()
    def no_table_shows_a_foreign_row(self) -> None:
        side = self.draw.choice(self.sides)
        assert foreign_rows(self.tables, side.world.organisation.id) == []
        RandomDays.looked += 1

    @invariant()
    def everybody_sees_just_what_the_plain_rule_says(self) -> None:
        side, role = self.draw.choice(self.sides), self.draw.choice(ROLES)
        viewer = side.viewer(role)
        assert (viewer is None) == (role in side.left), role
        if viewer is None:
            return
        expected = {pk for pk, fact in side.facts.items() if side.sees(role, fact)}
        with side.world.use():
            assert set(queries.visible_to(viewer).values_list("pk", flat=True)) == expected, role
            mine = Notice.objects.filter(account_id=viewer.account_id)
            assert not mine.exclude(organisation_id=side.world.organisation.id).exists()

    @invariant()
    def no_page_shows_the_other_organisation(self) -> None:
        ours = self.draw.choice(self.sides)
        theirs = self.sides[1 - self.sides.index(ours)]
        role = self.draw.choice([one for one in ROLES if not (self.visitor and one == "safeguarding_lead")])
        client = ours.client(role)
        where = self.draw.choice(
            [
                "/",
                "/cases/",
                "/decide/",
                "/notices/",
                "/roster/",
                "/names/",
                "/shut-outs/",
                "/patterns/",
                "/reports/",
                "/people/",
                "/cases/?words=slid",
            ]
        )
        body = client.get(where).content.decode()
        assert theirs.canary not in body and theirs.world.organisation.code not in body, (role, where)
        shown = {str(pk) for pk in ours.facts if str(pk) in body}
        assert shown <= {str(pk) for pk, fact in ours.facts.items() if ours.sees(role, fact)}, (role, where)
        for side in self.sides:
            event = self._event(side, self.draw.randrange(99))
            if event:
                self._one_case(client, ours, side, role, event)

    def _one_case(self, client: Client, ours: Side, side: Side, role: str, event: UUID) -> None:
        answer = client.get(f"/cases/{event}/")
        allowed = side is ours and ours.sees(role, side.facts[event])
        if not allowed:
            assert answer.status_code != 200, (role, event)
            assert side.canary.encode() not in answer.content
        elif role not in ("care_worker", "colleague"):
            # No vacuous pass: whoever may see it does.
            assert answer.status_code == 200, (role, answer.status_code)
            assert side.canary.encode() in answer.content or side.facts[event].forgotten, role

    def teardown(self) -> None:
        for side in self.sides:
            run_jobs(side.world.organisation.id)
            assert foreign_rows(self.tables, side.world.organisation.id) == []
            found = verify(side.world.organisation.id)
            assert found.whole, (found.faults[:3], found.unexplained[:3])


def test_two_organisations_never_see_each_other_whatever_is_done_in_them() -> None:
    run_state_machine_as_test(
        RandomDays,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # It raises where an invariant fails; this says that it looked.
    assert RandomDays.looked > EXAMPLES
