"""Giving somebody a sign-in, and taking it away: on paper, in person, written in the ledger."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from axes.models import AccessAttempt
from django.utils.translation import gettext as _

from heedful.foundation.access.roles import Role
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import Actor, write
from heedful.foundation.people import factors, viewers
from heedful.foundation.people.models import Account, Membership, Organisation, StaffMember
from heedful.foundation.people.operations import Reach, Refused, end_membership, grant, open_account

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,59}")
# Without letters and digits that look alike, for it is read from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Card:
    """What is printed and handed over, once. It is stored nowhere in this form."""

    name: str
    username: str
    password: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignIn:
    """What a new sign-in is to be."""

    name: str
    role: Role
    reach: Reach
    email: str = ""
    with_codes: bool = False
    until: datetime | None = None


def first_password() -> str:
    """For one use, on paper: 15 signs from 31, about 74 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(3))


def give_sign_in(*, staff: StaffMember, wanted: SignIn, by: Actor, at: datetime) -> Card:
    """Make an account for a member of staff, give it a role, and return the card to print."""
    if staff.account_id:
        raise Refused(_("%(name)s has a sign-in already.") % {"name": staff.name})
    return _open(staff.name, wanted, staff, by, at)


def invite(*, name: str, wanted: SignIn, by: Actor, at: datetime) -> Card:
    """Make an account for somebody who does not work here: an inspector, a commissioner, an outside contact."""
    return _open(name, wanted, None, by, at)


def _open(name: str, wanted: SignIn, staff: StaffMember | None, by: Actor, at: datetime) -> Card:
    username, password = _free_name(wanted.name), first_password()
    if wanted.email and Account.objects.filter(email=wanted.email.lower()).exists():
        raise Refused(_("Somebody signs in with this email already. Leave it out, or write another."))
    with history.entry():
        account = open_account(
            username=username, name=name, at=at, email=wanted.email, password=password, must_change_password=True
        )
        if staff:
            StaffMember.objects.filter(pk=staff.pk).update(account=account)
        codes = factors.new_card(account) if wanted.with_codes else []
        payload = {"staff": staff.pk if staff else None, "with_codes": wanted.with_codes}
        write(kind="sign_in.given", by=by, at=at, subject_type="account", subject_id=account.pk, payload=payload)
    grant(account=account, role=wanted.role, reach=wanted.reach, by=by, at=at, until=wanted.until)
    return Card(name, username, password, tuple(codes))


def _free_name(wanted: str) -> str:
    name = wanted.strip().lower()
    if not NAME.fullmatch(name):
        raise Refused(_("Use small letters, numbers, dots and hyphens for the user name, like joss.p"))
    username = f"{Organisation.objects.values_list('code', flat=True).get()}/{name}"
    if Account.objects.filter(username=username).exists():
        raise Refused(_("This user name is taken. Add a letter or a number."))
    return username


def end_sign_in(*, account: Account, by: Actor, at: datetime) -> None:
    """Take every role here away; an account that belongs here is switched off as well. The next request finds it so."""
    if account.pk == by.account_id:
        raise Refused(_("You cannot end your own sign-in. Ask another administrator."))
    for membership in Membership.objects.filter(account=account, valid_until__isnull=True):
        end_membership(membership=membership, by=by, at=at)
    for membership in Membership.objects.filter(account=account, valid_until__gt=at):
        end_membership(membership=membership, by=by, at=at)
    off = belongs_here(account)
    with history.entry():
        if off:
            Account.objects.filter(pk=account.pk).update(is_active=False)
        payload = {"switched_off": off}
        write(kind="sign_in.ended", by=by, at=at, subject_type="account", subject_id=account.pk, payload=payload)


def belongs_here(account: Account) -> bool:
    """May this organisation decide about the account itself? One that acts elsewhere too is not ours to open."""
    organisation = Organisation.objects.only("id", "code").get()
    if "/" in account.username:
        return account.username.startswith(f"{organisation.code}/")
    return [id_ for id_, _name in viewers.organisations_of(account.pk)] == [organisation.pk]


def unlock(account: Account) -> None:
    """Wrong tries that kept the account out are forgotten."""
    AccessAttempt.objects.filter(username__in=[account.username, factors.guesses_of(account)]).delete()
