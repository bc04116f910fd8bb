"""The weeks with Heedful, lived in order: reports, decisions, duties, answers, each an operation at its own time."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string

from heedful.config import reactions
from heedful.demo.reports import Planned
from heedful.demo.script import read
from heedful.demo.simulate import ZONE
from heedful.demo.understanding import Understanding, day_of
from heedful.demo.world import World
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import operations as ledger
from heedful.foundation.notices import operations as notices
from heedful.foundation.policies import Answer, Death, Harm, Level
from heedful.loop.duties import operations as duties
from heedful.loop.duties import queries as duty_queries
from heedful.loop.duties import reading
from heedful.loop.duties.rules import Suggestion
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents import queries as incident_queries

Deed = Callable[[datetime], None]
# What a manager settles while deciding, so that few questions stay open.
SETTLED = {
    "signs_checked": Answer.YES,
    "death": Death.NO,
    "consent": Answer.YES,
    "plan_followed": Answer.YES,
    "plan_changed": Answer.YES,
}
QUIET = {"harm_to_body": Harm.NONE, "harm_to_mind": Harm.LOW, "made_safe": Answer.YES, "safeguarding": Answer.NO}
# So often whoever told us hears what was decided as soon as somebody looks into it; of what is older, everybody has.
TOLD, OLDER = 0.95, timedelta(days=10)
NOT_HERE = "Asked, and it does not apply here."


@dataclass
class Life:
    """Deeds in the order of their times; one may bring about later ones, and what lies ahead of now never happens."""

    world: World
    step: Callable[[float], None]
    # Events of a story that goes on after the decision, in the order in which they were told.
    told: dict[str, list[UUID]] = field(default_factory=dict)
    _queue: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _reactions: list[tuple[str, UUID, UUID]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.understanding = Understanding(day_of(self.world.now), self.world.rng)

    def plan(self, at: datetime, deed: Deed) -> None:
        if at < self.world.now:
            heapq.heappush(self._queue, (at, next(self._numbers), deed))

    def tell(self, planned: Planned) -> None:
        self.plan(planned.told_at, lambda at: self._record(planned, at))

    def run(self) -> int:
        """Live all of it; returns how many deeds there were."""
        done = 0
        with self._reacting():
            while self._queue:
                at, _, deed = heapq.heappop(self._queue)
                deed(at)
                self._react()
                done += 1
                self.step(done / (done + len(self._queue)))
        return done

    @contextmanager
    def _reacting(self) -> Iterator[None]:
        """Reactions run as soon as the operation is over, where the worker would have run them within seconds."""
        ledger.connect(lambda *what: self._reactions.append(what))
        try:
            yield
        finally:
            ledger.connect(reactions.defer)

    def _react(self) -> None:
        while self._reactions:
            kind, organisation_id, entry_id = self._reactions.pop(0)
            for function in reactions.REACTIONS.get(kind, ()):
                import_string(function)(organisation_id, entry_id)

    def _record(self, planned: Planned, at: datetime) -> None:
        by = self.world.viewer(planned.reporter)
        recorded = incidents.record(report=planned.report, by=by, at=at)
        if planned.story:
            self.told.setdefault(planned.story, []).append(recorded.event.pk)
        assignment = recorded.assignment
        if assignment is None or assignment.decider_id is None or planned.then == "wait":
            return
        decider, event_id = self.world.viewer(assignment.decider_id), recorded.event.pk
        if planned.then == "ask":
            self.plan(at + timedelta(hours=1), lambda when: self._ask(event_id, planned.question, decider, when))
            return
        when = self._decision_time(planned, at, assignment.due_at)
        self.plan(when, lambda when: self._decide(planned, event_id, decider, when))

    def _decision_time(self, planned: Planned, at: datetime, due_at: datetime) -> datetime:
        """By day and before it is due; one in twenty comes late."""
        if planned.decided_after is not None:
            return at + timedelta(minutes=planned.decided_after)
        rng = self.world.rng
        share = rng.uniform(1.02, 1.4) if rng.random() < 0.05 else rng.betavariate(4, 2.2)
        return _by_day(at + max(due_at - at, timedelta(minutes=30)) * share)

    def _ask(self, event_id: UUID, words: str, decider: Viewer, at: datetime) -> None:
        incidents.send_back(event_id=event_id, words=words, by=decider, at=at)

    def _decide(self, planned: Planned, event_id: UUID, decider: Viewer, at: datetime) -> None:
        event = incident_queries.event(event_id, viewer=decider)
        answers = self._answers(planned, event)
        known = reading.know(event, viewer=decider)
        suggested = known.suggest(answers)
        rng, level = self.world.rng, suggested.level
        if planned.raised:
            level = max(level, Level.ENQUIRY)
        elif planned.by_team:
            level = max(level, Level.REVIEW)
        elif not planned.decided and level < Level.REVIEW and rng.random() < 0.06:
            level = Level(level + 1)
        why = planned.decided or rng.choice(read("reasons")[level.word]).format(p=planned.short)
        answered = tuple(_answered(one, planned) for one in suggested.classifications)
        decision = duties.Decision(level=level, why=why, answers=answers, classifications=answered)
        duties.triage(event_id=event_id, decision=decision, by=decider, at=at, known=known)
        notices.mark_read(by=decider, at=at)
        if planned.duties == "wait":
            return
        self._after(event_id, decider, at)
        if not planned.reviewed_in_story:
            when = _by_day(self.understanding.soon(at))
            self.plan(when, lambda when: self._understand(event_id, planned, decider, when))

    def _understand(self, event_id: UUID, planned: Planned, decider: Viewer, at: datetime) -> None:
        done = self.understanding
        if self.world.rng.random() < TOLD or at < self.world.now - OLDER:
            done.tell(event_id, by=decider, at=at)
        if done.finish(event_id, planned.short, story=planned.story, by=decider, at=at):
            when = _by_day(done.later(at))
            self.plan(when, lambda when: done.answer(event_id, planned.short, by=decider, at=when))

    def _answers(self, planned: Planned, event: Any) -> dict[str, Any]:
        answers: dict[str, Any] = dict(SETTLED)
        if event.harm_mind == "not_asked":
            answers |= QUIET
        if planned.report.met_safeguarding == "unsure" and not planned.decided:
            answers["safeguarding"] = Answer.NO
        told = {name: Harm(said) if "harm" in name else Answer(said) for name, said in planned.answers.items()}
        return answers | told

    def _after(self, event_id: UUID, decider: Viewer, at: datetime) -> None:
        """Duties are done and questions answered before they are due, mostly; what is due later is still open."""
        rng = self.world.rng
        for row in duty_queries.classifications_of(event_id):
            if row.answer == "yes" and row.due_at:
                when = at + max(row.due_at - at, timedelta(hours=1)) * rng.uniform(0.35, 0.97)
                self.plan(_by_day(when), self._duty(row.pk, row.kind, decider))
        for asked in duty_queries.to_find_out(event_id):
            when = at + max(asked.due_at - at, timedelta(hours=1)) * rng.uniform(0.3, 0.97)
            self.plan(_by_day(when), self._answer(asked.pk, decider))

    def _duty(self, classification_id: UUID, kind: str, by: Viewer) -> Deed:
        number = f"{read('reasons')['done'].get(kind, 'done')} {self.world.rng.randrange(1000, 9999)}"
        return lambda at: _quietly(
            duties.do_duty(classification_id=classification_id, reference_number=number, by=by, at=at)
        )

    def _answer(self, find_out_id: UUID, by: Viewer) -> Deed:
        said = self.world.rng.choice(read("reasons")["found"]).format(p="the person")
        return lambda at: _quietly(duties.answer_open_question(find_out_id=find_out_id, answer=said, by=by, at=at))


def _answered(one: Suggestion, planned: Planned) -> duties.Answered:
    """As suggested; what had to be asked was asked."""
    if planned.raised and one.classification == "safeguarding_concern":
        return duties.Answered(one.classification, "yes", planned.decided)
    if one.answer == "ask":
        return duties.Answered(one.classification, "no", NOT_HERE)
    return duties.Answered(one.classification, one.answer)


def _quietly(_result: object) -> None:
    """A deed gives nothing back."""


def _by_day(at: datetime) -> datetime:
    """Managers decide and do their duties while they are at work: what falls into the night is done in the morning."""
    local = at.astimezone(ZONE)
    if 7 <= local.hour < 20:
        return at
    morning = local if local.hour < 7 else local + timedelta(days=1)
    return morning.replace(hour=7 + local.minute % 3).astimezone(at.tzinfo)
