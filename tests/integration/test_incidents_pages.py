"""The pages of reports, as a phone without JavaScript walks them."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from heedful.loop.incidents import queries
from heedful.loop.incidents.models import Event, Involved, ShutOut
from heedful.loop.incidents.naming import reference_for
from heedful.loop.incidents.operations import Named
from heedful.loop.reporting.models import Draft
from tests.support.reports import told
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

WORDS = "Mr Kettleby slid off the chair in the lounge about three. He says his hip is fine."
SAFE = {"safe_now": "yes", "made_safe": "Helped him up with the hoist", "harm_body": "none", "harm_mind": "low"}
TOLD = {
    "met_safeguarding": "no",
    "met_clinical": "unsure",
    "met_family": "yes",
    "informed": ["manager"],
    "aware": "then",
}


def client_of(world: World, role: str = "care_worker") -> Client:
    return sign_in(Client(), world.accounts[role])


def begin(client: Client, words: str = WORDS) -> str:
    """Answer the first page; gives the address of the report on its way."""
    first = client.get("/report/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', first)[1]
    reply = client.post("/report/", {"key": key, "words": words})
    assert reply.status_code == 302, reply.content.decode()
    return f"/report/{key}/"


def on(client: Client, path: str, page: str, **said: object) -> str:
    """Answer one page; gives where it leads."""
    reply = client.post(f"{path}{page}/", said)
    assert reply.status_code == 302, text_of(reply)
    return reply["Location"]


def text_of(reply) -> str:  # type: ignore[no-untyped-def]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reply.content.decode()))


def about(world: World, **more: object) -> dict[str, object]:
    return {"kinds": ["incident"], "when": "now", "service": str(world.home.pk), "place": "Lounge", **more}


def test_a_full_report_is_sent_page_by_page_and_the_receipt_says_who_decides_by_when() -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client)
    assert on(client, path, "about", **about(world)) == f"{path}safe/"
    assert on(client, path, "safe", **SAFE) == f"{path}who/"
    assert (
        on(client, path, "who", affected_0="arthur kettleby", other_0="Dawit Bekele", part_0="helped") == f"{path}told/"
    )
    assert on(client, path, "told", **TOLD) == f"{path}name/"
    assert on(client, path, "name", confidential="named") == f"{path}check/"
    check = text_of(client.get(f"{path}check/"))
    assert "Arthur Kettleby" in check or "arthur kettleby: it happened to them" in check
    assert "Use my name: Joss Pellow" in check
    receipt = client.get(client.post(f"{path}check/")["Location"])
    with world.use():
        event = Event.objects.get()
        assert event.words == WORDS and event.met_clinical == "unsure"
        assert {one.person_id or one.staff_id for one in Involved.objects.filter(event=event)} == {
            world.people[0].pk,
            world.staff["colleague"].pk,
        }
        assert not Draft.objects.exists()
    said = text_of(receipt)
    assert "Thank you, Joss. We have it." in said
    # Told in the early hours, it is decided on the same day.
    assert re.search("Registered Manager Rowan will decide what to do by 10:00 (today|tomorrow)", said)
    assert reference_for(event.number) in said


def test_a_worry_takes_three_pages() -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client, "She did not want her tea again")
    assert on(client, path, "about", **about(world, kinds=["worry"])) == f"{path}check/"
    reply = client.post(f"{path}check/", {"confidential": "confidential"})
    assert reply.status_code == 302
    with world.use():
        event = Event.objects.get()
        assert event.confidential and event.restricted and event.harm_body == "not_asked"


def test_pressing_send_twice_is_one_report_and_one_receipt() -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client)
    on(client, path, "about", **about(world, kinds=["near_miss"]))
    first = client.post(f"{path}check/", {"confidential": "named"})["Location"]
    assert client.post(f"{path}check/", {"confidential": "named"})["Location"] == first
    assert client.post("/report/", {"key": path.split("/")[2], "words": WORDS})["Location"] == first
    with world.use():
        assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "said", "message"),
    [
        ("about", {"kinds": []}, "Choose what you would call it"),
        ("about", {"when": ""}, "Tell us when it was. A guess is fine"),
        ("about", {"when": "today", "today_at": "25:99"}, "Write a time like 07:40"),
        ("about", {"when": "day", "on_day_day": "4", "on_day_month": "3", "on_day_year": "0002"}, "year"),
        ("about", {"when": "day", "on_day_day": "4", "on_day_month": "3", "on_day_year": "2999"}, "still to come"),
        ("about", {"service": str(uuid4())}, "That is not one of the answers"),
        ("safe", {**SAFE, "harm_body": "severe injuries"}, "That is not one of the answers"),
        ("safe", {**SAFE, "made_safe": ""}, "Tell us what you did"),
        ("told", {**TOLD, "met_family": ""}, "Tell us if the family should be told"),
        ("told", {**TOLD, "discharge": "yes", "discharge_days": "soon"}, "Write a number of days, like 3"),
        ("words", {"words": "a" * 10_001}, "10001 characters long and we can keep 10000"),
        ("words", {"words": "He fell\0twice"}, "a character that cannot be stored"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(page: str, said: dict, message: str) -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client)
    on(client, path, "about", **about(world))
    sent = {**about(world), **said} if page == "about" else said
    reply = client.post(f"{path}{page}/", sent)
    html = reply.content.decode()
    assert reply.status_code == 200
    assert "There is a problem" in html and message in text_of(reply)
    typed = {"place", "today_at", "on_day_year", "made_safe", "discharge_days"} & sent.keys()
    assert all(str(sent[name]) in html for name in typed)
    assert "aaaaaaaaaa" in html or len(sent.get("words", "")) < 10_000


def test_a_ten_megabyte_story_is_answered_calmly_and_stays_on_the_screen() -> None:
    world = make_world()
    client = client_of(world)
    story = "word " * 2_000_000
    reply = client.post("/report/", {"key": str(uuid4()), "words": story})
    assert reply.status_code == 200
    assert "9999999 characters long and we can keep 10000" in text_of(reply)
    assert reply.content.decode().count("word word") > 900_000
    with world.use():
        assert not Event.objects.exists()


def test_a_draft_survives_and_only_its_writer_finds_it() -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client)
    on(client, path, "about", **about(world, place="Room 12"))
    fresh = client_of(world)
    assert "You began to tell us something" in text_of(fresh.get("/report/"))
    assert 'value="Room 12"' in fresh.get(f"{path}about/").content.decode()
    assert client_of(world, "colleague").get(f"{path}about/").status_code == 302
    fresh.post(f"{path}discard/")
    assert "You began" not in text_of(fresh.get("/report/"))


def test_changing_an_answer_from_the_check_goes_back_to_the_check() -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client)
    on(client, path, "about", **about(world, kinds=["worry"]))
    changed = client.post(f"{path}about/", {**about(world, kinds=["worry"]), "place": "Garden", "change": "1"})
    assert changed["Location"] == f"{path}check/"
    assert "Garden" in text_of(client.get(f"{path}check/"))
    more = client.post(f"{path}about/", {**about(world, kinds=["incident"]), "change": "1"})
    assert more["Location"] == f"{path}safe/"


def test_a_colleague_named_as_source_is_confirmed_by_the_reporter_and_shut_out() -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client, "He shouted at her")
    on(client, path, "about", **about(world))
    on(client, path, "safe", **SAFE)
    assert on(client, path, "who", source_0="Dawid Bekelle") == f"{path}mean/"
    page = text_of(client.get(f"{path}mean/"))
    assert "Did you mean one of these by “Dawid Bekelle”?" in page and "Dawit Bekele" in page
    colleague = world.staff["colleague"]
    assert on(client, path, "mean", source_0=f"staff:{colleague.pk}") == f"{path}told/"
    on(client, path, "told", **TOLD)
    on(client, path, "name", confidential="named")
    client.post(f"{path}check/")
    with world.use():
        assert ShutOut.objects.get().staff_id == colleague.pk
        event = Event.objects.get()
    assert client_of(world, "colleague").get(f"/reports/{event.pk}/").status_code == 404
    contact = client_of(world, "independent_contact")
    assert "Dawit Bekele" in text_of(contact.get("/shut-outs/"))
    with world.use():
        row = ShutOut.objects.get()
    assert "Say why" in text_of(contact.post(f"/shut-outs/{row.pk}/", {"why": ""}))
    assert contact.post(f"/shut-outs/{row.pk}/", {"why": "He was in hospital that week"}).status_code == 302
    with world.use():
        assert ShutOut.objects.get().lifted_why == "He was in hospital that week"


def test_an_unmatched_name_goes_to_the_lead_who_says_who_it_is() -> None:
    world = make_world()
    recorded = told(world, involved=(Named(part="alleged_source", name="Regi Rowann"),))
    lead = world.accounts["safeguarding_lead"].pk
    assert recorded.assignment.decider_id == lead
    client = client_of(world, "safeguarding_lead")
    assert "One name waits to be matched" in text_of(client.get("/names/"))
    with world.use():
        involved = Involved.objects.get(event=recorded.event)
        manager = world.staff["registered_manager"]
    assert "Registered Manager Rowan" in text_of(client.get(f"/names/{involved.pk}/"))
    reply = client.post(f"/names/{involved.pk}/", {"staff": "other", "other": str(manager.pk)})
    assert reply.status_code == 302
    with world.use():
        assert not queries.visible_to(world.viewer("registered_manager")).filter(pk=recorded.event.pk).exists()
    assert "No name waits" in text_of(client.get("/names/"))


def test_when_nobody_inside_is_left_the_receipt_gives_the_outside_contacts() -> None:
    world = make_world()
    inside = ("registered_manager", "safeguarding_lead", "nominated_individual")
    named = tuple(Named(part="alleged_source", staff_id=world.staff[key].pk) for key in inside)
    recorded = told(world, involved=named)
    said = text_of(client_of(world).get(f"/reports/{recorded.event.pk}/receipt/"))
    assert "01632 960001" in said and "CQC: 03000 616161" in said


def test_nothing_done_yet_gives_the_number_to_call_on_the_receipt() -> None:
    world = make_world()
    recorded = told(world, safe_now="no", made_safe="")
    said = text_of(client_of(world).get(f"/reports/{recorded.event.pk}/receipt/"))
    assert "We could not find anybody on duty to tell." in said and "01632 960002" in said
