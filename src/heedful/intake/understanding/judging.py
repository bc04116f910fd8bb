"""What is wrong with a row, or marks it as no event: what rejects it comes first, then what has to be asked."""

from collections import Counter
from dataclasses import dataclass, field

from heedful.intake.sheets.grid import Row
from heedful.intake.understanding.accounts import (
    COMPLIMENT,
    IN_ERROR,
    SAME_EVENT,
    TEST,
    TWO_EVENTS,
    VOID,
    account_kinds,
    has_hint,
)
from heedful.intake.understanding.asking import BY_ROW, Answer, Asking
from heedful.intake.understanding.colours import colour_name
from heedful.intake.understanding.datewords import form
from heedful.intake.understanding.dating import Settled
from heedful.intake.understanding.held import Held
from heedful.intake.understanding.kinding import Kinding, is_near_miss, record_type
from heedful.intake.understanding.model import Choice, Layout, Read
from heedful.intake.understanding.records import Fields
from heedful.intake.understanding.study import Study
from heedful.intake.understanding.text import at, fold, is_blank, said

# A question about a whole column is asked for a value that stands there as often as this.
SEVERAL = 3


@dataclass(slots=True)
class Seen:
    """What the file has shown, for rows that stand in it twice: whole rows so far, and all accounts."""

    whole: set[int] = field(default_factory=set)
    accounts: set[int] = field(default_factory=set)


