"""One object of every kind that a route can name, in an organisation, and in each relation to a viewer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.notices.models import Absence, Duty, Notice
from heedful.foundation.people import erasure as people_erasure
from heedful.foundation.people import resets
from heedful.foundation.people.models import Membership, Relation
from heedful.foundation.people.words_operations import add_word
from heedful.intake.models import Upload
from heedful.loop.actions.models import Action, PlanUpdate
from heedful.loop.audits.models import Audit, AuditItem
from heedful.loop.duties.models import Classification, FindOut, Triage
from heedful.loop.feedback.models import Bulletin
from heedful.loop.feedback.sheet import PARTS
from heedful.loop.incidents.models import Assignment, Event, Involved, Question, ShutOut
from heedful.loop.incidents.operations import Named, share_case, withdraw_share
from heedful.loop.reviews.models import Finding, Review, ReviewEvent, Theme, ThemeEvent
from heedful.oversight.governance.operations import decide, prepare_meeting
from tests.support.reports import told
from tests.support.world import World, make_world

# How an event can stand to somebody who looks.
RELATIONS = ("own", "elsewhere", "restricted", "unmatched", "shut_out", "shared", "withdrawn", "removed")
# With whom a case kept to few is shared, or was until it was withdrawn.
SHARED_WITH = ("team_leader", "manager_elsewhere")


@dataclass
class Objects:
    """Ids by the name that routes give them, for one event."""

    event_id: UUID
    ids: dict[str, UUID]


@dataclass
class Populated:
    world: World
    by_relation: dict[str, Objects]
    plain: dict[str, Any]


def populate() -> Populated:
    """A world with one event in each relation, each with everything that can hang on an event."""
    world = make_world(at=timezone.now() - timedelta(days=3))
    now = timezone.now()
    source = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    unmatched = Named(part="alleged_source", name="A tall man with a lanyard", works_here="yes")
    reports: dict[str, dict[str, Any]] = {
        "own": {},
        "elsewhere": {"service_id": world.other_home.id},
        "restricted": {"confidential": True},
        "shut_out": {"involved": (source,)},
        "unmatched": {"involved": (unmatched,)},
        "shared": {"confidential": True},
        "withdrawn": {"confidential": True},
        "removed": {},
    }
    found = {}
    for relation, said in reports.items():
        event = told(world, at=now - timedelta(hours=2), **said).event
        found[relation] = _hang_on(world, event, relation, now)
    with world.use(), history.entry():
        Event.objects.filter(pk=found["removed"].event_id).update(removed_at=now)
        write(kind="event.removed", by=world.system, at=now, subject_id=found["removed"].event_id)
    return Populated(world, found, _plain(world, now))


def _hang_on(world: World, event: Event, relation: str, now: Any) -> Objects:
    key = "registered_manager" if relation == "shut_out" else "team_leader"
    organisation, account = world.organisation.id, world.accounts["safeguarding_lead"].pk
    with world.use(), history.entry():
        base = {"organisation_id": organisation, "event": event}
        question = Question.objects.create(**base, asked_by=account, asked_at=now, words="Which chair?")
        involved = Involved.objects.create(
            **base, part="alleged_source", name="A tall man", matched=relation != "unmatched"
        )
        lifted = None if relation == "shut_out" else now
        shut_out, _ = ShutOut.objects.get_or_create(
            **base, staff=world.staff[key], defaults={"named_at": now, "lifted_at": lifted}
        )
        decided = {**base, "decided_by": account, "decided_at": now, "policy_version": "test@1"}
        triage = Triage.objects.create(
            **decided, number=90, level="L1", suggested="L2", stands_at="L2", response="review", why="Because."
        )
        duty = Classification.objects.create(**decided, kind="complaint", answer="yes", due_at=now)
        find_out = FindOut.objects.create(**base, what="harm_to_body", due_at=now)
        write(kind="test.hung_on", by=world.system, at=now, subject_id=event.pk)
    shares = _share(world, event, now) if relation in ("shared", "withdrawn") else []
    with world.use():
        for share in shares if relation == "withdrawn" else []:
            withdraw_share(share_id=share, by=world.viewer("safeguarding_lead"), at=now)
        assignment = Assignment.objects.filter(event=event).first()
    return Objects(
        event.pk,
        {
            "event_id": event.pk,
            **_understand(world, event, now),
            "question_id": question.pk,
            "involved_id": involved.pk,
            "shut_out_id": shut_out.pk,
            "triage_id": triage.pk,
            "classification_id": duty.pk,
            "duty_id": duty.pk,
            "find_out_id": find_out.pk,
            "subject_id": event.pk,
            "share_id": shares[0] if shares else uuid4(),
            "assignment_id": assignment.pk if assignment else uuid4(),
        },
    )


def _share(world: World, event: Event, now: Any) -> list[UUID]:
    details = {"until": now + timedelta(days=7), "why": "She covers the home.", "at": now}
    lead = world.viewer("safeguarding_lead")
    with world.use():
        return [
            share_case(event_id=event.pk, account_id=world.accounts[key].pk, by=lead, **details).pk
            for key in SHARED_WITH
        ]


def _understand(world: World, event: Event, now: Any) -> dict[str, UUID]:
    """A review of the event with something that must change, and a theme that it is in."""
    lead = world.accounts["nominated_individual"].pk
    base = {"organisation_id": world.organisation.id}
    with world.use(), history.entry():
        theme = Theme.objects.create(
            **base, client_key=uuid4(), name="Chairs", why="All in the lounge.", owner_id=lead,
            service_ids=[event.service_id], opened_at=now, opened_by=lead,
        )  # fmt: skip
        ThemeEvent.objects.create(**base, theme=theme, event=event, joined_at=now)
        review = Review.objects.create(**base, kind="huddle", lead_id=lead, opened_at=now, theme=theme)
        ReviewEvent.objects.create(**base, review=review, event=event, added_at=now)
        finding = Finding.objects.create(
            **base, review=review, number=1, text="A chair.", factor="tools.equipment", found_by=lead, found_at=now
        )
        write(kind="test.understood", by=world.system, at=now, subject_id=review.pk)
    found = {"review_id": review.pk, "finding_id": finding.pk, "theme_id": theme.pk}
    return found | _change(world, review, theme, now)


def _change(world: World, review: Review, theme: Theme, now: Any) -> dict[str, UUID]:
    """An action of the review, a plan that it must reach, and a check with its sample drawn."""
    lead, today = world.accounts["nominated_individual"].pk, now.date()
    base = {"organisation_id": world.organisation.id, "service_ids": theme.service_ids}
    days = {"due_on": today, "first_due_on": today}
    with world.use(), history.entry():
        action = Action.objects.create(
            **base, **days, client_key=uuid4(), review=review, theme=theme, what_will_differ="Higher chairs.",
            kind="equipment", strength="stronger", policy_version="action-hierarchy@1", starts_on=today,
            lead=world.staff["nominated_individual"], not_measured_why="Too few.", reaudit_question="Is it high?",
            reaudit_wanted=90, agreed_at=now, agreed_by=lead,
        )  # fmt: skip
        plan = PlanUpdate.objects.create(organisation_id=world.organisation.id, action=action, person=world.people[0])
        audit = Audit.objects.create(
            **base, **days, client_key=uuid4(), action=action, theme=theme, question="Is it high?", wanted=90,
            state="drawn", planned_at=now, population_words="Chairs", population_size=3, sample_size=1, seed="a1",
            drawn_at=now, drawn_by=lead,
        )  # fmt: skip
        AuditItem.objects.create(organisation_id=world.organisation.id, audit=audit, position=1, number=2)
        write(kind="test.changed", by=world.system, at=now, subject_id=action.pk)
    found = {"action_id": action.pk, "plan_id": plan.pk, "audit_id": audit.pk}
    return found | {"bulletin_id": _bulletin(world, review, now)}


def _bulletin(world: World, review: Review, now: Any) -> UUID:
    """A draft of one page from the case of the review."""
    with world.use(), history.entry():
        event = review.about.get().event_id
        row = Bulletin.objects.create(
            organisation_id=world.organisation.id, client_key=uuid4(), number=Bulletin.objects.count() + 1,
            event_id=event, parts=dict.fromkeys(PARTS, "A chair."), options=["One", "Two", "Three"], right=0,
            author_id=world.accounts["nominated_individual"].pk, drafted_at=now,
        )  # fmt: skip
        write(kind="test.bulletin", by=world.system, at=now, subject_id=row.pk)
    return row.pk


def _meeting(world: World, now: Any) -> UUID:
    """A meeting with its page frozen, and a decision."""
    chair = world.viewer("nominated_individual")
    said = {"by": chair, "at": now}
    with world.use():
        row = prepare_meeting(client_key=uuid4(), held_on=now.date(), chair_id=chair.account_id, length=3, **said)
        lead = world.staff["safeguarding_lead"].pk
        decide(
            meeting_id=row.pk, client_key=uuid4(), text="Buy chairs.", lead_id=lead, due_on=now.date(), **said
        )  # fmt: skip
    return row.pk


def _upload(world: World, now: Any) -> UUID:
    """A file that was read, with a row that stays behind."""
    left = {"sheet": "(file)", "row": 3, "outcome": "ask", "reason": "date_missing", "day": "", "until": "",
            "service": "Rowan House", "kinds": [], "words": "Mr Kettleby fell."}  # fmt: skip
    found = {"counts": {"import": 0, "ask": 1, "reject": 0}, "left": [left], "reasons": []}
    with world.use():
        return Upload.objects.create(
            organisation_id=world.organisation.id, client_key=uuid4(), sent_by=world.accounts["safeguarding_lead"].pk,
            sent_at=now, file_name="log.csv", size=9, sha256="0" * 64, state="read", found=found,
        ).pk  # fmt: skip


def _plain(world: World, now: Any) -> dict[str, Any]:
    """Things that are not about one event."""
    with world.use():
        membership = Membership.objects.get(account=world.accounts["team_leader"])
        reset = resets.ask(
            account=world.accounts["care_worker"], new_card=False, by=world.viewer("registered_manager"), at=now
        )
        with history.entry():
            base = {"organisation_id": world.organisation.id}
            until = {"starts_at": now, "ends_at": now + timedelta(hours=8)}
            account = world.accounts["registered_manager"].pk
            duty = Duty.objects.create(**base, **until, service=world.home, account_id=account)
            absence = Absence.objects.create(**base, **until, account_id=account)
            notice = Notice.objects.create(
                **base, account_id=account, kind="decide", cause_id=uuid4(), link="/", made_at=now
            )
            relation = Relation.objects.create(
                **base, person=world.people[0], name="Ellen Kettleby", relationship="Wife"
            )
            write(kind="test.plain", by=world.system, at=now)
        word = add_word(
            taxonomy_name="core_types", label="Tumble", maps_to="fall", day=now.date(), by=world.system, at=now
        )
        erasure = people_erasure.ask_to_erase(
            person=world.people[1], why="asked_for", by=world.viewer("administrator"), at=now
        )
    return {
        "meeting_id": _meeting(world, now),
        "erasure_id": erasure.pk,
        "relation_id": relation.pk,
        "word_id": word.pk,
        "staff_id": world.staff["team_leader"].pk,
        "membership_id": membership.pk,
        "reset_id": reset.pk,
        "service_id": world.home.pk,
        "duty_id": duty.pk,
        "absence_id": absence.pk,
        "notice_id": notice.pk,
        "person_id": world.people[0].pk,
        "upload_id": _upload(world, now),
    }
