"""Before it is done: more time, another aim while that can still be changed, and each person's plan."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.refusals import Problem, Refused, refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.loop.actions import queries, rules
from heedful.loop.actions.models import Action, Extension, PlanUpdate
from heedful.loop.actions.operations.agreeing import aim_columns
from heedful.loop.actions.operations.standing import locked, said, today, wrote
from heedful.loop.actions.plans import Aim
from heedful.loop.actions.rules import Move
from heedful.loop.measures.catalogue import measures

FIXED = (
    "It began on %(day)s. What counts as success was fixed before that day, and nobody can change it now: "
    "else every change could be made to look as if it worked."
)


def extend(
    *, action_id: UUID, due_on: date, reason: str, by: Viewer, at: datetime, starts_on: date | None = None
) -> Action:
    """More time, with a reason; counted. The first day of the change moves with it only while it is still to come."""
    why = said(reason, "reason")
    with transaction.atomic(), history.entry():
        row, _ = locked(action_id, by=by, move=Move.EXTEND, decides=True)
        now = today(row, at)
        found = rules.extension_problems(row.due_on, due_on, why, now)
        found += _start_problems(row, starts_on, now)
        if found:
            raise Refused(*found)
        number = Extension.objects.filter(action=row).count() + 1
        before = row.due_on
        Extension.objects.create(
            organisation_id=row.organisation_id, action=row, number=number, reason=why, due_before=before,
            due_after=due_on, extended_at=at, extended_by=by.account_id,
        )  # fmt: skip
        row.due_on, row.starts_on = due_on, starts_on or row.starts_on
        row.save(update_fields=["due_on", "starts_on"])
        payload = {"number": number, "from": before, "to": due_on, "starts_on": row.starts_on, "reason": why}
        wrote("action.extended", row, by=by, at=at, payload=payload)
    return row


def change_aim(*, action_id: UUID, aim: Aim, by: Viewer, at: datetime) -> Action:
    """Another measure, direction or target: only before the first day, and refused with the reason from then on."""
    with transaction.atomic(), history.entry():
        row, _ = locked(action_id, by=by, move=Move.CHANGE_AIM, decides=True)
        if rules.aim_is_fixed(row.starts_on, today(row, at)):
            raise refused(FIXED % {"day": f"{row.starts_on:%-d %B %Y}"})
        why = said(aim.not_measured_why, "not_measured_why")
        better = {slug: measure.better for slug, measure in measures().items()}
        found = rules.aim_problems(aim.series_key, aim.direction, aim.target, why, measures=better)
        if found:
            raise Refused(*found)
        columns = aim_columns(aim)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        payload = {"series": row.series_key, "direction": row.direction, "target": str(row.target or "")}
        wrote("action.aim_changed", row, by=by, at=at, payload=payload)
    return row


def record_plan_update(*, plan_id: UUID, proof: str, by: Viewer, at: datetime) -> PlanUpdate:
    """One person's care plan says it now: where that can be read."""
    shown = said(proof, "proof")
    if not shown:
        raise refused("Say where it can be read: the plan, the page, the day.", "proof")
    with transaction.atomic(), history.entry():
        seen = queries.plan_update(plan_id, viewer=by)
        row, _ = locked(seen.action_id, by=by, move=Move.RECORD_PLAN, decides=False)
        update = (
            PlanUpdate.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=plan_id)
        )
        if update.done_at:
            raise refused("Somebody has already written down where it stands.")
        update.done_at, update.done_by, update.proof = at, by.account_id, shown
        update.save(update_fields=["done_at", "done_by", "proof"])
        payload = {"plan": update.pk, "person": update.person_id, "proof": shown}
        wrote("action.plan_updated", row, by=by, at=at, payload=payload)
    return update


def _start_problems(row: Action, starts_on: date | None, now: date) -> list[Problem]:
    if starts_on is None or starts_on == row.starts_on:
        return []
    if rules.aim_is_fixed(row.starts_on, now):
        day = f"{row.starts_on:%-d %B %Y}"
        return [Problem("starts_on", f"It began on {day}, and is measured from that day. It cannot be moved.")]
    if starts_on < now:
        return [Problem("starts_on", "This day is over. Choose today or a day to come.")]
    if row.reaudit_on and starts_on >= min(row.reaudit_on):
        return [Problem("starts_on", "It is looked at again before that day. Move that check first.")]
    return []
