"""One case taken once round the loop by operations, with the same words in everything that anybody can type."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from PIL import Image

from heedful.foundation.exits import operations as exits
from heedful.foundation.exits import queries as releases
from heedful.foundation.exits.models import Release
from heedful.foundation.files import operations as files
from heedful.foundation.files.checks import check
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.people import operations as people
from heedful.foundation.people.models import Person
from heedful.loop.actions import operations as actions
from heedful.loop.audits import operations as audits
from heedful.loop.audits.models import Audit
from heedful.loop.duties import operations as duties
from heedful.loop.duties import reading
from heedful.loop.duties.models import Classification, FindOut
from heedful.loop.feedback import operations as feedback
from heedful.loop.feedback.operations import bulletins
from heedful.loop.feedback.queries import Recipient, Step
from heedful.loop.feedback.sheet import PARTS
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents import queries
from heedful.loop.incidents.models import Event, ShutOut
from heedful.loop.incidents.operations import Named
from heedful.loop.incidents.reports import Told
from heedful.loop.reporting import operations as reporting
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews.models import Review, Theme
from heedful.oversight.governance import operations as governance
from heedful.oversight.governance.queries import words
from tests.support import acting
from tests.support.reports import NOW, told
from tests.support.world import World

LATER = acting.LATER
FINISHED = LATER + timedelta(days=60)


@dataclass
class Whole:
    """What was made, and the words that stand in it."""

    world: World
    person: Person
    relation_id: UUID
    event: Event
    review: Review
    theme: Theme
    action_ids: list[UUID]
    name: str
    word: str

    @property
    def text(self) -> str:
        return f"{self.name} and {self.word}."

    def by(self, key: str) -> Any:
        return self.world.viewer(key)


def once_round(world: World, *, name: str, word: str, at: datetime = NOW) -> Whole:
    """`name` is the person's and stands everywhere; `word` in what is said about them, not in what was learned."""
    text = f"{name} and {word}."
    with world.use():
        by = {"by": world.system, "at": at}
        person = people.admit(name=name, known_as=name, service=world.home, room="9", **by)
        near = people.relate(person=person, name=f"{name} junior", relationship="son", **by)
        with history.entry():
            Person.objects.filter(pk=person.pk).update(communication_needs=text)
            write(kind="test.needs", by=world.system, at=at, subject_id=person.pk)
    who = (Named(part="affected", person_id=person.pk, name=name), Named(part="witness", name=name, works_here="no"))
    said = dict.fromkeys(("words", "made_safe", "met_safeguarding_why", "met_clinical_why", "met_family_why"), text)
    known = {"type": "fall.found", "harm_body": "unknown", "harm_mind": "unknown", "met_safeguarding": "unsure"}
    event = told(
        world, at=at, **said, **known, place=name, involved=who, informed=(Told(who="family", name=name),)
    ).event  # fmt: skip
    with world.use():
        _decided(world, event, text, at + timedelta(hours=1))
    with world.use():
        review = Review.objects.get(required_for=event)
        theme = reviews.open_theme(
            name=name, why=text, event_ids=[event.pk], client_key=uuid4(), by=world.viewer("registered_manager"),
            at=LATER,
        )  # fmt: skip
    made = Whole(world, person, near.pk, event, review, theme, [], name, word)
    with world.use():
        _asked(made)
        _understood(made)
        _changed(made)
        _checked(made)
        _told(made)
        _left(made)
        _met(made)
    return made


def _decided(world: World, event: Event, text: str, at: datetime) -> None:
    """As suggested, but for the police, who are told."""
    by = world.viewer("registered_manager")
    suggested = reading.suggest(queries.event(event.pk, viewer=by), viewer=by)
    answers = tuple(
        duties.Answered(one.classification, "yes" if one.classification == "police" else "no", text)
        for one in suggested.classifications
    )
    decision = duties.Decision(level=suggested.level, why=text, classifications=answers, title=text[:120])
    duties.triage(event_id=event.pk, decision=decision, by=by, at=at)
    reviews.open_if_required(event_id=event.pk, by=world.system, at=at)


