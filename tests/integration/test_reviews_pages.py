"""Pages of reviews and themes: nothing typed is lost, errors stand at their field, who may not see sees nothing."""

from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.policies import Level
from heedful.loop.reviews import operations
from heedful.loop.reviews.models import Review, Theme
from tests.support.reports import told
from tests.support.reviews import LATER, decide, finish, open_theme, write_all
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture
def manager(world: World) -> Client:
    return sign_in(Client(), world.accounts["registered_manager"])


def reflection(world: World, level: Level = Level.REFLECT) -> Any:
    event = told(world, harm_body="none", harm_mind="none").event
    decide(world, event, level=level, settled=True)
    with world.use():
        return Review.objects.get(required_for_id=event.pk)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def test_an_answer_that_stops_at_a_person_leads_to_the_next_question(world: World, manager: Client) -> None:
    row = reflection(world)
    where = f"/reviews/{row.pk}"
    said = {"version": 1, "what_made_it_likely": "The carer forgot."}
    answered = manager.post(f"{where}/what_made_it_likely/", said)
    assert answered["Location"] == f"{where}/beneath/"
    page = text(manager.get(f"{where}/beneath/"))
    assert "You wrote “carer forgot”" in page
    assert "What made that likely?" in page
    from_summary = manager.post(f"{where}/what_made_it_likely/?from=summary", said | {"version": 2})
    assert from_summary["Location"] == f"{where}/beneath/"


def test_words_typed_while_somebody_else_wrote_stay_in_the_box_beside_theirs(world: World, manager: Client) -> None:
    row = reflection(world)
    write_all(world, row, by="team_leader", why="The lift was out.")
    page = manager.post(f"/reviews/{row.pk}/why/", {"version": 1, "why": "My own view of it."})
    assert page.status_code == 409
    shown = text(page)
    assert "My own view of it." in shown
    assert "The lift was out." in shown
    assert "Team Leader Rowan" in shown
    assert 'value="2"' in shown, "sent again, it is kept on top of what is there now"
    again = manager.post(f"/reviews/{row.pk}/why/", {"version": 2, "why": "The lift was out, and I was alone."})
    assert again.status_code == 302


def test_words_that_come_after_it_was_finished_stay_in_the_box(world: World, manager: Client) -> None:
    row = reflection(world)
    finish(world, row, by="safeguarding_lead")
    page = manager.post(f"/reviews/{row.pk}/why/", {"version": 1, "why": "One more thing."})
    assert page.status_code == 409
    assert "One more thing." in text(page)
    assert "Open it again" in text(page)


def test_the_second_of_two_who_finish_is_told_and_sees_what_stands_there(world: World, manager: Client) -> None:
    row = write_all(world, reflection(world))
    with world.use():
        by = world.viewer("safeguarding_lead")
        operations.close_review(review_id=row.pk, version=row.version, by=by, at=LATER)
    page = text(manager.post(f"/reviews/{row.pk}/", {"version": row.version}))
    assert "Somebody has finished this review in the meantime" in page
    assert "Safeguarding Lead Person" in page


def test_finishing_says_what_is_missing(world: World, manager: Client) -> None:
    row = reflection(world)
    assert "Say what happened" in text(manager.post(f"/reviews/{row.pk}/", {"version": 1}))
    assert manager.post(f"/reviews/{row.pk}/", {"version": "x"}).status_code == 200


@pytest.mark.parametrize(("words", "problem"), [("", "Write something"), ("x" * 4_001, "4001 characters")])
def test_a_question_says_what_is_wrong_at_its_field(world: World, manager: Client, words: str, problem: str) -> None:
    row = reflection(world)
    page = text(manager.post(f"/reviews/{row.pk}/why/", {"version": 1, "why": words}))
    assert problem in page
    assert "Error:" in page
    assert words in page


def test_a_page_that_a_review_does_not_have_is_not_found(world: World, manager: Client) -> None:
    row = reflection(world)
    for step in ("findings", "beneath", "nothing"):
        assert manager.get(f"/reviews/{row.pk}/{step}/").status_code == 404


def test_findings_are_added_and_taken_back(world: World, manager: Client) -> None:
    row = reflection(world, Level.ENQUIRY)
    where = f"/reviews/{row.pk}/findings/"
    bad = text(manager.post(where, {"version": 1, "text": "A lamp.", "factor": ""}))
    assert "Choose what it answers" in bad
    assert "A lamp." in bad
    assert manager.post(where, {"version": 1, "text": "A lamp.", "factor": "place.environment"}).status_code == 302
    stale = manager.post(where, {"version": 1, "text": "A rail.", "factor": "place.environment"})
    assert stale.status_code == 409
    assert "A rail." in text(stale)
    with world.use():
        found = row.findings.get()
    manager.post(f"/findings/{found.pk}/drop/")
    assert "A lamp." not in text(manager.get(where))


def test_the_lead_sees_it_on_today_and_it_can_be_handed_over(world: World, manager: Client) -> None:
    row = reflection(world)
    assert f"/reviews/{row.pk}/" in text(manager.get("/"))
    nobody = text(manager.post(f"/reviews/{row.pk}/lead/", {"person": ""}))
    assert "Choose somebody" in nobody
    manager.post(f"/reviews/{row.pk}/lead/", {"person": str(world.accounts["team_leader"].pk)})
    assert f"/reviews/{row.pk}/" not in text(manager.get("/"))
    leader = sign_in(Client(), world.accounts["team_leader"])
    assert f"/reviews/{row.pk}/" in text(leader.get("/"))


