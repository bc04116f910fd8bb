"""Figures of how much care there was, out of a workbook's own tables: per service and period, gaps told from zero.

Three shapes are read: a line for each service and period, periods down the side, and periods across the top.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from heedful.intake.sheets.grid import BLANK, Cell, Row
from heedful.intake.understanding.amounts import Amount, amount, far_off, too_many
from heedful.intake.understanding.periods import Period, period, weekly
from heedful.intake.understanding.servicewords import Services
from heedful.intake.understanding.study import Study
from heedful.intake.understanding.text import at, fold, is_blank, said

# A row of so many periods or services, among the first rows, is the heading of a table.
_LEAST_PERIODS, _LEAST_SERVICES, _HEADING_ROWS = 3, 2, 30
_MEASURES = (
    ("live_in_days", ("live in", "live-in")),
    ("visits_planned", ("visits planned", "planned visits", "scheduled visits")),
    ("visits_delivered", ("visit", "calls")),
    ("occupied_bed_days", ("bed day", "obd", "bed night", "occupied bed", "beddays")),
    ("care_hours", ("hours", "hrs")),
)
_SUM = re.compile(
    r"^(grand |sub[- ]?|year |monthly? |overall )?(totals?|sum|all( services| homes| branches)?|average|mean)\b"
)
_CAPACITY = frozenset({"beds", "capacity", "places", "registered beds", "no of beds", "registered for", "rooms"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `import`, or `ask` with the reason. A figure in doubt keeps what was read, if it could be.

    `named` is what the file calls the service; `service` is empty where nothing is known by that name.
    """

    sheet: str
    row: int
    column: int
    named: str
    service: str
    first: date
    last: date
    measure: str
    value: float | None
    outcome: str
    reason: str = ""


