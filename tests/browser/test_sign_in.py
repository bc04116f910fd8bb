"""Signing in, in a real browser: passkeys, no script, both themes, phone and desktop."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, BrowserContext, Page, expect

from heedful.foundation.people import factors, operations
from heedful.foundation.people.models import Account
from tests.support.browsing import DESKTOP, PHONE, chromium, context_for, faults, looked_at, picture, served
from tests.support.signing_in import app_for, code_of
from tests.support.world import PASSWORD, START, World, make_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """By name: browsers bind a passkey to a name, never to a number."""
    with served() as found:
        yield found.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def phone(browser: Browser, address: str, **options: object) -> BrowserContext:
    return browser.new_context(base_url=address, viewport=PHONE, **options)  # type: ignore[arg-type]


def new_account(world: World, name: str, **details: object) -> Account:
    return operations.open_account(
        username=f"{world.organisation.code}/{name}", name="Nia Okoro", password=PASSWORD, at=START, **details
    )


def password_page(page: Page, account: Account) -> None:
    page.goto("/account/login/")
    page.get_by_label("User name or email").fill(account.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def complaints(page: Page) -> list[str]:
    """What the browser itself objects to, as a breach of the content security policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda problem: said.append(str(problem)))
    return said


def seen(page: Page, name: str) -> None:
    """Once on a phone by day and once on a desktop by night; the pages people meet most get all four."""
    for scheme, width, size in (("light", "phone", PHONE), ("dark", "desktop", DESKTOP)):
        # Without motion: a button half-way between two colours has neither contrast.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        picture(page, f"{name}-{width}")
        assert faults(page) == [], (name, scheme, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, width)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def virtual_key(page: Page) -> None:
    """A passkey in a phone that knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_the_whole_first_sign_in_works_without_a_script(browser: Browser, address: str, world: World) -> None:
    account = new_account(world, "no-script", must_change_password=True)
    context = phone(browser, address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    password_page(page, account)
    page.get_by_role("link", name="Use an app").click()
    secret = re.sub(r"\s", "", page.locator(".hf-key").text_content() or "")
    page.get_by_label("Then write the code it shows").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New password").fill("slow amber ferry")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Print your card of codes")
    expect(page.locator(".hf-codes li")).to_have_count(20)
    context.close()


def test_a_passkey_is_made_and_then_signs_in_alone(browser: Browser, address: str, world: World) -> None:
    account = new_account(world, "passkey")
    context = phone(browser, address)
    page = context.new_page()
    said = complaints(page)
    virtual_key(page)
    password_page(page, account)
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Print your card of codes")
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your sign-in")
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    password_page(page, account)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(lambda url: "/2fa/" not in url)
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep this one for now")
    assert Authenticator.objects.filter(user_id=account.pk, type="webauthn").count() == 1
    assert [words for words in said if "409" not in words and "404" not in words] == []
    context.close()


def test_a_passkey_of_a_phone_that_did_not_ask_its_owner_signs_nobody_in_alone(
    browser: Browser, address: str, world: World
) -> None:
    account = new_account(world, "unverified")
    app_for(account)
    context = phone(browser, address)
    page = context.new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": False}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("That did not work")).to_be_visible(timeout=70_000)
    page.goto("/account/")
    expect(page).to_have_url(re.compile("/account/login/"))
    context.close()


def test_the_pages_of_signing_in_are_without_fault(browser: Browser, address: str, world: World) -> None:
    context = phone(browser, address)
    page = context.new_page()
    said = complaints(page)
    page.goto("/account/login/")
    looked_at(page, "sign-in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Write your user name or email")).to_be_visible()
    seen(page, "sign-in-mistake")
    page.goto("/account/help/")
    seen(page, "cannot-sign-in")
    page.goto("/account/inactive/")
    seen(page, "switched-off")
    password_page(page, new_account(world, "looks", must_change_password=True))
    seen(page, "set-up")
    page.goto("/account/set-up/passkey/")
    seen(page, "set-up-passkey")
    page.goto("/account/set-up/app/")
    looked_at(page, "set-up-app")
    secret = re.sub(r"\s", "", page.locator(".hf-key").text_content() or "")
    page.get_by_label("Then write the code it shows").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    seen(page, "new-password")
    page.get_by_role("button", name="Start again as somebody else").click()
    password_page(page, world.accounts["colleague"])
    assert said == []
    context.close()


def test_the_second_step_and_the_lock_are_without_fault(browser: Browser, address: str, world: World) -> None:
    context = phone(browser, address)
    page = context.new_page()
    account = new_account(world, "steps")
    app_for(account)
    password_page(page, account)
    looked_at(page, "second-step")
    page.get_by_label("Code").fill("1")
    page.get_by_role("button", name="Sign in").click()
    seen(page, "second-step-mistake")
    context.clear_cookies()
    locked = new_account(world, "locked")
    for _try in range(10):
        page.goto("/account/login/")
        page.get_by_label("User name or email").fill(locked.username)
        page.get_by_label("Password", exact=True).fill("a guess")
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wait a little")
    seen(page, "locked")
    context.close()


def test_the_pages_of_ones_own_sign_in_are_without_fault(browser: Browser, address: str, world: World) -> None:
    account = world.accounts["nominated_individual"]
    app_for(account)
    factors.new_card(account)
    context = context_for(browser, address, world, "nominated_individual")
    page = context.new_page()
    virtual_key(page)
    said = complaints(page)
    for path, name in (("", "own"), ("password/change/", "own-password"), ("logout/", "sign-out")):
        page.goto(f"/account/{path}")
        seen(page, name)
    page.goto("/account/2fa/webauthn/add/")
    seen(page, "once-more")
    page.get_by_role("link", name="Use a code").click()
    seen(page, "once-more-code")
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name it").fill("Ward tablet")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your sign-in")
    page.goto("/account/2fa/webauthn/")
    seen(page, "own-passkeys")
    page.get_by_role("link", name="Rename").click()
    seen(page, "own-passkey-rename")
    page.go_back()
    page.get_by_role("link", name="Remove").click()
    seen(page, "own-passkey-remove")
    for path, name in (
        ("2fa/app/activate/", "own-app"),
        ("2fa/app/deactivate/", "own-app-off"),
        ("2fa/card/", "own-card"),
        ("2fa/card/generate/", "own-card-new"),
    ):
        page.goto(f"/account/{path}")
        seen(page, name)
    assert said == []
    context.close()
