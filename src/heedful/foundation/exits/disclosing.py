"""Giving identified parts of a case to a named body outside, on a lawful basis."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from heedful.foundation.access.decisions import may
from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits.doors import Door
from heedful.foundation.exits.models import Disclosure
from heedful.foundation.exits.passage import exit_of, register
from heedful.foundation.ledger import history
from heedful.foundation.policies import taxonomy
from heedful.foundation.ui.text import tidy


class DisclosureRefused(ValueError):
    """Why it was not given out, in words for the person who asked."""


@dataclass(frozen=True)
class Recipient:
    """Who gets it: a code of `outside_bodies`, and which one of them by name."""

    body: str
    name: str


def disclose(
    *,
    subject_type: str,
    subject_id: UUID,
    to: Recipient,
    basis: str,
    fields: Iterable[str],
    purpose: str,
    document: bytes,
    by: Viewer,
    at: datetime,
    reference: str = "",
) -> Disclosure:
    """Register it: to whom, why, which parts. Of the document only its digest is kept."""
    name, why, chosen = _plain(to.name), _plain(purpose), list(dict.fromkeys(fields))
    _check(by, to.body, basis, complete=bool(name and why and chosen and document))
    row = exit_of(Door.DISCLOSURE, f"{subject_type}.disclosed", document, by=by, at=at, subject_id=subject_id)
    with transaction.atomic(), history.entry():
        register(row, by, subject_type, body=to.body, basis=basis, fields=chosen)
        return Disclosure.objects.create(
            organisation_id=row.organisation_id,
            exit=row,
            subject_type=subject_type,
            subject_id=subject_id,
            body=to.body,
            body_name=name[:120],
            basis=basis,
            fields=chosen,
            **{"purpose": why, "reference": _plain(reference)[:80]},
        )


def _check(by: Viewer, body: str, basis: str, *, complete: bool) -> None:
    decision = may(by, Permission.DISCLOSE)
    if not decision:
        raise PermissionDenied(decision.reason)
    if body not in taxonomy("outside_bodies") or basis not in taxonomy("lawful_bases"):
        raise DisclosureRefused("Choose who gets it, and why we may give it out, from the lists.")
    if not complete:
        raise DisclosureRefused("Say who gets it by name, what for, and what is given.")


def _plain(said: str) -> str:
    return tidy(said).text.strip()
