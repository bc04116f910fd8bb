"""The pages of changes and checks: errors at their fields, nothing typed is lost, nobody sees what is not theirs."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from heedful.loop.actions import operations, queries
from heedful.loop.actions.models import Action
from heedful.loop.audits import operations as audits
from heedful.loop.audits.models import Audit
from heedful.loop.incidents.operations import Named
from tests.support.acting import agreed as agreed_then
from tests.support.acting import reviewed as reviewed_then
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world
from tests.unit.files import corpus

WORDS = "A written checklist goes from shift to shift, chart by chart."


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(at=timezone.now() - timedelta(days=1, hours=2))


@pytest.fixture
def manager(world: World) -> Client:
    return sign_in(Client(), world.accounts["registered_manager"])


@pytest.fixture
def leader(world: World) -> Client:
    return sign_in(Client(), world.accounts["team_leader"])


def now() -> Any:
    return timezone.now()


def today() -> date:
    return timezone.localdate()


def review(world: World, **said: Any) -> str:
    return str(reviewed_then(world, at=now() - timedelta(hours=1), **said).pk)


def agreed(world: World, **said: Any) -> Action:
    days = [today() + timedelta(days=days) for days in (17, 56)]
    whole = {"due_on": today() + timedelta(days=14), "starts_on": today() + timedelta(days=14), "reaudit_on": days}
    return agreed_then(world, review(world), at=now(), **{**whole, **said})


def parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def typed(world: World, **said: str) -> dict[str, Any]:
    whole = {
        "client_key": str(uuid4()),
        "what_will_differ": WORDS,
        "kind": "checklist",
        "series_key": "fall",
        "direction": "fewer",
        "per_cent": "30",
        "lead_id": str(world.staff["team_leader"].pk),
        "reaudit_question": "Was the checklist read aloud?",
        "reaudit_wanted": "90",
        "reaudits": ["first_days", "six_weeks"],
        **parts("due_on", today() + timedelta(days=14)),
        **parts("starts_on", today() + timedelta(days=14)),
    }
    return {**whole, **said}


def errors(html: str) -> dict[str, str]:
    """Field -> what stands beside it, from the error summary's links."""
    found = re.findall(r'<a href="#id_(\w+?)(?:-\w+|_\d+)?">(.*?)</a>', html, re.DOTALL)
    return {name: unescape(text).strip() for name, text in found}


def test_a_change_is_agreed_and_its_lead_finds_it(world: World, manager: Client, leader: Client) -> None:
    where = f"/actions/new?review={review(world)}"
    page = manager.get(where).content.decode()
    assert "Changes the system" in page
    assert "Relies on memory" in page
    assert page.index("Change the building or room") < page.index("Remind staff")
    answer = manager.post(where, typed(world))
    assert answer.status_code == 302, errors(answer.content.decode())
    shown = manager.get(answer["Location"]).content.decode()
    assert WORDS in shown
    assert "At most 70 where 100 would have been usual" in shown
    assert WORDS in leader.get("/actions/").content.decode()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"lead_id": ""}, "lead_id", "nobody leads"),
        (parts("due_on", date(2026, 1, 1)), "due_on", "This day is over"),
        (parts("starts_on", date(2026, 1, 1)), "starts_on", "This day is over"),
        ({"per_cent": "-30"}, "per_cent", "wrong side"),
        ({"per_cent": "a third"}, "per_cent", "whole number"),
        ({"direction": "more"}, "direction", "not be better"),
        ({"series_key": "none"}, "not_measured_why", "cannot be counted"),
        ({"kind": ""}, "kind", "what kind of change"),
        ({"kind": "reminder"}, "weak_reason", "relies on memory"),
        ({"reaudits": []}, "reaudits", "at least one day"),
        ({"reaudit_wanted": "101"}, "reaudit_wanted", "from 1 to 99"),
        ({"what_will_differ": ""}, "what_will_differ", "different on a shift"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, manager: Client, said: dict[str, Any], field: str, words: str
) -> None:
    sent = typed(world, **said)
    page = manager.post(f"/actions/new?review={review(world)}", sent)
    html = page.content.decode()
    assert page.status_code == 422
    assert "<title>Error:" in html
    found = errors(html)
    assert words in found[field], found
    assert sent["what_will_differ"] in html
    assert "Was the checklist read aloud?" in html
    with world.use():
        assert not Action.objects.filter(client_key=sent["client_key"]).exists()


