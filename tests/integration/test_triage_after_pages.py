"""After a decision: who may look and agree, what is done and found out, moved on, and what falls due."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from heedful.foundation.policies import Level
from heedful.loop.duties import operations as duties
from heedful.loop.duties import queries, reading
from heedful.loop.incidents import queries as events
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from tests.support.signing_in import sign_in
from tests.support.triaging import WHY, fall, shown
from tests.support.world import World, make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(at=timezone.now() - timedelta(days=200))


@pytest.fixture
def manager(world: World) -> Client:
    return sign_in(Client(), world.accounts["registered_manager"])


PATHS = ["", "agree/", "reasons/", "pass-on/", "ask/", "duplicate/", "reopen/"]


@pytest.mark.parametrize("path", PATHS)
def test_foreign_absent_and_shut_out_look_the_same(world: World, path: str) -> None:
    event = fall(world)
    named = Named(part="alleged_source", staff_id=world.staff["registered_manager"].pk)
    about_them = fall(world, involved=(named,))
    manager = sign_in(Client(), world.accounts["registered_manager"])
    elsewhere = sign_in(Client(), world.accounts["manager_elsewhere"])
    pages = [
        manager.get(f"/decide/{uuid4()}/{path}"),
        manager.get(f"/decide/{about_them.pk}/{path}"),
        elsewhere.get(f"/decide/{event.pk}/{path}"),
    ]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert (
        len({len(re.sub(rb"Morwen Tarrant|Registered Manager Rowan|nonce-\S+", b"", one.content)) for one in pages})
        == 1
    )


@pytest.mark.parametrize("role", ["care_worker", "team_leader", "independent_contact", "administrator", "commissioner"])
def test_roles_that_do_not_decide_are_refused(world: World, role: str) -> None:
    event = fall(world)
    client = sign_in(Client(), world.accounts[role])
    assert client.get("/decide/").status_code == 403
    assert client.get(f"/decide/{event.pk}/").status_code == 403


def test_a_second_person_agrees_on_a_page_and_the_first_cannot(world: World, manager: Client) -> None:
    event = fall(world, harm_body="severe")
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"why": WHY, "decide": "1", "level": "L2"}
    for kind in ("safeguarding_concern", "cqc_notification", "duty_of_candour"):
        sent |= {f"about_{kind}": "no", f"about_{kind}_why": "Looked at with the nurse."}
    assert manager.post(f"/decide/{event.pk}/", sent).status_code == 302
    own = manager.get(f"/decide/{event.pk}/agree/").content.decode()
    assert "Somebody else has to take the second look" in own
    assert "Somebody else has to agree" in manager.post(f"/decide/{event.pk}/agree/").content.decode()
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    assert "I agree: Review" in lead.get(f"/decide/{event.pk}/agree/").content.decode()
    assert lead.post(f"/decide/{event.pk}/agree/").status_code == 302
    with world.use():
        row = queries.triage_of(event.pk)
        assert row is not None and row.stands_at == "L2"
    assert "Nothing waits here" in lead.get(f"/decide/{event.pk}/agree/").content.decode()


@pytest.fixture
def decided(world: World, manager: Client) -> Iterator[Event]:
    """Severe harm, decided as suggested; whether the plan was followed is not known."""
    event = fall(world, harm_body="moderate")
    sent = shown(manager.get(f"/decide/{event.pk}/")) | {"plan_followed": "unsure", "update": "1"}
    sent = shown(manager.post(f"/decide/{event.pk}/", sent)) | {
        "why": WHY,
        "decide": "1",
        "about_cqc_notification": "yes",
    }
    asked = [name for name in ("about_safeguarding_concern", "about_duty_of_candour") if name not in sent]
    sent |= dict.fromkeys(asked, "unsure") | {"about_cqc_notification_why": "It may last."}
    assert manager.post(f"/decide/{event.pk}/", sent).status_code == 302
    yield event


def test_a_duty_is_done_with_its_number(world: World, manager: Client, decided: Event) -> None:
    with world.use():
        due = [row for row in queries.duties_due(world.viewer("registered_manager")) if row.event_id == decided.pk]
    duty = next(row for row in due if row.kind == "cqc_notification")
    assert "Write the number" in manager.post(f"/duties/{duty.pk}/", {"reference_number": " "}).content.decode()
    assert manager.post(f"/duties/{duty.pk}/", {"reference_number": "NOT-771"}).status_code == 302
    assert "NOT-771" in manager.get(f"/decide/{decided.pk}/reasons/").content.decode()
    assert "This is done" in manager.get(f"/duties/{duty.pk}/").content.decode()
    elsewhere = sign_in(Client(), world.accounts["manager_elsewhere"])
    assert elsewhere.get(f"/duties/{duty.pk}/").status_code == 404


def test_what_was_found_out_is_written_down(world: World, manager: Client, decided: Event) -> None:
    with world.use():
        (row, *_) = queries.to_find_out(decided.pk)
    assert "Write down what you found out" in manager.post(f"/find-out/{row.pk}/", {"answer": ""}).content.decode()
    said = "Dawit says the plan was followed."
    assert manager.post(f"/find-out/{row.pk}/", {"answer": said}).status_code == 302
    assert said in manager.get(f"/decide/{decided.pk}/reasons/").content.decode()
    assert sign_in(Client(), world.accounts["manager_elsewhere"]).get(f"/find-out/{row.pk}/").status_code == 404


def test_what_is_done_stays_done_when_it_is_decided_again(world: World, manager: Client, decided: Event) -> None:
    with world.use():
        duty = next(row for row in queries.classifications_of(decided.pk) if row.kind == "cqc_notification")
        first = {row.what: row.due_at for row in queries.to_find_out(decided.pk)}
    manager.post(f"/duties/{duty.pk}/", {"reference_number": "NOT-772"})
    page = shown(manager.get(f"/decide/{decided.pk}/"))
    sent = page | {"plan_followed": "unsure", "why": WHY, "decide": "1", "level": "L3", "about_cqc_notification": "yes"}
    sent |= dict.fromkeys(("about_safeguarding_concern", "about_duty_of_candour"), "unsure")
    sent |= {"about_cqc_notification_why": "It may last."}
    answer = manager.post(f"/decide/{decided.pk}/", sent)
    if answer.status_code == 200:
        answer = manager.post(f"/decide/{decided.pk}/", shown(answer) | {"why": WHY, "decide": "1"})
    assert answer.status_code == 302
    with world.use():
        again = next(row for row in queries.classifications_of(decided.pk) if row.kind == "cqc_notification")
        assert again.pk != duty.pk
        assert again.reference_number == "NOT-772"
        assert {row.what: row.due_at for row in queries.to_find_out(decided.pk)} == first


def test_passing_on_asking_and_opening_again_are_reached_from_the_page(world: World, manager: Client) -> None:
    event = fall(world)
    html = manager.get(f"/decide/{event.pk}/").content.decode()
    for path in ("pass-on", "ask", "duplicate"):
        assert f"/decide/{event.pk}/{path}/" in html
        assert manager.get(f"/decide/{event.pk}/{path}/").status_code == 200
    assert "Write what you want to know" in manager.post(f"/decide/{event.pk}/ask/", {"words": ""}).content.decode()
    assert manager.post(f"/decide/{event.pk}/ask/", {"words": "Which chair?"}).status_code == 302
    assert "Which chair?" in manager.get(f"/decide/{event.pk}/").content.decode()
    assert manager.post(f"/decide/{event.pk}/pass-on/", {"words": "I know him too well."}).status_code == 302
    with world.use():
        deciding = events.assignment_of(Event.objects.get(pk=event.pk))
        assert deciding is not None and deciding.decider_id != world.accounts["registered_manager"].pk


def test_a_duplicate_is_linked_by_its_code_and_opened_again(world: World, manager: Client) -> None:
    one, other = fall(world), fall(world)
    with world.use():
        from heedful.loop.incidents.rules import reference_for

        code = reference_for(Event.objects.get(pk=other.pk).number)
    wrong = manager.post(f"/decide/{one.pk}/duplicate/", {"same": "other", "code": "AAA AAA"}).content.decode()
    assert "no report with this code" in wrong
    assert manager.post(f"/decide/{one.pk}/duplicate/", {"same": "other", "code": code.lower()}).status_code == 302
    assert "linked to another report" in manager.get(f"/decide/{one.pk}/").content.decode()
    assert manager.post(f"/decide/{one.pk}/reopen/", {"words": "Not the same fall."}).status_code == 302
    assert "We suggest" in manager.get(f"/decide/{one.pk}/").content.decode()


def test_the_policy_behind_a_decision_can_be_read(manager: Client) -> None:
    for name in ("seriousness-default", "duties-england", "clocks-default"):
        html = manager.get(f"/policies/{name}/1/").content.decode()
        assert "Not verified" in html
        assert "%(" not in html
    assert manager.get("/policies/seriousness-default/99/").status_code == 404
    assert manager.get("/policies/retention-default/1/").status_code == 404


def test_outside_england_both_cautions_are_shown(world: World, manager: Client) -> None:
    from heedful.foundation.people.models import Service

    with world.use():
        Service.objects.filter(pk=world.home.pk).update(nation="wales")
    try:
        event = fall(world, harm_body="severe")
        page = manager.get(f"/decide/{event.pk}/")
        with world.use():
            book = reading.rules_for(events.event(event.pk, viewer=world.viewer("registered_manager")))
        html = unescape(page.content.decode())
        assert book.seriousness.caution in html
        assert book.duties.caution.split(".")[0] in html
        assert manager.post(f"/decide/{event.pk}/", shown(page) | {"why": WHY, "decide": "1"}).status_code == 302
    finally:
        with world.use():
            Service.objects.filter(pk=world.home.pk).update(nation="england")


def test_history_is_never_decided_due_or_in_the_inbox(world: World, manager: Client) -> None:
    event = fall(world, harm_body="severe")
    with world.use():
        Event.objects.filter(pk=event.pk).update(source="history")
        viewer = world.viewer("registered_manager")
        assert event.pk not in {one.event.pk for one in events.waiting_for_decision(viewer)}
        assert event.pk not in {task.event_id for task in queries.things_due(viewer, timezone.now())}
        with pytest.raises(duties.TriageRefused, match="history"):
            duties.triage(
                event_id=event.pk, decision=duties.Decision(level=Level.NOTE, why="x"), by=viewer, at=timezone.now()
            )
        assert Event.objects.get(pk=event.pk).status == "recorded"
    assert "imported" in manager.get(f"/decide/{event.pk}/").content.decode()


def test_what_is_due_comes_in_due_order_and_leads_somewhere(world: World, manager: Client, decided: Event) -> None:
    from django.urls import reverse

    now = timezone.now()
    fall(world, days_ago=5)
    with world.use():
        tasks = queries.things_due(world.viewer("registered_manager"), now)
    assert [task.due_at for task in tasks] == sorted(task.due_at for task in tasks)
    assert {"decide", "duty", "find_out"} <= {task.kind for task in tasks}
    assert all(task.overdue == (task.due_at < now) for task in tasks)
    for kind in ("decide", "duty", "find_out"):
        task = next(task for task in tasks if task.kind == kind)
        assert manager.get(reverse(task.url_name, args=task.url_args)).status_code == 200


def test_the_lead_is_not_given_the_managers_duties_until_they_are_overdue(world: World, decided: Event) -> None:
    lead, now = world.viewer("safeguarding_lead"), timezone.now()
    with world.use():
        assert not [task for task in queries.things_due(lead, now) if task.event_id == decided.pk]
        later = queries.things_due(lead, now + timedelta(days=30))
        assert {task.kind for task in later if task.event_id == decided.pk} == {"duty", "find_out"}


def test_lists_cost_the_same_number_of_queries_however_long_they_are(world: World, manager: Client) -> None:
    def cost(path: str) -> int:
        manager.get(path)
        with CaptureQueriesContext(connection) as counted:
            assert manager.get(path).status_code == 200
        return len(counted)

    def due() -> int:
        with world.use():
            viewer = world.viewer("registered_manager")
            with CaptureQueriesContext(connection) as counted:
                queries.things_due(viewer, timezone.now())
        return len(counted)

    person = (Named(part="affected", person_id=world.people[0].pk),)
    fall(world, involved=person, days_ago=2)
    event = fall(world, involved=person)
    before = cost("/decide/"), cost(f"/decide/{event.pk}/"), due()
    for _ in range(4):
        fall(world, involved=person, days_ago=1)
    assert (cost("/decide/"), cost(f"/decide/{event.pk}/"), due()) == before
    # Four lists, each with a look at the names not matched yet that may be the viewer's.
    assert due() == 8
