"""The layout, the whole-page messages and the gallery."""

from dataclasses import dataclass
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from heedful.foundation.ui import forms, views
from heedful.foundation.ui.navigation import Link, Navigation, navigation
from tests.unit.ui.pages import Page, page

HERE = "tests.unit.ui.test_pages"
ITEMS = (Link("Today", "/today/", current=True), Link("Cases", "/cases/"))


def full(request: object) -> Navigation:
    account = (Link("Your account", "/account/"),)
    return Navigation(items=ITEMS, account=account, tell_us="/tell/", sign_out="/out/", demo="This is a demonstration")


def only_links(request: object) -> list[Link]:
    return list(ITEMS)


@dataclass
class Somebody:
    name: str = "Amira Haddow"
    organisation_name: str = "Merrow Vale Care"


def signed_in_page() -> Page:
    request = RequestFactory().get("/")
    request.viewer = Somebody()  # type: ignore[attr-defined]
    with override_settings(HEEDFUL_NAVIGATION=f"{HERE}.full"):
        return Page(render_to_string("ui/message.html", {"title": "Hello", "text": "One thing"}, request))


def test_a_page_says_its_language_and_has_one_heading_one_main_and_a_skip_link_to_it() -> None:
    shown = page("ui/message.html", title="Hello", text="One thing")
    assert shown.all("html")[0].attrs["lang"] == "en-gb"
    assert [one.text for one in shown.all("h1")] == ["Hello"]
    assert shown.all("a")[0].attrs["href"] == "#main-content"
    assert shown.by_id("main-content")[0].tag == "main"
    assert shown.by_id("main-content")[0].takes_focus


def test_the_footer_names_the_provider_and_says_it_is_no_government_service() -> None:
    words = signed_in_page().all("footer")[0].text
    assert "Merrow Vale Care runs this service on its own server. It is not a government service." in words


def test_the_header_shows_what_the_setting_gives_and_marks_the_current_place() -> None:
    shown = signed_in_page()
    current = [one for one in shown.all("a") if one.attrs.get("aria-current") == "page"]
    assert {one.attrs["href"] for one in current} == {"/today/"}
    assert "This is a demonstration" in shown.all("body")[0].text
    assert [one.attrs["href"] for one in shown.all("a") if one.text == "Tell us"] == ["/tell/"]


def test_the_menu_of_a_phone_needs_no_script_and_signs_out_by_post() -> None:
    shown = signed_in_page()
    menu = next(one for one in shown.all("details") if "hf-narrow" in one.attrs["class"])
    within = [one for one in shown.elements if menu in one.inside]
    assert {"/today/", "/cases/", "/account/"} <= {one.attrs.get("href") for one in within}
    assert any(one.tag == "form" and (one.attrs["method"], one.attrs["action"]) == ("post", "/out/") for one in within)
    assert "csrfmiddlewaretoken" in {one.attrs.get("name") for one in within}


def test_the_setting_may_give_only_links() -> None:
    with override_settings(HEEDFUL_NAVIGATION=f"{HERE}.only_links"):
        assert navigation(RequestFactory().get("/")).items == ITEMS


class One(forms.Form):
    name = forms.Line(label="Your name")


def test_a_page_with_mistakes_says_so_in_its_title_and_above_its_heading() -> None:
    shown = page("ui/message.html", title="Hello", text="x", form=One({}))
    assert shown.all("title")[0].text == "Error: Hello"
    assert shown.summary_targets() == ["id_name"]


def test_a_page_without_mistakes_has_no_summary() -> None:
    shown = page("ui/message.html", title="Hello", text="x", form=One({"name": "Joss"}))
    assert shown.all("title")[0].text == "Hello"
    assert shown.summary_targets() == []


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_page_needs_nothing_but_its_status(status: int) -> None:
    shown = Page(render_to_string("ui/error.html", {"status": status}))
    assert len(shown.all("h1")) == 1
    assert not [word for word in ("Traceback", str(status), "Exception") if word in shown.all("body")[0].text]


def test_an_error_page_asks_nothing_of_a_broken_request() -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("touched")

    with override_settings(HEEDFUL_NAVIGATION="no.such.module"):
        shown = render_to_string("ui/error.html", {"status": 500, "reference": "ab12", "viewer": Broken()})
    assert "Something went wrong here" in shown and "ab12" in shown


def test_what_is_absent_and_what_is_anothers_read_the_same() -> None:
    requests = [RequestFactory().get(path) for path in ("/cases/1/", "/cases/2222/")]
    one, other = (render_to_string("ui/error.html", {"status": 404}, request) for request in requests)
    assert one == other


def test_the_gallery_has_no_inline_style_or_script_and_no_address_of_another_host() -> None:
    markup = views.gallery(RequestFactory().get("/gallery/")).content.decode()
    shown = Page(markup)
    assert not [one for one in shown.elements if "style" in one.attrs or one.tag == "style"]
    assert [one.attrs.get("type") for one in shown.all("script")] == ["module"]
    assert not [name for one in shown.elements for name in one.attrs if name.startswith("on")]
    addresses = [one.attrs.get("href", "") + one.attrs.get("src", "") for one in shown.elements]
    assert not [one for one in addresses if "//" in one]


def test_headings_of_the_gallery_never_skip_a_level() -> None:
    shown = Page(views.gallery(RequestFactory().get("/gallery/")).content.decode())
    levels = [int(one.tag[1]) for one in shown.elements if one.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_notes_left_for_the_reader_are_shown_once_on_the_next_page() -> None:
    request = RequestFactory().get("/")
    request._messages = [SimpleNamespace(tags="success", __str__=lambda: "")]  # type: ignore[attr-defined]
    assert render_to_string("ui/message.html", {"title": "t", "text": "x"}, request).count("hf-note--success") == 1
