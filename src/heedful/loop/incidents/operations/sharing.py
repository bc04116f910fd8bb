"""Showing one case to one more person for a time, and taking it back with effect at once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.ui.text import tidy
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import queries
from heedful.loop.incidents.checks import LONGEST_REASON
from heedful.loop.incidents.models import Event, Share
from heedful.loop.incidents.operations import conflict, standing
from heedful.loop.incidents.refusals import Refused

LONGEST_SHARE = timedelta(days=92)


def share_case(*, event_id: UUID, account_id: UUID, until: datetime, why: str, by: Viewer, at: datetime) -> Share:
    """Let somebody who reads cases elsewhere read this one. Shared again, it runs anew. Shut-outs always win."""
    said = tidy(why).text.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Refused("Say in a few words why they need to read it. It is kept.")
    if not at < until <= at + LONGEST_SHARE:
        raise Refused("Choose a day from tomorrow on, and no more than three months away.")
    with transaction.atomic(), history.entry():
        event = standing.locked(event_id, by=by, permission=Permission.SHARE_CASE)
        _refuse_in_conflict(event, account_id, at)
        Share.objects.filter(event=event, account_id=account_id, withdrawn_at__isnull=True).update(
            withdrawn_at=at, withdrawn_by=by.account_id
        )
        share = Share.objects.create(
            organisation_id=event.organisation_id,
            event=event,
            account_id=account_id,
            why=said,
            shared_by=by.account_id,
            shared_at=at,
            until=until,
        )
        _write("case.shared", share, by, at, until=until, why=said)
    return share


def withdraw_share(*, share_id: UUID, by: Viewer, at: datetime) -> Share:
    """From now on they do not read it any more."""
    with transaction.atomic(), history.entry():
        share = Share.objects.select_for_update(no_key=True).filter(pk=share_id, withdrawn_at__isnull=True).first()
        if share is None:
            raise Refused("This is not shared any more.")
        standing.locked(share.event_id, by=by, permission=Permission.SHARE_CASE)
        share.withdrawn_at, share.withdrawn_by = at, by.account_id
        share.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _write("case.share_withdrawn", share, by, at)
    return share


def _refuse_in_conflict(event: Event, account_id: UUID, at: datetime) -> None:
    if queries.unmatched_names(event):
        raise Refused("A name in this case is not matched yet. Say who it is first: it could be them.")
    if account_id in conflict.shut_out_accounts(event):
        raise Refused("They are named in this case and kept away from it. It cannot be shared with them.")
    if account_id not in {account for account, _role in workplace.readers(at)}:
        raise Refused("Choose somebody from the list: only people who read cases can be shown one.")


def _write(kind: str, share: Share, by: Viewer, at: datetime, **more: object) -> None:
    payload = {"share": share.pk, "account": share.account_id, **more}
    write(kind=kind, by=by, at=at, subject_type="event", subject_id=share.event_id, payload=payload)
