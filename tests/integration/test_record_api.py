"""The one JSON endpoint: its keys, its errors, exactly once."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from heedful.loop.incidents.models import Event, Involved
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world


def client_of(world: World, role: str = "care_worker", *, csrf: bool = False) -> Client:
    return sign_in(Client(enforce_csrf_checks=csrf), world.accounts[role])


def body(world: World, **said: Any) -> dict[str, Any]:
    then = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    return {
        "client_key": str(uuid4()),
        "form_version": "record@1",
        "service": str(world.home.pk),
        "words": "She nearly slipped on the wet floor.",
        "kinds": ["near_miss"],
        "occurred": {"from": then, "to": then, "as": "about"},
        "confidential": False,
        **said,
    }


def post(client: Client, said: object, **headers: str):  # type: ignore[no-untyped-def]
    data = said if isinstance(said, str | bytes) else json.dumps(said)
    return client.post("/api/record", data, content_type="application/json", headers=headers)


def test_a_report_is_stored_and_a_replay_gives_the_same_receipt() -> None:
    world = make_world()
    client, said = client_of(world), body(world)
    first = post(client, said)
    assert first.status_code == 201
    assert set(first.json()) == {"event", "reference", "again", "receipt", "decider", "due_at", "outside"}
    assert first.json()["decider"] == "Registered Manager Rowan"
    for _ in range(10):
        again = post(client, said)
        assert again.status_code == 200
        assert again.json() == {**first.json(), "again": True}
    assert client.get(first.json()["receipt"]).status_code == 200
    with world.use():
        assert Event.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict_and_said() -> None:
    world = make_world()
    client, said = client_of(world), body(world)
    post(client, said)
    reply = post(client, {**said, "words": "Something else"})
    assert reply.status_code == 409
    assert reply.json()["error"] == "key_reused" and "other words" in reply.json()["message"]


def test_signed_out_is_401_and_the_wrong_role_403_both_in_json() -> None:
    world = make_world()
    assert post(Client(), body(world)).status_code == 401
    assert post(Client(), body(world)).json()["error"] == "sign_in"
    reply = post(client_of(world, "commissioner"), body(world))
    assert (reply.status_code, reply.json()["error"]) == (403, "not_allowed")


def test_without_a_token_of_this_session_nothing_is_stored() -> None:
    world = make_world()
    client = client_of(world, csrf=True)
    assert post(client, body(world)).status_code == 403
    given = client.get("/api/record/token").json()
    assert given["account"] == str(world.accounts["care_worker"].pk)
    assert post(client, body(world), **{"X-CSRFToken": given["token"]}).status_code == 201
    with world.use():
        assert Event.objects.count() == 1


@pytest.mark.parametrize("said", ["", "{", "[]", "null", '"words"', b"\xff\xfe", "[" * 100_000])
def test_what_is_no_report_is_400(said: str | bytes) -> None:
    world = make_world()
    reply = post(client_of(world), said)
    assert (reply.status_code, reply.json()["error"]) == (400, "not_json")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("words", {"words": ""}),
        ("words", {"words": "a" * 10_001}),
        ("words", {"words": "nul \0 byte"}),
        ("words", {"words": 7}),
        ("kinds", {"kinds": ["disaster"]}),
        ("service", {"service": "Rowan House"}),
        ("where", {"service": str(uuid4())}),
        ("occurred.from", {"occurred": {"from": "yesterday", "to": "today"}}),
        ("occurred.from", {"occurred": {"from": "2026-03-01T10:00:00", "to": "2026-03-01T10:00:00Z"}}),
        ("when", {"occurred": {"from": "0002-03-01T10:00:00Z", "to": "0002-03-01T10:00:00Z"}}),
        ("when", {"occurred": {"from": "2999-03-01T10:00:00Z", "to": "2999-03-01T10:00:00Z"}}),
        ("when", {"occurred": {"from": "2026-03-02T10:00:00Z", "to": "2026-03-01T10:00:00Z"}}),
        ("harm_body", {"harm_body": "severe, I think"}),
        ("harm_body", {"kinds": ["incident"]}),
        ("discharge_days", {"discharge_days": -1}),
        ("confidential", {"confidential": "perhaps"}),
        ("status", {"status": "answered"}),
        ("form_version", {"form_version": "record@99"}),
        ("who", {"involved": [{"part": "affected", "person": str(uuid4())}]}),
        ("team", {"team": str(uuid4())}),
    ],
)
def test_what_has_to_be_put_right_is_422_with_the_field_and_nothing_is_stored(field: str, said: dict) -> None:
    world = make_world()
    reply = post(client_of(world), body(world, **said))
    assert reply.status_code == 422, reply.content
    problems = reply.json()["problems"]
    assert problems[0]["field"] == field and problems[0]["text"]
    with world.use():
        assert not Event.objects.exists()


def test_another_organisations_people_cannot_be_named_by_id() -> None:
    ours, theirs = make_world(), make_world()
    named = [{"part": "affected", "person": str(theirs.people[0].pk)}, {"part": "witness", "staff": str(uuid4())}]
    assert post(client_of(ours), body(ours, involved=named)).status_code == 422
    fine = [{"part": "affected", "person": str(ours.people[0].pk)}]
    assert post(client_of(ours), body(ours, involved=fine)).status_code == 201
    with ours.use():
        assert Involved.objects.get().person_id == ours.people[0].pk


def test_reading_the_endpoint_with_a_browser_is_refused() -> None:
    world = make_world()
    assert client_of(world).get("/api/record").status_code == 405
