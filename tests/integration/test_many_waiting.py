"""A page of a hundred cards helps nobody: the soonest stand first, the rest one click away, and all are counted."""

import pytest
from django.test import Client

from heedful.loop.duties.presenters import inbox
from heedful.oversight.today import needs
from tests.support.reports import told
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(needs, "DECISIONS", 2)
    monkeypatch.setattr(inbox, "FIRST", 2)
    world = make_world()
    for number in range(4):
        told(world, words=f"Slid off chair number {number}.")
    return world


def test_today_counts_every_decision_and_shows_the_soonest(busy: World) -> None:
    page = sign_in(Client(), busy.accounts["registered_manager"]).get("/").content.decode()
    assert "Four things need you today." in page
    assert page.count("Decide: Slid off chair number") == 2
    assert "Two more decisions are due today." in page
    assert "number 0" in page and "number 3" not in page


def test_the_inbox_shows_the_soonest_and_all_when_asked(busy: World) -> None:
    client = sign_in(Client(), busy.accounts["registered_manager"])
    page = client.get("/decide/").content.decode()
    assert "Four things wait for your decision" in page
    assert page.count("Slid off chair number") == 2 and "Show all (2 more)" in page
    page = client.get("/decide/?all=1").content.decode()
    assert page.count("Slid off chair number") >= 4 and "Show all" not in page