def _asked(made: Whole) -> None:
    """What is typed about the case itself, after it was told."""
    manager, lead, text = made.by("registered_manager"), made.by("safeguarding_lead"), made.text
    key = {"event_id": made.event.pk, "at": LATER}
    question = incidents.send_back(words=text, by=manager, **key)
    incidents.answer_question(question_id=question.pk, words=text, by=made.by("care_worker"), at=LATER)
    incidents.correct(changes={"words": f"{text} Again."}, why=text, by=manager, **key)
    until = LATER + timedelta(days=7)
    incidents.share_case(account_id=made.world.accounts["team_leader"].pk, until=until, why=text, by=lead, **key)
    for row in Classification.objects.filter(event=made.event, answer="yes", superseded_at__isnull=True):
        duties.do_duty(classification_id=row.pk, reference_number=made.name, by=manager, at=LATER)
    for one in FindOut.objects.filter(event=made.event, superseded_at__isnull=True):
        duties.answer_open_question(find_out_id=one.pk, answer=text, by=manager, at=LATER)
    # A colleague is named and let back in, so that a reason for it stands there.
    source = Named(part="alleged_source", staff_id=made.world.staff["colleague"].pk)
    incidents.name_involved(named=source, by=manager, **key)
    out = ShutOut.objects.get(event=made.event)
    incidents.lift_shut_out(shut_out_id=out.pk, why=text, by=made.by("independent_contact"), at=LATER)
    reporting.save_draft(client_key=uuid4(), answers={"words": made.name}, by=made.by("care_worker"), at=timezone.now())
    _file("event", made.event.pk, manager)


def _file(subject_type: str, subject_id: UUID, by: Any) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    checked = check(drawn.getvalue(), "chair.png")
    files.add(
        subject_type=subject_type, subject_id=subject_id, client_key=uuid4(), checked=checked, by=by, at=LATER
    )  # fmt: skip


def _understood(made: Whole) -> None:
    manager, text = made.by("registered_manager"), made.text
    for _ in range(2):
        made.review.refresh_from_db()
        if made.review.closed_at:
            reviews.reopen_review(review_id=made.review.pk, why=text, by=manager, at=LATER)
            made.review.refresh_from_db()
        said = dict.fromkeys(("what_happened", "why", "what_made_it_likely", "what_must_change"), text)
        said["beneath"] = f"The bell cannot be heard in the garden. {made.word}."
        answers = reviews.Answers(**said, factors=["tasks.handovers"])
        row = reviews.answer(
            review_id=made.review.pk, version=made.review.version, answers=answers, by=manager, at=LATER
        )  # fmt: skip
        reviews.add_finding(
            review_id=row.pk, version=row.version, text=text, factor="tasks.handovers", by=manager, at=LATER
        )
        row.refresh_from_db()
        reviews.close_review(review_id=row.pk, version=row.version, by=manager, at=LATER)
    made.review.refresh_from_db()
    reviews.close_theme(theme_id=made.theme.pk, why=text, by=manager, at=LATER)
    reviews.reopen_theme(theme_id=made.theme.pk, why=text, by=manager, at=LATER)


def _changed(made: Whole) -> None:
    """One action that is done and checked, and one that is dropped."""
    manager, leader, text = made.by("registered_manager"), made.by("team_leader"), made.text
    plan = dict.fromkeys(("what_will_differ", "weak_reason", "reaudit_question"), made.name)
    no_aim = actions.Aim(series_key="", direction="", target=None, not_measured_why=made.name)
    for aim in (actions.Aim.fewer("fall"), no_aim):
        row = acting.agreed(
            made.world, made.review.pk, theme_id=made.theme.pk, aim=aim, kind="reminder", **plan,
            person_ids=[made.person.pk],
        )  # fmt: skip
        made.action_ids.append(row.pk)
        key: dict[str, Any] = {"action_id": row.pk, "at": LATER}
        due = row.due_on + timedelta(days=1)
        actions.extend(due_on=due, reason=text, by=manager, **key)
        for update in row.plans.all():
            actions.record_plan_update(plan_id=update.pk, proof=text, by=leader, at=LATER)
        if aim is no_aim:
            actions.drop(why=made.name, weak_reason=text, by=manager, **key)
            continue
        _file("action", row.pk, leader)
        actions.say_done(words=text, by=leader, **key)
        actions.send_back(why=text, by=manager, **key)
        actions.say_done(words=text, by=leader, **key)
        actions.verify(action_id=row.pk, by=manager, at=FINISHED)


