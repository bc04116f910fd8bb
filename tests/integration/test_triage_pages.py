"""The pages of triage: nothing typed is lost, errors stand at their field, and who may not see sees nothing."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from heedful.foundation.access import tenant
from heedful.loop.duties import operations as duties
from heedful.loop.duties import queries, reading
from heedful.loop.duties.models import Triage
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents import queries as events
from heedful.loop.incidents.models import Event
from tests.support.signing_in import sign_in
from tests.support.triaging import WHY, fall, shown
from tests.support.world import World, make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(at=timezone.now() - timedelta(days=200))


@pytest.fixture
def manager(world: World) -> Client:
    return sign_in(Client(), world.accounts["registered_manager"])


def test_the_picture_shows_their_words_the_suggestion_and_its_reasons(world: World, manager: Client) -> None:
    event = fall(world, words="Found him on the floor by the window, smiling.", harm_body="severe")
    html = manager.get(f"/decide/{event.pk}/").content.decode()
    assert "by the window, smiling" in html
    assert "Enquiry" in html
    assert "severely harmed" in html
    assert html.index("by the window, smiling") < html.index("We suggest")


def test_deciding_as_suggested_needs_only_a_reason(world: World, manager: Client) -> None:
    event = fall(world)
    page = manager.get(f"/decide/{event.pk}/")
    answer = manager.post(f"/decide/{event.pk}/", shown(page) | {"why": WHY, "decide": "1", "title": "A fall"})
    assert answer.status_code == 302
    with world.use():
        row = queries.triage_of(event.pk)
        assert row is not None
        assert (row.why, row.level) == (WHY, row.suggested)
        assert Event.objects.get(pk=event.pk).title == "A fall"
    sheet = manager.get(answer["Location"]).content.decode()
    assert "We decided" in sheet
    assert WHY in sheet


def test_a_missing_reason_is_said_at_its_field_and_nothing_typed_is_lost(world: World, manager: Client) -> None:
    event = fall(world)
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"title": "Slid from the blue chair", "level": "L3"}
    page = manager.post(f"/decide/{event.pk}/", sent | {"why": "", "decide": "1", "about_complaint": "yes"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "<title>Error:" in html
    assert 'href="#id_why"' in html
    assert 'href="#id_about_complaint_why"' in html
    assert "Slid from the blue chair" in html
    assert shown(page)["level"] == "L3"
    assert shown(page)["about_complaint"] == "yes"
    with world.use():
        assert queries.triage_of(event.pk) is None


def test_updating_the_suggestion_keeps_every_answer_and_follows_what_only_followed(
    world: World, manager: Client
) -> None:
    event = fall(world)
    before = shown(manager.get(f"/decide/{event.pk}/"))
    assert before["level"] != "L3"
    assert before["about_safeguarding_concern"] == "no"
    sent = before | {"harm_to_body": "severe", "why": WHY, "about_complaint": "unsure", "update": "1"}
    page = manager.post(f"/decide/{event.pk}/", sent)
    after = shown(page)
    assert after["level"] == "L3"
    assert after["about_safeguarding_concern"] == "yes"
    assert after["about_complaint"] == "unsure"
    assert after["harm_to_body"] == "severe"
    assert WHY in page.content.decode()
    assert "govuk-error-message" not in page.content.decode()


def test_a_suggestion_that_moved_is_not_decided_unseen(world: World, manager: Client) -> None:
    event = fall(world)
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"harm_to_body": "severe", "why": WHY, "decide": "1"}
    page = manager.post(f"/decide/{event.pk}/", sent)
    assert page.status_code == 200
    assert "changed what we suggest. It is now Enquiry" in page.content.decode()
    sent = shown(page) | {"about_cqc_notification": "unsure", "about_duty_of_candour": "unsure", "decide": "1"}
    assert manager.post(f"/decide/{event.pk}/", sent | {"why": WHY}).status_code == 302
    with world.use():
        row = queries.triage_of(event.pk)
        assert row is not None and (row.level, row.suggested) == ("L3", "L3")


def test_answers_that_contradict_each_other_are_said_at_the_field(world: World, manager: Client) -> None:
    event = fall(world)
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"why": WHY, "decide": "1"}
    page = manager.post(f"/decide/{event.pk}/", sent | {"harm_to_body": "fatal", "death": "no"}).content.decode()
    assert "nobody died. Change one of the two" in page
    page = manager.post(f"/decide/{event.pk}/", sent | {"signs": ["none", "danger_now"]}).content.decode()
    assert "none of these” and something else" in page
    with world.use():
        assert queries.triage_of(event.pk) is None


@pytest.mark.parametrize("field", ["why", "title", "about_complaint_why"])
def test_nul_and_direction_marks_do_no_harm(world: World, manager: Client, field: str) -> None:
    event = fall(world)
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"why": WHY, "decide": "1"}
    page = manager.post(f"/decide/{event.pk}/", sent | {field: "Before\0after \u202eback"})
    assert page.status_code == 200
    assert "cannot be stored" in page.content.decode()


def test_pressing_twice_is_one_decision(world: World, manager: Client) -> None:
    event = fall(world)
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"why": WHY, "decide": "1"}
    assert [manager.post(f"/decide/{event.pk}/", sent).status_code for _ in range(2)] == [302, 302]
    with world.use():
        assert Triage.objects.filter(event_id=event.pk).count() == 1


def test_the_second_of_two_managers_is_told_and_their_words_are_kept(world: World, manager: Client) -> None:
    event = fall(world)
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    pages = {client: shown(client.get(f"/decide/{event.pk}/")) for client in (manager, lead)}
    first = manager.post(f"/decide/{event.pk}/", pages[manager] | {"why": WHY, "decide": "1"})
    assert first.status_code == 302
    second = lead.post(f"/decide/{event.pk}/", pages[lead] | {"why": "I would look wider.", "decide": "1"})
    html = second.content.decode()
    assert "while you were reading" in html
    assert "I would look wider." in html
    assert WHY in html
    with world.use():
        assert Triage.objects.filter(event_id=event.pk).count() == 1


def test_two_decisions_at_the_same_moment_are_one_and_a_refusal(world: World) -> None:
    event = fall(world)
    start, said = Barrier(2), []
    people = [world.viewer("registered_manager"), world.viewer("safeguarding_lead")]

    def decide(viewer: Any) -> None:
        with tenant.use(world.organisation.id):
            suggested = reading.suggest(events.event(event.pk, viewer=viewer), viewer=viewer)
        answers = tuple(
            duties.Answered(one.classification, "no" if one.answer == "ask" else one.answer, "Looked.")
            for one in suggested.classifications
        )
        decision = duties.Decision(level=suggested.level, why=WHY, classifications=answers, after=0)
        start.wait()
        try:
            with tenant.use(world.organisation.id):
                duties.triage(event_id=event.pk, decision=decision, by=viewer, at=timezone.now())
            said.append("decided")
        except duties.DecidedMeanwhile:
            said.append("told")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["decided", "told"]


def test_a_report_that_was_corrected_meanwhile_is_read_again_first(world: World, manager: Client) -> None:
    event = fall(world)
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"why": WHY, "decide": "1"}
    with world.use():
        incidents.correct(
            event_id=event.pk,
            changes={"words": "He fell from the bed, and his head bled."},
            why="I remembered more.",
            by=world.viewer("care_worker"),
            at=timezone.now(),
        )
    page = manager.post(f"/decide/{event.pk}/", sent).content.decode()
    assert "was changed while you were reading" in page
    assert "his head bled" in page