class Judge:
    """Judges the rows of one sheet."""

    def __init__(self, study: Study, sheet: Held, layout: Layout, asking: Asking, seen: Seen, fields: Fields) -> None:
        self._study, self._sheet, self._layout, self._asking, self._seen = study, sheet, layout, asking, seen
        self._type, self._fields = record_type(layout), fields
        self._kinding = Kinding(layout, study.glossary, self._type)
        self._compared = [c.place for c in layout.columns if c.meaning not in ("period", "ignore", "attachment_link")]
        # How often each text stands in the column of kinds.
        self.codes: Counter[str] = Counter()
        self._choose_date()

    def _choose_date(self) -> None:
        """The column that the events are dated by, and another one that could be it as well."""
        first = self._layout.place("date") or self._layout.place("date+time")
        self._rival = self._layout.place("date_other")
        named = {column.place: column.header for column in self._layout.columns}
        self._dates = tuple(named[place] for place in (first, self._rival) if place)
        self._dates_scope = fold(" / ".join(self._dates))
        answer = self._asking.answer(f"date_meaning/{self._dates_scope}") if self._rival else None
        if answer and answer.choice == "column" and fold(answer.values[0]) == fold(named[self._rival]):
            first, self._rival = self._rival, first
        self.date_place = first

    def judge(self, read: Read, row: Row, settled: Settled, shift: int) -> None:
        """Everything else that can be wrong with a row; what rejects it comes before what asks."""
        if (self._layout.copy_of and self._copied(read)) or self._rejected(read, row):
            return
        if shift:
            read.ask("row_shifted_right")
        elif self._overflows(row):
            read.ask("too_many_columns")
        if settled.problem or settled.question:
            self._date_asked(read, settled)
        if self._rival:
            self._which_date(read, row, shift)
        self._hidden(read, row)
        self._named(read, row, shift)
        self._told(read)
        self._coloured(read, row)

    def _copied(self, read: Read) -> bool:
        """Whether the row belongs to a copy of another sheet that nobody wants."""
        scope = fold(self._layout.sheet)
        answer = self._asking.ask(
            "duplicate_sheet", scope, sheet=read.sheet, row=read.row,
            copy=self._layout.sheet.strip(), original=self._layout.copy_of.strip(), suggested=Choice("old_copy"),
        )  # fmt: skip
        if answer and answer.choice == "old_copy":
            read.reject("duplicate_sheet")
        elif answer is None or answer.choice == BY_ROW:
            read.ask("duplicate_sheet", () if answer else (f"duplicate_sheet/{scope}",))
        return read.outcome != "import"

    def _rejected(self, read: Read, row: Row) -> bool:
        narrative = fold(read.event.narrative[:300])
        marked = has_hint(narrative)
        if self._twice(read, row):
            read.reject("exact_duplicate")
        elif marked and TEST.search(narrative):
            read.reject("test_row")
        elif self._fields.struck(row):
            suggested = Choice("error") if self._study.glossary.says_struck_is_error() else None
            self._marked_out(read, "strike_meaning", suggested)
        elif marked and VOID.match(narrative):
            self._marked_out(read, "void", None)
        elif marked and IN_ERROR.search(narrative):
            read.ask("entered_in_error")
        return read.outcome == "reject"

    def _marked_out(self, read: Read, topic: str, suggested: Choice | None) -> None:
        answer = self._asking.ask(topic, sheet=read.sheet, row=read.row, suggested=suggested)
        if answer and answer.choice == "error":
            read.reject("entered_in_error")
        elif answer is None or answer.choice == BY_ROW:
            read.ask("entered_in_error", () if answer else (topic,))

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
            read.ask(settled.problem, key)

    def _which_date(self, read: Read, row: Row, shift: int) -> None:
        """Two columns can be the date of the event: where they differ the owner says which one it is."""
        if form(at(row, self.date_place + shift).value).parts == form(at(row, self._rival + shift).value).parts:
            return
        offers = (*(Choice("column", (name,)) for name in self._dates), Choice(BY_ROW))
        scope = self._dates_scope
        answer = self._asking.ask("date_meaning", scope, sheet=read.sheet, row=read.row, offers=offers, value=scope)
        if answer is None or answer.choice == BY_ROW:
            read.ask("date_meaning", () if answer else (f"date_meaning/{scope}",))

    def _hidden(self, read: Read, row: Row) -> None:
        # A filter hides rows for what is looked for at the time; only a hand hides them for good.
        if row.hidden != "hand":
            return
        answer = self._asking.ask("hidden_rows", sheet=read.sheet, row=read.row)
        if answer and answer.choice == "leave_out":
            read.reject("hidden_row")
        elif answer is None or answer.choice == BY_ROW:
            read.ask("hidden_row", () if answer else ("hidden_rows",))

    def _named(self, read: Read, row: Row, shift: int) -> None:
        named = self._kinding.kinds(row, read.event.narrative, shift)
        read.event.kinds = named.kinds
        if self._type == "incident" and is_near_miss(self._fields.text(row, "kind", shift)):
            read.event.record_type = "near_miss"
        if named.problem == "kind_unknown_code" and self.codes[fold(named.text)] >= SEVERAL and named.text.strip("? -"):
            answer = self._asking.ask("kind_code", fold(named.text), sheet=read.sheet, row=read.row, value=named.text)
            read.event.kinds = self._meant(answer, read.event.narrative)
            if not read.event.kinds:
                read.ask(named.problem, () if answer else (f"kind_code/{fold(named.text)}",))
        elif named.problem:
            read.ask(named.problem)

    @staticmethod
    def _meant(answer: Answer | None, account: str) -> tuple[str, ...]:
        """The kind that somebody gave for a word, or that the account tells of by itself."""
        if answer and answer.choice == "kind":
            return answer.values
        told = account_kinds(account) if answer and answer.choice == "account" else ()
        return told if len(told) == 1 else ()

    def _told(self, read: Read) -> None:
        account = read.event.narrative
        folded = fold(account[-600:] if len(account) > 1_200 else account)
        if not account:
            read.ask("narrative_missing")
        elif self._told_elsewhere(account):
            read.ask("possible_duplicate")
        elif not has_hint(folded):
            return
        elif SAME_EVENT.search(folded):
            read.ask("possible_duplicate")
        elif TWO_EVENTS.search(folded):
            read.ask("maybe_two_events")
        elif self._type != "compliment" and COMPLIMENT.search(folded):
            read.ask("looks_like_a_compliment")

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
