"""The pages of notices and roster, as the roles see them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.notices import operations, queries, roster
from heedful.foundation.notices.models import Absence, Delivery, Duty, Notice
from heedful.foundation.people.models import Account
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


@pytest.fixture
def world() -> World:
    return make_world()


def client(world: World, key: str) -> Client:
    return sign_in(Client(), world.accounts[key])


def tell(world: World, key: str, **more: object) -> Notice:
    details = {"kind": "event.decide", "link": "/who-can-see-what/", "at": timezone.now()}
    with world.use():
        (made,) = operations.notify(
            account_ids=[world.accounts[key].pk],
            cause_id=uuid4(),
            organisation_id=world.organisation.id,
            **(details | more),  # type: ignore[arg-type]
        )
        return made


def unread(world: World, key: str) -> int:
    with world.use():
        return queries.unread(world.viewer(key))


def test_the_page_says_how_many_things_wait_and_each_leads_on_and_counts_as_read(world: World) -> None:
    first = tell(world, "registered_manager")
    tell(world, "registered_manager", urgent=True)
    manager = client(world, "registered_manager")
    said = manager.get("/notices/").content.decode()
    assert "<h1" in said
    assert "Two things wait for you" in said
    assert said.count("A report waits for your decision") >= 2
    response = manager.post(f"/notices/{first.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/who-can-see-what/")
    assert unread(world, "registered_manager") == 1
    manager.post("/notices/read/")
    assert "Nothing waits for you" in manager.get("/notices/").content.decode()


def test_nobody_reads_or_marks_anothers_notice(world: World) -> None:
    notice = tell(world, "registered_manager")
    for who in (client(world, "safeguarding_lead"), client(make_world(), "registered_manager")):
        other = who.post(f"/notices/{notice.pk}/")
        absent = who.post(f"/notices/{uuid4()}/")
        assert (other.status_code, absent.status_code) == (404, 404)
        assert len(other.content) == len(absent.content)
        who.post("/notices/read/")
    assert unread(world, "registered_manager") == 1


def test_looking_at_the_list_changes_nothing(world: World) -> None:
    notice = tell(world, "registered_manager")
    manager = client(world, "registered_manager")
    manager.get("/notices/")
    assert manager.get(f"/notices/{notice.pk}/").status_code == 405
    assert unread(world, "registered_manager") == 1


def test_an_unknown_kind_still_says_that_something_waits(world: World) -> None:
    tell(world, "care_worker", kind="something.new")
    assert "Something needs you" in client(world, "care_worker").get("/notices/").content.decode()


def test_administrators_see_what_did_not_arrive_and_nobody_else_does(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    admin = client(world, "administrator")
    assert "Every alert was delivered" in admin.get("/notices/undelivered/").content.decode()
    account = world.accounts["registered_manager"]
    Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    tell(world, "registered_manager")
    with world.use():
        Delivery.objects.update(state="failed", trouble="address_refused", attempts=1)
        operations.note_unreached(
            service_id=world.home.pk, cause_id=uuid4(), at=timezone.now(), organisation_id=world.organisation.id
        )
    said = admin.get("/notices/undelivered/").content.decode()
    for words in ("1 alert was not delivered", account.name, "refused the person&#39;s address"):
        assert words in said
    assert re.search(r"Rowan House, \d\d:\d\d (today|yesterday)", said)
    assert "decision" not in said
    assert client(world, "registered_manager").get("/notices/undelivered/").status_code == 403
    assert admin.post("/notices/undelivered/again/").status_code == 302
    with world.use():
        assert Delivery.objects.get().state == "waiting"


def test_without_a_mail_server_the_page_says_so(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    said = client(world, "administrator").get("/notices/undelivered/").content.decode()
    assert "Mail is not set up" in said
    assert "doctor --send-test" in said


TOMORROW = timezone.now() + timedelta(days=1)


def duty_form(world: World, **more: str) -> dict[str, str]:
    account = str(world.accounts["registered_manager"].pk)
    return {"account": account, "deputy": "", **parts(), "from_time": "20:00", "until_time": "08:00", **more}


def parts() -> dict[str, str]:
    values = {"day": TOMORROW.day, "month": TOMORROW.month, "year": TOMORROW.year}
    return {f"from_day_{part}": str(value) for part, value in values.items()} | {
        f"from_day_{number}": str(value) for number, value in enumerate(values.values())
    }


def test_a_manager_puts_somebody_on_duty_overnight_for_three_weeks(world: World) -> None:
    manager = client(world, "registered_manager")
    address = f"/roster/{world.home.pk}/"
    assert "Nobody is on duty now" in manager.get(address).content.decode()
    assert manager.get(address + "add/").status_code == 200
    for _ in range(2):
        assert manager.post(address + "add/", duty_form(world, weeks="3")).status_code == 302
    with world.use():
        rows = list(Duty.objects.order_by("starts_at"))
    assert len(rows) == 3
    assert {row.ends_at - row.starts_at for row in rows} <= {timedelta(hours=h) for h in (11, 12, 13)}
    said = manager.get(address).content.decode()
    assert "Registered Manager Rowan" in said
    assert "Nobody" in said
    assert manager.post(f"{address}end/{rows[0].pk}/").status_code == 302
    with world.use():
        assert Duty.objects.count() == 2


def test_mistakes_are_said_at_the_field_and_nothing_is_stored(world: World) -> None:
    manager = client(world, "registered_manager")
    account = str(world.accounts["registered_manager"].pk)
    yesterday = {f"from_day_{p}": v for p, v in zip(("day", "month", "year"), ("1", "2", "2024"), strict=True)}
    yesterday |= {f"from_day_{p}": v for p, v in zip("012", ("1", "2", "2024"), strict=True)}
    for more, words in (
        ({"account": ""}, "Choose who it is"),
        ({"deputy": account}, "cannot stand in for themselves"),
        ({"weeks": "99"}, "Write a number from 1 to 26"),
        ({"from_time": "late"}, "Write a time like 07:40"),
        ({"account": str(world.accounts["care_worker"].pk)}, "Select a valid choice"),
        (yesterday, "This is over already"),
    ):
        response = manager.post(f"/roster/{world.home.pk}/add/", duty_form(world, **more))
        assert response.status_code == 422, more
        assert words in response.content.decode(), more
    with world.use():
        assert not Duty.objects.exists()


def test_somebody_away_is_passed_over_and_comes_back(world: World) -> None:
    manager = client(world, "registered_manager")
    now = timezone.now()
    with world.use():
        for key, deputy in (("registered_manager", "team_leader"),):
            roster.add_duty(
                service=world.home,
                account_id=world.accounts[key].pk,
                deputy_id=world.accounts[deputy].pk,
                starts_at=now - timedelta(hours=1),
                ends_at=now + timedelta(hours=8),
                by=world.system,
                at=now,
            )
        absence = roster.note_absence(
            account_id=world.accounts["registered_manager"].pk,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(days=2),
            by=world.system,
            at=now,
        )
    address = f"/roster/{world.home.pk}/"
    assert "Team Leader Rowan is told when something happens" in manager.get(address).content.decode()
    assert manager.get(address + "away/").status_code == 200
    assert manager.post(f"{address}back/{absence.pk}/").status_code == 302
    assert "Registered Manager Rowan is on duty" in manager.get(address).content.decode()
    assert manager.post(address + "away/", duty_form(world)).status_code == 302
    with world.use():
        assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("care_worker", 403),
        ("team_leader", 403),
        ("manager_elsewhere", 404),
        ("administrator", 200),
        ("commissioner", 403),
    ],
)
def test_only_those_who_keep_a_services_roster_see_it(world: World, role: str, status: int) -> None:
    who = client(world, role)
    assert who.get(f"/roster/{world.home.pk}/").status_code == status
    changed = who.post(f"/roster/{world.home.pk}/add/", duty_form(world)).status_code
    assert changed == (status if status != 200 else 403)
    with world.use():
        assert not Duty.objects.exists()


def test_a_manager_of_one_service_goes_straight_to_it_and_a_lead_sees_all(world: World) -> None:
    assert client(world, "registered_manager").get("/roster/")["Location"] == f"/roster/{world.home.pk}/"
    said = client(world, "safeguarding_lead").get("/roster/").content.decode()
    assert "2 services have nobody to tell now" in said
    assert "Rowan House" in said
    assert "Elm Court" in said


def test_another_organisations_roster_looks_absent(world: World) -> None:
    stranger = client(make_world(), "safeguarding_lead")
    foreign, absent = stranger.get(f"/roster/{world.home.pk}/"), stranger.get(f"/roster/{uuid4()}/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert len(foreign.content) == len(absent.content)
