"""Done, checked by a second person, or sent back; and dropped."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.refusals import refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.files import queries as files
from heedful.foundation.ledger import history
from heedful.loop.actions import queries, rules, workforce
from heedful.loop.actions.models import Action, Evidence
from heedful.loop.actions.operations.standing import keep_action, locked, said, wrote
from heedful.loop.actions.rules import Move


def say_done(*, action_id: UUID, words: str, by: Viewer, at: datetime) -> Action:
    """It is in place, and this shows it: words, a file that hangs on the action, or both."""
    shown = said(words, "words")
    with transaction.atomic(), history.entry():
        row, after = locked(action_id, by=by, move=Move.SAY_DONE, decides=False)
        waiting = queries.outstanding(row)
        if waiting:
            raise refused(_still_waiting(one.person.name for one in waiting), "words")
        earlier = Evidence.objects.filter(action=row)
        count = _new_files(row)
        if not shown and not count:
            raise refused("Say what shows that it is in place, or add a photo or a PDF.", "words")
        number = earlier.count() + 1
        Evidence.objects.create(
            organisation_id=row.organisation_id, action=row, number=number, words=shown, files=count, said_at=at,
            said_by=by.account_id,
        )  # fmt: skip
        row.state, row.done_at, row.done_by = after, at, by.account_id
        row.save(update_fields=["state", "done_at", "done_by"])
        payload = {"number": number, "words": shown, "files": count}
        wrote("action.done", row, by=by, at=at, payload=payload)
    return row


def verify(*, action_id: UUID, by: Viewer, at: datetime) -> Action:
    """A second person looked at the evidence and agrees."""
    with transaction.atomic(), history.entry():
        row, after = locked(action_id, by=by, move=Move.VERIFY, decides=True)
        problem = rules.verify_problem(by.account_id, done_by=row.done_by, owners=workforce.owners(row))
        if problem:
            raise refused(problem)
        row.state, row.verified_at, row.verified_by = after, at, by.account_id
        row.save(update_fields=["state", "verified_at", "verified_by"])
        keep_action(row)
        payload = {"done_by": row.done_by}
        wrote("action.verified", row, by=by, at=at, payload=payload)
    return row


def send_back(*, action_id: UUID, why: str, by: Viewer, at: datetime) -> Action:
    """Not yet: what is missing. What was shown stays written down."""
    reason = said(why, "why")
    if not reason:
        raise refused("Say what is missing, so that it can be shown.", "why")
    with transaction.atomic(), history.entry():
        row, after = locked(action_id, by=by, move=Move.SEND_BACK, decides=True)
        shown = Evidence.objects.select_for_update(no_key=True).filter(action=row).latest("number")
        shown.sent_back_at, shown.sent_back_by, shown.sent_back_why = at, by.account_id, reason
        shown.save(update_fields=["sent_back_at", "sent_back_by", "sent_back_why"])
        row.state, row.done_at, row.done_by = after, None, None
        row.save(update_fields=["state", "done_at", "done_by"])
        wrote("action.sent_back", row, by=by, at=at, payload={"number": shown.number, "why": reason})
    return row


def drop(*, action_id: UUID, why: str, by: Viewer, at: datetime, weak_reason: str = "") -> Action:
    """Not any more, and why. Where only weaker ones are left, that needs a reason too."""
    reason, weak = said(why, "why"), said(weak_reason, "weak_reason")
    if not reason:
        raise refused("Say why it is dropped. The reason is kept.", "why")
    with transaction.atomic(), history.entry():
        row, after = locked(action_id, by=by, move=Move.DROP, decides=True)
        left = queries.plan_strengths(review_id=row.review_id, theme_id=row.theme_id, without=row.pk)
        if row.strength != "weaker" and rules.relies_on_memory(left) and not weak:
            text = (
                "What is left of this plan relies on memory. Agree something stronger first, or say why this is enough."
            )
            raise refused(text, "weak_reason")
        row.state, row.dropped_at, row.dropped_by, row.dropped_why = after, at, by.account_id, reason
        row.save(update_fields=["state", "dropped_at", "dropped_by", "dropped_why"])
        keep_action(row)
        wrote("action.dropped", row, by=by, at=at, payload={"why": reason, "weak_reason": weak})
    return row


def _new_files(row: Action) -> int:
    """Files that were added since it was last sent back: those before did not show enough."""
    sent_back = Evidence.objects.filter(action=row, sent_back_at__isnull=False).order_by("-sent_back_at").first()
    since = sent_back.sent_back_at if sent_back else None
    return sum(1 for one in files.attachments_of("action", row.pk) if since is None or one.added_at > since)


def _still_waiting(names: Iterable[str]) -> str:
    return f"These plans do not say it yet: {', '.join(names)}. Write down where it stands in each first."