def test_a_weak_plan_is_challenged_where_it_is_agreed_and_accepted_with_a_reason(world: World, manager: Client) -> None:
    where = f"/actions/new?review={review(world)}"
    page = manager.post(where, {**typed(world, kind="reminder"), "step": "change"}).content.decode()
    assert "This plan relies on memory" in page and "relies on memory" in errors(page)["weak_reason"]
    answer = manager.post(where, typed(world, kind="reminder", weak_reason="The rail comes in May."))
    assert answer.status_code == 302
    assert "The rail comes in May." in manager.get(answer["Location"]).content.decode()
    inside = manager.post(where, typed(world, kind="forcing"))
    assert inside.status_code == 302
    assert (
        "This plan relies on memory"
        not in manager.post(where, typed(world, kind="training", lead_id="")).content.decode()
    )


def test_whose_plans_must_say_it_is_chosen_already(world: World, manager: Client) -> None:
    named = (Named(part="affected", person_id=world.people[0].pk),)
    where = f"/actions/new?review={review(world, involved=named)}"
    first = manager.get(where).content.decode()
    html = manager.post(where, {**sent_by(first), **typed(world), "step": "aim"}).content.decode()
    box = re.search(rf'<input[^>]*name="person_ids"[^>]*value="{world.people[0].pk}"[^>]*>', html)
    assert box
    assert "checked" in box.group()


def sent_by(html: str) -> dict[str, Any]:
    """What the page's form would send: hidden fields, typed words, what is ticked and chosen."""
    form = html[html.index('<form method="post" novalidate') :]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form[: form.index("</form>")]):
        kind, name = re.search(r'type="(\w+)"', tag), re.search(r'name="(\w+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if not name or (kind and kind[1] in ("radio", "checkbox") and " checked" not in tag):
            continue
        sent.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, words in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [unescape(words.removeprefix("\n"))]
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)"[^>]* selected', options)[:1]
    return sent


def test_four_steps_keep_all_that_was_given_forward_and_back(world: World, manager: Client) -> None:
    """Each page sends only what it shows and what it carries; nothing else knows what was typed."""
    where, whole = f"/actions/new?review={review(world)}", typed(world)
    told_by = {
        "change": ("what_will_differ", "kind"),
        "aim": ("series_key", "direction", "per_cent"),
        "who": ("lead_id", *parts("starts_on", today()), *parts("due_on", today())),
        "again": ("reaudit_question", "reaudit_wanted", "reaudits"),
    }
    html = manager.get(where).content.decode()
    for step, names in told_by.items():
        assert f'name="step" value="{step}"' in html
        sent = {**sent_by(html), **{name: whole[name] for name in names}}
        html = manager.post(where, sent).content.decode()
    assert "<h1" in html and "Check before it is agreed" in html
    back = manager.post(where, {**sent_by(html), "back_to": "who"}).content.decode()
    assert 'name="step" value="who"' in back and "There is a problem" not in back
    kept = sent_by(back)
    for name in (name for names in told_by.values() for name in names):
        assert kept[name] == (whole[name] if isinstance(whole[name], list) else [whole[name]]), name
    answer = manager.post(where, {name: value for name, value in sent_by(html).items() if name != "step"})
    assert answer.status_code == 302 and WORDS in manager.get(answer["Location"]).content.decode()


def test_a_step_says_only_what_is_wrong_in_it_and_what_came_before(world: World, manager: Client) -> None:
    where = f"/actions/new?review={review(world)}"
    sent = typed(world, what_will_differ="", per_cent="-30", lead_id="")
    assert set(errors(manager.post(where, {**sent, "step": "change"}).content.decode())) == {"what_will_differ"}
    sent["what_will_differ"] = WORDS
    page = manager.post(where, {**sent, "step": "change"})
    assert page.status_code == 200 and errors(page.content.decode()) == {}
    assert set(errors(manager.post(where, {**sent, "step": "who"}).content.decode())) == {"per_cent"}