def test_the_case_says_what_was_understood_and_can_then_be_answered(world: World, manager: Client) -> None:
    row = reflection(world)
    case = f"/cases/{row.required_for_id}/"
    refused = text(manager.post(f"/decide/{row.required_for_id}/answer/", {"words": "The chair was changed."}))
    assert "Finish the review first" in refused
    assert "The chair was changed." in refused
    finish(world, row)
    shown = text(manager.get(case))
    assert "Handover is by the phone" in shown
    assert "finished the review" in shown
    assert "Answer this case" in shown
    assert manager.post(f"/decide/{row.required_for_id}/answer/", {"words": "It was changed."}).status_code == 302
    assert "answered the case" in text(manager.get(case))


def test_a_theme_is_opened_from_chosen_cases_and_a_mistake_loses_nothing(world: World, manager: Client) -> None:
    rows = [told(world).event for _ in range(2)]
    where = f"/themes/new/?event={rows[0].pk}&event={rows[1].pk}"
    said = {"key": str(uuid4()), "name": "", "why": "The same chair.", "events": [str(rows[0].pk)]}
    said |= {"owner": str(world.accounts["registered_manager"].pk)}
    refused = text(manager.post(where, said))
    assert "Give it a name" in refused
    assert "The same chair." in refused
    done = manager.post(where, said | {"name": "The chair in the lounge"})
    assert done.status_code == 302
    page = text(manager.get(done["Location"]))
    assert "The chair in the lounge" in page
    assert "One thing that people told us." in page
    assert manager.post(where, said | {"name": "The chair in the lounge"})["Location"] == done["Location"]


def test_a_theme_is_opened_from_a_chart_with_the_months_as_its_trigger(world: World, manager: Client) -> None:
    event = told(world, type="fall.seen").event
    where = f"/themes/new/?service={world.home.id}&what=fall&first=2026-02&last=2026-03"
    page = text(manager.get(where))
    assert event.title in page
    assert "will not count as usual" in page
    said = {"key": str(uuid4()), "name": "Falls in March", "why": "More than usual.", "events": [str(event.pk)]}
    done = manager.post(where, said | {"owner": str(world.accounts["registered_manager"].pk)})
    with world.use():
        theme = Theme.objects.get(name="Falls in March")
    assert done["Location"] == f"/themes/{theme.pk}/"
    assert (theme.series_key, str(theme.trigger_from), str(theme.trigger_to)) == ("fall", "2026-02-01", "2026-03-31")
    assert "stood out in the chart" in text(manager.get(done["Location"]))


def test_a_chart_of_a_service_that_is_not_theirs_opens_nothing(world: World, manager: Client) -> None:
    page = text(manager.get(f"/themes/new/?service={world.other_home.id}&what=fall"))
    assert "A theme begins with something that you have seen" in page


def test_verbs_of_a_theme_work_on_their_pages(world: World, manager: Client) -> None:
    rows = [told(world).event for _ in range(2)]
    theme = open_theme(world, [rows[0].pk])
    where = f"/themes/{theme.pk}"
    assert rows[1].title in text(manager.get(f"{where}/join/"))
    assert "Choose at least one" in text(manager.post(f"{where}/join/", {"key": "x"}))
    assert manager.post(f"{where}/join/", {"events": [str(rows[1].pk)]}).status_code == 302
    assert manager.post(f"{where}/leave/{rows[1].pk}/").status_code == 302
    assert "Write a sentence or two" in text(manager.post(f"{where}/answer/", {"why": ""}))
    assert manager.post(f"{where}/answer/", {"why": "The chair is gone."}).status_code == 302
    assert "The chair is gone." in text(manager.get(f"{where}/"))
    assert manager.post(f"{where}/again/", {"why": "It came back."}).status_code == 302
    assert "It came back." in text(manager.get(f"{where}/"))
    lead = str(world.accounts["safeguarding_lead"].pk)
    assert manager.post(f"{where}/hand-over/", {"person": lead}).status_code == 302
    assert "Safeguarding Lead Person" in text(manager.get(f"{where}/"))


def test_an_inspector_reads_and_is_offered_nothing_to_do() -> None:
    now = timezone.now()
    world = make_world(at=now - timedelta(days=2))
    event = told(world, at=now - timedelta(days=1), harm_body="none", harm_mind="none").event
    decide(world, event, level=Level.REFLECT, settled=True, at=now)
    with world.use():
        row = Review.objects.get(required_for_id=event.pk)
    finish(world, row, at=now)
    theme = open_theme(world, [event.pk], at=now)
    inspector = sign_in(Client(), world.accounts["inspector"])
    for where in (f"/reviews/{row.pk}/", f"/themes/{theme.pk}/"):
        page = inspector.get(where)
        assert page.status_code == 200
        for word in ("Hand it over", "Open it again", "Take out", "Look into it"):
            assert word not in text(page)
    assert inspector.get(f"/reviews/{row.pk}/again/").status_code == 403
