"""The verbs of a meeting: prepare it, write its minutes, decide, agree the minutes, correct them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.refusals import refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history, keeping
from heedful.foundation.ledger.operations import write
from heedful.foundation.ui.text import tidy
from heedful.loop.actions import workforce
from heedful.loop.incidents import queries as incidents
from heedful.oversight.governance import pack as packs
from heedful.oversight.governance.hanging import HANGING
from heedful.oversight.governance.models import Correction, Decision, Meeting
from heedful.oversight.governance.queries import meetings as queries
from heedful.oversight.governance.queries import scope as scopes

LONGEST = 10_000
LONGEST_DECISION = 500


def prepare_meeting(
    *, client_key: UUID, held_on: date | None, chair_id: UUID | None, by: Viewer, at: datetime, length: int,
    until: int | None = None, service: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Freeze the board page for a meeting. Sent again with the same key, the first one is the answer."""
    before = Meeting.objects.filter(client_key=client_key).first()
    if before is not None:
        return before
    scope = scopes.scope(by, at, length=length, until=until, service=service)
    if scope is None or not scope.places or not _keeps(by, scope.service_ids):
        raise refused("Choose a service that you look after.", "service")
    if held_on is None or chair_id is None or held_on < timezone.localdate(at):
        raise refused("A meeting is prepared before it is held. Choose today or a day to come.", "held_on")
    if str(chair_id) not in dict(queries.could_chair(scope.service_ids, at)):
        raise refused("Choose who leads the meeting: somebody who answers for these services.", "chair")
    row = Meeting(
        organisation_id=by.organisation_id, client_key=client_key, held_on=held_on, chair_id=chair_id,
        service_ids=sorted(scope.service_ids), first_month=scope.period.first, last_month=scope.period.last,
        figures=packs.pack(scope).kept(), prepared_at=at, prepared_by=by.account_id,
    )  # fmt: skip
    return _saved("meeting.prepared", row, by, at, {"held_on": held_on, "chair": chair_id})


def write_minutes(
    *, meeting_id: UUID, version: int, present: Collection[UUID], guests: str, said: str, by: Viewer, at: datetime
) -> Meeting:
    """Who was there and what was said; again and again until it is agreed. Two at once: the second one looks again."""
    with transaction.atomic(), history.entry():
        row = _open(meeting_id, by)
        if row.version != version:
            raise refused("Somebody else has written in the meantime. Read it, then send yours again.")
        if not {str(one) for one in present} <= set(dict(queries.could_chair(row.service_ids, at))):
            raise refused("Tick people who answer for these services. Write others under guests.", "present")
        row.present, row.guests, row.said = sorted(present), _line(guests, "guests", 300), _text(said, "said")
        if not row.present and not row.guests:
            raise refused("Say who was there.", "present")
        _touched(row, by, at)
        payload = {"present": row.present, "guests": row.guests, "said": row.said}
        _wrote("meeting.minuted", row, by, at, payload)
    return row


def decide(
    *, meeting_id: UUID, client_key: UUID, text: str, lead_id: UUID | None, due_on: date | None, by: Viewer,
    at: datetime, theme_id: UUID | None = None, action_id: UUID | None = None, event_id: UUID | None = None,
) -> Decision:  # fmt: skip
    """Write down one decision, with who sees to it by when, and what it is about."""
    with transaction.atomic(), history.entry():
        row = _open(meeting_id, by)
        before = Decision.objects.filter(client_key=client_key).first()
        if before is not None:
            return before
        words = _text(text, "text", LONGEST_DECISION)
        if not words:
            raise refused("Write what was decided.", "text")
        lead, day = _seen_to(lead_id, due_on, row, event_id)
        _check_subject(row, theme_id, action_id, event_id, by)
        made = Decision.objects.create(
            organisation_id=by.organisation_id, client_key=client_key, meeting=row, number=_next(row.decisions),
            text=words, lead_id=lead, due_on=day, event_id=event_id, theme_id=theme_id, action_id=action_id,
            decided_at=at, decided_by=by.account_id,
        )  # fmt: skip
        _touched(row, by, at)
        keeping.keep(HANGING, made, row)
        payload = {"decision": made.pk, "text": words, "lead": lead_id, "due_on": due_on}
        about = {"event": event_id, "theme": theme_id, "action": action_id}
        _wrote("meeting.decided", row, by, at, payload | about)
    return made


def take_back(*, decision_id: UUID, by: Viewer, at: datetime) -> None:
    """Take a decision out again, while the minutes are not agreed. It stays written down."""
    with transaction.atomic(), history.entry():
        one = Decision.objects.filter(pk=decision_id, dropped_at__isnull=True).first()
        if one is None:
            raise refused("That decision is not there any more.")
        row = _open(one.meeting_id, by)
        one.dropped_at = at
        one.save()
        _touched(row, by, at)
        _wrote("meeting.decision_dropped", row, by, at, {"decision": one.pk})