@dataclass(slots=True)
class Figures:
    """All figures, and what stands beside them: sums, notes, rows without a service or a period."""

    found: list[Figure] = field(default_factory=list)
    left_out: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A figure before its series is looked at."""

    row: int
    column: int
    named: str
    service: str
    period: Period
    measure: str
    amount: Amount
    capacity: float = 0

    @property
    def in_doubt(self) -> str:
        """What is not known of it before its figure is looked at."""
        return "service_unknown" if not self.service else "" if self.measure else "measure_unknown"


def measure_in(text: str) -> str:
    """What is counted, by its name; empty where a text names nothing that is."""
    folded = fold(text)
    return next((measure for measure, words in _MEASURES if any(word in folded for word in words)), "")


def figures(study: Study) -> Figures:
    """Every figure of every sheet that holds them, in the order of the file."""
    result = Figures()
    for sheet, layout in zip(study.sheets, study.layouts, strict=True):
        if layout.role == "exposures" and not layout.copy_of:
            table = in_table(layout.sheet, list(sheet.rows()), study.services, layout.title)
            result.found += table.found
            result.left_out += table.left_out
    return result


def in_table(sheet: str, rows: Sequence[Row], services: Services, title: str = "") -> Figures:
    """The figures of one table, whichever of the three shapes it has."""
    result = Figures()
    result.found += _judged(sheet, list(_Table(sheet, rows, services, title, result).raw()))
    return result


def _judged(sheet: str, raw: Sequence[_Raw]) -> Iterator[Figure]:
    """Each figure beside the others of its service: what is far off, or more than there is room for, is asked."""
    series: dict[tuple[str, str], list[float]] = {}
    for one in raw:
        if one.amount.value is not None and not one.amount.reason:
            series.setdefault((one.service or one.named, one.measure), []).append(one.amount.value / one.period.days)
    for one in raw:
        value, reason = one.amount.value, one.amount.reason or one.in_doubt
        if value is not None and not reason:
            usual = series[one.service or one.named, one.measure]
            reason = far_off(value / one.period.days, usual) or too_many(value, one.capacity * one.period.days)
        yield Figure(
            sheet=sheet,
            row=one.row,
            column=one.column,
            named=one.named,
            service=one.service,
            first=one.period.first,
            last=one.period.until(one.amount.to_day),
            measure=one.measure,
            value=value,
            outcome="ask" if reason else "import",
            reason=reason,
        )


class _Table:
    """The table of one sheet in whichever of the three shapes it has."""

    def __init__(self, sheet: str, rows: Sequence[Row], services: Services, title: str, result: Figures) -> None:
        self._sheet, self._rows, self._services, self._result = sheet, rows, services, result
        above = [said(cell) for row in rows[:3] for cell in row.cells if isinstance(cell.value, str)]
        self._measure = next((found for text in (title, *above, sheet) if (found := measure_in(text))), "")

    def raw(self) -> Iterator[_Raw]:
        for place, row in enumerate(self._rows[:_HEADING_ROWS]):
            body = self._rows[place + 1 :]
            if len(self._periods(row)) >= _LEAST_PERIODS:
                yield from self._periods_across(row, body)
                return
            if len(self._named(row)) >= _LEAST_SERVICES and self._period_column(body, row):
                yield from self._services_across(row, body)
                return
            if self._is_heading_of_lines(row, body):
                yield from self._lines(row, body)
                return

    def _periods(self, row: Row) -> dict[int, Period]:
        found = {place: period(cell) for place, cell in enumerate(row.cells, start=1)}
        return {place: each for place, each in found.items() if each}

    def _named(self, row: Row) -> dict[int, str]:
        """The services that a heading names, by column."""
        cells = enumerate(row.cells, start=1)
        names = {place: self._service(said(cell)) for place, cell in cells if isinstance(cell.value, str)}
        return {place: name for place, name in names.items() if name}

    def _service(self, text: str) -> str:
        return self._services.match(text).name or self._services.match(text.partition("(")[0].strip()).name

    def _period_column(self, body: Sequence[Row], heading: Row) -> int:
        """The column most of whose cells are periods, or 0."""
        counts = {
            place: sum(bool(period(at(row, place))) for row in body) for place in range(1, len(heading.cells) + 1)
        }
        best = max(counts, key=lambda place: counts[place], default=0)
        return best if best and counts[best] >= _LEAST_PERIODS else 0

    def _periods_across(self, heading: Row, body: Sequence[Row]) -> Iterator[_Raw]:
        periods = self._periods(heading)
        as_weeks = weekly(list(periods.values()), said(at(heading, 1)))
        first = min(periods)
        rooms = next((p for p, cell in enumerate(heading.cells, 1) if fold(said(cell)) in _CAPACITY), 0)
        for row in body:
            named = [said(at(row, place)) for place in range(1, first)]
            texts = [text for text in named if text and not text.isdecimal()]
            calls = next((text for text in texts if self._service(text)), texts[0] if texts else "")
            if not calls or is_sum(calls):
                self._leave_out(row.number, calls)
                continue
            measure = next((counted for text in named if (counted := measure_in(text))), self._measure)
            room = amount(at(row, rooms)).value or 0 if rooms else 0
            service = self._service(calls)
            for place, each in periods.items():
                found = amount(at(row, place))
                yield _Raw(row.number, place, calls, service, each.as_week(as_weeks), measure, found, room)

    def _services_across(self, heading: Row, body: Sequence[Row]) -> Iterator[_Raw]:
        when = self._period_column(body, heading)
        named: dict[int, str] = {}
        for place, cell in enumerate(heading.cells, start=1):
            if place != when and self._is_of_a_service(place, cell, body):
                named[place] = said(cell)
            elif place != when and not is_blank(cell):
                self._leave_out(heading.number, said(cell))
        periods = {row.number: each for row in body if (each := period(at(row, when)))}
        as_weeks = weekly(list(periods.values()), said(at(heading, when)))
        for row in body:
            each = periods.get(row.number)
            if each is None:
                self._leave_out(row.number, said(at(row, when)))
                continue
            for place, calls in named.items():
                measure = measure_in(calls) or self._measure
                found = amount(at(row, place))
                yield _Raw(row.number, place, calls, self._service(calls), each.as_week(as_weeks), measure, found)

    def _is_of_a_service(self, place: int, heading: Cell, body: Sequence[Row]) -> bool:
        """A column of a service, or of figures that are no sums: whose they are is asked then, not passed over."""
        if is_blank(heading) or is_sum(said(heading)):
            return False
        if self._service(said(heading)):
            return True
        cells = [cell for row in body if not is_blank(cell := at(row, place))]
        sums = sum("SUM(" in cell.formula.upper() or "+" in cell.formula for cell in cells)
        figures = sum(amount(cell).value is not None for cell in cells)
        return figures * 2 > len(cells) and sums * 2 < len(cells)

    def _is_heading_of_lines(self, row: Row, body: Sequence[Row]) -> bool:
        return bool(self._period_column(body, row) and self._service_column(body, row))

    def _service_column(self, body: Sequence[Row], heading: Row) -> int:
        places = range(1, len(heading.cells) + 1)
        counts = {place: sum(bool(self._service(said(at(row, place)))) for row in body) for place in places}
        best = max(counts, key=lambda place: counts[place], default=0)
        return best if best and counts[best] * 2 > len(body) else 0

    def _lines(self, heading: Row, body: Sequence[Row]) -> Iterator[_Raw]:
        who, when = self._service_column(body, heading), self._period_column(body, heading)
        others = [place for place in range(1, len(heading.cells) + 1) if place not in (who, when)]
        figure = max(others, key=lambda p: sum(amount(at(row, p)).value is not None for row in body), default=0)
        others = [place for place in others if place != figure]
        what = max(others, key=lambda p: sum(_measured(at(row, p)) for row in body), default=0)
        periods = {row.number: each for row in body if (each := period(at(row, when)))}
        as_weeks = weekly(list(periods.values()), said(at(heading, when)))
        for row in body:
            calls, each = said(at(row, who)), periods.get(row.number)
            if each is None or not calls or is_sum(calls):
                self._leave_out(row.number, calls)
                continue
            measure = (measure_in(said(at(row, what))) if what else "") or self._measure
            found = amount(at(row, figure))
            yield _Raw(row.number, figure, calls, self._service(calls), each.as_week(as_weeks), measure, found)

    def _leave_out(self, row: int, text: str) -> None:
        self._result.left_out.append((self._sheet, row, text))


def is_sum(text: str) -> bool:
    """A heading or a first cell that says that its figures are sums of others."""
    return bool(_SUM.match(fold(text)))


def _measured(cell: Cell = BLANK) -> bool:
    return isinstance(cell.value, str) and bool(measure_in(cell.value))
