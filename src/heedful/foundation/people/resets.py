"""Setting a sign-in anew, in person, by two named people. The second factor stays unless both agree that it is gone."""

from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import Role
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people import factors, queries, viewers
from heedful.foundation.people.account_operations import Card, belongs_here, first_password, unlock
from heedful.foundation.people.models import Account, Membership, PasswordReset, StaffMember
from heedful.foundation.people.operations import Refused

# In person means soon: what was asked yesterday is asked again.
OPEN_FOR = timedelta(hours=12)
SIMPLE_ROLES = frozenset({Role.CARE_WORKER, Role.TEAM_LEADER})


def waiting(now: datetime) -> QuerySet[PasswordReset]:
    """Asked for, and neither agreed to nor withdrawn."""
    return PasswordReset.objects.filter(
        agreed_at__isnull=True, withdrawn_at__isnull=True, asked_at__gt=now - OPEN_FOR
    ).select_related("account")


def may_ask(person: StaffMember, by: Viewer, day: date) -> bool:
    """May this viewer begin to help this person sign in again?"""
    account = person.account
    if account is None or not account.is_active or account.pk == by.account_id:
        return False
    reach = queries.staff(by, day, Permission.RESET_SIGN_IN) if by.holds(Permission.RESET_SIGN_IN) else None
    return reach is not None and reach.filter(pk=person.pk).exists() and belongs_here(account)


def ask(*, account: Account, new_card: bool, by: Viewer, at: datetime) -> PasswordReset:
    """The first of two people, who has the person before them, asks for a new password."""
    _check(account, by)
    if waiting(at).filter(account=account).exists():
        raise Refused(_("Somebody asked for this already. Another person has to agree."))
    with history.entry():
        reset = PasswordReset.objects.create(
            organisation_id=by.organisation_id, account=account, asked_by=by.account_id, asked_at=at, new_card=new_card
        )
        _write("sign_in_reset.asked", reset, by, at)
    return reset


def agree(*, reset_id: UUID, by: Viewer, at: datetime) -> Card:
    """The second of two people agrees: a password for one use, and if both said so, a new card in place of all else."""
    reset = waiting(at).select_for_update(of=("self",), no_key=True).filter(pk=reset_id).first()
    if reset is None:
        raise Refused(_("Nobody waits for this any more. Ask anew if it is still needed."))
    if reset.asked_by == by.account_id:
        raise Refused(_("You asked for it yourself: somebody else has to agree."))
    account = Account.objects.select_for_update(no_key=True).get(pk=reset.account_id)
    _check(account, by)
    _check_weight(account, reset, by, at)
    password = first_password()
    with history.entry():
        PasswordReset.objects.filter(pk=reset.pk).update(agreed_by=by.account_id, agreed_at=at, used_at=at)
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        codes = _only_a_new_card(account) if reset.new_card else []
        _write("sign_in_reset.agreed", reset, by, at)
    unlock(account)
    return Card(account.name, account.username, password, tuple(codes))


def withdraw(*, reset_id: UUID, by: Actor, at: datetime) -> None:
    """It was not needed, or not wanted."""
    reset = waiting(at).filter(pk=reset_id).first()
    if reset is None:
        raise Refused(_("Nobody waits for this any more."))
    with history.entry():
        PasswordReset.objects.filter(pk=reset.pk).update(withdrawn_at=at)
        _write("sign_in_reset.withdrawn", reset, by, at)


def _only_a_new_card(account: Account) -> list[str]:
    """A lost phone may be in other hands: whatever it could show counts no more."""
    Authenticator.objects.filter(user_id=account.pk).delete()
    return factors.new_card(account)


def _check(account: Account, by: Viewer) -> None:
    if account.pk == by.account_id:
        raise Refused(_("You cannot do this for yourself: two others do it for you."))
    if not account.is_active:
        raise Refused(_("This sign-in is switched off."))
    if not belongs_here(account):
        raise Refused(_("This sign-in was made by another organisation, so they set it anew."))


def _check_weight(account: Account, reset: PasswordReset, by: Viewer, at: datetime) -> None:
    """Two managers together must not become somebody who oversees them: then one of the two is an administrator."""
    roles = Membership.objects.filter(account=account).values_list("role", flat=True)
    if all(role in SIMPLE_ROLES for role in roles) or by.holds(Permission.ADMINISTER):
        return
    asker = viewers.viewer_of(reset.asked_by, by.organisation_id, now=at)
    if asker is None or not asker.holds(Permission.ADMINISTER):
        raise Refused(_("For this role one of the two has to be an administrator."))


def _write(kind: str, reset: PasswordReset, by: Actor, at: datetime) -> None:
    payload = {"account": reset.account_id, "new_card": reset.new_card}
    write(kind=kind, by=by, at=at, subject_type="passwordreset", subject_id=reset.pk, payload=payload)
