"""A row becomes a candidate event, or a list of what is wrong with it. Pure: same row, same answer."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from heedful.intake import dates
from heedful.intake.candidates import Candidate, How, NewPlace
from heedful.intake.cells import Cells, faults
from heedful.intake.lookups import Coder
from heedful.intake.mapping import Day, Text
from heedful.intake.moments import Moment, SkippedTimeError, financial_year, moment
from heedful.intake.problems import Problem, Question, Tally, shown
from heedful.intake.reading import Record

TITLE = 120


@dataclass(slots=True)
class _Draft:
    """A row being judged."""

    values: dict[str, object] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What tells its account from others.
    account: bytes = b""


class Judge:
    """Judges the rows of one file, in order: it remembers the record ids and accounts it has seen."""

    def __init__(self, header: Sequence[str], keep: Sequence[str], how: How, tally: Tally) -> None:
        self._map, self._width, self._keep = how.event_map, len(header), keep
        self._coders, self._places, self._today, self._tally = how.coders, how.places, how.today, tally
        self._cells = Cells(header, self._map.blank)
        self._records: dict[bytes, int] = {}
        self._accounts: dict[bytes, int] = {}
        self._named: set[str] = set()
        self._said: list[str] = []
        specs = [(name, getattr(self._map.fields, name)) for name in ("title", "words", "place", "made_safe")]
        self._texts: list[tuple[str, Text, str]] = [(name, spec, spec.names()[0]) for name, spec in specs if spec]

    def judge(self, record: Record) -> tuple[Candidate | None, tuple[Problem, ...]]:
        """The candidate, unless something rejects the row; and everything that was found, flags too."""
        draft = _Draft()
        candidate = None
        if not self._is_whole(record, draft):
            return None, tuple(draft.problems)
        name, service = self._text("record", draft), self._text("service", draft)
        record_hash = self._new_record(name, draft)
        key = self._service(service, draft)
        self._times(self._places.zone(key), draft)
        self._codes(draft)
        self._words(draft)
        self._kept(draft)
        if not any(problem.rejects for problem in draft.problems):
            self._records[record_hash] = record.number
            if draft.account:
                self._accounts.setdefault(draft.account, record.number)
            candidate = self._candidate(record.number, name, key, draft)
        return candidate, tuple(draft.problems)

    def _is_whole(self, record: Record, draft: _Draft) -> bool:
        if record.fault:
            draft.problems.append(Problem(record.fault, value=shown(record.raw)))
            return False
        cells = record.cells
        if len(cells) > self._width and not any(cell.strip() for cell in cells[self._width :]):
            cells = cells[: self._width]
        if len(cells) != self._width:
            code = "too_many_values" if len(cells) > self._width else "too_few_values"
            facts = (("found", len(cells)), ("expected", self._width))
            draft.problems.append(Problem(code, value=shown(",".join(cells)), facts=facts))
            return False
        self._cells.turn_to(cells)
        return True

    def _text(self, name: str, draft: _Draft) -> str:
        spec: Text = getattr(self._map.fields, name)
        text = self._cells.text(spec)
        if not text:
            draft.problems.append(Problem("missing", name, spec.names()[0]))
        draft.problems += faults(name, spec.names()[0], text)
        return text

    def _new_record(self, name: str, draft: _Draft) -> bytes:
        short = _short(name)
        before = self._records.get(short) if name else None
        if before is not None:
            column = self._map.fields.record.names()[0]
            draft.problems.append(Problem("record_twice", "record", column, shown(name), (("row", before),)))
        return short

    def _service(self, text: str, draft: _Draft) -> str:
        key = self._places.key(text)
        if key is None and text and not self._places.may_create:
            column = self._map.fields.service.names()[0]
            facts = (("near", self._places.near(text)),)
            draft.problems.append(Problem("service_unknown", "service", column, shown(text), facts))
        return text if key is None else key

    def _times(self, zone: ZoneInfo, draft: _Draft) -> None:
        fields = self._map.fields
        occurred = self._moment("occurred", fields.occurred, zone, draft)
        aware = self._moment("aware", fields.aware, zone, draft) if fields.aware else None
        recorded = self._moment("recorded", fields.recorded, zone, draft) if fields.recorded else None
        if occurred is None:
            return
        if recorded:
            self._lag(occurred, recorded, draft)
        draft.values |= stored(occurred)
        draft.values["aware_at"] = (aware or occurred).start
        written = recorded or aware or occurred
        draft.values["recorded_at"] = written.start
        # History is over when it is written down: from then on it is kept for as long as the policy says.
        draft.values["retain_from"] = max(written.local_date, occurred.local_date)

    def _moment(self, name: str, spec: Day, zone: ZoneInfo, draft: _Draft) -> Moment | None:
        when = self._when(name, spec, draft)
        if when is None:
            return None
        value = self._cells.get(spec.column)
        if when.day < spec.earliest:
            draft.problems.append(Problem("too_early", name, spec.column, shown(value), (("earliest", spec.earliest),)))
        elif when.day > self._today:
            draft.problems.append(Problem("in_future", name, spec.column, shown(value), (("today", self._today),)))
        else:
            try:
                return moment(when.day, when.at, zone)
            except SkippedTimeError:
                draft.problems.append(Problem("time_skipped", name, spec.column, shown(value)))
        return None

    def _when(self, name: str, spec: Day, draft: _Draft) -> dates.When | None:
        text = self._cells.get(spec.column)
        if not text:
            if name == "occurred":
                draft.problems.append(Problem("missing", name, spec.column))
            return None
        found = dates.read(text, spec.format)
        if isinstance(found, dates.Unread):
            if found.why == "ambiguous":
                self._tally.ask(Question("date_order", name, spec.column, shown(text)), dates.order_shown(text))
            draft.problems.append(Problem(f"date_{found.why}", name, spec.column, shown(text)))
            return None
        return self._with_time(name, spec, found, draft)

    def _with_time(self, name: str, spec: Day, found: dates.When, draft: _Draft) -> dates.When | None:
        text = self._cells.get(spec.time_column) if spec.time_column else ""
        if not text:
            return found
        time = dates.read(text, spec.time_format)
        if isinstance(time, dates.Unread):
            draft.problems.append(Problem("time_unreadable", name, spec.time_column, shown(text)))
            return None
        return dates.When(found.day, time.at)

    def _lag(self, occurred: Moment, recorded: Moment, draft: _Draft) -> None:
        checks, days = self._map.checks, (recorded.local_date - occurred.local_date).days
        if 0 <= days <= checks.longest_lag_days:
            return
        column = self._map.fields.occurred.column
        value = f"{occurred.local_date} / {recorded.local_date}"
        facts = (("days", days), ("longest", checks.longest_lag_days))
        if days < 0:
            rejects = checks.recorded_before_it_happened == "reject"
            draft.problems.append(Problem("lag_negative", "occurred", column, value, facts, rejects))
        if days > checks.longest_lag_days:
            draft.problems.append(Problem("lag_long", "occurred", column, value, facts, checks.longer_lag == "reject"))

    def _codes(self, draft: _Draft) -> None:
        for name, coder in self._coders.items():
            code = self._code(name, coder, draft)
            if name == "kinds":
                draft.values["kinds"] = [kind for kind in code.split("|") if kind]
            elif name == "type":
                draft.values |= {"type": code.partition(".")[0], "subtype": code if "." in code else ""}
            else:
                draft.values[name] = code or "unknown"

    def _code(self, name: str, coder: Coder, draft: _Draft) -> str:
        spec = coder.spec
        if spec.always:
            return spec.always
        text = self._cells.get(spec.column)
        if not text and spec.when_blank:
            return spec.when_blank
        code = coder.code(text) if text else None
        if code is None:
            known = ", ".join(sorted(spec.values or coder.known))[:200]
            facts, rejects = (("known", known),), not spec.when_unknown
            why = "code_unknown" if text else "missing"
            said = [p for p in draft.problems if p.column == spec.column and p.code == why and p.rejects >= rejects]
            if not said:
                draft.problems.append(Problem(why, name, spec.column, shown(text), facts, rejects))
        return spec.when_unknown if code is None else code

    def _words(self, draft: _Draft) -> None:
        for name, spec, column in self._texts:
            text = self._cells.text(spec)
            draft.problems += faults(name, column, text)
            draft.values[name] = text
            if name == "words":
                self._account(text, column, draft)
            if name == "title" and len(text) > TITLE:
                draft.values["title"] = text[: TITLE - 1] + "…"
                draft.kept[column] = text

    def _account(self, text: str, column: str, draft: _Draft) -> None:
        if len(text) < self._map.checks.short_words:
            draft.problems.append(Problem("words_short", "words", column, shown(text), (("length", len(text)),), False))
        if not text:
            return
        draft.account = _short(text)
        before = self._accounts.get(draft.account)
        if before is not None:
            draft.problems.append(Problem("words_twice", "words", column, shown(text), (("row", before),), False))

    def _kept(self, draft: _Draft) -> None:
        for column in self._keep:
            if text := self._cells.get(column):
                draft.problems += faults("keep", column, text)
                draft.kept[column] = text
        for column, expected in self._map.checks.expected.items():
            text = self._cells.get(column)
            if text and text not in expected:
                facts = (("known", ", ".join(expected)),)
                draft.problems.append(Problem("value_unexpected", column, column, shown(text), facts, rejects=False))

    def _candidate(self, row: int, name: str, key: str, draft: _Draft) -> Candidate:
        flags = tuple(dict.fromkeys([problem.code for problem in draft.problems])) if draft.problems else ()
        place = None
        # A service is opened as the first row says that names it.
        if key not in self._named:
            place = self._new_place(key) if self._places.key(key) is None else None
            self._named.add(key)
        if not self._said:
            self._said = sorted(draft.values.keys() - _WORKED_OUT)
        digest = _digest(name, key, self._said, draft)
        return Candidate(row, name, key, place, draft.values, draft.kept, flags, digest)

    def _new_place(self, key: str) -> NewPlace:
        said = [self._cells.line(spec) for spec in self._map.services.new.texts()]
        return NewPlace(said[0] or key, said[1], said[2])


def stored(occurred: Moment) -> dict[str, object]:
    """When it happened, by the names that an event has for it."""
    return {
        "occurred_from": occurred.start,
        "occurred_to": occurred.end,
        "occurred_as": occurred.precision,
        "local_date": occurred.local_date,
        "local_hour": occurred.local_hour,
        "local_weekday": occurred.local_date.weekday(),
        "financial_year": financial_year(occurred.local_date),
    }


def _short(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest()


# Worked out from the moments of the same row.
_WORKED_OUT = frozenset({"local_date", "local_hour", "local_weekday", "financial_year", "retain_from"})
# No row may hold it: it stands between what is said.
_BETWEEN = "\x1f"


def _digest(name: str, key: str, columns: Sequence[str], draft: _Draft) -> bytes:
    """What the row says, whatever the order of its columns."""
    said = [*columns, name, key]
    for column in columns:
        value = draft.values[column]
        said.append(value if isinstance(value, str) else str(value))
    for column in sorted(draft.kept):
        said += (column, draft.kept[column])
    return hashlib.sha256(_BETWEEN.join(said).encode()).digest()
