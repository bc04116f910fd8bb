"""The verbs of bulletins: draft, propose, clear, release, read, hand over. Out goes it only by the release door."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from heedful.foundation.access.refusals import Refused, refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits import operations as exits
from heedful.foundation.ledger import history
from heedful.foundation.ledger.keeping import keep
from heedful.foundation.ledger.operations import write
from heedful.foundation.policies import local_date
from heedful.foundation.ui.text import tidy
from heedful.loop.feedback import sheet
from heedful.loop.feedback.hanging import HANGING
from heedful.loop.feedback.models import Bulletin, Reading
from heedful.loop.feedback.queries import bulletins
from heedful.loop.feedback.rules import NOT_NOW, next_bulletin
from heedful.loop.feedback.rules import BulletinMove as Move
from heedful.loop.feedback.rules import BulletinState as State
from heedful.loop.feedback.sheet import Sheet


def draft(
    *,
    client_key: UUID,
    parts: Mapping[str, str],
    options: Sequence[str],
    right: int | None,
    by: Viewer,
    at: datetime,
    event_id: UUID | None = None,
    theme_id: UUID | None = None,
) -> Bulletin:
    """Write one, or write it anew: whatever was proposed before is a draft again. What went out never changes."""
    typed = _sheet(parts, options, right)
    found = sheet.problems(typed)
    if found or typed.right is None:
        raise Refused(*found)
    with transaction.atomic(), history.entry():
        about = bulletins.about(viewer=by, event_id=event_id, theme_id=theme_id)
        row = _begun(client_key, about, by)
        row.parts, row.options, row.right = dict(typed.parts), list(typed.options), typed.right
        row.state, row.release_id, row.author_id, row.drafted_at = State.DRAFTED, None, by.account_id, at
        _save(row)
        keep(HANGING, row)
        _wrote("bulletin.drafted", row, by, at)
    return row


def _begun(client_key: UUID, about: bulletins.About, by: Viewer) -> Bulletin:
    """The draft that this page began, locked; or a new one."""
    row = Bulletin.objects.select_for_update(no_key=True).filter(client_key=client_key).first()
    if row is None:
        made = Bulletin(organisation_id=by.organisation_id, client_key=client_key, number=_next_number())
        made.event_id, made.theme_id = about.event_id, about.theme_id
        return made
    if (row.event_id, row.theme_id) != (about.event_id, about.theme_id):
        raise refused("This page is about something else. Open it again.")
    if next_bulletin(State(row.state), Move.WRITE) is None:
        raise refused(NOT_NOW[State(row.state)])
    return row


def propose(*, bulletin_id: UUID, by: Viewer, at: datetime) -> Bulletin:
    """Put the whole text up for somebody else to look at."""
    with transaction.atomic(), history.entry():
        row = _locked(bulletin_id, by, Move.PROPOSE)
        text = sheet.whole_text(sheet_of(row))
        kind, subject_id = ("event", row.event_id) if row.event_id else ("theme", row.theme_id)
        if subject_id is None:
            raise refused("It is about nothing any more.")
        try:
            proposed = exits.propose_release(
                subject_type=kind, subject_id=subject_id, what="bulletin", text=text, by=by, at=at
            )
        except exits.ReleaseRefused as refusal:
            raise refused(str(refusal)) from refusal
        row.release_id, row.proposed_at, row.author_id = proposed.pk, at, by.account_id
        row.save()
        _wrote("bulletin.proposed", row, by, at)
    return row


def clear(*, bulletin_id: UUID, finding: str, why: str, by: Viewer, at: datetime) -> Bulletin:
    """Say why one finding may stay: never its author."""
    with transaction.atomic(), history.entry():
        row = _locked(bulletin_id, by, Move.CLEAR)
        review = bulletins.review_of(row)
        keys = [one.key for one in sheet.within(review.findings, finding)] if review else []
        try:
            for key in keys or [finding]:
                exits.clear(release_id=_release(row), finding=key, why=why, by=by, at=at)
        except exits.ReleaseRefused as refusal:
            raise refused(str(refusal), "why") from refusal
    return row


def release(*, bulletin_id: UUID, team_ids: Collection[UUID], by: Viewer, at: datetime) -> Bulletin:
    """Let it out, to the teams that are chosen: looked through once more, by somebody who did not write it."""
    with transaction.atomic(), history.entry():
        row = _locked(bulletin_id, by, Move.RELEASE)
        about = bulletins.about(viewer=by, event_id=row.event_id, theme_id=row.theme_id)
        if bulletins.police_wait(about.event_ids):
            raise refused("The police come first in this case. Nothing goes out until they say so.")
        known = {team.pk for team in bulletins.teams_for(row, by)}
        if not known.issuperset(team_ids):
            raise refused("Choose teams of services that you look after.", "teams")
        try:
            exits.release(release_id=_release(row), by=by, at=at)
        except exits.ReleaseRefused as refusal:
            raise refused(str(refusal)) from refusal
        row.released_at, row.released_by = at, by.account_id
        row.team_ids = sorted(team_ids)
        row.save()
        keep(HANGING, row)
        _wrote("bulletin.released", row, by, at, teams=[str(pk) for pk in row.team_ids])
    return row


def read(*, bulletin_id: UUID, answer: int | None, by: Viewer, at: datetime) -> Reading:
    """Answer its one question. The first answer counts; there is no second."""
    with transaction.atomic(), history.entry():
        row = bulletins.for_reader(by).filter(pk=bulletin_id).first()
        if row is None or by.staff_id is None:
            raise refused("This was not sent to your team.")
        if answer not in range(sheet.OPTIONS):
            raise refused("Choose the answer that you think is right.", "answer")
        return _read_once(row, by.staff_id, by, at, answer=answer)


def hand_over(*, bulletin_id: UUID, staff_ids: Collection[UUID], by: Viewer, at: datetime) -> list[Reading]:
    """Those without a sign-in were told at handover, says whoever told them."""
    if not staff_ids:
        raise refused("Tick whom you told.", "staff")
    with transaction.atomic(), history.entry():
        row = _locked(bulletin_id, by, Move.HAND_OVER)
        there = {one.pk for one in bulletins.without_sign_in(row, local_date(at, "Europe/London"))}
        if not there.issuperset(staff_ids):
            raise refused("Somebody here was told already, or is not in these teams. Look again.", "staff")
        return [_read_once(row, staff_id, by, at, answer=None) for staff_id in sorted(staff_ids)]


def sheet_of(row: Bulletin) -> Sheet:
    return Sheet(row.parts, row.options, row.right)


def _read_once(row: Bulletin, staff_id: UUID, by: Viewer, at: datetime, *, answer: int | None) -> Reading:
    before = Reading.objects.filter(bulletin=row, staff_id=staff_id).first()
    if before is not None:
        return before
    told_by = by.account_id if answer is None else None
    try:
        with transaction.atomic():
            found = Reading.objects.create(
                organisation_id=by.organisation_id, bulletin=row, staff_id=staff_id, answer=answer, read_at=at,
                told_by=told_by,
            )  # fmt: skip
    except IntegrityError:
        return Reading.objects.get(bulletin=row, staff_id=staff_id)
    _wrote("bulletin.read" if answer is not None else "bulletin.handed_over", row, by, at, staff=str(staff_id))
    return found


def _locked(bulletin_id: UUID, by: Viewer, move: Move) -> Bulletin:
    """Under its lock, in the state that the move leads to; or a refusal."""
    row = bulletins.to_work_on(bulletin_id, viewer=by)
    locked = Bulletin.objects.select_for_update(no_key=True).get(pk=row.pk)
    after = next_bulletin(State(locked.state), move)
    if after is None:
        raise refused(NOT_NOW[State(locked.state)])
    locked.state = after
    return locked


def _release(row: Bulletin) -> UUID:
    if row.release_id is None:
        raise refused(NOT_NOW[State.DRAFTED])
    return row.release_id


def _sheet(parts: Mapping[str, str], options: Sequence[str], right: int | None) -> Sheet:
    kept = {name: " ".join(tidy(parts.get(name, "")).text.split()) for name in sheet.PARTS}
    return Sheet(kept, [" ".join(tidy(one).text.split()) for one in options], right)


def _next_number() -> int:
    return (Bulletin.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _save(row: Bulletin) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise refused("Somebody wrote one at the same moment. Send it again.") from None


def _wrote(kind: str, row: Bulletin, by: Viewer, at: datetime, **more: Any) -> None:
    write(kind=kind, by=by, at=at, subject_type="bulletin", subject_id=row.pk, payload={"number": row.number, **more})
