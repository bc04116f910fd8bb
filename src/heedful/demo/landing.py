"""S6: nine small falls that nobody saw as one, from the theme on the chart to the verdict months later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from heedful.demo import steps
from heedful.demo.living import Deed, Life
from heedful.demo.script import read
from heedful.loop.actions import operations as actions
from heedful.loop.actions import queries as action_queries
from heedful.loop.actions.operations import Aim, NewAction
from heedful.loop.audits import operations as audits
from heedful.loop.audits import queries as audit_queries
from heedful.loop.effects import operations as effects
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews import queries
from heedful.oversight.governance import operations as governance

STORY, PLACE, SERIES = "landing", "rowan_house", "fall"
# Days before today: first and last fall, the theme, its review, the plan. The change begins on the first of a month.
SPELL, OPENED, LOOKED, AGREED = (300, 266), 262, 252, 250
CHECKS = (timedelta(weeks=6), timedelta(weeks=12), timedelta(days=365))
OUTSTANDING = "Horace Ibbotsford"
# Days before today: the meeting's page is kept, its minutes are written, somebody else agrees them.
PREPARED, HELD, MINUTES_AGREED = 16, 15, 13
LOOKS_BACK = 12


def begins(now: datetime) -> date:
    """The first day of the change."""
    agreed = steps.day_before(now, AGREED - 8)
    return date(agreed.year + agreed.month // 12, agreed.month % 12 + 1, 1)


@dataclass
class Landing:
    """What followed, each step at its day."""

    life: Life
    actions: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world = self.life.world
        self.house, self.words = world.houses[PLACE], read(STORY)
        self.manager = world.viewer(world.accounts["amira"].pk)
        self.leader = world.viewer(world.accounts["bronagh"].pk)
        self.lead = world.viewer(world.accounts["imelda"].pk)
        self.begins = begins(world.now)

    def plan(self) -> None:
        life, now = self.life, self.life.world.now
        for days, deed in ((OPENED, self._opened), (LOOKED, self._looked), (AGREED, self._agreed)):
            life.plan(steps.at(steps.day_before(now, days), time(10, 15)), deed)
        for after, deed in (
            (-1, self._in_place),
            (2, self._checked),
            (20, self._plans_written),
            (24, self._more_time),
            (30, self._spot_planned),
            (37, self._spot_checked),
            (42, lambda at: self._looked_again(at, 9, misses=(4, 7))),
            (84, lambda at: self._looked_again(at, 12, misses=())),
        ):
            life.plan(steps.at(self.begins + timedelta(days=after), time(14, 30)), deed)
        meeting = ((PREPARED, self._meeting_prepared), (HELD, self._minuted), (MINUTES_AGREED, self._minutes_agreed))
        for days, deed in meeting:
            life.plan(steps.at(steps.day_before(now, days), time(16, 20)), deed)
        for months in (3, 5, 6, 7, 8, 9):
            life.plan(steps.at(self._month(months), time(3, 0)), self._judged)

    def _month(self, after: int) -> date:
        """The second day of a month, when the one before is over."""
        place = self.begins.year * 12 + self.begins.month - 1 + after
        return date(place // 12, place % 12 + 1, 2)

    def _opened(self, at: datetime) -> None:
        """The manager opens it from the chart; the window of the cluster is what made her look."""
        world, said = self.life.world, self.words["theme"]
        first, last = (steps.day_before(world.now, days) for days in SPELL)
        chart = reviews.ChartRange(SERIES, self.house.service.pk, first, last)
        self.theme = reviews.open_theme(
            name=said["name"], why=said["why"], by=self.manager, at=at, client_key=steps.key(world.rng),
            event_ids=[one.pk for one in self._falls()], chart=chart,
        ).pk  # fmt: skip
        reviews.join_theme(
            theme_id=self.theme, event_ids=self.life.told[STORY], by=self.manager, at=at + timedelta(minutes=12)
        )

    def _looked(self, at: datetime) -> None:
        said = self.words["review"]
        due = steps.day_before(self.life.world.now, LOOKED - 7)
        row = reviews.open_review(
            event_ids=self.life.told[STORY], kind="thematic", theme_id=self.theme, due_on=due, by=self.manager,
            at=at, client_key=steps.key(self.life.world.rng),
        )  # fmt: skip
        given = reviews.Answers(
            what_happened=said["what_happened"], why=said["why"], what_made_it_likely=said["likely"],
            factors=said["factors"], weaknesses=said["weaknesses"],
        )  # fmt: skip
        reviews.answer(review_id=row.pk, version=row.version, answers=given, by=self.manager, at=at)
        for one in said["findings"]:
            steps.found(self._review(row.pk), one["text"], one["factor"], by=self.manager, at=at)
        at += timedelta(hours=1)
        reviews.close_review(review_id=row.pk, version=self._review(row.pk).version, by=self.manager, at=at)
        self.review = row.pk

    def _review(self, review_id: UUID) -> Any:
        return queries.review(review_id, viewer=self.manager)

    def _agreed(self, at: datetime) -> None:
        cast, far = self.life.world.cast_staff, (self.begins + timedelta(days=300),)
        again = tuple(self.begins + after for after in CHECKS)
        self._agree("reassess", cast["amira"], again, self.begins, at)
        self._agree("light", cast["bronagh"], (self.begins + CHECKS[0],), self.begins, at)
        self._agree("plans", cast["bronagh"], far, self.begins + timedelta(days=25), at, self._people())

    def _agree(
        self, key: str, lead: Any, again: tuple[date, ...], due: date, at: datetime, people: Sequence[UUID] = ()
    ) -> None:
        said = self.words[key]
        aim = Aim(not_measured_why=said["not_measured"]) if "not_measured" in said else Aim.fewer(SERIES)
        plan = NewAction(
            client_key=steps.key(self.life.world.rng), theme_id=self.theme, review_id=self.review,
            what_will_differ=said["what"], kind=said["kind"], lead_id=lead.pk, due_on=due, starts_on=self.begins,
            aim=aim, person_ids=people, reaudit_question=said["question"], reaudit_on=again,
        )  # fmt: skip
        self.actions[key] = actions.agree(plan=plan, by=self.manager, at=at).pk

    def _falls(self) -> list[Any]:
        """The nine themselves, without what was told beside them."""
        told = queries.candidates(self.manager, self.life.told[STORY])
        return [one for one in told if one.type == SERIES and "incident" in one.kinds]

    def _people(self) -> list[UUID]:
        """The seven who fell."""
        named = incidents.affected_by([one.pk for one in self._falls()])
        return sorted({person for people in named.values() for person in people})

    def _in_place(self, at: datetime) -> None:
        for key, by in (("light", self.leader), ("reassess", self.manager)):
            actions.say_done(action_id=self.actions[key], words=self.words[key]["evidence"], by=by, at=at)

    def _checked(self, at: datetime) -> None:
        """A second person: never its lead."""
        for key, by in (("light", self.manager), ("reassess", self.lead)):
            actions.verify(action_id=self.actions[key], by=by, at=at)

    def _plans_written(self, at: datetime) -> None:
        """All but one, who is away."""
        row = action_queries.action(self.actions["plans"], viewer=self.leader)
        proof = self.words["plans"]["proof"].format(day=f"{at:%-d %B}")
        for one in action_queries.plans_of(row):
            if one.person.name != OUTSTANDING:
                actions.record_plan_update(plan_id=one.pk, proof=proof, by=self.leader, at=at)

    def _more_time(self, at: datetime) -> None:
        """Twice: the second time until next week."""
        soon = steps.day_before(self.life.world.now, -6)
        first = self.begins + timedelta(days=90)
        for day, due, why in zip((at.date(), first), (first, soon), self.words["plans"]["extended"], strict=True):
            self.life.plan(steps.at(day, time(15)), self._extend(due, why))

    def _extend(self, due: date, why: str) -> Deed:
        def extend(at: datetime) -> None:
            actions.extend(action_id=self.actions["plans"], due_on=due, reason=why, by=self.manager, at=at)

        return extend

    def _spot_planned(self, at: datetime) -> None:
        self.spot = audits.plan(
            client_key=steps.key(self.life.world.rng), theme_id=self.theme, question=self.words["spot"]["question"],
            wanted=90, due_on=self.begins + timedelta(days=38), by=self.manager, at=at,
        ).pk  # fmt: skip

    def _spot_checked(self, at: datetime) -> None:
        said = self.words["spot"]
        nights = audits.Population(words=said["population"], size=28)
        steps.sampled(self.spot, nights, 10, misses=(6,), by=self.manager, at=at, note=said["note"])

    def _looked_again(self, at: datetime, home: int, *, misses: Sequence[int]) -> None:
        """The checks that were set with the plan: all who came home from hospital since the last look."""
        for key, size, missed in (("reassess", home, misses), ("light", 15, ())):
            row = audit_queries.audits_of(viewer=self.manager, action_id=self.actions[key])
            due = next((one for one in row if one.state == "planned" and one.due_on <= at.date()), None)
            if due is not None:
                everybody = audits.Population(words=self.words[key]["population"], size=size)
                note = self.words[key].get("note", "")
                steps.sampled(due.pk, everybody, size, misses=missed, by=self.manager, at=at, note=note)

    def _judged(self, at: datetime) -> None:
        """What the monthly job does."""
        effects.recompute(by=self.life.world.system, at=at, action_id=self.actions["reassess"])

    def _meeting_prepared(self, at: datetime) -> None:
        """The board page of the house, as it is on the day before the managers meet."""
        self.meeting = governance.prepare_meeting(
            client_key=steps.key(self.life.world.rng), held_on=steps.day_before(self.life.world.now, HELD),
            chair_id=self.manager.account_id, length=LOOKS_BACK, service=self.house.service.pk, by=self.manager, at=at,
        ).pk  # fmt: skip

    def _minuted(self, at: datetime) -> None:
        """What the trend says and what it cannot, and who sees to the weekends."""
        said, there = self.words["meeting"], [self.manager.account_id, self.lead.account_id]
        decision = {
            "client_key": steps.key(self.life.world.rng), "lead_id": self.life.world.cast_staff["bronagh"].pk,
            "due_on": self.begins + CHECKS[2], "theme_id": self.theme,
        }  # fmt: skip
        steps.minuted(self.meeting, said, decision, there=there, by=self.manager, at=at)

    def _minutes_agreed(self, at: datetime) -> None:
        """The minutes, by the other one who was there."""
        governance.agree_minutes(meeting_id=self.meeting, version=3, by=self.lead, at=at)
