"""The gallery in a real browser, under the real security policy: accessibility, focus, phone width, no script."""

import shutil
import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test says what went wrong."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with override_settings(ROOT_URLCONF="tests.unit.ui.urls", HEEDFUL_NAVIGATION="tests.unit.ui.test_pages.full"):
        server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/gallery/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield started
        started.close()


def opened(browser: Browser, address: str, **context: Any) -> tuple[Page, list[str]]:
    page = browser.new_context(**context).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    answer = page.goto(address)
    assert answer is not None and answer.ok
    page.wait_for_load_state("load")
    return page, said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_gallery_has_no_accessibility_violation_and_breaks_no_policy(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    page, said = opened(browser, address, color_scheme=scheme, viewport={"width": width, "height": 900})
    for details in page.query_selector_all("main details"):
        details.evaluate("one => one.open = true")
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert said == []


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, address: str, width: int) -> None:
    page, _ = opened(browser, address, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_every_line_of_the_error_summary_moves_the_focus_to_its_control(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, viewport={"width": 390, "height": 800})
    links = page.query_selector_all(".govuk-error-summary a")
    assert len(links) > 10
    for link in links:
        wanted = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        assert page.evaluate("document.activeElement.id") == wanted


def test_the_summary_takes_the_focus_when_the_page_opens(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"


def test_charts_take_the_colours_of_the_night(browser: Browser, address: str) -> None:
    dot = (
        "[...document.querySelectorAll('.hf-chart__svg path')].find(p => p.getAttribute('fill') == 'var(--hf-better)')"
    )
    colours = []
    for scheme in ("light", "dark"):
        page, _ = opened(browser, address, color_scheme=scheme)
        colours.append(page.evaluate(f"getComputedStyle({dot}).fill"))
    assert colours == ["rgb(0, 94, 184)", "rgb(121, 184, 255)"]


def test_without_a_script_every_question_is_open(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, java_script_enabled=False)
    boxes = page.locator("textarea[name$=made_safe]")
    assert boxes.count() == 2 and all(box.is_visible() for box in boxes.all())


def test_with_a_script_a_question_opens_under_its_answer(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address)
    box = page.locator("#id_blank-made_safe")
    assert box.is_visible()
    page.get_by_label("I'm not sure").first.check()
    assert not box.is_visible()
    page.get_by_label("Yes, everyone is safe").first.check()
    assert box.is_visible()


def test_a_word_shown_in_a_chart_is_never_under_12_pixels(browser: Browser, address: str) -> None:
    measure = """[...document.querySelectorAll('.hf-chart__svg')].filter(one => one.getBoundingClientRect().width)
        .map(one => one.getBoundingClientRect().width / one.viewBox.baseVal.width *
             Math.min(...[...one.querySelectorAll('text')].map(t => parseFloat(t.getAttribute('font-size')))))"""
    page, _ = opened(browser, address)
    for width in (320, 390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert min(page.evaluate(measure)) >= 12, width


def test_printing_uses_light_paper_and_shows_no_buttons(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not any(one.is_visible() for one in page.locator(".hf-button").all())


def test_forced_colours_keep_the_chosen_card_apart(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, forced_colors="active")
    edges = (
        "[...document.querySelectorAll('.hf-choices label')].map(l => getComputedStyle(l, '::before').borderTopWidth)"
    )
    assert page.evaluate(edges)[:5] == ["2px", "2px", "4px", "2px", "2px"]
