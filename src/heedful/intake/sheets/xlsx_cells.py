"""One cell of an Excel workbook from its attributes, its text and its formula."""

from collections.abc import Callable, Mapping

from heedful.intake.sheets.grid import Cell, Value
from heedful.intake.sheets.limits import Limits
from heedful.intake.sheets.serials import from_serial
from heedful.intake.sheets.values import linked, moment, number, says_something
from heedful.intake.sheets.xlsx_names import is_on
from heedful.intake.sheets.xlsx_styles import PLAIN, Look
from heedful.intake.sheets.xlsx_texts import Texts, Words, unescaped

# Most cells of a log repeat a few words; so many different ones are kept at hand.
_KEPT, _KEPT_LENGTH = 20_000, 10_000_000
_OTHERS: dict[str, Callable[[str], Value]] = {"b": is_on, "d": moment}


class Cells:
    """Makes cells, the same one for the same words in the same style. With each: does it say anything?"""

    def __init__(self, texts: Texts, looks: list[Look], limits: Limits, *, since_1904: bool) -> None:
        self.limits = limits
        self._texts, self._since_1904 = texts, since_1904
        self._looks: dict[str | None, Look] = {str(number): look for number, look in enumerate(looks)}
        self._looks[None] = looks[0]
        self._kept: dict[tuple[str | None, str | None, str | None], tuple[Cell, bool]] = {}
        self._length = 0

    def cell(self, attributes: Mapping[str, str], text: str | None) -> tuple[Cell, bool]:
        """A cell without formula whose text, if it has any, stands in it or in the shared list."""
        key = (attributes.get("s"), attributes.get("t"), text)
        made = self._kept.get(key)
        if made is None:
            made = self.made(attributes, text)
            self._length += len(made[0].value) if isinstance(made[0].value, str) else 0
            if len(self._kept) >= _KEPT or self._length > _KEPT_LENGTH:
                self._kept.clear()
                self._length = 0
            self._kept[key] = made
        return made

    def made(self, attributes: Mapping[str, str], text: str | None, formula: str = "",
             words: Words | None = None) -> tuple[Cell, bool]:  # fmt: skip
        """Any cell; `words` is what stands in it in runs of different looks."""
        look = self._looks.get(attributes.get("s"), PLAIN)
        value: Value = None
        struck = look.struck
        if words is not None:
            value, struck = words.text or None, words.struck(look.struck)
        elif text is not None:
            value, struck = self._value(attributes.get("t", "n"), text, look)
        cell = Cell(value, formula, struck, look.fill, "", linked(formula) if formula else "")
        return cell, says_something(cell)

    def _value(self, kind: str, text: str, look: Look) -> tuple[Value, bool]:
        """The value as stored, and whether it is crossed out."""
        if kind == "s":
            place = int(text)
            return self._texts[place] or None, self._texts.struck(place, look.struck)
        if kind != "n":
            return _OTHERS.get(kind, unescaped)(text) if text else None, look.struck
        if text and look.shows:
            return from_serial(number(text), look.shows, since_1904=self._since_1904), look.struck
        return number(text) if text else None, look.struck
