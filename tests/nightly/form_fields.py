"""What a browser would send for each form on a page, so that a test can send it with something wrong in it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """The fields of one form with the values they show."""

    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Every form of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._area = self._choice = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(said.get("method", "get").lower()))
        elif not self.found:
            return
        elif tag == "input" and said.get("name"):
            self._input(said)
        elif tag == "textarea":
            self._area = said.get("name", "")
            self._add(self._area, "")
        elif tag == "select":
            self._choice = said.get("name", "")
        elif tag == "option" and (said.get("value") and not self.found[-1].fields.get(self._choice)):
            self._add(self._choice, said["value"])
        elif tag == "button" and said.get("name"):
            self.found[-1].fields.setdefault(said["name"], [said.get("value", "")])

    def handle_data(self, data: str) -> None:
        if self._area and data.strip():
            self.found[-1].fields[self._area] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._choice = ""

    def _input(self, said: dict[str, str]) -> None:
        kind, name = said.get("type", "text"), said["name"]
        # Of radios the first one, unless another is chosen.
        if kind != "radio" or "checked" in said or name not in self.found[-1].fields:
            self.found[-1].fields[name] = []
            self._add(name, said.get("value", "on" if kind == "checkbox" else ""))

    def _add(self, name: str, value: str) -> None:
        if name:
            self.found[-1].fields.setdefault(name, []).append(value)
