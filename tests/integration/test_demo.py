"""The demonstration: real operations, only in a database of its own, and a start page that no other place serves."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from heedful.demo import cast, load, sign_ins
from heedful.foundation.access.models import Installation
from heedful.foundation.access.roles import Role
from heedful.foundation.ledger import verify
from heedful.foundation.notices import queries as notices
from heedful.foundation.people import operations as people
from heedful.foundation.people.imported import organisation_with_code
from heedful.loop.incidents import queries as incidents
from heedful.oversight.today import needs
from tests.support import demonstration
from tests.support.signing_in import code_step, has_session, password_step

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}


@pytest.fixture(scope="module")
def built() -> load.Built:
    return demonstration.larkrise()


@pytest.fixture
def demo(settings, built: load.Built) -> Iterator[None]:  # type: ignore[no-untyped-def]
    settings.HEEDFUL_DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    with demonstration.marked():
        yield


def needed_by(built: load.Built, key: str) -> list[str]:
    viewer = built.world.viewer(built.world.accounts[key].pk)
    with built.world.use():
        found = needs.of(viewer, now=timezone.now(), end_of_day=timezone.now() + timedelta(days=1))
    return [need.title for need in (*found.now, *found.later)]


# --- the start page -------------------------------------------------------------------------------------------------


def test_the_start_page_gives_every_role_a_name_the_password_and_the_code_of_now(demo: None) -> None:
    page = Client().get("/demo/", **HERE).content.decode()
    for part in cast.CAST:
        assert part.username in page
    assert sign_ins.password() in page
    answer = Client().get("/demo/codes/", **HERE).json()
    assert set(answer["codes"]) == {part.key for part in cast.CAST}
    assert all(len(one["code"]) == 6 for one in answer["codes"].values())
    assert 0 < answer["seconds"] <= 30


@pytest.mark.parametrize("path", ["/demo/", "/demo/codes/"])
@pytest.mark.parametrize(
    "place",
    [
        {"REMOTE_ADDR": "10.0.0.5"},
        {"REMOTE_ADDR": "10.0.0.5", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "care.example.org"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1.example.org"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "::ffff:10.0.0.5"},
    ],
)
def test_from_anywhere_else_the_page_does_not_exist(demo: None, path: str, place: dict[str, str]) -> None:
    absent = Client().get("/no-such-page/", **(HERE | place))
    answer = Client().get(path, **(HERE | place))
    assert answer.status_code == 404
    assert sign_ins.password() not in answer.content.decode()
    assert len(answer.content) == len(absent.content)


def test_a_database_that_is_not_marked_serves_no_start_page(settings, built: load.Built) -> None:  # type: ignore[no-untyped-def]
    settings.HEEDFUL_DEMO = True
    with demonstration.marked(demo=False):
        assert Client().get("/demo/", **HERE).status_code == 404
        assert Client().get("/demo/codes/", **HERE).status_code == 404


def test_a_marked_database_without_the_setting_serves_none_either(settings, built: load.Built) -> None:  # type: ignore[no-untyped-def]
    settings.HEEDFUL_DEMO = False
    with demonstration.marked():
        assert Client().get("/demo/", **HERE).status_code == 404
        assert "demonstration" not in Client().get("/account/login/", **HERE).content.decode()


def test_every_page_of_a_demonstration_says_so(demo: None) -> None:
    page = Client().get("/account/login/", **HERE).content.decode()
    assert "A demonstration: everybody here is invented." in page
    assert 'href="/demo/"' in page


def test_a_code_signs_in_once_and_the_page_says_to_wait_for_the_next(demo: None) -> None:
    part = cast.part("commissioner")
    code = Client().get("/demo/codes/", **HERE).json()["codes"][part.key]["code"]
    first, second = Client(**HERE), Client(**HERE)
    for client in (first, second):
        password_step(client, part.username, sign_ins.password())
    code_step(first, code)
    code_step(second, code)
    assert has_session(first)
    assert not has_session(second)
    assert Client().get("/demo/codes/", **HERE).json()["codes"][part.key]["used"]
    assert "used already" in Client().get("/demo/", **HERE).content.decode()


# --- where it may be loaded -----------------------------------------------------------------------------------------


def test_it_is_loaded_only_where_the_demonstration_runs(settings) -> None:  # type: ignore[no-untyped-def]
    settings.HEEDFUL_DEMO = False
    with pytest.raises(load.NotHere):
        load.load_demo(demonstration.quiet)


def test_it_is_never_loaded_beside_another_organisation(settings) -> None:  # type: ignore[no-untyped-def]
    settings.HEEDFUL_DEMO = True
    people.found_organisation(code=f"real-{uuid4().hex[:8]}", name="A real provider", at=timezone.now())
    with pytest.raises(load.NotHere):
        load.load_demo(demonstration.quiet)
    assert not Installation.objects.filter(demo=True).exists()


def test_a_second_start_finds_it_and_does_nothing(settings, built: load.Built) -> None:  # type: ignore[no-untyped-def]
    settings.HEEDFUL_DEMO = True
    with demonstration.marked():
        assert load.load_demo(demonstration.quiet) is False


def test_an_interrupted_load_leaves_nothing_behind() -> None:
    class Interrupted(Exception):
        pass

    def interrupt(part: float, what: str) -> None:
        if part > 0.1:
            raise Interrupted(what)

    code = f"cut-{uuid4().hex[:8]}"
    with pytest.raises(Interrupted), transaction.atomic():
        load.build(code, timezone.now(), interrupt, scale=0.0)
    assert organisation_with_code(code) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_account WHERE username LIKE %s", [f"{code}/%"])
        assert cursor.fetchone() == (0,)


# --- what is in it --------------------------------------------------------------------------------------------------


def test_its_ledger_verifies(built: load.Built) -> None:
    with built.world.use():
        assert verify.verify(built.world.organisation.pk).whole


def test_everybody_on_the_start_page_may_act(built: load.Built) -> None:
    for part in cast.CAST:
        assert built.world.viewer(built.world.accounts[part.key].pk).roles == {part.role}


def test_registered_managers_find_real_work_today(built: load.Built) -> None:
    for key in ("gethin", "amira", "morwen", "kofi"):
        assert needed_by(built, key), key
    assert any("question" in title for title in needed_by(built, "joss"))
    assert any("name" in title for title in needed_by(built, "imelda"))


def test_a_manager_named_as_source_is_shut_out_and_the_lead_decides(built: load.Built) -> None:
    words = "Mr Popplewick says the manager shouted"
    with built.world.use():
        for key, sees in (("morwen", False), ("imelda", True), ("agnieszka", True)):
            viewer = built.world.viewer(built.world.accounts[key].pk)
            assert incidents.visible_to(viewer).filter(words__startswith=words).exists() is sees, key
    assert any("Popplewick" in title for title in needed_by(built, "imelda"))


def test_somebody_is_on_duty_everywhere_now(built: load.Built) -> None:
    with built.world.use():
        for house in built.world.houses.values():
            assert notices.on_duty(house.service.pk, timezone.now()), house.place.name


def test_what_was_imported_started_nothing_and_what_is_live_was_decided(built: load.Built) -> None:
    lead = built.world.viewer(built.world.accounts["imelda"].pk)
    with built.world.use():
        seen = incidents.visible_to(lead)
        assert built.history == seen.filter(source="history").count() > 0
        assert set(seen.filter(source="history").values_list("status", flat=True)) == {"recorded"}
        assert seen.filter(source="live", status="triaged").count() > 30
        assert not seen.filter(source="live", recorded_at__gt=built.world.now).exists()


def test_the_administrator_reads_no_case(built: load.Built) -> None:
    lorna = built.world.viewer(built.world.accounts["lorna"].pk)
    assert lorna.roles == {Role.ADMINISTRATOR}
    with built.world.use():
        assert not incidents.visible_to(lorna).exists()
