"""The people pages as their real users: administrator, manager, care worker."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.access.models import new_id
from heedful.foundation.people import exposure
from heedful.foundation.people.models import (
    Account,
    Exposure,
    Membership,
    PasswordReset,
    Person,
    Post,
    Shift,
    StaffMember,
    Team,
)
from tests.support.signing_in import app_for, code_of, code_step, has_session, password_step, sign_in
from tests.support.world import World, make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def client_of(world: World, key: str) -> Client:
    return sign_in(Client(), world.accounts[key])


def text(response) -> str:  # type: ignore[no-untyped-def]
    return re.sub(r"\s+", " ", response.content.decode())


def new_staff(world: World, admin: Client, name: str) -> StaffMember:
    key = str(new_id())
    said = {"key": key, "name": name, "job_title": "Carer", "engagement": "employed", "service": str(world.home.pk)}
    assert admin.post("/people/staff/add/", said).status_code == 302
    assert admin.post("/people/staff/add/", said).headers["Location"] == f"/people/staff/{key}/"
    with world.use():
        (made,) = StaffMember.objects.filter(name=name)
    return made


def test_a_manager_sees_the_people_of_their_services_and_nobody_else(world: World) -> None:
    manager, admin = client_of(world, "registered_manager"), client_of(world, "administrator")
    mine, all_of_them = text(manager.get("/people/")), text(admin.get("/people/"))
    assert "Joss Pellow" in mine and "Morwen Tarrant" not in mine
    assert "Joss Pellow" in all_of_them and "Morwen Tarrant" in all_of_them
    elsewhere = world.staff["manager_elsewhere"]
    assert admin.get(f"/people/staff/{elsewhere.pk}/").status_code == 200
    foreign, absent = manager.get(f"/people/staff/{elsewhere.pk}/"), manager.get(f"/people/staff/{new_id()}/")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content
    supported = text(manager.get("/people/supported/"))
    assert "Arthur Kettleby" in supported and "Percy Adair" not in supported
    assert manager.get(f"/people/services/{world.other_home.pk}/").status_code == 404
    page = text(manager.get(f"/people/services/{world.home.pk}/"))
    assert "Garden wing" in page and "20:00–08:00 the next day" in page


def test_lists_are_narrowed_by_name_and_service(world: World) -> None:
    admin = client_of(world, "administrator")
    page = text(admin.get("/people/", {"words": "morw", "service": ""}))
    assert "Morwen Tarrant" in page and "Joss Pellow" not in page
    page = text(admin.get("/people/", {"words": "", "service": str(world.other_home.pk)}))
    assert "Morwen Tarrant" in page and "Joss Pellow" not in page
    assert "Nobody fits" in text(admin.get("/people/supported/", {"words": "zzz", "service": ""}))


@pytest.mark.parametrize("key", ["care_worker", "team_leader", "commissioner", "independent_contact"])
def test_roles_without_the_permission_are_refused_every_people_page(world: World, key: str) -> None:
    client = client_of(world, key)
    for path in ("", "supported/", "services/", "staff/add/", "visitors/", "resets/", "care-given/"):
        assert client.get(f"/people/{path}").status_code == 403, path


def test_a_manager_may_look_but_not_change_people(world: World) -> None:
    manager = client_of(world, "registered_manager")
    joss = world.staff["care_worker"]
    changing = ["staff/add/", "supported/add/", "visitors/add/", f"staff/{joss.pk}/role/", f"staff/{joss.pk}/sign-in/"]
    for path in [*changing, f"services/{world.home.pk}/team/", f"services/{world.home.pk}/post/"]:
        assert manager.get(f"/people/{path}").status_code == 403, path
        assert manager.post(f"/people/{path}").status_code == 403, path
    assert "Add somebody" not in text(manager.get("/people/"))


def test_an_administrator_gives_a_care_worker_a_card_and_the_card_signs_in(world: World) -> None:
    admin = client_of(world, "administrator")
    staff = new_staff(world, admin, "Wren Abara")
    page = admin.get(f"/people/staff/{staff.pk}/sign-in/")
    assert 'value="wren.a"' in text(page)
    said = {"user_name": "Wren.A", "role": "care_worker", "with_codes": "on", "until_day": "", "until_month": ""}
    card = text(admin.post(f"/people/staff/{staff.pk}/sign-in/", said | {"until_year": ""}))
    username = f"{world.organisation.code}/wren.a"
    assert username in card
    password = re.search(r'id="first-password">([a-z2-9-]{17})</code>', card)[1]  # type: ignore[index]
    code = re.findall(r"<code>(\d{4} \d{4})</code>", card)[0]
    again = text(admin.post(f"/people/staff/{staff.pk}/sign-in/", said))
    assert "has a sign-in already" in again and password not in again
    wren = Client()
    password_step(wren, username.upper(), password)
    assert code_step(wren, code).headers["Location"] == "/account/new-password/"
    wren.post("/account/new-password/", {"password1": "blue kettle morning"})
    assert has_session(wren)
    with world.use():
        (role,) = Membership.objects.filter(account__username=username)
        assert (role.role, role.scope, role.valid_until) == ("care_worker", "own", None)


@pytest.mark.parametrize("name", ["", "No Spaces", "a", "é.x", "joss/p", "-dash"])
def test_a_user_name_that_cannot_be_typed_is_refused_in_words(world: World, name: str) -> None:
    admin = client_of(world, "administrator")
    nia = new_staff(world, admin, f"Nia {new_id()}")
    page = admin.post(f"/people/staff/{nia.pk}/sign-in/", {"user_name": name, "role": "care_worker"})
    assert page.status_code == 200 and "Error:" in text(page)
    assert not Account.objects.filter(name=nia.name).exists()


def test_roles_are_given_with_their_reach_and_ended_at_once(world: World) -> None:
    admin, account = client_of(world, "administrator"), world.accounts["colleague"]
    staff = world.staff["colleague"]
    said = {"role": "team_leader", "services": [str(world.home.pk)]}
    assert admin.post(f"/people/staff/{staff.pk}/role/", said).status_code == 302
    with world.use():
        role = Membership.objects.get(account=account, role="team_leader")
        assert (role.scope, role.service_ids) == ("service", [world.home.pk])
    assert "Team leader, Rowan House" in text(admin.get(f"/people/staff/{staff.pk}/"))
    assert admin.get(f"/people/roles/{role.pk}/end/").status_code == 200
    assert admin.post(f"/people/roles/{role.pk}/end/", {"yes": "1"}).status_code == 302
    assert admin.get(f"/people/roles/{role.pk}/end/").status_code == 404
    with world.use():
        role.refresh_from_db()
        assert role.valid_until is not None and role.valid_until <= timezone.now()


def test_an_administrator_cannot_end_their_own_role_or_sign_in(world: World) -> None:
    admin, account = client_of(world, "administrator"), world.accounts["administrator"]
    with world.use():
        role = Membership.objects.get(account=account)
    page = text(admin.post(f"/people/roles/{role.pk}/end/", {"yes": "1"}))
    assert "cannot end your own role" in page
    page = text(admin.post(f"/people/staff/{world.staff['administrator'].pk}/sign-in/end/", {"yes": "1"}))
    assert "cannot end your own sign-in" in page


def test_ending_a_sign_in_signs_the_person_out_at_once(world: World) -> None:
    admin = client_of(world, "administrator")
    leaver = world.accounts["team_leader"]
    inside = sign_in(Client(), leaver)
    assert inside.get("/account/").status_code == 200
    admin.post(f"/people/staff/{world.staff['team_leader'].pk}/sign-in/end/", {"yes": "1"})
    assert inside.get("/account/").status_code == 302
    assert "switched off" in text(admin.get(f"/people/staff/{world.staff['team_leader'].pk}/"))


def test_an_inspector_needs_an_end_date_and_gets_the_whole_of_that_day(world: World) -> None:
    admin = client_of(world, "administrator")
    said = {"name": "Ines Vale", "user_name": f"i.{new_id().hex[-8:]}", "role": "inspector"}
    assert "Choose where" in text(admin.post("/people/visitors/add/", said))
    said["services"] = "everywhere"
    assert "always ends" in text(admin.post("/people/visitors/add/", said))
    last = timezone.localdate() + timedelta(days=10)
    parts = {"until_day": str(last.day), "until_month": str(last.month), "until_year": str(last.year)}
    card = text(admin.post("/people/visitors/add/", said | parts))
    assert "Print this for Ines Vale" in card
    assert "Ines Vale" in text(admin.get("/people/visitors/"))
    with world.use():
        role = Membership.objects.get(account__name="Ines Vale")
        assert role.valid_until is not None
        assert timezone.localtime(role.valid_until).date() == last + timedelta(days=1)
    past = {"until_day": "1", "until_month": "2", "until_year": "2020"}
    assert "past" in text(admin.post("/people/visitors/add/", said | past))


def test_a_sign_in_is_reset_in_person_by_two_people_and_keeps_its_second_factor() -> None:
    world = make_world()
    manager, admin = client_of(world, "registered_manager"), client_of(world, "administrator")
    joss, account = world.staff["care_worker"], world.accounts["care_worker"]
    secret = app_for(account)
    assert manager.post(f"/people/staff/{joss.pk}/reset/", {"new_card": "no"}).status_code == 302
    with world.use():
        reset = PasswordReset.objects.get(account=account)
    mine = text(manager.get(f"/people/resets/{reset.pk}/"))
    assert "somebody else has to agree" in mine and "I agree" not in mine
    assert "somebody else has to agree" in text(manager.post(f"/people/resets/{reset.pk}/", {"yes": "1"}))
    assert "Registered Manager Rowan asked" in text(admin.get("/people/resets/"))
    card = text(admin.post(f"/people/resets/{reset.pk}/", {"yes": "1"}))
    assert "one-time codes" not in card
    password = re.search(r'id="first-password">([a-z2-9-]{17})</code>', card)[1]  # type: ignore[index]
    assert admin.post(f"/people/resets/{reset.pk}/", {"yes": "1"}).status_code == 404
    client = Client()
    assert password_step(client, account.username, password).headers["Location"] == "/account/2fa/authenticate/"
    assert code_step(client, code_of(secret)).headers["Location"] == "/account/new-password/"
    with world.use():
        reset.refresh_from_db()
        assert {reset.asked_by, reset.agreed_by} == {
            world.accounts["registered_manager"].pk,
            world.accounts["administrator"].pk,
        }


def test_a_lost_phone_is_replaced_by_a_new_card_and_counts_no_more() -> None:
    world = make_world()
    manager, admin = client_of(world, "registered_manager"), client_of(world, "administrator")
    joss, account = world.staff["care_worker"], world.accounts["care_worker"]
    secret = app_for(account)
    thief = sign_in(Client(), account)
    admin.post(f"/people/staff/{joss.pk}/reset/", {"new_card": "yes"})
    with world.use():
        reset = PasswordReset.objects.get(account=account)
    card = text(manager.post(f"/people/resets/{reset.pk}/", {"yes": "1"}))
    assert thief.get("/account/").status_code == 302
    password = re.search(r'id="first-password">([a-z2-9-]{17})</code>', card)[1]  # type: ignore[index]
    client = Client()
    password_step(client, account.username, password)
    code_step(client, code_of(secret))
    assert not has_session(client)
    code = re.findall(r"<code>(\d{4} \d{4})</code>", card)[0]
    assert code_step(client, code).headers["Location"] == "/account/new-password/"


def test_two_managers_cannot_become_somebody_who_oversees_them() -> None:
    world = make_world()
    with world.use():
        from heedful.foundation.access.roles import Role, Scope
        from heedful.foundation.people import operations, resets

        lead, first = world.accounts["safeguarding_lead"], world.viewer("registered_manager")
        reach = operations.Reach(Scope.ORGANISATION)
        other = world.accounts["manager_elsewhere"]
        operations.grant(account=other, role=Role.REGISTERED_MANAGER, reach=reach, by=world.system, at=timezone.now())
        reset = resets.ask(account=lead, new_card=True, by=first, at=timezone.now())
        with pytest.raises(operations.Refused, match="administrator"):
            resets.agree(reset_id=reset.pk, by=world.viewer("manager_elsewhere"), at=timezone.now())
        assert resets.agree(reset_id=reset.pk, by=world.viewer("administrator"), at=timezone.now()).codes


def test_an_organisation_cannot_reset_a_sign_in_that_another_one_made() -> None:
    ours, theirs = make_world(), make_world()
    from heedful.foundation.access.roles import Role, Scope
    from heedful.foundation.people import operations, resets

    account = theirs.accounts["nominated_individual"]
    with ours.use():
        reach = operations.Reach(Scope.ORGANISATION)
        operations.grant(account=account, role=Role.INDEPENDENT_CONTACT, reach=reach, by=ours.system, at=timezone.now())
        with pytest.raises(operations.Refused, match="another organisation"):
            resets.ask(account=account, new_card=True, by=ours.viewer("administrator"), at=timezone.now())


def test_a_reset_that_is_taken_back_or_old_cannot_be_agreed_to() -> None:
    world = make_world()
    manager, admin = client_of(world, "registered_manager"), client_of(world, "administrator")
    joss = world.staff["care_worker"]
    manager.post(f"/people/staff/{joss.pk}/reset/", {"new_card": "no"})
    with world.use():
        reset = PasswordReset.objects.get()
    assert manager.post(f"/people/resets/{reset.pk}/withdraw/").status_code == 302
    assert admin.post(f"/people/resets/{reset.pk}/", {"yes": "1"}).status_code == 404
    manager.post(f"/people/staff/{joss.pk}/reset/", {"new_card": "no"})
    with world.use():
        late = PasswordReset.objects.exclude(pk=reset.pk).get()
        PasswordReset.objects.filter(pk=late.pk).update(asked_at=timezone.now() - timedelta(hours=13))
    assert admin.post(f"/people/resets/{late.pk}/", {"yes": "1"}).status_code == 404


def test_teams_shifts_posts_and_people_are_added(world: World) -> None:
    admin, home = client_of(world, "administrator"), world.home
    assert admin.post(f"/people/services/{home.pk}/team/", {"name": "Orchard wing"}).status_code == 302
    assert "already" in text(admin.post(f"/people/services/{home.pk}/team/", {"name": "orchard wing"}))
    shift = {"name": "Twilight", "starts": "16:00", "ends": "22:30"}
    assert admin.post(f"/people/services/{home.pk}/shift/", shift).status_code == 302
    same = shift | {"name": "Nothing", "ends": "16:00"}
    assert "same time" in text(admin.post(f"/people/services/{home.pk}/shift/", same))
    post = {"duty": "registered_manager", "staff": str(world.staff["registered_manager"].pk)}
    assert admin.post(f"/people/services/{home.pk}/post/", post).status_code == 302
    key = str(new_id())
    person = {"key": key, "name": "Olive Penhaligon", "known_as": "Liv", "service": str(home.pk), "room": "3"}
    admin.post("/people/supported/add/", person)
    admin.post("/people/supported/add/", person)
    with world.use():
        assert Team.objects.filter(service=home, name="Orchard wing").count() == 1
        assert Shift.objects.filter(service=home, name="Twilight").count() == 1
        assert Post.objects.get(service=home, valid_to__isnull=True).staff == world.staff["registered_manager"]
        assert Person.objects.filter(name="Olive Penhaligon").count() == 1
    page = text(admin.get(f"/people/services/{home.pk}/"))
    assert "Orchard wing" in page and "16:00–22:30" in page and "Registered Manager Rowan" in page


@pytest.mark.parametrize(
    ("words", "measure", "amount"),
    [
        ("1,150.5", "bed_days", 11505),
        ("1150", "bed_days", 11500),
        ("0", "bed_days", 0),
        ("1 204.5", "care_hours", 72270),
        ("0.25", "care_hours", 15),
        ("1,204:31", "care_hours", 72271),
        ("1,204", "visits_planned", 1204),
    ],
)
def test_amounts_are_read_exactly_and_written_back_the_same(words: str, measure: str, amount: int) -> None:
    assert exposure.read(words, measure) == amount
    assert exposure.read(exposure.written(amount, measure), measure) == amount


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("1.25", "bed_days"),
        ("1.5", "visits_planned"),
        ("-1", "bed_days"),
        ("many", "bed_days"),
        ("NaN", "bed_days"),
        ("1e400", "bed_days"),
        ("Infinity", "care_hours"),
        ("0.001", "care_hours"),
        ("12:60", "care_hours"),
        ("12:30", "bed_days"),
        ("99999999999", "bed_days"),
    ],
)
def test_what_is_no_amount_is_refused(words: str, measure: str) -> None:
    with pytest.raises(exposure.NotAnAmount):
        exposure.read(words, measure)


@pytest.mark.parametrize("measure", sorted(exposure.UNITS))
def test_every_stored_amount_is_written_so_that_it_reads_back(measure: str) -> None:
    amounts = [*range(1300), 72271, 72270, 99_999_999]
    assert [n for n in amounts if exposure.read(exposure.written(n, measure), measure) != n] == []


def test_an_inspector_reaches_nothing_after_the_last_day(world: World) -> None:
    inspector = client_of(world, "inspector")
    with world.use():
        role = Membership.objects.get(account=world.accounts["inspector"])
        Membership.objects.filter(pk=role.pk).update(valid_until=timezone.now() + timedelta(hours=1))
        assert inspector.get("/people/").status_code == 403
        Membership.objects.filter(pk=role.pk).update(valid_until=timezone.now())
    assert inspector.get("/people/").headers["Location"] == "/people/organisation/"


def test_a_manager_enters_how_much_care_was_given(world: World) -> None:
    manager = client_of(world, "registered_manager")
    assert "lacks numbers" in text(manager.get("/people/care-given/"))
    month = exposure.months_before(timezone.localdate())[0]
    address = f"/people/care-given/{world.home.pk}/{month.year}/{month.month}/"
    assert "Occupied bed days" in text(manager.get(address))
    assert manager.post(address, {"bed_days": "1,003.5"}).headers["Location"] == f"/people/care-given/{world.home.pk}/"
    with world.use():
        stored = Exposure.objects.get(service=world.home, month=month)
        assert (stored.measure, stored.amount, stored.source) == ("bed_days", 10035, "typed")
    assert "1,003.5" in text(manager.get(f"/people/care-given/{world.home.pk}/"))
    assert 'value="1,003.5"' in text(manager.get(address))
    surprising = text(manager.post(address, {"bed_days": "11,003"}))
    assert "every bed on every day" in surprising and "I checked" in surprising
    assert manager.post(address, {"bed_days": "11,003", "sure": "on"}).status_code == 302
    elsewhere = f"/people/care-given/{world.other_home.pk}/{month.year}/{month.month}/"
    assert manager.get(elsewhere).status_code == 404
    today = timezone.localdate()
    for wrong in (f"{today.year}/{today.month}", "2026/13", "1999/1", f"{date.max.year}/1"):
        assert manager.get(f"/people/care-given/{world.home.pk}/{wrong}/").status_code == 404


def test_the_staff_list_needs_the_same_few_queries_for_one_and_for_many(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    admin = client_of(world, "administrator")
    admin.get("/people/")
    with CaptureQueriesContext(connection) as before:
        admin.get("/people/")
    for n in range(5):
        new_staff(world, admin, f"Extra Person {n}")
    with CaptureQueriesContext(connection) as after:
        admin.get("/people/")
    assert len(after) == len(before)
    assert len(after) <= 24
