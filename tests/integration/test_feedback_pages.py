"""What whoever told us reads, who chooses it, and everybody who is told nothing."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.notices.models import Notice
from heedful.foundation.people.models import Relation
from heedful.loop.duties.models import Classification
from heedful.loop.feedback import jobs, operations, queries
from heedful.loop.feedback.models import Telling
from heedful.loop.feedback.queries import Recipient, Step
from heedful.loop.incidents.operations import Named
from heedful.oversight.today import telling
from tests.support.reports import told
from tests.support.reviews import decide
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

WORDS = "We looked at it with the night staff. Thank you for telling us."


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(at=timezone.now() - timedelta(days=20))


@pytest.fixture
def manager(world: World) -> Client:
    return sign_in(Client(), world.accounts["registered_manager"])


@pytest.fixture
def worker(world: World) -> Client:
    return sign_in(Client(), world.accounts["care_worker"])


def decided(world: World, *, days_ago: float = 1, **said: Any) -> Any:
    at = timezone.now() - timedelta(days=days_ago)
    event = told(world, at=at - timedelta(hours=2), **said).event
    decide(world, event, at=at, settled=True)
    return event


def say(client: Client, where: str, **said: str) -> Any:
    return client.post(where, {"client_key": str(uuid4()), "words": WORDS, **said})


def told_of(world: World, event: Any) -> list[Telling]:
    with world.use():
        return list(Telling.objects.filter(event_id=event.pk))


def errors(page: Any) -> dict[str, str]:
    found = re.findall(r'<a href="#id_(\w+?)(?:_\d|-day|-month|-year)?">(.*?)</a>', page.content.decode(), re.DOTALL)
    return {name: unescape(text).strip() for name, text in found}


def classify_police(world: World, event: Any) -> None:
    with world.use(), history.entry():
        rows = Classification.objects.filter(event=event, kind="police", superseded_at__isnull=True)
        assert rows.update(answer="yes", decided_at=timezone.now()) == 1
        write(kind="test.police", by=world.system, at=timezone.now(), subject_id=event.pk)


def test_a_reporter_reads_the_four_steps_as_they_come(world: World, manager: Client, worker: Client) -> None:
    event = decided(world)
    own = f"/reports/{event.pk}/told/"
    first = worker.get(own).content.decode()
    assert "We heard you" in first
    assert "Nobody has told you yet" in first
    where = f"/cases/{event.pk}/tell/reporter/decided/"
    assert "A plain reason." in manager.get(where).content.decode()
    seen = manager.post(where, {"chosen": ["A plain reason."], "own": "Thank you for telling us."})
    assert "A plain reason.\n\nThank you" in unescape(seen.content.decode())
    assert say(manager, where).status_code == 302
    page = worker.get(own).content.decode()
    assert "This was decided" in page
    assert "night staff" in page
    case = manager.get(f"/cases/{event.pk}/").content.decode()
    assert "told the person who reported it what came of it" in case


def test_ones_own_reports_say_how_far_it_has_come_and_nothing_while_the_police_come_first() -> None:
    world = make_world(at=timezone.now() - timedelta(days=20))
    manager, worker = (sign_in(Client(), world.accounts[role]) for role in ("registered_manager", "care_worker"))
    event = decided(world)
    say(manager, f"/cases/{event.pk}/tell/reporter/decided/")

    def pages() -> list[str]:
        return [worker.get(where).content.decode() for where in ("/reports/", f"/reports/{event.pk}/")]

    assert all("It was decided what to do." in page for page in pages())
    say(manager, f"/cases/{event.pk}/tell/reporter/changed/")
    assert all("Something is different now." in page and "It was decided" not in page for page in pages())
    say(manager, f"/cases/{event.pk}/tell/reporter/result/")
    assert all("You can read if it helped." in page for page in pages())
    classify_police(world, event)
    assert all("It was decided what to do." in page for page in pages())


def test_the_reporter_gets_one_notice_however_often_the_job_runs(world: World, manager: Client) -> None:
    event = decided(world)
    say(manager, f"/cases/{event.pk}/tell/reporter/decided/")
    with world.use():
        from heedful.foundation.ledger.models import Entry

        entry = Entry.objects.get(kind="feedback.told", subject_id=event.pk)
        for _ in range(2):
            jobs.tell_reporter(world.organisation.id, entry.pk)
        rows = Notice.objects.filter(kind="feedback.told", link=f"/reports/{event.pk}/told/")
        assert [row.account_id for row in rows] == [world.accounts["care_worker"].pk]


def test_a_name_or_discipline_is_refused_beside_the_words_and_nothing_is_lost(world: World, manager: Client) -> None:
    event = decided(world)
    where = f"/cases/{event.pk}/tell/reporter/decided/"
    for words in ("Dawit Bekele will talk to you.", "She was suspended last week.", ""):
        page = say(manager, where, words=words)
        assert page.status_code == 422
        assert "words" in errors(page)
        assert words in unescape(page.content.decode())
    chosen = manager.post(where, {"own": "Arthur Kettleby is well."})
    assert chosen.status_code == 422
    assert "Kettleby" in errors(chosen)["own"]
    assert told_of(world, event) == []


def test_sent_twice_it_is_told_once(world: World, manager: Client) -> None:
    event, key = decided(world), str(uuid4())
    for _ in range(2):
        assert say(manager, f"/cases/{event.pk}/tell/reporter/decided/", client_key=key).status_code == 302
    assert len(told_of(world, event)) == 1


def test_while_the_police_come_first_only_the_receipt_is_shown(world: World, manager: Client, worker: Client) -> None:
    event = decided(world)
    where = f"/cases/{event.pk}/tell/reporter/decided/"
    say(manager, where)
    classify_police(world, event)
    refused = say(manager, where, words="One thing more for you.")
    assert refused.status_code == 422
    assert "police come first" in refused.content.decode()
    assert "One thing more for you." in refused.content.decode()
    assert "night staff" not in worker.get(f"/reports/{event.pk}/told/").content.decode()
    police = f"/cases/{event.pk}/tell/police/"
    today = timezone.localdate()
    day = {"said_on_day": today.day, "said_on_month": today.month, "said_on_year": today.year}
    assert set(errors(manager.post(police, {"who": ""}))) == {"who", "said_on", "words"}
    assert manager.post(police, {"who": "PC 1141", "words": "All but names.", **day}).status_code == 302
    assert "night staff" in worker.get(f"/reports/{event.pk}/told/").content.decode()
    assert say(manager, where, words="One thing more for you.").status_code == 302


def test_a_reporter_named_as_a_possible_source_is_told_nothing(world: World) -> None:
    source = Named(part="alleged_source", staff_id=world.staff["care_worker"].pk)
    event = decided(world, involved=(source,))
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    page = say(lead, f"/cases/{event.pk}/tell/reporter/decided/")
    assert page.status_code == 422
    assert "possible source" in page.content.decode()
    assert told_of(world, event) == []


def test_of_a_confidential_report_nothing_shows_who_told_us(world: World, manager: Client) -> None:
    source = Named(part="alleged_source", staff_id=world.staff["care_worker"].pk)
    for involved in ((), (source,)):
        event = decided(world, confidential=True, involved=involved)
        for where in ("", "reporter/decided/"):
            page = manager.get(f"/cases/{event.pk}/tell/{where}").content.decode()
            assert "Joss" not in page.split("<main")[1]
            assert "possible source of harm. Nothing" not in page


def test_a_family_is_told_after_a_decision_that_says_who_and_on_what_basis(world: World, manager: Client) -> None:
    person = world.people[0]
    with world.use(), history.entry():
        wife = Relation.objects.create(
            organisation_id=world.organisation.id, person=person, name="Ellen Kettleby", relationship="Wife"
        )
        write(kind="test.relation", by=world.system, at=timezone.now(), subject_id=wife.pk)
    event = decided(world, involved=(Named(part="affected", person_id=person.pk),))
    where = f"/cases/{event.pk}/tell/family/{wife.pk}"
    assert "Write down first who decided" in manager.get(f"{where}/decided/").content.decode()
    assert say(manager, f"{where}/decided/", channel="By phone").status_code == 422
    today = timezone.localdate()
    day = {"decided_on_day": today.day, "decided_on_month": today.month, "decided_on_year": today.year}
    said = {"allowed": "yes", "basis": "consent", "decided_by": "Arthur Kettleby himself", "why": "He said so at tea."}
    assert set(errors(manager.post(f"{where}/may-we/", {"why": ""}))) == {
        "allowed",
        "basis",
        "decided_by",
        "decided_on",
        "why",
    }
    assert manager.post(f"{where}/may-we/", said | day).status_code == 302
    assert "channel" in errors(say(manager, f"{where}/decided/"))
    assert say(manager, f"{where}/decided/", words="Arthur is well, Ellen.", channel="By phone").status_code == 302
    assert "words" in errors(say(manager, f"{where}/decided/", words="Ingrid saw it.", channel="By phone"))
    page = manager.get(f"/cases/{event.pk}/tell/").content.decode()
    assert "He said so at tea." in page
    assert "Arthur is well, Ellen." in page
    manager.post(f"{where}/may-we/", said | day | {"allowed": "no"})
    assert say(manager, f"{where}/changed/", channel="By phone").status_code == 422


def test_nobody_chooses_who_may_not_decide_about_the_case(world: World, worker: Client) -> None:
    event = decided(world)
    leader = sign_in(Client(), world.accounts["team_leader"])
    elsewhere = sign_in(Client(), world.accounts["manager_elsewhere"])
    assert [one.get(f"/cases/{event.pk}/tell/").status_code for one in (worker, leader, elsewhere)] == [403, 403, 404]
    colleague = sign_in(Client(), world.accounts["colleague"])
    assert colleague.get(f"/reports/{event.pk}/told/").status_code == 404


def test_what_was_promised_stands_on_today_and_the_share_is_counted() -> None:
    world = make_world(at=timezone.now() - timedelta(days=40))
    viewer, now = world.viewer("registered_manager"), timezone.now()
    late, soon, told_late, in_time = (decided(world, days_ago=days) for days in (20, 0.2, 20, 20))
    for event, at in ((told_late, now), (in_time, now - timedelta(days=19.9))):
        with world.use():
            operations.tell(
                event_id=event.pk, client_key=uuid4(), recipient=Recipient.REPORTER, step=Step.DECIDED, words=WORDS,
                by=viewer, at=at,
            )  # fmt: skip
    with world.use():
        waiting = queries.to_tell(viewer, now)
        days = ((now - timedelta(days=30)).date(), now.date())
        share = queries.told_share(viewer, [world.home.id], *days, now=now)
        elsewhere = queries.told_share(world.viewer("manager_elsewhere"), [world.home.id], *days, now=now)
    assert [(one.event.pk, one.overdue) for one in waiting] == [(late.pk, True), (soon.pk, False)]
    assert (share.in_time, share.later, share.not_yet, share.running) == (1, 1, 1, 1)
    assert (share.due, share.per_cent, share.days, share.unit, share.ours) == (3, 33, 3, "working_days", True)
    assert (elsewhere.due, elsewhere.per_cent) == (0, None)
    client = sign_in(Client(), world.accounts["registered_manager"])
    assert "Tell the reporter" in client.get("/").content.decode()
    assert "Two people who told us wait to hear." in client.get("/tell/").content.decode()


def test_a_known_result_is_drafted_and_the_same_answer_twice_is_one() -> None:
    from tests.support.acting import agreed

    world = make_world()
    action = agreed(world)
    with world.use():
        event_id = action.review.about.first().event_id
        event = queries.event_to_tell(event_id, viewer=world.viewer("registered_manager"))
        for _ in range(2):
            operations.know_result(action_id=action.pk, answer="no_change", by=world.system, at=timezone.now())
        drafted = queries.drafted(event, Step.RESULT, viewer=world.viewer("registered_manager"))
        changed = queries.drafted(event, Step.CHANGED, viewer=world.viewer("registered_manager"))
    assert len(drafted) == 1
    assert "did not bring what we hoped for" in drafted[0]
    assert changed[0] == "A written checklist goes from shift to shift, chart by chart."


def test_whoever_waits_too_long_stands_under_the_name_of_who_decided(world: World) -> None:
    late = decided(world, days_ago=14)
    with world.use():
        lead = world.viewer("safeguarding_lead")
        found = [one for one in queries.to_tell(lead, timezone.now()) if one.event.pk == late.pk]
        card = next(need for need in telling.to_tell(lead, timezone.now()))
    assert [one.decided_by for one in found] == [world.accounts["registered_manager"].pk]
    name = world.accounts["registered_manager"].name
    assert f"Decided by {name}" in card.why and card.overdue
    page = sign_in(Client(), world.accounts["safeguarding_lead"]).get("/tell/").content.decode()
    assert unescape(page).index(f"{name} decided") < unescape(page).index(late.title)
