"""The same protecting headers on every answer: pages, redirects, refusals, faults, static files."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import path

from heedful.config import urls as real_urls
from tests.integration.test_sessions import guarded_addresses
from tests.support.signing_in import sign_in
from tests.support.world import make_world

EXPECTED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
ENTRANCES = ["/", "/account/login/", "/account/help/", "/account/set-up/", "/account/logout/", "/account/inactive/"]


def faults(response) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """What is missing or weak on this answer."""
    for name, value in EXPECTED.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    policy = {
        part.split()[0]: part.split()[1:]
        for part in response.headers.get("Content-Security-Policy", "").split("; ")
        if part
    }
    nothing, ourselves = ["default-src", "base-uri", "frame-ancestors"], ["script-src", "style-src", "form-action"]
    if "sandbox" in policy:  # a file: what it may not load falls under default-src
        nothing, ourselves = [*nothing, "form-action"], []
    yield from (f"{one}: {policy.get(one)}" for one in nothing if policy.get(one) != ["'none'"])
    yield from (f"{one}: {policy.get(one)}" for one in ourselves if policy.get(one) != ["'self'"])
    if "geolocation=()" not in response.headers.get("Permissions-Policy", ""):
        yield "Permissions-Policy"


def break_down(request):  # type: ignore[no-untyped-def]
    raise RuntimeError("as a test")


urlpatterns = [*real_urls.urlpatterns, path("broken-for-a-test/", break_down)]
handler400, handler403 = real_urls.handler400, real_urls.handler403
handler404, handler500 = real_urls.handler404, real_urls.handler500


def test_every_route_answers_with_all_headers_and_is_not_stored() -> None:
    world = make_world()
    strangers, manager = Client(), sign_in(Client(), world.accounts["registered_manager"])
    bad = {}
    for client in (strangers, manager):
        for address in [*ENTRANCES, *guarded_addresses()]:
            for response in (client.get(address), client.options(address)):
                found = [*faults(response)]
                if response.headers.get("Cache-Control") != "no-store":
                    found.append(f"Cache-Control: {response.headers.get('Cache-Control')}")
                if found:
                    bad[address] = found
    assert bad == {}


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("status", [400, 403, 404, 405, 429, 500])
def test_errors_carry_them_too_and_never_show_a_trace(status: int) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=status == 403)
    answers = {
        400: lambda: client.get("/account/login/", headers={"Host": "evil.example"}),
        403: lambda: client.post("/account/login/", {"login": "a", "password": "b"}),
        404: lambda: client.get("/no-such-page/"),
        405: lambda: client.put("/account/login/", "x"),
        429: lambda: [client.post("/account/login/", {"login": "nobody/here", "password": "b"}) for _ in range(11)][-1],
        500: lambda: client.get("/broken-for-a-test/"),
    }
    response = answers[status]()
    if status == 405:
        assert response.status_code in (200, 403, 405)
    else:
        assert response.status_code == status
    assert list(faults(response)) == []
    assert response.headers["Cache-Control"] == "no-store"
    assert b"Traceback" not in response.content and b"RuntimeError" not in response.content


@pytest.mark.parametrize("name", ["ui/heedful.js", "vendor/heedful.css", "people/passkeys.js", "no/such/file.js"])
def test_static_files_carry_them_too(name: str) -> None:
    response = Client().get(f"/static/{name}")
    assert response.status_code == (404 if "such" in name else 200)
    assert list(faults(response)) == []


def test_over_https_browsers_are_told_to_stay_there() -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        secure = Client().get("/account/login/", secure=True)
        plain = Client().get("/account/login/")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in plain.headers


def test_cookies_are_out_of_reach_for_scripts_and_other_sites() -> None:
    response = Client().get("/account/login/")
    for cookie in response.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_forms_without_a_token_are_refused_also_for_signing_out() -> None:
    world = make_world()
    client = sign_in(Client(enforce_csrf_checks=True), world.accounts["care_worker"])
    for address in ("/account/logout/", "/account/login/", "/people/organisation/", "/account/password/change/"):
        assert client.post(address).status_code == 403, address
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site_after_signing_in(away: str) -> None:
    world = make_world()
    client = sign_in(Client(), world.accounts["care_worker"])
    answer = client.get("/account/login/", {"next": away})
    assert answer.status_code == 302 and answer.headers["Location"] == "/"
