"""What happens by itself after a verdict, and once a month. Each may run twice: it must not matter."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from heedful.foundation.access.roles import Role
from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.operations import System
from heedful.foundation.notices import operations as notices
from heedful.foundation.people.viewers import viewer_of
from heedful.foundation.workplace import queries as workplace
from heedful.loop.actions import operations as actions
from heedful.loop.effects import operations, queries, rules
from heedful.loop.effects.models import Verdict
from heedful.loop.reviews import operations as reviews

REOPENED = {
    "no_change": "The change that was made did not bring what was aimed for.",
    "worse": "More was recorded after the change that was made.",
}


def recompute(organisation_id: UUID) -> None:
    """Once a month, when a month is over."""
    operations.recompute(by=System(organisation_id), at=timezone.now())


def reopen_theme(organisation_id: UUID, entry_id: UUID) -> None:
    """The risk is unchanged: what was grouped under learning opens again."""
    row = _verdict(entry_id)
    aim = queries.aim_of(row.action_id)
    if row.answer in rules.FAILED and row.answer != row.before and aim and aim.theme_id:
        reviews.reopen_theme(theme_id=aim.theme_id, why=REOPENED[row.answer], by=System(organisation_id), at=row.at)


def tell_nominated_individual(organisation_id: UUID, entry_id: UUID) -> None:
    """No change, or worse, or worked for the first time: tell those who answer for the provider and may see it."""
    row = _verdict(entry_id)
    aim = queries.aim_of(row.action_id)
    if row.answer == "not_enough" or row.answer == row.before or aim is None:
        return
    told = {
        account
        for service_id in aim.service_ids
        for account, _ in workplace.members(service_id, [Role.NOMINATED_INDIVIDUAL], row.at)
        if (viewer := viewer_of(account, organisation_id, now=row.at)) and queries.asked(row.action_id, viewer)
    }
    notices.notify(
        account_ids=told,
        kind=f"verdict.{row.answer}",
        cause_id=row.pk,
        link=reverse("effects:verdict", args=[row.action_id]),
        at=row.at,
        organisation_id=organisation_id,
    )


def tell_action(organisation_id: UUID, entry_id: UUID) -> None:
    """The action keeps its newest answer, so that its own pages need not look ahead."""
    row = _verdict(entry_id)
    actions.know_outcome(action_id=row.action_id, outcome=row.answer, by=System(organisation_id), at=row.at)


def _verdict(entry_id: UUID) -> Verdict:
    return Verdict.objects.get(pk=str(Entry.objects.get(pk=entry_id).subject_id))
