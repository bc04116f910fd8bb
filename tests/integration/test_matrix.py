"""Every route x method x role x relation, generated from the URL conf. Foreign and absent look the same."""

import re
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.roles import PERMISSIONS, Role
from tests.support.matrix import RELATIONS, SHARED_WITH, Populated, populate
from tests.support.signing_in import sign_in

ROLES = {role.value: role for role in Role} | {
    "colleague": Role.CARE_WORKER,
    "manager_elsewhere": Role.REGISTERED_MANAGER,
}
# What a route may name besides ids of our own rows.
FIXED = {
    "year": 2026,
    "month": 3,
    "page_name": "words",
    "subject_type": "event",
    "pk": 987654,
    "what": "fall",
    "step": "why",
    "part": "decided",
    "name": "seriousness-default",
    "taxonomy_name": "core_types",
    "version": 1,
    "number": 1,
    "code": "told.wrong",
    "position": 1,
}
# All that a case shared with somebody opens to them.
READS = {"casefile:show", "duties:reasons", "reviews:show", "themes:show", "actions:show", "audits:show"}
# Names that belong to one event; every other id is judged on its own.
OF_AN_EVENT = {
    "event_id", "question_id", "involved_id", "shut_out_id", "triage_id", "classification_id", "find_out_id",
    "subject_id", "assignment_id", "share_id", "review_id", "finding_id", "theme_id", "action_id",
    "plan_id", "audit_id", "bulletin_id",
}  # fmt: skip
# One's own things: a random key starts something new, so there is nothing foreign about it.
OWN_KEYS = {"key"}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def routes(resolver: URLResolver | None = None, space: str = "") -> Any:
    """(name, view, names of its arguments) of every route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield space + entry.name, entry.callback, tuple(entry.pattern.converters)


def pages() -> list[tuple[str, tuple[Permission, ...], tuple[str, ...]]]:
    return [
        (name, view.heedful_access, arguments)
        for name, view, arguments in routes()
        if isinstance(getattr(view, "heedful_access", ""), tuple)
    ]


@cache
def ours() -> Populated:
    return populate()


@cache
def theirs() -> Populated:
    return populate()


def client_for(key: str) -> Client:
    return sign_in(Client(), ours().world.accounts[key])


def sees(key: str, relation: str) -> bool:
    """The rule, spelt out: whose work is it to see this event?"""
    if relation == "removed":
        return False
    if relation == "shared" and key in SHARED_WITH:
        return True
    return {
        "care_worker": True,
        "colleague": False,
        "team_leader": relation == "own",
        "registered_manager": relation in ("own", "restricted", "shared", "withdrawn"),
        "manager_elsewhere": relation == "elsewhere",
        "safeguarding_lead": True,
        "nominated_individual": True,
        "independent_contact": True,
        "inspector": True,
    }.get(key, False)


def address(name: str, arguments: tuple[str, ...], ids: dict[str, Any]) -> str:
    return reverse(name, kwargs={argument: ids[argument] for argument in arguments})


def ids_for(populated: Populated, relation: str, arguments: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = FIXED | {"key": uuid4()} | populated.plain
    if set(arguments) & OF_AN_EVENT:
        found |= populated.by_relation[relation].ids
    return found


def absent_ids() -> dict[str, Any]:
    names = {argument for _, _, arguments in pages() for argument in arguments}
    return FIXED | {name: uuid4() for name in names if name not in FIXED}


def bare(response: HttpResponse) -> bytes:
    return TOKEN.sub(b"", response.content)


def test_every_argument_of_every_route_has_an_object_in_the_matrix() -> None:
    known = set(FIXED) | OWN_KEYS | set(ours().plain) | OF_AN_EVENT | {"attachment_id"}
    unknown = {(name, one) for name, _, arguments in pages() for one in arguments if one not in known}
    assert unknown == set()


def test_nobody_who_is_not_signed_in_gets_past_the_door() -> None:
    stranger = Client()
    for name, _, arguments in pages():
        for method in ("get", "post"):
            response = getattr(stranger, method)(address(name, arguments, absent_ids()))
            # A script is told in numbers, a page is led to the door.
            if response.status_code in (401, 405):
                continue
            assert response.status_code == 302, (name, method, response.status_code)
            assert response["Location"].startswith("/account/login/"), name


@pytest.mark.parametrize("key", ROLES)
def test_a_role_reaches_only_the_routes_it_holds_a_permission_for(key: str) -> None:
    client, held, wrong = client_for(key), PERMISSIONS[ROLES[key]], []
    for name, needed, arguments in pages():
        if arguments:
            continue
        for method in ("get", "put", "delete"):
            status = getattr(client, method)(reverse(name)).status_code
            expected = {200, 302, 303, 405, 400, 409, 415, 422} if held & set(needed) else {403, 405}
            if status not in expected:
                wrong.append((name, method, status))
    assert wrong == []


@pytest.mark.parametrize("key", ROLES)
def test_foreign_and_absent_are_refused_and_look_the_same(key: str) -> None:
    client, held, wrong = client_for(key), PERMISSIONS[ROLES[key]], []
    for name, needed, arguments in pages():
        named = set(arguments) - set(FIXED) - OWN_KEYS
        if not named:
            continue
        # Another organisation's row is foreign whatever its state there: one relation stands for all.
        foreign_ids = ids_for(theirs(), "own", arguments) | {"attachment_id": uuid4()}
        for method in ("get", "post"):
            foreign = getattr(client, method)(address(name, arguments, foreign_ids))
            absent = getattr(client, method)(address(name, arguments, absent_ids()))
            allowed = {404, 405} if held & set(needed) else {403, 405}
            if foreign.status_code not in allowed or foreign.status_code != absent.status_code:
                wrong.append((name, method, foreign.status_code, absent.status_code))
            elif bare(foreign) != bare(absent):
                wrong.append((name, method, "differs"))
    assert wrong == []


@pytest.mark.parametrize("key", ROLES)
def test_an_event_shows_itself_only_to_those_whose_work_it_is(key: str) -> None:
    client, held, wrong, shown = client_for(key), PERMISSIONS[ROLES[key]], [], 0
    for name, needed, arguments in pages():
        if not set(arguments) & OF_AN_EVENT or not held & set(needed):
            continue
        for relation in RELATIONS:
            where = address(name, arguments, ids_for(ours(), relation, arguments) | {"attachment_id": uuid4()})
            status = client.get(where).status_code
            shown += status == 200
            only_read = relation == "shared" and key in SHARED_WITH and name not in READS
            if not sees(key, relation) or only_read:
                refused = [status, client.post(where).status_code]
                wrong += [(name, relation, found) for found in refused if found not in (404, 405, 403)]
            elif status >= 500:
                wrong.append((name, relation, status))
    assert wrong == []
    if ROLES[key] not in (Role.ADMINISTRATOR, Role.COMMISSIONER) and key != "colleague":
        assert shown > 0, "a matrix in which nothing is ever shown proves nothing"


@pytest.mark.parametrize("key", ["registered_manager", "team_leader"])
def test_the_list_the_search_and_today_leave_out_what_the_page_would_refuse(key: str) -> None:
    populated, client = ours(), client_for(key)
    hidden = [str(populated.by_relation[one].event_id) for one in RELATIONS if not sees(key, one)]
    for where in ("/cases/", "/cases/?words=chair", "/"):
        body = client.get(where).content.decode()
        assert [event for event in hidden if event in body] == []
    assert str(populated.by_relation["own"].event_id) in client.get("/cases/").content.decode()


def test_a_membership_that_has_ended_and_a_disabled_account_are_out_on_the_next_request() -> None:
    from heedful.foundation.people.models import Account, Membership
    from heedful.foundation.people.operations import end_membership

    populated = populate()
    world = populated.world
    client = sign_in(Client(), world.accounts["nominated_individual"])
    assert client.get("/cases/").status_code == 200
    with world.use():
        membership = Membership.objects.get(account=world.accounts["nominated_individual"])
        end_membership(membership=membership, by=world.system, at=membership.valid_from)
    assert client.get("/cases/").status_code != 200
    lead = sign_in(Client(), world.accounts["safeguarding_lead"])
    assert lead.get("/cases/").status_code == 200
    Account.objects.filter(pk=world.accounts["safeguarding_lead"].pk).update(is_active=False)
    assert lead.get("/cases/").status_code != 200


def test_ids_are_of_the_kind_that_nobody_guesses() -> None:
    assert all(UUID(str(value)).version == 7 for value in ours().plain.values())