def test_an_address_that_names_nothing_leads_somewhere(world: World, manager: Client) -> None:
    assert manager.get("/actions/new").status_code == 302
    assert manager.get("/actions/new?review=nonsense").status_code == 302
    assert manager.get(f"/actions/new?review={uuid4()}").status_code == 404
    assert manager.get(f"/actions/new?theme={uuid4()}").status_code == 404


def test_done_with_a_photo_then_checked_by_another_person(world: World, manager: Client, leader: Client) -> None:
    action = agreed(world)
    where = f"/actions/{action.pk}/"
    nothing = leader.post(f"{where}done/", {"client_key": str(uuid4()), "words": ""})
    assert "what shows that it is in place" in errors(nothing.content.decode())["words"]
    file = SimpleUploadedFile("desk.jpg", corpus.picture(), content_type="image/jpeg")
    sent = leader.post(f"{where}done/", {"client_key": str(uuid4()), "words": "", "file": file})
    assert sent.status_code == 302, sent.content.decode()
    page = manager.get(f"{where}check/").content.decode()
    assert "desk.jpg" in page
    assert leader.get(f"{where}check/").status_code == 403
    missing = manager.post(f"{where}check/", {"answer": "send_back", "why": ""})
    assert "what is missing" in errors(missing.content.decode())["why"]
    assert manager.post(f"{where}check/", {"answer": "verify"}).status_code == 302
    assert "Checked by" in manager.get(where).content.decode()


def test_the_lead_is_told_why_somebody_else_checks(world: World, manager: Client) -> None:
    action = agreed(world, lead_id=world.staff["registered_manager"].pk)
    with world.use():
        operations.say_done(action_id=action.pk, words="There.", by=world.viewer("registered_manager"), at=now())
    assert "somebody else has to check it" in manager.get(f"/actions/{action.pk}/check/").content.decode()
    refused = manager.post(f"/actions/{action.pk}/check/", {"answer": "verify"})
    assert refused.status_code == 422
    assert "somebody else has to check it" in refused.content.decode()


def test_more_time_another_aim_and_dropping_each_say_what_is_missing(world: World, manager: Client) -> None:
    action = agreed(world)
    where = f"/actions/{action.pk}/"
    early = manager.post(f"{where}more-time/", {"reason": "No rail.", **parts("due_on", today())})
    assert "after the one it has now" in errors(early.content.decode())["due_on"]
    assert "No rail." in early.content.decode()
    later = {"reason": "No rail.", **parts("due_on", today() + timedelta(days=20))}
    assert manager.post(f"{where}more-time/", later).status_code == 302
    assert "once" in manager.get(where).content.decode()
    aim = manager.post(f"{where}aim/", {"series_key": "fall", "direction": "fewer", "per_cent": "-5"})
    assert "wrong side" in errors(aim.content.decode())["per_cent"]
    assert (
        manager.post(f"{where}aim/", {"series_key": "fall", "direction": "fewer", "per_cent": "50"}).status_code == 302
    )
    assert "Say why" in errors(manager.post(f"{where}drop/", {"why": ""}).content.decode())["why"]
    assert manager.post(f"{where}drop/", {"why": "Sold."}).status_code == 302


def test_from_the_first_day_on_the_page_says_why_the_aim_stands(world: World, manager: Client) -> None:
    action = agreed(world, starts_on=today(), reaudit_on=[today() + timedelta(days=3)])
    html = manager.get(f"/actions/{action.pk}/").content.decode()
    assert "Nobody can change it now" in html
    refused = manager.post(f"/actions/{action.pk}/aim/", {"series_key": "fall", "direction": "fewer", "per_cent": "50"})
    assert refused.status_code == 422
    assert "fixed before that day" in unescape(refused.content.decode())


def test_a_care_worker_who_leads_sees_the_change_and_no_way_to_the_case(world: World) -> None:
    action = agreed(world, lead_id=world.staff["colleague"].pk)
    client = sign_in(Client(), world.accounts["colleague"])
    html = client.get(f"/actions/{action.pk}/").content.decode()
    assert WORDS in html
    assert "What it answers" not in html
    assert f"/reviews/{action.review_id}/" not in html
    assert client.get(f"/actions/{action.pk}/more-time/").status_code == 403
    stranger = sign_in(Client(), world.accounts["care_worker"])
    assert stranger.get(f"/actions/{action.pk}/").status_code == 404
    assert WORDS not in stranger.get("/actions/").content.decode()


