"""Requests that once answered with a broken page."""

from uuid import uuid4

import pytest
from django.test import Client

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
