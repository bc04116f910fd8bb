"""A lead brings in a spreadsheet on a phone: every page of it in light and dark, on a phone and a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.integration.test_uploads import ELSEWHERE
from tests.support.browsing import chromium, context_for, looked_at, served
from tests.support.jobs import run_jobs
from tests.support.world import make_world

pytestmark = pytest.mark.browser


def test_a_spreadsheet_is_sent_asked_about_brought_in_and_taken_back(tmp_path: Path) -> None:
    world, log = make_world(), tmp_path / "log.csv"
    log.write_text(ELSEWHERE)
    with served() as address, chromium() as browser:
        page = context_for(browser, address, world, "safeguarding_lead").new_page()
        page.goto("/imports/")
        looked_at(page, "imports-none")
        page.get_by_role("link", name="Choose a file").click()
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_role("link", name="Choose your file")).to_be_visible()
        looked_at(page, "imports-send")
        page.get_by_label("Choose your file").set_input_files(log)
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We are reading your file")
        run_jobs(world.organisation.id)
        # The page looks again by itself.
        expect(page.get_by_role("heading", level=1)).to_have_text("One thing only you know")
        looked_at(page, "imports-asked")
        page.get_by_label("No, open it as a new one").check()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We are reading your file")
        run_jobs(world.organisation.id)
        expect(page.get_by_role("button", name="Bring in 3 events")).to_be_visible()
        looked_at(page, "imports-ready")
        page.get_by_role("link", name="rows that stay behind").click()
        expect(page.get_by_text("There is no such day")).to_be_visible()
        looked_at(page, "imports-rows")
        page.go_back()
        page.get_by_role("button", name="Bring in 3 events").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We are bringing it in")
        run_jobs(world.organisation.id)
        expect(page.get_by_role("heading", level=1)).to_have_text("3 events came in")
        page.get_by_role("button", name="Take all of it back").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We are taking it back")
        run_jobs(world.organisation.id)
        expect(page.get_by_role("heading", level=1)).to_have_text("All of it was taken back")
        page.goto("/imports/")
        expect(page.get_by_role("link", name="log.csv")).to_be_visible()
        looked_at(page, "imports-list")
