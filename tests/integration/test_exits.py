"""What is taken away is allowed, registered and in the ledger."""

import hashlib
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpResponse

from heedful.foundation.exits.models import Exit
from heedful.foundation.exits.operations import download
from heedful.foundation.exits.sheets import to_csv
from heedful.foundation.ledger import queries
from heedful.foundation.ledger.models import Entry
from tests.support.world import START, World, make_world

BODY = to_csv(["Month", "Falls"], [["2026-01", 3], ["2026-02", 5]])


@pytest.fixture
def world() -> World:
    return make_world()


def take(world: World, role: str, **more: object) -> HttpResponse:
    details = {
        "what": "patterns.table",
        "body": BODY,
        "filename": "Falls – 2026.csv",
        "media_type": "text/csv",
        "rows": 2,
    }
    return download(by=world.viewer(role), at=START, **(details | more))  # type: ignore[arg-type]


def test_a_download_is_registered_and_in_the_ledger_with_its_digest(world: World) -> None:
    with world.use():
        response = take(world, "safeguarding_lead")
        row = Exit.objects.get()
        entry = Entry.objects.get(kind="exit.download")
        (moment,) = queries.timeline(row.pk)
    digest = hashlib.sha256(BODY).digest()
    assert (row.door, row.what, row.rows, bytes(row.digest)) == ("download", "patterns.table", 2, digest)
    assert row.account_id == entry.actor_id == world.accounts["safeguarding_lead"].pk
    assert moment.payload["sha256"] == digest.hex()
    assert response.content == BODY
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Falls%20%E2%80%93%202026.csv"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_download_about_one_case_stands_in_its_timeline(world: World) -> None:
    case = uuid4()
    with world.use():
        take(world, "safeguarding_lead", subject_id=case)
        assert [moment.kind for moment in queries.timeline(case)] == ["exit.download"]


@pytest.mark.parametrize(
    "role", ["care_worker", "team_leader", "registered_manager", "administrator", "inspector", "commissioner"]
)
def test_a_role_without_the_permission_takes_nothing_away(world: World, role: str) -> None:
    with world.use():
        with pytest.raises(PermissionDenied):
            take(world, role)
        assert not Exit.objects.exists()


def test_what_left_cannot_be_changed_or_removed_from_the_register(world: World) -> None:
    with world.use():
        take(world, "safeguarding_lead")
    for change in (lambda: Exit.objects.update(rows=0), lambda: Exit.objects.all().delete()):
        with pytest.raises(DatabaseError), world.use():
            change()
    with world.use():
        assert Exit.objects.get().rows == 2
