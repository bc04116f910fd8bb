"""One sheet of events, row by row: import, ask or reject, with the event as it is understood."""

from collections.abc import Iterator

from heedful.intake.sheets.grid import Row
from heedful.intake.understanding.asking import Asking
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.dating import Dates, Settled, Stated
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.judging import Judge, Seen
from heedful.intake.understanding.kinding import record_type
from heedful.intake.understanding.model import Layout, Other, Read
from heedful.intake.understanding.order import Proofs
from heedful.intake.understanding.records import Fields
from heedful.intake.understanding.rowkinds import RowKinds
from heedful.intake.understanding.shifts import Shifts
from heedful.intake.understanding.study import Study
from heedful.intake.understanding.text import at, fold, said

RECORDS = frozenset({"record", "nil_return"})


class SheetReader:
    """Reads one sheet twice: first what each row states about its date, then each row with what stands around it."""

    def __init__(self, study: Study, sheet: Held, layout: Layout, asking: Asking, seen: Seen) -> None:
        self._study, self._sheet, self._layout, self._asking, self._seen = study, sheet, layout, asking, seen
        self._fields = Fields(layout, study.glossary, record_type(layout))
        self._judge = Judge(study, sheet, layout, asking, seen, self._fields)
        self._shifts = Shifts(layout, study.services)
        self._date = self._judge.date_place
        self.stated: list[Stated] = []
        self._kinds: list[str] = []
        self._proofs = Proofs()
        self._bar_service = ""

    def survey(self, proofs: Proofs) -> None:
        """The first pass."""
        kinds = RowKinds(self._layout, self._study.services)
        self._proofs = proofs
        for row in self._sheet.rows():
            kind = kinds.kind(row)
            self._kinds.append(kind)
            if kind in RECORDS:
                stated = self._state(row, kinds)
                self.stated.append(stated)
                self._fields.harms.look(self._fields.harm_text(row))
                if len(self._study.layouts) > 1:
                    self._seen.accounts.add(hash(fold(self._fields.account(row))))
                self._judge.codes[fold(self._fields.text(row, "kind"))] += 1
                proofs.add(stated.form, stated.writer)

    def _state(self, row: Row, kinds: RowKinds) -> Stated:
        shift = self._shifts.shift(row)
        name = self._fields.text(row, "reporter", shift)
        writer = fold(name)
        self._proofs.names.setdefault(writer, name)
        value = at(row, self._date + shift).value if self._date else None
        return Stated(form(value), kinds.bar, writer, self._fields.reported_on(row, shift), kinds.service)

    def rows(self, dates: Dates) -> Iterator[Read | Other]:
        """The second pass. An account may run on into the next row, so that each record waits for its end."""
        self._fields.harms.ask(self._asking, self._layout.sheet, self._layout.header_last + 1)
        place, waiting, settled = -1, None, None
        parts: list[str] = []
        for row, kind in zip(self._sheet.rows(), self._kinds, strict=True):
            if kind == "continuation" and waiting is not None:
                parts.append(self._fields.text(row, "narrative"))
                yield Other(self._layout.sheet, row.number, kind)
                continue
            if waiting is not None:
                yield self._read(waiting[0], waiting[1], settled, parts)
                waiting, parts = None, []
            if kind in RECORDS:
                place += 1
                settled = dates.settle(place, settled)
                self._bar_service = self.stated[place].service
                waiting = (row, kind)
            else:
                yield Other(self._layout.sheet, row.number, kind if kind != "continuation" else "note")
        if waiting is not None:
            yield self._read(waiting[0], waiting[1], settled, parts)

    def _read(self, row: Row, kind: str, settled: Settled | None, more: list[str]) -> Read:
        shift = self._shifts.shift(row)
        account = "\n".join([self._fields.account(row, shift), *more]).strip()
        event = self._fields.event(row, account, shift)
        read = Read(self._layout.sheet, row.number, "import", "", event)
        if kind == "nil_return":
            return read.reject("nil_return")
        self._dated(read, settled or Settled(problem="date_missing"))
        self._placed(read, row, shift)
        self._judge.judge(read, row, settled or Settled(), shift)
        return read

    def _dated(self, read: Read, settled: Settled) -> None:
        event = read.event
        event.date = settled.start.isoformat() if settled.start else ""
        event.date_end = settled.end.isoformat() if settled.end and settled.start else ""
        event.precision = settled.precision
        event.date_reported = settled.reported.isoformat() if settled.reported else ""
        read.date_candidates = tuple(day.isoformat() for day in settled.candidates)

    def _placed(self, read: Read, row: Row, shift: int) -> None:
        """The service by its column, or the one that the sheet is for."""
        place = self._layout.place("service")
        text = said(at(row, place + shift)) if place else self._bar_service or self._layout.sheet
        match = self._study.services.match(text)
        read.event.service, read.service_candidates = match.name, match.names
        if not text:
            read.ask("service_missing")
        elif place and match.how == "became_a_date":
            self._service_asked(read, text, "dates", "service_became_a_date")
        elif not match.name:
            scope = fold(text) if place else f"sheet {fold(text)}"
            self._service_asked(read, text, scope, "service_ambiguous")
        elif not place and (other := self._study.services.mentioned(read.event.narrative)) and other != match.name:
            read.service_candidates = (other, match.name)
            read.ask("possible_duplicate")

    def _service_asked(self, read: Read, text: str, scope: str, reason: str) -> None:
        if not self._layout.place("service") or scope == "dates" or self._study.spellings[text] >= 2:
            answer = self._asking.ask("service_value", scope, sheet=read.sheet, row=read.row, value=text)
            if answer and answer.choice == "service" and answer.values:
                read.event.service = answer.values[0]
                return
            if answer is None:
                read.waits_for += (f"service_value/{scope}",)
        read.ask(reason)
