"""S4: the missed time-critical medicine, from the review whose first answer was a person to a sample of forty."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from heedful.demo import steps
from heedful.demo.living import Life
from heedful.demo.script import read
from heedful.demo.world import LEADER
from heedful.loop.actions import operations as actions
from heedful.loop.actions.operations import Aim, NewAction
from heedful.loop.audits import operations as audits
from heedful.loop.feedback import operations as feedback
from heedful.loop.feedback.operations import bulletins
from heedful.loop.feedback.queries import bulletins as bulletin_queries
from heedful.loop.feedback.rules import Recipient, Step
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews import queries
from heedful.oversight.governance import operations as governance

STORY, PLACE = "handover", "homecare_south"
SIX_WEEKS, SIX_MONTHS = timedelta(weeks=6), timedelta(days=182)
VISITS, LOOKED_AT, WANTED = 212, 40, 95
MONTHS = 12  # that the meeting looks back on


@dataclass
class Handover:
    """What followed, each step at its day before today."""

    life: Life

    def __post_init__(self) -> None:
        world = self.life.world
        self.house, self.words = world.houses[PLACE], read(STORY)
        self.manager = world.viewer(world.accounts["tunde"].pk)
        self.lead = world.viewer(world.accounts["imelda"].pk)
        self.supervisor = world.viewer(steps.account(self.house.staff[LEADER]))
        self.begins = self._day(24)

    def plan(self) -> None:
        """Days before today, and what was done then."""
        for days, wall, deed in (
            (34, "10:05", self._first_answers),
            (33, "15:40", self._asked_again),
            (32, "11:20", self._understood),
            (31, "09:30", self._agreed),
            (22, "16:10", self._checklist_in_place),
            (20, "10:45", self._checklist_checked),
            (18, "11:30", self._bulletin_written),
            (17, "14:15", self._bulletin_out),
            (15, "18:40", self._bulletin_read),
            (12, "15:15", self._coached),
            (11, "09:20", self._sample_planned),
            (9, "14:00", self._sampled),
            (8, "11:00", self._meeting_prepared),
            (7, "15:30", self._minuted),
            (6, "09:40", self._minutes_agreed),
        ):
            self.life.plan(steps.at(self._day(days), time.fromisoformat(wall)), deed)

    def _day(self, before: int) -> date:
        return steps.day_before(self.life.world.now, before)

    def _review(self) -> Any:
        (event_id,) = self.life.told[STORY]
        return queries.reviews_of(event_id, self.manager)[0]

    def _first_answers(self, at: datetime) -> None:
        said = self.words["review"]
        given = reviews.Answers(
            what_happened=said["what_happened"], why=said["why"], what_made_it_likely=said["likely"]
        )
        row = self._review()
        reviews.answer(review_id=row.pk, version=row.version, answers=given, by=self.manager, at=at)
        self._tell(Step.DECIDED, at)

    def _asked_again(self, at: datetime) -> None:
        """The first answer stopped at a person, so one more question came."""
        said, row = self.words["review"], self._review()
        given = reviews.Answers(beneath=said["beneath"], factors=said["factors"], weaknesses=said["weaknesses"])
        reviews.answer(review_id=row.pk, version=row.version, answers=given, by=self.manager, at=at)

    def _understood(self, at: datetime) -> None:
        said = self.words["review"]
        for text, factor in (("finding", "finding_factor"), ("second_finding", "second_factor")):
            steps.found(self._review(), said[text], said[factor], by=self.manager, at=at)
        row = self._review()
        reviews.close_review(review_id=row.pk, version=row.version, by=self.manager, at=at)

    def _agreed(self, at: datetime) -> None:
        checklist, coaching = self.words["checklist"], self.words["coaching"]
        again = (self.begins + SIX_WEEKS, self.begins + SIX_MONTHS)
        self.checklist = self._agree(
            checklist, Aim.fewer("medication"), self.house.staff[LEADER], again, due=self._day(21), at=at
        )
        not_counted = Aim(not_measured_why=coaching["not_measured"])
        self.coaching = self._agree(
            coaching, not_counted, self.life.world.cast_staff["tunde"], again[1:], due=self._day(10), at=at
        )

    def _agree(self, said: Any, aim: Aim, lead: Any, again: tuple[date, ...], *, due: date, at: datetime) -> UUID:
        plan = NewAction(
            client_key=steps.key(self.life.world.rng),
            review_id=self._review().pk,
            what_will_differ=said["what"],
            kind=said["kind"],
            lead_id=lead.pk,
            due_on=due,
            starts_on=self.begins,
            aim=aim,
            reaudit_question=said["question"],
            reaudit_wanted=WANTED,
            reaudit_on=again,
        )
        return actions.agree(plan=plan, by=self.manager, at=at).pk

    def _checklist_in_place(self, at: datetime) -> None:
        words = self.words["checklist"]["evidence"]
        actions.say_done(action_id=self.checklist, words=words, by=self.supervisor, at=at)
        self._tell(Step.CHANGED, at + timedelta(hours=1))

    def _checklist_checked(self, at: datetime) -> None:
        actions.verify(action_id=self.checklist, by=self.manager, at=at)

    def _coached(self, at: datetime) -> None:
        words = self.words["coaching"]["evidence"]
        actions.say_done(action_id=self.coaching, words=words, by=self.manager, at=at)
        actions.verify(action_id=self.coaching, by=self.lead, at=at + timedelta(hours=2))

    def _tell(self, step: Step, at: datetime) -> None:
        """Whoever reported it hears what was decided, and later what is different now."""
        (event_id,) = self.life.told[STORY]
        feedback.tell(
            event_id=event_id, client_key=steps.key(self.life.world.rng), recipient=Recipient.REPORTER, step=step,
            words=self.words["told"][step.value], by=self.manager, at=at,
        )  # fmt: skip

    def _bulletin_written(self, at: datetime) -> None:
        (event_id,) = self.life.told[STORY]
        said = self.words["bulletin"]
        self.bulletin = bulletins.draft(
            client_key=steps.key(self.life.world.rng), event_id=event_id, parts=said["parts"],
            options=said["options"], right=said["right"], by=self.manager, at=at,
        ).pk  # fmt: skip
        bulletins.propose(bulletin_id=self.bulletin, by=self.manager, at=at + timedelta(minutes=5))

    def _bulletin_out(self, at: datetime) -> None:
        """Looked through for names by somebody who did not write it, and sent to the rounds of this service."""
        teams = [team.pk for team in self.house.teams]
        bulletins.release(bulletin_id=self.bulletin, team_ids=teams, by=self.lead, at=at)

    def _bulletin_read(self, at: datetime) -> None:
        """By those with a sign-in, but Dawit: he can read it today. One chose an answer that is not right."""
        world, right = self.life.world, self.words["bulletin"]["right"]
        readers = [one for one in self.house.staff if one.account_id and one.pk != world.cast_staff["dawit"].pk]
        for number, one in enumerate(readers):
            answer = (right + 1) % 3 if number == 1 else right
            by = world.viewer(steps.account(one))
            if bulletin_queries.for_reader(by).filter(pk=self.bulletin).exists():
                bulletins.read(bulletin_id=self.bulletin, answer=answer, by=by, at=at + number * timedelta(hours=3))

    def _sample_planned(self, at: datetime) -> None:
        self.sample = audits.plan(
            client_key=steps.key(self.life.world.rng),
            action_id=self.checklist,
            question=self.words["sample"]["question"],
            wanted=WANTED,
            due_on=self._day(8),
            by=self.manager,
            at=at,
        ).pk

    def _sampled(self, at: datetime) -> None:
        """Forty of 212, drawn by the system: all forty in time, which is not yet certainty."""
        population = audits.Population(words=self.words["sample"]["population"], size=VISITS)
        steps.sampled(self.sample, population, LOOKED_AT, misses=(), by=self.supervisor, at=at)

    def _meeting_prepared(self, at: datetime) -> None:
        """The board page of the service is kept for the managers' meeting of the day after."""
        self.meeting = governance.prepare_meeting(
            client_key=steps.key(self.life.world.rng), held_on=self._day(7), chair_id=self.manager.account_id,
            length=MONTHS, service=self.house.service.pk, by=self.manager, at=at,
        ).pk  # fmt: skip

    def _minuted(self, at: datetime) -> None:
        """The result of the sample with what it cannot rule out, and the day on which somebody looks again."""
        said, there = self.words["meeting"], [self.manager.account_id, self.lead.account_id]
        decision = {
            "client_key": steps.key(self.life.world.rng), "lead_id": self.house.staff[LEADER].pk,
            "due_on": self.begins + SIX_WEEKS, "action_id": self.checklist,
        }  # fmt: skip
        steps.minuted(self.meeting, said, decision, there=there, by=self.manager, at=at)

    def _minutes_agreed(self, at: datetime) -> None:
        governance.agree_minutes(meeting_id=self.meeting, version=3, by=self.lead, at=at)