def test_the_case_tells_what_is_changed_in_its_story(world: World, manager: Client) -> None:
    action = agreed(world)
    with world.use():
        (event,) = queries.subject_of(Action.objects.select_related("review").get(pk=action.pk)).event_ids
    html = manager.get(f"/cases/{event}/").content.decode()
    assert "What is changed" in html
    assert "agreed what will be different" in html
    elsewhere = sign_in(Client(), world.accounts["manager_elsewhere"])
    assert elsewhere.get(f"/cases/{event}/").status_code == 404


# --- checks ----------------------------------------------------------------------------------------------------


def check_of(world: World) -> Audit:
    action = agreed(world)
    with world.use():
        return audits.schedule(action_id=action.pk, by=world.system, at=now())[0]


def test_a_sample_is_drawn_answered_one_by_one_and_says_what_it_cannot_exclude(world: World, manager: Client) -> None:
    check = check_of(world)
    where = f"/audits/{check.pk}/"
    sent = {"population_words": "Visits, 1 to 14 June", "given": "numbered", "population_size": "212"}
    large = manager.post(f"{where}draw/", {**sent, "sample_size": "213"})
    assert large.status_code == 422
    assert "larger than the population" in errors(large.content.decode())["sample_size"]
    assert "Visits, 1 to 14 June" in large.content.decode()
    assert manager.post(f"{where}draw/", {**sent, "sample_size": "40"}).status_code == 302
    page = manager.get(where).content.decode()
    assert "0 of 40 answered" in page
    assert "sha256sum" in page
    for place in range(1, 41):
        answer = manager.post(f"{where}{place}/", {"answer": "yes", "note": ""})
        assert answer.status_code == 302
    assert answer["Location"] == where
    assert manager.post(f"{where}finish/").status_code == 302
    html = unescape(manager.get(where).content.decode())
    assert "0 of 40 were not as asked." in html
    assert "could still be as high as 7%" in html
    assert "As good as wanted" in html


def test_a_small_sample_is_said_to_be_too_small(world: World, manager: Client) -> None:
    check = check_of(world)
    where = f"/audits/{check.pk}/"
    sent = {"population_words": "Visits", "given": "listed", "listed": "V1\nV2\nV3", "sample_size": "3"}
    assert manager.post(f"{where}draw/", sent).status_code == 302
    assert "Choose yes, no" in errors(manager.post(f"{where}1/", {"note": "x"}).content.decode())["answer"]
    for place in (1, 2, 3):
        manager.post(f"{where}{place}/", {"answer": "yes", "note": ""})
    manager.post(f"{where}finish/")
    html = manager.get(where).content.decode()
    assert "Too small to be sure" in html
    assert "At least 29 are needed" in html


def test_finishing_too_soon_and_letting_go_alone_are_refused_with_the_reason(world: World, manager: Client) -> None:
    check = check_of(world)
    where = f"/audits/{check.pk}/"
    sent = {"population_words": "Visits", "given": "numbered", "population_size": "5", "sample_size": "2"}
    manager.post(f"{where}draw/", sent)
    assert "have no answer yet" in manager.post(f"{where}finish/").content.decode()
    assert manager.post(f"{where}cancel/", {"why": "The home closes."}).status_code == 302
    own = manager.post(f"{where}cancel/", {})
    assert own.status_code == 422
    assert "somebody else has to agree" in own.content.decode()
    quality = sign_in(Client(), world.accounts["safeguarding_lead"])
    assert "Let this check go?" in quality.get("/").content.decode()
    assert quality.post(f"{where}cancel/", {}).status_code == 302
    assert "Let go" in quality.get(where).content.decode()


def test_a_spot_check_of_an_action_is_planned_with_a_day(world: World, manager: Client) -> None:
    action = agreed(world)
    where = f"/audits/new?action={action.pk}"
    first = manager.get(where).content.decode()
    assert "Was the checklist read aloud?" in first
    sent = {"client_key": str(uuid4()), "question": "Read?", "wanted": "90", **parts("due_on", date(2026, 1, 1))}
    assert "This day is over" in errors(manager.post(where, sent).content.decode())["due_on"]
    assert manager.post(where, {**sent, **parts("due_on", today() + timedelta(days=2))}).status_code == 302
