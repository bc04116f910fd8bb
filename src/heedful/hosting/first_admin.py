"""`heedful createadmin`: an organisation's first administrator, who then invites everybody else."""

import re
import secrets
from datetime import UTC, datetime

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction

from heedful.foundation.access import tenant
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.ledger.operations import System
from heedful.foundation.people import operations
from heedful.foundation.people.imported import organisation_with_code

CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
# Without letters and digits that look alike, for it is read from a terminal or from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class AdminError(Exception):
    """The administrator was not made; the message says why."""


def create(*, code: str, organisation: str, name: str, email: str) -> str:
    """Make organisation and administrator together, or neither; returns what to tell the administrator."""
    if not CODE.fullmatch(code):
        raise AdminError(f"{code!r} cannot be a code: small letters, digits and hyphens, beginning with a letter.")
    validate_email(email)
    if organisation_with_code(code):
        raise AdminError(f"There is an organisation with the code {code} already.")
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    now = datetime.now(UTC)
    with transaction.atomic():
        founded = operations.found_organisation(code=code, name=organisation, at=now)
        account = operations.open_account(
            username=f"{code}/admin", name=name, at=now, email=email, password=password, must_change_password=True
        )
        by = System(founded.id)
        with tenant.use(founded.id):
            operations.engage(name=name, by=by, at=now, account=account)
            reach = operations.Reach(Scope.ORGANISATION)
            operations.grant(account=account, role=Role.ADMINISTRATOR, reach=reach, by=by, at=now)
    return (
        f"{organisation} is ready. Sign in at {settings.HEEDFUL_BASE_URL}\n"
        f"  user name  {account.username}\n"
        f"  password   {password}   (to be replaced at the first sign-in)\n"
        "Next you choose a second factor; an administrator sees no case content."
    )
