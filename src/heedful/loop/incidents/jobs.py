"""What happens by itself after something was done to an event. Each may run twice: a notice is made once per cause."""

from uuid import UUID

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role
from heedful.foundation.ledger.models import Entry
from heedful.foundation.notices import operations as notices
from heedful.foundation.notices.operations import Less
from heedful.foundation.notices.queries import on_duty as on_roster
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import links, queries
from heedful.loop.incidents.checks import NOT_SAFE
from heedful.loop.incidents.models import Assignment, Event, Question, Reporter
from heedful.loop.incidents.operations import conflict
from heedful.loop.incidents.queries.alerts import NOT_SAFE_HERE

MATCHERS = [role for role, can in PERMISSIONS.items() if Permission.MATCH_NAMES in can]


def tell_decider(organisation_id: UUID, entry_id: UUID) -> None:
    """Tell whoever decides next; when nobody inside is left, alarm the independent contact. Ask for names to match."""
    entry = Entry.objects.get(pk=entry_id)
    event = _event(entry)
    assignment = Assignment.objects.filter(event=event, ended_at__isnull=True).first()
    if assignment and assignment.decider_id:
        urgent = event.safe_now in NOT_SAFE
        link = links.to_decide(event.pk)
        _notify([assignment.decider_id], "event.decide", assignment.pk, link, entry, urgent=urgent)
    elif assignment:
        _alarm(event, assignment, entry)
    if queries.unmatched_names(event):
        _notify(_matchers(event, entry), "event.match_name", event.pk, links.to_match(), entry, urgent=True)


def alert_if_not_safe(organisation_id: UUID, entry_id: UUID) -> None:
    """Nothing was done yet to make it safe: alert whoever is on duty now, never the reporter or who may be meant.

    With a name in doubt nobody who works there may read the report. Whoever is surely another is still told where.
    """
    entry = Entry.objects.get(pk=entry_id)
    event = _event(entry)
    if event.safe_now not in NOT_SAFE:
        return
    roster = on_roster(event.service_id, entry.at)
    notices.alert_duty(
        service_id=event.service_id,
        kind="event.not_safe",
        cause_id=event.pk,
        link=links.to_case(event.pk),
        at=entry.at,
        organisation_id=organisation_id,
        shut_out=[*conflict.may_be_meant(event, roster, entry.at), *_reporter(event)],
        less=Less(conflict.kept_away(event, roster, entry.at), NOT_SAFE_HERE, links.to_not_safe()),
    )


def tell_reporter(organisation_id: UUID, entry_id: UUID) -> None:
    """A question was sent back: tell the reporter that it waits for them."""
    entry = Entry.objects.get(pk=entry_id)
    event = _event(entry)
    question = Question.objects.filter(event=event, answered_at__isnull=True).order_by("-asked_at").first()
    if question:
        free = [account for account in _reporter(event) if not _reporter_is_away(event, account, entry)]
        _notify(free, "event.question", question.pk, links.to_own(event.pk), entry)


def tell_shared_with(organisation_id: UUID, entry_id: UUID) -> None:
    """A case was shared with somebody: tell them, with a link and nothing of the case."""
    entry = Entry.objects.get(pk=entry_id)
    event = _event(entry)
    share = queries.shares_in_force().filter(event=event, shared_at=entry.at).first()
    if share:
        free = _free(event, [share.account_id], entry) if queries.unmatched_names(event) else [share.account_id]
        _notify(free, "case.shared", share.pk, links.to_case(event.pk), entry)


def tell_asker(organisation_id: UUID, entry_id: UUID) -> None:
    """The reporter answered: tell whoever asked."""
    entry = Entry.objects.get(pk=entry_id)
    event = _event(entry)
    question = Question.objects.filter(event=event, answered_at__isnull=False).order_by("-answered_at").first()
    if question:
        _notify(_free(event, [question.asked_by], entry), "event.answered", question.pk, links.to_case(event.pk), entry)


def _event(entry: Entry) -> Event:
    return Event.objects.select_related("service").get(organisation_id=entry.organisation_id, pk=str(entry.subject_id))


def _alarm(event: Event, assignment: Assignment, entry: Entry) -> None:
    contacts = workplace.members(event.service_id, [Role.INDEPENDENT_CONTACT], entry.at)
    free = _free(event, [account for account, _ in contacts], entry)
    _notify(free, "event.nobody_inside", assignment.pk, links.to_case(event.pk), entry, urgent=True)
    if not free:
        notices.note_unreached(
            service_id=event.service_id, cause_id=event.pk, at=entry.at, organisation_id=event.organisation_id
        )


def _notify(accounts: list[UUID], kind: str, cause_id: UUID, link: str, entry: Entry, *, urgent: bool = False) -> None:
    notices.notify(
        account_ids=accounts,
        kind=kind,
        cause_id=cause_id,
        link=link,
        at=entry.at,
        organisation_id=entry.organisation_id,
        urgent=urgent,
    )


def _free(event: Event, accounts: list[UUID], entry: Entry) -> list[UUID]:
    away = conflict.kept_away(event, accounts, entry.at)
    return [account for account in accounts if account not in away]


def _matchers(event: Event, entry: Entry) -> list[UUID]:
    """Those inside who may match a name and surely are not meant; the independent contact when there are none."""
    found = workplace.members(event.service_id, MATCHERS, entry.at)
    inside = [account for account, role in found if role != Role.INDEPENDENT_CONTACT]
    contacts = [account for account, role in found if role == Role.INDEPENDENT_CONTACT]
    return _free(event, inside, entry) or _free(event, contacts, entry)


def _reporter_is_away(event: Event, account: UUID, entry: Entry) -> bool:
    return account in conflict.shut_out_accounts(event) or conflict.reporter_in_doubt(event, account, entry.at)


def _reporter(event: Event) -> list[UUID]:
    found = Reporter.objects.filter(event=event).values_list("account_id", flat=True)
    return [account for account in found if account]
