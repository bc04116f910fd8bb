"""Who told us. One door: every look through it is written in the ledger."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import Role
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger import queries as ledger
from heedful.foundation.ledger.operations import write
from heedful.loop.incidents.models import Event, Involved, Reporter, ShutOut
from heedful.loop.incidents.queries import visible
from heedful.loop.incidents.reports import ALLEGED_SOURCE

# A reload is the same look; coming back later is another one, and the record says when.
ONE_LOOK = timedelta(minutes=15)
# Who may see the name behind a confidential report.
SEES_CONFIDENTIAL = frozenset({Role.SAFEGUARDING_LEAD, Role.NOMINATED_INDIVIDUAL})


@dataclass(frozen=True)
class ReporterShown:
    """The reporter, or why their name is withheld: own, imported, role, confidential, shut_out, ask."""

    name: str = ""
    account_id: UUID | None = None
    withheld: str = ""


def is_reporter(event: Event, viewer: Viewer) -> bool:
    """Did the viewer tell us about this themselves?"""
    return Reporter.objects.filter(event=event, account_id=viewer.account_id).exists()


@dataclass(frozen=True)
class ReporterStands:
    """What may be known of whoever told us without their name."""

    reachable: bool
    alleged_source: bool


def reporter_stands(event: Event) -> ReporterStands:
    """Can the reporter be told something here, and are they named as a possible source of harm? No name, no entry."""
    row = Reporter.objects.filter(event=event).first()
    if row is None:
        return ReporterStands(reachable=False, alleged_source=False)
    sources = Involved.objects.filter(event=event, part=ALLEGED_SOURCE, staff__isnull=False)
    out = ShutOut.objects.filter(event=event, lifted_at__isnull=True)
    named = {*sources.values_list("staff_id", flat=True), *out.values_list("staff_id", flat=True)}
    accounts = {*sources.values_list("staff__account_id", flat=True), *out.values_list("account_id", flat=True)}
    is_source = row.staff_id in named if row.staff_id else False
    return ReporterStands(
        reachable=row.account_id is not None,
        alleged_source=is_source or (row.account_id is not None and row.account_id in accounts),
    )


def name_is_withheld(event: Event, viewer: Viewer) -> bool:
    """Is the name of whoever told us kept from this viewer? Asking is not looking: no entry."""
    return not is_reporter(event, viewer) and bool(_withheld(event, viewer))


def who_can_be_told(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Those of these events whose reporter has a sign-in and is not named as a possible source, nor may be."""
    same = Q(staff=OuterRef("reporter__staff")) | Q(staff__account_id=OuterRef("reporter__account_id"))
    sources = Involved.objects.filter(same, event=OuterRef("pk"), part=ALLEGED_SOURCE)
    out = ShutOut.objects.filter(
        same | Q(account_id=OuterRef("reporter__account_id")), event=OuterRef("pk"), lifted_at__isnull=True
    )
    reached = rows.filter(reporter__account_id__isnull=False).exclude(visible.has_unmatched())
    return reached.exclude(Exists(sources)).exclude(Exists(out))


def account_to_tell(rows: QuerySet[Event]) -> UUID | None:
    """For a notice only: whom it goes to. Never to show."""
    return who_can_be_told(rows).values_list("reporter__account_id", flat=True).first()


def told_by(event_id: UUID, *, viewer: Viewer) -> Event:
    """One's own report, for its receipt: number and who decides, no case content, so even for one who is shut out."""
    own = Event.objects.filter(reporter__account_id=viewer.account_id, removed_at__isnull=True)
    found = own.select_related("service").filter(pk=event_id).first()
    if found is None:
        raise Http404
    return found


def sent_with(client_key: UUID, *, viewer: Viewer) -> Event | None:
    """The viewer's own report that was stored under this key, if it was."""
    return Event.objects.filter(client_key=client_key, reporter__account_id=viewer.account_id).first()


def reporter_of(event: Event, *, viewer: Viewer, at: datetime) -> ReporterShown:
    """The reporter's name if the viewer may see it; the look is written in the ledger. One's own needs no entry."""
    reporter = Reporter.objects.filter(event=event).first()
    if reporter is None:
        return ReporterShown(withheld="imported")
    if reporter.account_id == viewer.account_id:
        return ReporterShown(reporter.name, reporter.account_id)
    withheld = _withheld(event, viewer)
    if withheld:
        return ReporterShown(withheld=withheld)
    if not _looked_just_now(event, viewer, at):
        _write("reporter.read", event, viewer, at)
    return ReporterShown(reporter.name, reporter.account_id)


def ask_for_reporter(event: Event, *, why: str, viewer: Viewer, at: datetime) -> ReporterShown:
    """An inspector asks who told us: they see it, and that they asked, when and why is in the ledger."""
    answer = may(viewer, Permission.ASK_FOR_REPORTER, visible.subject_of(event))
    reporter = Reporter.objects.filter(event=event).first()
    if not answer or reporter is None or not why.strip():
        return ReporterShown(withheld="role" if not answer else "ask")
    _write("reporter.asked_for", event, viewer, at, why=why.strip())
    return ReporterShown(reporter.name, reporter.account_id)


def _withheld(event: Event, viewer: Viewer) -> str:
    subject = visible.subject_of(event)
    if viewer.account_id in subject.shut_out_accounts:
        return "shut_out"
    if not may(viewer, Permission.SEE_REPORTER, subject):
        return "ask" if viewer.holds(Permission.ASK_FOR_REPORTER) else "role"
    if event.confidential and not viewer.roles & SEES_CONFIDENTIAL:
        return "confidential"
    return ""


def _looked_just_now(event: Event, viewer: Viewer, at: datetime) -> bool:
    seen = ledger.timeline(event.pk)
    return any(
        one.kind == "reporter.read" and one.actor_id == viewer.account_id and at - ONE_LOOK < one.at <= at
        for one in seen
    )


def _write(kind: str, event: Event, viewer: Viewer, at: datetime, **payload: str) -> None:
    with history.entry():
        write(kind=kind, by=viewer, at=at, subject_type="event", subject_id=event.pk, payload=payload)
