"""Requests that once answered with a broken page."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from psycopg.errors import DeadlockDetected

from heedful.foundation.access import http, tenant
from heedful.foundation.access.permissions import Permission
from heedful.loop.reporting import operations as reporting
from heedful.loop.reporting import queries as drafts
from tests.support.signing_in import sign_in
from tests.support.world import make_world


def test_a_first_page_sent_without_its_words_breaks_no_page_of_that_person_afterwards() -> None:
    world = make_world()
    client, key = sign_in(Client(), world.accounts["care_worker"]), uuid4()
    assert client.post("/report/", {"key": str(key)}).status_code in (200, 422)
    for where in ("/", "/report/", "/reports/", f"/report/{key}/discard/", f"/report/{key}/words/"):
        assert client.get(where).status_code in (200, 404), where
    assert client.get("/report/").status_code == client.get("/reports/").status_code == 200


@pytest.mark.parametrize(
    ("year", "month"), [(2026, 10**30), (10**30, 3), (2026, 2**31), (0, 1), (2026, 0), (2026, 13), (99999, 12)]
)
def test_a_month_of_any_size_is_not_found_rather_than_broken(year: int, month: int) -> None:
    world = make_world()
    client = sign_in(Client(), world.accounts["registered_manager"])
    where = f"/people/care-given/{world.home.pk}/{year}/{month}/"
    assert client.get(where).status_code == client.post(where, {}).status_code == 404


@pytest.mark.parametrize("stopped", [1, 2, 3])
def test_what_the_database_stops_because_two_wait_for_each_other_begins_again(
    stopped: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the first try is stored, and a file is read from its beginning again."""
    world = make_world()
    seen: list[tuple[bytes, bool]] = []

    @http.page(Permission.RECORD_EVENT)
    def tell(request: http.ViewerRequest) -> HttpResponse:
        seen.append((request.FILES["file"].read(), tenant.current() == world.organisation.id))
        reporting.save_draft(client_key=uuid4(), answers={}, by=request.viewer, at=request.received_at)
        if len(seen) <= stopped:
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return HttpResponse("told")

    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.txt", b"what happened")})
    request.user = world.accounts["care_worker"]
    monkeypatch.setattr(http, "_second_factor_done", lambda request: True)
    monkeypatch.setattr(http, "_viewer", lambda request: world.viewer("care_worker"))
    if stopped < tenant.TRIES:
        assert tell(request).content == b"told"
    else:
        with pytest.raises(OperationalError):
            tell(request)
    assert seen == [(b"what happened", True)] * min(stopped + 1, tenant.TRIES)
    with world.use():
        assert len(drafts.my_drafts(world.viewer("care_worker"))) == (stopped < tenant.TRIES)
