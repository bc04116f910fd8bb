"""The text of one cell of an OpenDocument workbook: paragraphs, runs, links, and the note that hangs on it."""

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.ods_names import DRAW, LINK, OFFICE, TEXT
from heedful.intake.sheets.ods_styles import Styles

_IN_TEXT = ("p", "h", "span", "a", "s", "tab", "line-break")
_NAMES = {f"{TEXT} {name}": name for name in _IN_TEXT} | {f"{OFFICE} annotation": "note"}
_MOST_BLANKS = 10_000


class Words:
    """Hears everything inside a cell. What is drawn on it (pictures, shapes) is not its text."""

    def __init__(self, styles: Styles, limit: int) -> None:
        self._styles, self._limit = styles, limit
        self.begin()

    def begin(self) -> None:
        self.comment, self.link = "", ""
        self._paragraphs: list[str] = []
        self._notes: list[str] = []
        self._pieces: list[str] | None = None
        self._spans: list[bool | None] = []
        self._runs: list[bool | None] = []
        self._in_note = self._drawn = 0
        self.length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        what = _NAMES.get(name)
        if what is None:
            self._drawn += name.startswith(DRAW)
        elif what == "note":
            self._in_note += 1
        elif self._drawn:
            return
        elif what in ("p", "h"):
            self._pieces = []
        elif what == "span":
            self._spans.append(self._styles.look("text", attributes.get(f"{TEXT} style-name", "")).struck)
        elif what == "a":
            self.link = self.link or attributes.get(LINK, "")
        elif what == "s":
            self.text(" " * min(int(attributes.get(f"{TEXT} c", 1)), _MOST_BLANKS))
        else:
            self.text("\t" if what == "tab" else "\n")

    def end(self, name: str) -> None:
        what = _NAMES.get(name)
        if what is None:
            self._drawn -= name.startswith(DRAW)
        elif what == "note":
            self._in_note -= 1
        elif self._drawn:
            return
        elif what == "span" and self._spans:
            self._spans.pop()
        elif what in ("p", "h") and self._pieces is not None:
            (self._notes if self._in_note else self._paragraphs).append("".join(self._pieces))
            self._pieces = None

    def text(self, text: str) -> None:
        if self._pieces is None or self._drawn:
            return
        self._pieces.append(text)
        self.length += len(text)
        if self.length > self._limit:
            raise FileRefused("workbook_cell_too_long", limit=self._limit)
        if not self._in_note and not text.isspace():
            self._runs.append(next((struck for struck in reversed(self._spans) if struck is not None), None))

    @property
    def value(self) -> str:
        return "\n".join(self._paragraphs)

    @property
    def note(self) -> str:
        return "\n".join(self._notes).strip()

    def struck(self, by_cell: bool) -> bool:
        """All that can be seen is crossed out."""
        return all(by_cell if run is None else run for run in self._runs) if self._runs else by_cell
