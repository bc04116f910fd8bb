"""The plain fields of a record row: account, time, person, reporter, harm and marks, as they stand."""

from heedful.intake.sheets.grid import Row
from heedful.intake.understanding.datewords import Form, form
from heedful.intake.understanding.glossary import Glossary
from heedful.intake.understanding.harms import Harms
from heedful.intake.understanding.marks import yes_no
from heedful.intake.understanding.model import Event, Layout
from heedful.intake.understanding.text import at, is_blank, said, written
from heedful.intake.understanding.timewords import moment

_MARKED = ("family_told", "gp_or_111", "safeguarding_raised", "cqc_notified", "police", "consent")
_KEPT = ("location", "subtype", "status", "outcome", "level", "immediate_action", "action", "lesson", "wishes",
         "channel",
         "complainant", "duration_minutes", "restraint_type", "attachment_link", "la_decision")  # fmt: skip


class Fields:
    """Reads the fields of one sheet's rows that need no other row."""

    def __init__(self, layout: Layout, glossary: Glossary, record_type: str) -> None:
        self._record_type = record_type
        header = next((column.header for column in layout.columns if column.meaning == "harm"), "")
        self.harms = Harms(glossary, header)
        self._place = {column.meaning: column.place for column in reversed(layout.columns) if column.meaning}
        self._marked = [(name, self._place[name]) for name in _MARKED if name in self._place]
        self._kept = [(name, self._place[name]) for name in _KEPT if name in self._place]

    def text(self, row: Row, meaning: str, shift: int = 0) -> str:
        place = self._place.get(meaning, 0)
        return written(at(row, place + shift).value).strip() if place else ""

    def account(self, row: Row, shift: int = 0) -> str:
        """What happened; what led up to it stands before, as in the log."""
        told, before = self.text(row, "narrative", shift), self.text(row, "antecedent", shift)
        return f"{before}\n\n{told}" if before and told and len(before) > 1 else told or before

    def event(self, row: Row, account: str, shift: int = 0) -> Event:
        event = Event(narrative=account, record_type=self._record_type)
        event.person = self.text(row, "person", shift)
        event.reporter = self.text(row, "reporter", shift)
        event.ref = self.text(row, "local_ref")
        self._timed(row, event, shift)
        self._harmed(row, event, shift)
        for name, place in self._marked:
            event.extra[name] = yes_no(said(at(row, place + shift))) or "unknown"
        for name, place in self._kept:
            text = written(at(row, place + shift).value).strip()
            if text:
                event.extra[name] = text
        return event

    def _timed(self, row: Row, event: Event, shift: int) -> None:
        if "time" in self._place:
            found = moment(at(row, self._place["time"] + shift).value)
        elif "date+time" in self._place:
            found = moment(form(at(row, self._place["date+time"] + shift).value).tail)
        else:
            return
        event.time, event.time_precision = found
        if "time_end" in self._place:
            event.time_end = moment(at(row, self._place["time_end"] + shift).value).time

    def _harmed(self, row: Row, event: Event, shift: int) -> None:
        text = self.harm_text(row, shift)
        event.harm = self.harms.level(text) or "unknown"

    def harm_text(self, row: Row, shift: int = 0) -> str:
        place = self._place.get("harm", 0)
        return said(at(row, place + shift)) if place else ""

    def reported_on(self, row: Row, shift: int = 0) -> Form | None:
        place = self._place.get("date_reported", 0)
        return form(at(row, place + shift).value) if place else None

    def fill(self, row: Row) -> str:
        """The colour that most filled cells of the row share."""
        colours = [cell.fill for cell in row.cells if not is_blank(cell)]
        common = max(set(colours), key=colours.count, default="")
        return common if common and colours.count(common) * 2 > len(colours) else ""

    def struck(self, row: Row) -> bool:
        marked = [cell.struck for cell in row.cells if not is_blank(cell)]
        return sum(marked) * 2 > len(marked)
