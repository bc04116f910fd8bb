"""The demonstration: real operations, only in a database of its own, and a start page that no other place serves."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from heedful.demo import cast, load, sign_ins, story_pages, understanding
from heedful.foundation.access.models import Installation
from heedful.foundation.access.roles import Role
from heedful.foundation.ledger import verify
from heedful.foundation.notices import queries as notices
from heedful.foundation.people import operations as people
from heedful.foundation.people.imported import organisation_with_code
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries as audits
from heedful.loop.audits import rules as sampling
from heedful.loop.effects import queries as effects
from heedful.loop.effects import rules as months
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews import queries as reviews
from heedful.oversight.governance import pack as packs
from heedful.oversight.governance.queries import meetings as governance
from heedful.oversight.governance.queries import scope as scopes
from heedful.oversight.today import needs
from tests.support import demonstration
from tests.support.signing_in import code_step, has_session, password_step, sign_in

MANAGERS = ("gethin", "tunde", "amira", "morwen", "kofi")
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
        assert seen.filter(source="live", status__in=["triaged", "answered"]).count() > 30
        assert not seen.filter(source="live", recorded_at__gt=built.world.now).exists()


def test_the_administrator_reads_no_case(built: load.Built) -> None:
    lorna = built.world.viewer(built.world.accounts["lorna"].pk)
    assert lorna.roles == {Role.ADMINISTRATOR}
    with built.world.use():
        assert not incidents.visible_to(lorna).exists()


# --- worked stories ---------------------------------------------------------------------------------------------------


def page_of(built: load.Built, key: str, path: str) -> str:
    client = sign_in(Client(), built.world.accounts[key])
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(strip_tags(answer.content.decode()).split())


def test_managers_have_looked_into_what_they_decided_and_few_reviews_wait(built: load.Built) -> None:
    today = understanding.day_of(built.world.now)
    with built.world.use():
        for key in MANAGERS:
            viewer = built.world.viewer(built.world.accounts[key].pk)
            waiting = reviews.due(viewer, built.world.now)
            assert len(waiting) <= 4, key
            assert all(one.review.due_on >= today - timedelta(days=1) for one in waiting), key
    for key in MANAGERS:
        assert len(needed_by(built, key)) <= 14, key


def test_the_first_answer_about_the_missed_tablet_stopped_at_a_person_and_one_more_question_came(
    built: load.Built,
) -> None:
    viewer = built.world.viewer(built.world.accounts["tunde"].pk)
    with built.world.use():
        event_id = missed_tablet(built)
        (row,) = reviews.reviews_of(event_id, viewer)
        assert row.what_made_it_likely == "Staff error."
        assert row.beneath.startswith("Handover is verbal only")
        assert row.closed_at is not None
        assert not row.individual_only


def test_forty_in_time_of_two_hundred_and_twelve_still_leaves_seven_in_a_hundred_open(
    demo: None, built: load.Built
) -> None:
    page = page_of(built, "tunde", story_pages.addresses()[story_pages.CHECK])
    assert "0 of 40" in page
    assert "as high as 7%" in page


def test_the_sample_can_be_drawn_again_by_anybody_from_its_seed(built: load.Built) -> None:
    viewer = built.world.viewer(built.world.accounts["imelda"].pk)
    with built.world.use():
        row = next(one for one in audits.finished(viewer) if one.population_size == 212)
        drawn = tuple(item.number for item in audits.items_of(row))
        assert drawn == sampling.sample(row.seed, 212, 40)


def test_after_a_month_it_is_too_early_to_say_whether_the_handover_helped(demo: None, built: load.Built) -> None:
    viewer = built.world.viewer(built.world.accounts["tunde"].pk)
    with built.world.use():
        event_id = missed_tablet(built)
        measured = [one for one in actions.actions_of(viewer=viewer, event_id=event_id) if one.series_key]
        assert [one.known_outcome for one in measured] == [""]
        assert [one.state for one in measured] == ["verified"]
        planned = [one for one in audits.audits_of(viewer=viewer, action_id=measured[0].pk) if one.state == "planned"]
        weeks = sorted((one.due_on - measured[0].starts_on).days for one in planned)
        assert weeks == [42, 182]


def test_nine_falls_and_three_other_kinds_are_one_theme_with_one_plan_outstanding(
    demo: None, built: load.Built
) -> None:
    viewer = built.world.viewer(built.world.accounts["amira"].pk)
    with built.world.use():
        (line,) = [one for one in reviews.themes(viewer) if one.theme.name.startswith("Falls at night")]
        assert line.events == 12
        made = actions.actions_of(viewer=viewer, theme_id=line.theme.pk)
        assert sorted(one.strength for one in made) == ["stronger", "stronger", "weaker"]
        (plans,) = [one for one in made if one.kind == "reminder"]
        assert [one.person.name for one in actions.outstanding(plans)] == ["Horace Ibbotsford"]
        assert len(actions.plans_of(plans)) == 7
        assert not actions.overdue(viewer, built.world.now)


def test_the_five_weeks_of_falls_are_no_part_of_what_is_usual(demo: None, built: load.Built) -> None:
    viewer = built.world.viewer(built.world.accounts["suresh"].pk)
    with built.world.use():
        (aim,) = [one for one in effects.aims() if one.series_key == "fall"]
        first, last = (months.month_of(day) for day in (aim.trigger_from, aim.trigger_to) if day)
        kept = effects.verdicts_of(aim.action_id, viewer)
        assert len(kept) >= 3
        finding = kept[-1].finding
        assert finding.baseline[1] < first <= finding.spell[0] <= finding.spell[1] <= last < finding.start
        assert finding.spell_events >= 9
        assert finding.low is not None
        assert finding.high is not None


def test_the_start_page_leads_to_the_finished_stories(demo: None, built: load.Built) -> None:
    page = Client().get("/demo/", **HERE).content.decode()
    found = story_pages.addresses()
    assert set(found) == {story_pages.THEME, story_pages.VERDICT, story_pages.CASE, story_pages.CHECK}
    assert all(f'href="{address}"' in page for address in found.values())
    for key, name in (("amira", story_pages.THEME), ("suresh", story_pages.VERDICT), ("tunde", story_pages.CASE)):
        page_of(built, key, found[name])


def missed_tablet(built: load.Built) -> UUID:
    lead = built.world.viewer(built.world.accounts["imelda"].pk)
    found: UUID = incidents.visible_to(lead).get(words__startswith="Mr Pargeter's six o'clock").pk
    return found


# --- the board ------------------------------------------------------------------------------------------------------


def test_the_board_says_what_came_of_both_stories_and_minutes_tell_of_both(
    built: load.Built,
) -> None:
    viewer = built.world.viewer(built.world.accounts["imelda"].pk)
    with built.world.use():
        scope = scopes.scope(viewer, timezone.now(), length=12)
        assert scope is not None
        page = packs.pack(scope)
        meeting, of_the_falls = governance.meetings(viewer)
        (decision,) = governance.decisions_of(meeting, viewer)
        (weekends,) = governance.decisions_of(of_the_falls, viewer)
    assert of_the_falls.agreed_by == viewer.account_id != of_the_falls.written_by
    assert "fewer was expected anyway" in of_the_falls.said and weekends.theme_id
    assert meeting.agreed_by == viewer.account_id != meeting.written_by
    assert "7 in 100" in meeting.said and decision.action_id
    sampled = [change for change in page.changes if str(decision.action_id) == change.action_id]
    assert "0 of 40 were not as asked." in " ".join(sampled[0].proof)
    assert sampled[0].answer == "not_enough"
    assert any("Falls" in one.what for one in page.themes)
    assert page.heading and page.lead and page.charts
