"""An organisation's own words: shown and chosen everywhere, understood by imports, never counted by."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from heedful.foundation.ledger.models import Entry
from heedful.foundation.ledger.verify import verify
from heedful.foundation.people import words
from heedful.foundation.people.operations import Refused
from heedful.foundation.people.words_operations import add_word, retire_word
from heedful.intake import commands
from heedful.loop.measures.catalogue import measures, shown
from tests.support.logs import MAP, Log, events, rows
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.fixture
def world() -> World:
    return make_world()


def add(world: World, label: str, means: str, name: str = "core_types", day: date = DAY) -> Any:
    with world.use():
        return add_word(
            taxonomy_name=name, label=label, maps_to=means, day=day, by=world.viewer("administrator"), at=AT
        )


def administrator(world: World) -> Client:
    return sign_in(Client(), world.accounts["administrator"])


def test_an_administrator_adds_a_word_and_then_retires_it(world: World) -> None:
    client = administrator(world)
    assert b"Everything is in Heedful" in client.get("/people/words/").content
    sent = client.post("/people/words/core_types/add/", {"label": "Tumble", "maps_to": "fall"}, follow=True)
    assert "“Tumble” is one of your words now." in sent.content.decode()
    with world.use():
        (own,) = words.own_words("core_types")
        term_id = words.TaxonomyTerm.objects.get().pk
        assert (own.slug, own.maps_to, words.label("core_types", "fall")) == ("own-tumble", "fall", "Tumble")
    today = own.valid_from
    day = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year}
    page = client.get(f"/people/words/{term_id}/retire/").content.decode()
    assert "Retire “Tumble”?" in page
    after = client.post(f"/people/words/{term_id}/retire/", day, follow=True).content.decode()
    assert "“Tumble” is retired." in after
    with world.use():
        assert words.label("core_types", "fall") == "Fall"
        assert words.label("core_types", "fall", on=today) == "Tumble"
        kinds = list(Entry.objects.filter(kind__startswith="word.").order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["word.added", "word.retired"]
    assert verify(world.organisation.id).whole


@pytest.mark.parametrize(
    ("label", "means", "why"),
    [
        ("Medicines", "fall", "something else"),
        ("—", "fall", "Write a word"),
        ("Slip", "nonsense", "Choose one of Heedful"),
        ("tumble", "medication", "one of your words already"),
    ],
)
def test_a_word_that_would_mislead_is_refused_with_the_reason(world: World, label: str, means: str, why: str) -> None:
    add(world, "Tumble", "fall")
    with pytest.raises(Refused, match=why):
        add(world, label if label != "Medicines" else words.taxonomy("core_types").label("medication"), means)


def test_words_of_a_policy_cannot_be_replaced(world: World) -> None:
    with pytest.raises(Refused):
        add(world, "Perhaps", "unsure", name="answers")
    client = administrator(world)
    assert client.get("/people/words/answers/").status_code == 404
    assert client.get("/people/words/answers/add/").status_code == 404


def test_only_an_administrator_manages_words(world: World) -> None:
    for role in ("registered_manager", "care_worker", "safeguarding_lead"):
        assert sign_in(Client(), world.accounts[role]).get("/people/words/").status_code in (403, 404)


def test_forms_cases_and_patterns_use_the_word_and_count_by_the_core_code(tmp_path: Path, world: World) -> None:
    add(world, "Tumbles & trips", "fall")
    add(world, "A mishap", "incident", name="event_kinds")
    log = Log(tmp_path, world)
    log.map.write_text(MAP.replace("Slip: fall.found", "Slip: fall"), encoding="utf-8")
    log.write(*rows(3)).run()
    event = events(world)[0]
    assert (event.type, event.kinds) == ("fall", ["incident"])
    client = sign_in(Client(), world.accounts["registered_manager"])
    case = client.get(f"/cases/{event.pk}/").content.decode()
    assert "Tumbles &amp; trips" in case
    assert "A mishap" in case
    listed = client.get("/cases/").content.decode()
    assert "A mishap" in listed
    assert "Tumbles &amp; trips" in client.get("/patterns/").content.decode()
    with world.use():
        assert str(shown("fall").label) == "Tumbles & trips"
        assert shown("fall").counted(3) == "3 × Tumbles & trips"
        assert measures()["fall"].slug == "fall"


def test_a_files_own_word_is_found_in_the_overlay_also_after_it_was_retired(tmp_path: Path, world: World) -> None:
    term = add(world, "Tumble", "fall.found", day=date(2020, 1, 1))
    with world.use():
        retire_word(term_id=term.pk, last_day=date(2024, 1, 1), by=world.viewer("administrator"), at=AT)
    add(world, "Bit of a scrape", "low", name="harm_to_body")
    log = Log(tmp_path, world)
    lines = [line.replace("Slip", "TUMBLE") for line in rows(2, harm="bit of a  scrape")]
    assert log.write(*lines).run() == commands.DONE
    assert {(event.subtype, event.harm_body) for event in events(world)} == {("fall.found", "low")}


def test_a_word_that_meant_two_things_is_asked_about_not_guessed(tmp_path: Path, world: World) -> None:
    term = add(world, "Tumble", "fall", day=date(2020, 1, 1))
    with world.use():
        retire_word(term_id=term.pk, last_day=date(2024, 1, 1), by=world.viewer("administrator"), at=AT)
    add(world, "Tumble", "behaviour")
    log = Log(tmp_path, world)
    assert log.write(*[line.replace("Slip", "Tumble") for line in rows(1)]).run() == commands.SOME_REJECTED
    assert events(world) == []


def test_one_page_asks_for_the_words_once(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    add(world, "Tumble", "fall")
    with world.use(), CaptureQueriesContext(connection) as asked:
        for _ in range(5):
            assert words.label("core_types", "fall") == "Tumble"
            words.terms("event_kinds")
    assert sum("people_taxonomy_term" in query["sql"] for query in asked) == 1


def test_another_organisation_keeps_its_own_words(world: World) -> None:
    other = make_world()
    add(world, "Tumble", "fall")
    with other.use():
        assert words.label("core_types", "fall") == "Fall"
    with world.use():
        assert words.label("core_types", "fall") == "Tumble"
