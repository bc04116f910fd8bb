"""Cases past the time for which the policy keeps them: counted and listed for those who may act, erased by nobody."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from heedful.foundation.files.models import Attachment
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.loop.incidents import operations
from heedful.loop.incidents.imported import Origin, keep_history
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from heedful.oversight.casefile import kept
from tests.support.histories import happened
from tests.support.reports import NOW, told
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

WHERE = "/cases/past-their-time/"


def closed(world: World, on: date, **said: object) -> Event:
    """A case that was answered on a day long ago."""
    event = told(world, **said).event
    with world.use(), history.entry():
        Event.objects.filter(pk=event.pk).update(retain_from=on)
        write(kind="test.closed", by=world.system, at=NOW, subject_id=event.pk)
    return event


def past(world: World, key: str, on: date) -> dict[object, str]:
    with world.use():
        found = kept.past_their_time(world.viewer(key), on=on)
        assert found.count == len(found.lines)
        return {one.id: one.title for one in found.lines}


def test_a_case_is_past_its_time_on_the_day_after_the_years_of_its_kind() -> None:
    world = make_world()
    plain = closed(world, date(2016, 3, 2))
    grave = closed(world, date(2006, 3, 2), harm_body="severe")
    assert set(past(world, "safeguarding_lead", date(2026, 3, 1))) == set()
    assert set(past(world, "safeguarding_lead", date(2026, 3, 2))) == {plain.pk, grave.pk}
    assert set(past(world, "safeguarding_lead", date(2025, 12, 31))) == set()


def test_the_29th_of_february_ends_on_the_1st_of_march() -> None:
    world = make_world()
    event = closed(world, date(2016, 2, 29))
    assert set(past(world, "safeguarding_lead", date(2026, 2, 28))) == set()
    assert set(past(world, "safeguarding_lead", date(2026, 3, 1))) == {event.pk}


def test_a_serious_case_is_kept_twice_as_long_and_an_open_one_is_never_past_its_time() -> None:
    world = make_world()
    closed(world, date(2010, 1, 1), harm_mind="severe")
    told(world)
    assert past(world, "safeguarding_lead", date(2026, 3, 2)) == {}


def test_a_hold_on_the_case_or_on_somebody_in_it_takes_it_off_the_list() -> None:
    world = make_world()
    person = world.people[0]
    first = closed(world, date(2010, 1, 1))
    second = closed(world, date(2010, 1, 1), involved=(Named(part="affected", person_id=person.pk),))
    with world.use():
        lead = world.viewer("safeguarding_lead")
        operations.hold_case(event_id=first.pk, why="A claim", by=lead, at=NOW)
    assert set(past(world, "safeguarding_lead", NOW.date())) == {second.pk}
    with world.use(), history.entry():
        type(person).objects.filter(pk=person.pk).update(legal_hold=True)
        write(kind="test.held", by=world.system, at=NOW, subject_id=person.pk)
    assert past(world, "safeguarding_lead", NOW.date()) == {}


def test_an_administrator_sees_codes_and_no_words_of_any_case() -> None:
    world = make_world()
    event = closed(world, date(2010, 1, 1))
    assert past(world, "administrator", NOW.date()) == {event.pk: ""}
    page = sign_in(Client(), world.accounts["administrator"]).get(WHERE).content.decode()
    assert "One case has been kept for long enough" in page and "Kettleby" not in page
    assert f'/cases/{event.pk}/"' not in page
    lead = sign_in(Client(), world.accounts["safeguarding_lead"]).get(WHERE).content.decode()
    assert event.title in lead and "Nothing is erased by itself" in lead
    with world.use():
        assert Event.objects.filter(pk=event.pk, removed_at__isnull=True).exists()


def test_whoever_is_shut_out_of_a_case_does_not_learn_from_the_list_that_it_exists() -> None:
    world = make_world()
    source = Named(part="alleged_source", staff_id=world.staff["administrator"].pk)
    event = closed(world, date(2010, 1, 1), involved=(source,))
    assert past(world, "administrator", NOW.date()) == {}
    assert set(past(world, "nominated_individual", NOW.date())) == {event.pk}


def test_another_organisations_cases_are_not_counted() -> None:
    ours, theirs = make_world(), make_world()
    closed(theirs, date(2010, 1, 1))
    assert past(ours, "administrator", NOW.date()) == {}


@pytest.mark.parametrize("key", ["care_worker", "team_leader", "registered_manager", "inspector"])
def test_a_role_that_may_hold_nothing_has_no_such_page(key: str) -> None:
    world = make_world(at=timezone.now() - timedelta(days=2))
    assert sign_in(Client(), world.accounts[key]).get(WHERE).status_code == 403


def picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    return SimpleUploadedFile("chair.png", drawn.getvalue(), content_type="image/png")


def test_files_follow_their_case_those_added_before_and_after() -> None:
    world = make_world()
    event, other = told(world).event, told(world).event
    client = sign_in(Client(), world.accounts["care_worker"])

    def add() -> None:
        said = {"client_key": str(uuid4()), "file": picture()}
        assert client.post(f"/files/add/event/{event.pk}/", said).status_code == 302

    def marks() -> set[tuple[bool, date | None]]:
        return set(Attachment.objects.filter(subject_id=event.pk).values_list("legal_hold", "retain_from"))

    add()
    with world.use():
        by = world.viewer("safeguarding_lead")
        operations.hold_case(event_id=event.pk, why="A claim", by=by, at=NOW)
        operations.link_duplicate(event_id=event.pk, other_id=other.pk, by=by, at=NOW)
        assert marks() == {(True, NOW.date())}
    add()
    with world.use():
        assert Attachment.objects.filter(subject_id=event.pk).count() == 2 and marks() == {(True, NOW.date())}
        operations.lift_hold(event_id=event.pk, why="Settled", by=by, at=NOW)
        assert marks() == {(False, NOW.date())}


def test_imported_cases_are_past_their_time_too_and_a_long_list_goes_on_where_a_page_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = make_world()
    with world.use():
        days = [date(2010, 1, 1 + n // 3) for n in range(25)]
        rows = [happened(world.home, day) for day in days]
        rows = [row._replace(values={**row.values, "retain_from": day}) for row, day in zip(rows, days, strict=True)]
        keep_history(rows=rows, origin=Origin("old log", uuid4(), "record-1"), by=world.system, at=NOW)
    told_here = closed(world, date(2010, 1, 2))
    monkeypatch.setattr(kept, "SHOWN", 10)
    monkeypatch.setattr(kept, "TOGETHER", 4)
    seen, after = [], None
    with world.use():
        for _page in range(3):
            found = kept.past_their_time(world.viewer("safeguarding_lead"), on=NOW.date(), after=after)
            seen += [(one.since, one.id) for one in found.lines]
            after = found.after
    assert (found.count, after) == (26, None)
    assert seen == sorted(seen) and len(set(seen)) == 26 and (date(2010, 1, 2), told_here.pk) in seen


def test_the_database_and_the_slow_way_agree_on_what_is_past_its_time() -> None:
    world = make_world()
    for n, said in enumerate(({}, {"kinds": ("complaint",)}, {"harm_body": "severe"}, {"harm_mind": "severe"})):
        for year in (2004, 2010, 2016, 2020):
            closed(world, date(year, 3, 1 + n), **said)
    with world.use():
        on, lead = date(2026, 3, 2), world.viewer("safeguarding_lead")
        found = {one.id for one in kept.past_their_time(lead, on=on).lines}
        slow = set()
        for event in Event.objects.filter(retain_from__isnull=False):
            years = 20 if {event.harm_body, event.harm_mind} & {"severe"} else 10
            if event.retain_from.replace(year=event.retain_from.year + years) <= on:
                slow.add(event.pk)
    assert found == slow and slow
