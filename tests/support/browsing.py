"""A real browser against the real application, signed in as one of a world's people."""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.signing_in import sign_in
from tests.support.world import World

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# Long enough for the first page of a process on a busy machine.
expect.set_options(timeout=30_000)
# Where pictures for the documentation go; without it none are taken.
PICTURES = os.environ.get("PICTURES_FOLDER")
AT_REST = "() => Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => true)"


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test says what went wrong."""


@contextmanager
def served() -> Iterator[str]:
    """The application on a port of this machine."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # The first page reads every route and template; on a busy machine that is longer than a browser waits.
    Client().get("/account/login/")
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, and the test reads the database in it as well.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def context_for(browser: Browser, address: str, world: World, role: str, **options: Any) -> BrowserContext:
    """A browser of its own, signed in; a phone unless said otherwise."""
    context = browser.new_context(**{"base_url": address, "viewport": PHONE, **options})
    cookie = sign_in(Client(), world.accounts[role]).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return context


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page, everything unfolded and nothing still changing its colour."""
    page.wait_for_load_state()
    for details in page.query_selector_all("main details"):
        details.evaluate("one => one.open = true")
    page.evaluate(AT_REST)
    # Every rule runs; what passes is not listed, which would be a megabyte for each page.
    said = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [(one["id"], one["nodes"][0]["html"]) for one in said["violations"]]


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, if pictures are wanted."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def sides_of_paper(page: Page) -> int:
    """How many sides of A4 the page takes when it is printed."""
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))


def looked_at(page: Page, name: str) -> None:
    """Both widths, light and dark: no fault, nothing scrolls sideways, a picture of each."""
    before = page.viewport_size or PHONE
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width, size in (("phone", PHONE), ("desktop", DESKTOP)):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            picture(page, f"{name}-{width}{'-dark' if scheme == 'dark' else ''}")
            found = faults(page)
            assert found == [], (name, scheme, width, found)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (name, width)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)  # type: ignore[arg-type]
