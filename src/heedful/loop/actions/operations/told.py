"""What an action is told from outside: that it is late, and what came of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, System
from heedful.foundation.notices import operations as notices
from heedful.loop.actions import links, policy, queries, rules, workforce
from heedful.loop.actions.models import Action, Escalation
from heedful.loop.actions.operations.standing import today, wrote
from heedful.loop.actions.rules import State


def escalate_overdue(*, organisation_id: UUID, at: datetime) -> list[Escalation]:
    """Tell whoever should know by now that an action is late: each step once for one date. May run twice a day."""
    rows = Action.objects.filter(organisation_id=organisation_id, state=State.AGREED, due_on__lte=at.date())
    found = []
    for action_id in rows.order_by("due_on", "id").values_list("pk", flat=True):
        found += _escalate(action_id, at)
    return found


def know_outcome(*, action_id: UUID, outcome: str, by: Actor, at: datetime) -> Action:
    """The verdict's answer, kept here so that a list of actions can show it. The same answer twice is one."""
    with transaction.atomic(), history.entry():
        row = Action.objects.select_for_update(of=("self",), no_key=True).get(pk=action_id)
        if row.known_outcome == outcome:
            return row
        row.known_outcome, row.outcome_at = outcome, at
        row.save(update_fields=["known_outcome", "outcome_at"])
        wrote("action.outcome_known", row, by=by, at=at, payload={"outcome": outcome})
    return row


def _escalate(action_id: UUID, at: datetime) -> list[Escalation]:
    """One action, under its lock, so that two runs at once do not tell twice."""
    with transaction.atomic():
        rows = Action.objects.select_for_update(of=("self",), no_key=True).select_related(
            "lead", "deputy", "review", "theme"
        )
        row = rows.get(pk=action_id)
        now = today(row, at)
        if not rules.is_overdue(State(row.state), row.due_on, now):
            return []
        book = policy.hierarchy(policy.first_service(row.service_ids), now)
        done = set(Escalation.objects.filter(action=row, due_on=row.due_on).values_list("who", flat=True))
        reached = rules.steps_reached(row.due_on, now, [(step.who, step.days) for step in book.overdue])
        return [_tell(row, who, at) for who in reached if who not in done]


def _tell(row: Action, who: str, at: datetime) -> Escalation:
    found = workforce.reached(row, at) if who == "lead" else workforce.holding(who, row.service_ids, at)
    told = workforce.free_to_hear(row, queries.subject_of(row).event_ids, found, at)
    with history.entry():
        step = Escalation.objects.create(
            organisation_id=row.organisation_id, action=row, due_on=row.due_on, who=who, told=told, escalated_at=at
        )
        payload = {"who": who, "told": len(told), "due_on": row.due_on}
        wrote("action.escalated", row, by=System(row.organisation_id), at=at, payload=payload)
    notices.notify(
        account_ids=told,
        kind="action.overdue",
        cause_id=step.pk,
        link=links.to_action(row.pk),
        at=at,
        organisation_id=row.organisation_id,
    )
    return step
