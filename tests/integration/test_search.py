"""Finding by words: only one's own organisation's, newest first, and quickly."""

from collections.abc import Iterable
from datetime import timedelta
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from heedful.foundation.access import tenant
from heedful.foundation.search import operations, queries
from heedful.foundation.search.models import Document
from tests.support.owner import insider
from tests.support.world import START, World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def put(text: str, hours: int = 0, subject_type: str = "event") -> UUID:
    subject = uuid4()
    operations.index(subject_type=subject_type, subject_id=subject, text=text, at=START + timedelta(hours=hours))
    return subject


def test_words_are_found_in_any_form_and_newest_first(world: World) -> None:
    with world.use():
        older = put("Arthur was falling out of bed at four.", 1)
        newer = put("Ingrid falls asleep in the lounge.", 2)
        put("A parcel came.", 3)
        assert queries.find("fall", "event") == [newer, older]
        assert queries.find("falls bed", "event") == [older]
        assert queries.find('"out of bed"', "event") == [older]
        assert queries.find("falls -lounge", "event") == [older]
        assert queries.find("fall", "review") == []


@pytest.mark.parametrize("name", ["Will", "May", "Cwympodd", "Ołena"])
def test_names_and_other_languages_are_found_too(world: World, name: str) -> None:
    with world.use():
        subject = put(f"{name} was on the stairs.")
        assert queries.find(name, "event") == [subject]


@pytest.mark.parametrize("words", ["", "   ", "\0", "'", "a & | !", "((", "the", "\\", "%_", "x" * 5000])
def test_odd_words_find_nothing_and_break_nothing(world: World, words: str) -> None:
    with world.use():
        put("Arthur was on the stairs.")
        assert len(queries.find(words, "event")) <= 1


def test_new_words_take_the_place_of_the_old_and_removed_ones_are_gone(world: World) -> None:
    with world.use():
        subject = put("He was bruised.")
        operations.index(subject_type="event", subject_id=subject, text="She was well.", at=START)
        assert queries.find("bruised", "event") == []
        assert queries.find("well", "event") == [subject]
        operations.remove(subject_type="event", subject_id=subject)
        assert queries.find("well", "event") == []


def test_pages_follow_each_other_without_a_gap_or_a_repeat(world: World) -> None:
    with world.use():
        subjects = [put("stairs", hours // 3) for hours in range(25)]
        seen: list[UUID] = []
        before = None
        while page := queries.hits("stairs", "event", 4, before):
            seen += [hit.subject_id for hit in page]
            before = page[-1]
        assert sorted(seen) == sorted(subjects)
        assert len(seen) == 25


def test_a_long_text_with_a_nul_in_it_is_indexed(world: World) -> None:
    with world.use():
        subject = put("stairs\0 " + "word" * 10 + " many different words " * 30_000)
        assert queries.find("stairs", "event") == [subject]


def test_another_organisations_words_are_never_found_whatever_is_asked() -> None:
    ours, theirs = make_world(), make_world()
    with theirs.use():
        secret = put("canary7391 on the stairs")
    with ours.use():
        mine = put("stairs")
        assert queries.find("canary7391", "event") == []
        assert queries.find("stairs", "event") == [mine]
        assert queries.find("stairs OR canary7391", "event") == [mine]
        assert queries.find("-nothing", "event") == [mine]
        assert not Document.objects.filter(subject_id=secret).exists()
        assert Document.objects.filter(subject_id=secret).delete()[0] == 0
    with theirs.use():
        assert queries.find("canary7391", "event") == [secret]


def test_without_an_organisation_the_function_raises() -> None:
    with pytest.raises(tenant.TenantNotSet):
        queries.find("stairs", "event")
    for setting in ("SELECT 1", "SELECT set_config('heedful.organisation_id', '', true)"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(setting)
            cursor.execute("SELECT * FROM heedful_search('stairs', 'event', 10, NULL, NULL)")


def test_words_cannot_be_put_into_another_organisations_index() -> None:
    ours, theirs = make_world(), make_world()
    with pytest.raises(DatabaseError), ours.use(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_document (id, organisation_id, subject_type, subject_id, at, body)"
            " VALUES (%s, %s, 'event', %s, now(), to_tsvector('simple', 'smuggled'))",
            [uuid4(), theirs.organisation.id, uuid4()],
        )


def many(world: World, count: int) -> Iterable[operations.Words]:
    for number in range(count):
        text = f"common words of every report here, number{number}"
        yield operations.Words(uuid4(), START + timedelta(minutes=number), text)


def test_rare_and_common_words_are_both_found_without_reading_the_whole_index(world: World) -> None:
    with world.use():
        assert operations.index_many(subject_type="event", items=many(world, 10_000)) == 10_000
        times = {}
        for words, expected in (("number17", 1), ("common reports", 50), ("common number17", 1), ("nowhere", 0)):
            queries.find(words, "event")
            started = perf_counter()
            assert len(queries.find(words, "event")) == expected
            times[words] = perf_counter() - started
    assert max(times.values()) < 0.25, times


def test_a_rare_word_uses_the_index_of_words(world: World) -> None:
    with world.use():
        operations.index_many(subject_type="event", items=many(world, 10_000))
    with insider(world.organisation.id) as owner:
        # What the database does by itself within a minute; the app role may not.
        owner.execute("ANALYZE search_document")
    before = scans()
    with world.use():
        assert len(queries.find("number4711", "event")) == 1
    assert scans() > before


def scans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'search_document_words'")
        return int(cursor.fetchone()[0])