def agree_minutes(*, meeting_id: UUID, version: int, by: Viewer, at: datetime) -> Meeting:
    """Somebody else than the writer agrees. From then on nothing is written over."""
    with transaction.atomic(), history.entry():
        row = _open(meeting_id, by)
        if row.written_by is None:
            raise refused("Nobody has written minutes yet.")
        if row.written_by == by.account_id:
            raise refused("Whoever wrote them does not agree them. Ask somebody else.")
        if row.version != version:
            raise refused("Somebody has written in the meantime. Read it, then agree.")
        row.agreed_at, row.agreed_by = at, by.account_id
        row.save()
        keeping.keep(HANGING, row)
        _wrote("meeting.agreed", row, by, at, {"version": version})
    return row


def correct(*, meeting_id: UUID, text: str, by: Viewer, at: datetime) -> Correction:
    """Add what was wrong under agreed minutes."""
    with transaction.atomic(), history.entry():
        row = _locked(meeting_id, by)
        if row.agreed_at is None:
            raise refused("These minutes are not agreed yet. Change them instead.")
        words = _text(text, "text")
        if not words:
            raise refused("Write what was wrong, and how it was.", "text")
        made = Correction.objects.create(
            organisation_id=by.organisation_id, meeting=row, number=_next(row.corrections), text=words,
            corrected_at=at, corrected_by=by.account_id,
        )  # fmt: skip
        keeping.keep(HANGING, made)
        _wrote("meeting.corrected", row, by, at, {"correction": made.pk, "text": words})
    return made


def _seen_to(lead_id: UUID | None, due_on: date | None, row: Meeting, event_id: UUID | None) -> tuple[UUID, date]:
    """Who sees to it, by when."""
    found = workforce.person(lead_id, [event_id] if event_id else [])
    if found is None:
        raise refused("Choose who sees to it.", "lead")
    if found.kept_away:
        raise refused("Choose somebody who is not named in this case.", "lead")
    if due_on is None or due_on < row.held_on:
        raise refused("Choose by when: the day of the meeting, or later.", "due_on")
    return found.id, due_on


def _check_subject(
    row: Meeting, theme_id: UUID | None, action_id: UUID | None, event_id: UUID | None, by: Viewer
) -> None:
    known = {value for value, _name in queries.subjects(row, by)}
    if (theme_id and f"theme:{theme_id}" not in known) or (action_id and f"action:{action_id}" not in known):
        raise refused("Choose a theme or a change of these services.", "about")
    seen = incidents.visible_to(by).filter(service_id__in=row.service_ids)
    if event_id and not seen.filter(pk=event_id).exists():
        raise refused("There is no such case in these services.", "case")


def _keeps(by: Viewer, service_ids: Collection[UUID]) -> bool:
    keep = Permission.KEEP_MINUTES
    return by.everywhere(keep) or by.services_for(keep).issuperset(service_ids)


def _locked(meeting_id: UUID, by: Viewer) -> Meeting:
    row = queries.meeting(meeting_id, viewer=by)
    if not queries.may_write(row, by):
        raise refused("Minutes are kept by those who answer for these services.")
    return Meeting.objects.select_for_update(no_key=True).get(pk=row.pk)


def _open(meeting_id: UUID, by: Viewer) -> Meeting:
    row = _locked(meeting_id, by)
    if row.agreed_at is not None:
        raise refused("These minutes are agreed. What was wrong is corrected under them.")
    return row


def _touched(row: Meeting, by: Viewer, at: datetime) -> None:
    """Whoever reads an older version agrees to nothing and writes over nothing."""
    row.version, row.written_at, row.written_by = row.version + 1, at, by.account_id
    row.save()


def _saved(kind: str, row: Meeting, by: Viewer, at: datetime, payload: dict[str, Any]) -> Meeting:
    try:
        with transaction.atomic(), history.entry():
            row.save(force_insert=True)
            _wrote(kind, row, by, at, payload)
    except IntegrityError:
        # The same key came twice at the same moment.
        again = Meeting.objects.filter(client_key=row.client_key).first()
        if again is None:
            raise
        return again
    return row


def _wrote(kind: str, row: Meeting, by: Viewer, at: datetime, payload: dict[str, Any]) -> None:
    write(kind=kind, by=by, at=at, subject_type="meeting", subject_id=row.pk, payload=payload)


def _next(rows: Any) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _line(text: str, field: str, longest: int) -> str:
    return " ".join(_text(text, field, longest).split())


def _text(text: str, field: str, longest: int = LONGEST) -> str:
    clean = tidy(text).text.strip()
    if len(clean) > longest:
        raise refused(f"This is {len(clean)} letters long. Make it {longest} or fewer.", field)
    return clean
