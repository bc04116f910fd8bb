"""How managers look into what they decided: within days, in words about the work and not about a person."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from heedful.demo import steps
from heedful.demo.script import read
from heedful.demo.simulate import ZONE
from heedful.foundation.access.viewer import Viewer
from heedful.loop.duties import operations as duties
from heedful.loop.duties import queries as duty_queries
from heedful.loop.feedback import operations as feedback
from heedful.loop.feedback.rules import Recipient, Step
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews import queries

REFLECTION = "reflection"
# A review in so many hours after the decision, a case answered in so many days after its review: least and most.
HOURS, DAYS = (3, 40), (4, 20)
# For each manager one that slipped by a day, and one that is due tomorrow, are left for today.
LEFT = (timedelta(days=-1), timedelta(days=1))


@dataclass
class Understanding:
    """Reviews that decisions asked for, finished by their leads; but for the few that wait."""

    today: date
    rng: Random
    _left: set[tuple[UUID, date]] = field(default_factory=set)

    def soon(self, decided_at: datetime) -> datetime:
        return decided_at + timedelta(hours=self.rng.uniform(*HOURS))

    def later(self, closed_at: datetime) -> datetime:
        return closed_at + timedelta(days=self.rng.uniform(*DAYS))

    def finish(self, event_id: UUID, short: str, *, story: str = "", by: Viewer, at: datetime) -> bool:
        """Write the review of an event and close it; False when it waits, or somebody else leads it."""
        row = next((one for one in queries.reviews_of(event_id, by) if one.lead_id == by.account_id), None)
        if row is None or row.closed_at or self._waits(row, by):
            return False
        event = incidents.event(event_id, viewer=by)
        said = self._said(event, short, story)
        row = reviews.answer(review_id=row.pk, version=row.version, answers=_answers(said), by=by, at=at)
        if row.kind != REFLECTION:
            reviews.add_finding(
                review_id=row.pk, version=row.version, text=said["change"], factor=said["factor"], by=by, at=at
            )
            row = queries.review(row.pk, viewer=by)
        reviews.close_review(review_id=row.pk, version=row.version, by=by, at=at)
        return True

    def tell(self, event_id: UUID, *, by: Viewer, at: datetime) -> None:
        """Tell whoever reported it what was decided; refused where nothing may be told yet, and that is right."""
        words = self.rng.choice(read("learned")["told"])
        with suppress(feedback.Refused):
            feedback.tell(
                event_id=event_id, client_key=steps.key(self.rng), recipient=Recipient.REPORTER, step=Step.DECIDED,
                words=words, by=by, at=at,
            )  # fmt: skip

    def answer(self, event_id: UUID, short: str, *, by: Viewer, at: datetime) -> None:
        """Say what came of it, where nothing is left to do."""
        if not duty_queries.why_not_answered(event_id):
            words = self.rng.choice(read("learned")["answered"]).format(p=short)
            duties.answer(event_id=event_id, words=_capital(words), by=by, at=at)

    def _waits(self, row: Any, by: Viewer) -> bool:
        key = (by.account_id, row.due_on)
        if row.due_on - self.today not in LEFT or key in self._left:
            return False
        self._left.add(key)
        return True

    def _said(self, event: Any, short: str, story: str) -> dict[str, Any]:
        words = read("learned")
        topic = (
            story
            if story in words
            else "good_care"
            if list(event.kinds) == ["good_care"]
            else event.type.partition(".")[0]
        )
        chosen = self.rng.choice(words.get(topic, words["other"]))
        said = {name: _capital(text.format(p=short)) for name, text in chosen.items() if isinstance(text, str)}
        happened = _capital(self.rng.choice(words["happened"]).format(p=short))
        return {**chosen, **said, "factor": chosen["factor"], "happened": happened}


def _answers(said: dict[str, Any]) -> reviews.Answers:
    return reviews.Answers(
        what_happened=said["happened"],
        why=said["why"],
        what_made_it_likely=said["likely"],
        what_must_change=said["change"],
        factors=[said["factor"], *said["factors"]],
        weaknesses=said["weaknesses"],
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def day_of(at: datetime) -> date:
    """The day on the wall."""
    return at.astimezone(ZONE).date()
