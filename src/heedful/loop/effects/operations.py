"""The verbs of the verdict: work it out and keep it. By the monthly job, or when somebody asks for it."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from heedful.foundation.access import tenant
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.loop.actions.queries import Aim
from heedful.loop.effects import queries, rules
from heedful.loop.effects.models import Verdict


def record_verdict(*, aim: Aim, by: Actor, at: datetime) -> Verdict | None:
    """Judge the months that are over, and keep the answer if it or the month is new. Returns what was kept now.

    Pressed twice, or by a job and a person at once, it is kept once.
    """
    organisation = tenant.current()
    found = queries.evidence(queries.everyone(organisation), aim, timezone.localdate(at))
    finding, last = queries.judge(aim, found), queries.latest_of(aim.action_id)
    before = (last.answer, last.month) if last else None
    if not finding.looks or not rules.changed(before, (finding.answer, found.frame.until)):
        return None
    row = Verdict(
        organisation_id=organisation,
        action_id=aim.action_id,
        number=last.number + 1 if last else 1,
        month=found.frame.until,
        answer=finding.answer,
        before=last.answer if last else "",
        result=finding.kept(),
        counts=found.events,
        at=at,
        policy_version=rules.VERSION,
    )
    return row if _keep(row, by=by, at=at) else None


def recompute(*, by: Actor, at: datetime, action_id: UUID | None = None) -> list[Verdict]:
    """Judge one action, or all that say what they should move."""
    kept = [record_verdict(aim=aim, by=by, at=at) for aim in queries.aims(action_id)]
    return [row for row in kept if row]


def _keep(row: Verdict, *, by: Actor, at: datetime) -> bool:
    """Two at the same moment would have the same number: the second one finds its row taken, and leaves it."""
    with history.entry():
        Verdict.objects.bulk_create([row], ignore_conflicts=True)
        if not Verdict.objects.filter(pk=row.pk).exists():
            return False
        payload = {"action": row.action_id, "answer": row.answer, "before": row.before, "month": row.month}
        write(
            kind="verdict.recorded", by=by, at=at, subject_type="verdict", subject_id=row.pk, payload=payload,
            policy_version=row.policy_version,
        )  # fmt: skip
    return True