def _checked(made: Whole) -> None:
    """One check that is drawn from a list and answered, and one that two people let go."""
    manager, lead, text = made.by("registered_manager"), made.by("safeguarding_lead"), made.text
    planned = audits.schedule(action_id=made.action_ids[0], by=made.world.system, at=LATER)
    first, second, *rest = [Audit.objects.get(pk=one.pk) for one in planned]
    key: dict[str, Any] = {"audit_id": first.pk, "by": manager, "at": LATER}
    audits.move(due_on=first.due_on + timedelta(days=1), reason=text, **key)
    listed = (f"{made.name.split()[1]}-1", "A-2")
    audits.draw(population=audits.Population(words=made.name, size=None, listed=listed), size=2, **key)
    for position in (1, 2):
        audits.answer(position=position, said="yes", note=text, **key)
    audits.finish(audit_id=first.pk, by=manager, at=FINISHED)
    for one in (second, *rest):
        audits.ask_to_cancel(audit_id=one.pk, why=made.name, by=manager, at=LATER)
        audits.agree_to_cancel(audit_id=one.pk, by=lead, at=FINISHED)


def _told(made: Whole) -> None:
    manager, key = made.by("registered_manager"), {"event_id": made.event.pk, "at": LATER}
    if feedback.telling.queries.police_come_first(made.event):
        feedback.note_police_word(who=made.text, words=made.text, said_on=LATER.date(), by=manager, **key)
    feedback.decide_family(
        relation_id=made.relation_id, allowed=True, basis="consent", decided_by=made.text, decided_on=LATER.date(),
        why=made.text, by=manager, **key,
    )  # fmt: skip
    how = {"step": Step.DECIDED, "channel": made.word, "by": manager, **key}
    person = {"recipient": Recipient.PERSON, "person_id": made.person.pk, "words": made.word}
    family = {"recipient": Recipient.FAMILY, "relation_id": made.relation_id, "words": made.word}
    for whom in (person, family, {"recipient": Recipient.REPORTER, "words": made.word}):
        feedback.tell(client_key=uuid4(), **whom, **how)  # type: ignore[arg-type]


def _left(made: Whole) -> None:
    """A bulletin with a name that somebody let stand, and a disclosure."""
    manager, lead, key = made.by("registered_manager"), made.by("safeguarding_lead"), {"at": LATER}
    row = bulletins.draft(
        client_key=uuid4(), parts=dict.fromkeys(PARTS, made.name[:60]), options=[made.name, "B", "C"], right=0,
        event_id=made.event.pk, by=manager, **key,
    )  # fmt: skip
    row = bulletins.propose(bulletin_id=row.pk, by=manager, **key)
    review = releases.review(Release.objects.get(pk=row.release_id))
    for one in review.open:
        exits.clear(release_id=row.release_id, finding=one.key, why=made.name, by=lead, **key)
    bulletins.release(bulletin_id=row.pk, team_ids=[made.world.team.pk], by=lead, at=FINISHED)
    exits.disclose(
        subject_type="event", subject_id=made.event.pk, to=exits.Recipient("police", made.name), basis="crime",
        fields=["words"], purpose=made.name, reference=made.name[:80], document=b"x", by=lead, **key,
    )  # fmt: skip


def _met(made: Whole) -> None:
    """A line about a change with a name that somebody let stand, on the page of a meeting with minutes."""
    manager, lead, action_id = made.by("registered_manager"), made.by("safeguarding_lead"), made.action_ids[0]
    governance.propose_words(action_id=action_id, text=made.name, by=manager, at=LATER)
    waiting = words.review_of(action_id)
    for one in waiting.open if waiting else ():
        governance.clear_words(action_id=action_id, finding=one.key, why=made.name, by=lead, at=LATER)
    governance.release_words(action_id=action_id, by=lead, at=LATER)
    said = {"by": manager, "at": FINISHED}
    row = governance.prepare_meeting(
        client_key=uuid4(), held_on=FINISHED.date(), chair_id=manager.account_id, length=3, service=made.world.home.pk,
        **said,
    )  # fmt: skip
    governance.write_minutes(meeting_id=row.pk, version=1, present=[], guests=made.name, said=made.name, **said)
    leads = made.world.staff["safeguarding_lead"].pk
    governance.decide(
        meeting_id=row.pk, client_key=uuid4(), text=made.name, lead_id=leads, due_on=FINISHED.date(),
        event_id=made.event.pk, **said,
    )  # fmt: skip
    governance.agree_minutes(meeting_id=row.pk, version=3, by=lead, at=FINISHED)
    governance.correct(meeting_id=row.pk, text=made.name, **said)
