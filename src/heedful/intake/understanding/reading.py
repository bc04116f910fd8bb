"""One sheet of events, row by row: import, ask or reject, with the event as it is understood."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from heedful.intake.sheets.grid import Row
from heedful.intake.understanding.accounts import COMPLIMENT, IN_ERROR, SAME_EVENT, TEST, TWO_EVENTS, VOID, has_hint
from heedful.intake.understanding.asking import BY_ROW, Asking
from heedful.intake.understanding.colours import colour_name
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.dating import Dates, Settled, Stated
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.kinding import Kinding, is_near_miss, record_type
from heedful.intake.understanding.model import Choice, Layout, Other, Read
from heedful.intake.understanding.order import Proofs
from heedful.intake.understanding.records import Fields
from heedful.intake.understanding.rowkinds import RowKinds
from heedful.intake.understanding.shifts import Shifts
from heedful.intake.understanding.study import Study
from heedful.intake.understanding.text import at, fold, is_blank, said

RECORDS = frozenset({"record", "nil_return"})
# A question about a whole column is asked for a value that stands there as often as this.
SEVERAL = 3


@dataclass(slots=True)
class Seen:
    """What the file has shown, for rows that stand in it twice: whole rows so far, and all accounts."""

    whole: set[int] = field(default_factory=set)
    accounts: set[int] = field(default_factory=set)


class SheetReader:
    """Reads one sheet twice: first what each row states about its date, then each row with what stands around it."""

    def __init__(self, study: Study, sheet: Held, layout: Layout, asking: Asking, seen: Seen) -> None:
        self._study, self._sheet, self._layout, self._asking, self._seen = study, sheet, layout, asking, seen
        self._type = record_type(layout)
        self._fields = Fields(layout, study.glossary, self._type)
        self._kinding = Kinding(layout, study.glossary, self._type)
        self._shifts = Shifts(layout, study.services)
        self._date = layout.place("date") or layout.place("date+time")
        self._compared = [c.place for c in layout.columns if c.meaning not in ("period", "ignore", "attachment_link")]
        self.stated: list[Stated] = []
        self._kinds: list[str] = []
        self._proofs = Proofs()
        self._bar_service = ""
        self._codes: Counter[str] = Counter()

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
                self._codes[fold(self._fields.text(row, "kind"))] += 1
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
            return _said(read, "reject", "nil_return")
        self._dated(read, settled or Settled(problem="date_missing"))
        self._placed(read, row, shift)
        self._judge(read, row, settled or Settled(), shift)
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
            _ask(read, "service_missing")
        elif place and match.how == "became_a_date":
            self._service_asked(read, text, "dates", "service_became_a_date")
        elif not match.name:
            scope = fold(text) if place else f"sheet {fold(text)}"
            self._service_asked(read, text, scope, "service_ambiguous")
        elif not place and (other := self._study.services.mentioned(read.event.narrative)) and other != match.name:
            read.service_candidates = (other, match.name)
            _ask(read, "possible_duplicate")

    def _service_asked(self, read: Read, text: str, scope: str, reason: str) -> None:
        if not self._layout.place("service") or scope == "dates" or self._study.spellings[text] >= 2:
            answer = self._asking.ask("service_value", scope, sheet=read.sheet, row=read.row, value=text)
            if answer and answer.choice == "service" and answer.values:
                read.event.service = answer.values[0]
                return
            if answer is None:
                read.waits_for += (f"service_value/{scope}",)
        _ask(read, reason)

    def _judge(self, read: Read, row: Row, settled: Settled, shift: int) -> None:
        """Everything else that can be wrong with a row; what rejects it comes before what asks."""
        if self._layout.copy_of:
            return self._copied(read)
        if self._rejected(read, row):
            return None
        if shift:
            _ask(read, "row_shifted_right")
        elif self._overflows(row):
            _ask(read, "too_many_columns")
        if settled.problem or settled.question:
            self._date_asked(read, settled)
        self._hidden(read, row)
        self._named(read, row, shift)
        self._told(read)
        self._coloured(read, row)
        return None

    def _copied(self, read: Read) -> None:
        scope = fold(self._layout.sheet)
        answer = self._asking.ask(
            "duplicate_sheet", scope, sheet=read.sheet, row=read.row,
            copy=self._layout.sheet.strip(), original=self._layout.copy_of.strip(), suggested=Choice("old_copy"),
        )  # fmt: skip
        if answer and answer.choice == "old_copy":
            _said(read, "reject", "duplicate_sheet")
        else:
            _ask(read, "duplicate_sheet", () if answer else (f"duplicate_sheet/{scope}",))

    def _rejected(self, read: Read, row: Row) -> bool:
        narrative = fold(read.event.narrative[:300])
        marked = has_hint(narrative)
        if self._twice(read, row):
            _said(read, "reject", "exact_duplicate")
        elif marked and TEST.search(narrative):
            _said(read, "reject", "test_row")
        elif self._fields.struck(row):
            suggested = Choice("error") if self._study.glossary.says_struck_is_error() else None
            self._marked_out(read, "strike_meaning", suggested)
        elif marked and VOID.match(narrative):
            self._marked_out(read, "void", None)
        elif marked and IN_ERROR.search(narrative):
            _ask(read, "entered_in_error")
        return read.outcome == "reject"

    def _marked_out(self, read: Read, topic: str, suggested: Choice | None) -> None:
        answer = self._asking.ask(topic, sheet=read.sheet, row=read.row, suggested=suggested)
        if answer and answer.choice == "error":
            _said(read, "reject", "entered_in_error")
        elif answer is None or answer.choice == BY_ROW:
            _ask(read, "entered_in_error", () if answer else (topic,))

    def _twice(self, read: Read, row: Row) -> bool:
        """A row whose every cell stands in another row already: pasted twice."""
        if len(read.event.narrative) < 10:
            return False
        cells = tuple([fold(said(at(row, place))) for place in self._compared])
        if len(cells) - cells.count("") < 4:
            return False
        before = len(self._seen.whole)
        self._seen.whole.add(hash(cells))
        return len(self._seen.whole) == before

    def _overflows(self, row: Row) -> bool:
        """Something stands beyond the last heading of a table that has nothing there otherwise."""
        return (
            self._layout.header_first > 0
            and self._sheet.is_text
            and any(not is_blank(cell) for cell in row.cells[self._layout.last_column :])
        )

    def _date_asked(self, read: Read, settled: Settled) -> None:
        scope = {"date_exchanged": "exchanged", "date_order": ""}.get(settled.question)
        key: tuple[str, ...] = ()
        if scope is not None:
            kind = "date_exchanged" if scope else ""
            answer = self._asking.ask("date_order", scope, sheet=read.sheet, row=read.row, kind=kind)
            key = () if answer else (f"date_order/{scope}" if scope else "date_order",)
        if settled.problem:
            _ask(read, settled.problem, key)

    def _hidden(self, read: Read, row: Row) -> None:
        # A filter hides rows for what is looked for at the time; only a hand hides them for good.
        if row.hidden != "hand":
            return
        answer = self._asking.ask("hidden_rows", sheet=read.sheet, row=read.row)
        if answer and answer.choice == "leave_out":
            _said(read, "reject", "hidden_row")
        elif answer is None or answer.choice == BY_ROW:
            _ask(read, "hidden_row", () if answer else ("hidden_rows",))

    def _named(self, read: Read, row: Row, shift: int) -> None:
        named = self._kinding.kinds(row, read.event.narrative, shift)
        read.event.kinds = named.kinds
        if self._type == "incident" and is_near_miss(self._fields.text(row, "kind", shift)):
            read.event.record_type = "near_miss"
        if (
            named.problem == "kind_unknown_code"
            and self._codes[fold(named.text)] >= SEVERAL
            and named.text.strip("? -")
        ):
            answer = self._asking.ask("kind_code", fold(named.text), sheet=read.sheet, row=read.row, value=named.text)
            if answer and answer.choice == "kind":
                read.event.kinds = answer.values
                return
            _ask(read, named.problem, () if answer else (f"kind_code/{fold(named.text)}",))
        elif named.problem:
            _ask(read, named.problem)

    def _told(self, read: Read) -> None:
        account = read.event.narrative
        folded = fold(account[-600:] if len(account) > 1_200 else account)
        if not account:
            _ask(read, "narrative_missing")
        elif self._told_elsewhere(account):
            _ask(read, "possible_duplicate")
        elif not has_hint(folded):
            return
        elif SAME_EVENT.search(folded):
            _ask(read, "possible_duplicate")
        elif TWO_EVENTS.search(folded):
            _ask(read, "maybe_two_events")
        elif self._type != "compliment" and COMPLIMENT.search(folded):
            _ask(read, "looks_like_a_compliment")

    def _told_elsewhere(self, account: str) -> bool:
        """“Daughter complains: ...” and then an account that stands in another row of the file."""
        quoted = account.split(": ", 1)[1] if ": " in account[:40] else ""
        return len(quoted) > 40 and hash(fold(quoted)) in self._seen.accounts

    def _coloured(self, read: Read, row: Row) -> None:
        """A colour can say how far a case is; it never decides whether the row is an event."""
        name = colour_name(self._fields.fill(row))
        if not name:
            return
        answer = self._asking.ask(
            "colour_meaning", name, sheet=read.sheet, row=read.row, said=self._study.glossary.colours.get(name, "")
        )
        if answer and answer.choice in ("closed", "open", "with_others") and not read.event.extra.get("status"):
            read.event.extra["status"] = answer.choice


def _said(read: Read, outcome: str, reason: str) -> Read:
    read.outcome, read.reason, read.waits_for = outcome, reason, ()
    return read


def _ask(read: Read, reason: str, waits_for: tuple[str, ...] = ()) -> None:
    """The first reason is the row's; others are kept beside it."""
    if read.outcome == "ask":
        read.notes += (reason,)
    elif read.outcome == "import":
        read.outcome, read.reason = "ask", reason
    read.waits_for += waits_for
