"""Reads rendered markup: which ids there are, and which of them take the focus."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.template.loader import render_to_string
from django.test import RequestFactory

FOCUSABLE = {"input", "select", "textarea", "button", "a", "summary"}
VOID = {"input", "br", "img", "meta", "link", "hr"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    text: str = ""
    inside: tuple["Element", ...] = ()

    @property
    def takes_focus(self) -> bool:
        hidden = self.attrs.get("type") == "hidden" or "disabled" in self.attrs
        return (self.tag in FOCUSABLE and not hidden) or "tabindex" in self.attrs


@dataclass
class Page(HTMLParser):
    """Every element of a page, in order."""

    markup: str
    elements: list[Element] = field(default_factory=list)
    open_now: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs}, inside=tuple(self.open_now))
        self.elements.append(one)
        if tag not in VOID:
            self.open_now.append(one)

    def handle_endtag(self, tag: str) -> None:
        while self.open_now and self.open_now.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for one in self.open_now:
            one.text += data

    def by_id(self, wanted: str) -> list[Element]:
        return [one for one in self.elements if one.attrs.get("id") == wanted]

    def all(self, tag: str, **attrs: str) -> list[Element]:
        wanted = {name.rstrip("_"): value for name, value in attrs.items()}
        return [one for one in self.elements if one.tag == tag and wanted.items() <= one.attrs.items()]

    def summary_targets(self) -> list[str]:
        links = [
            one for one in self.all("a") if any("govuk-error-summary" in p.attrs.get("class", "") for p in one.inside)
        ]
        return [one.attrs["href"].removeprefix("#") for one in links]


def page(template: str, **context: Any) -> Page:
    return Page(render_to_string(template, context, RequestFactory().get("/")))
