"""When each record happened: the one reading that its surroundings leave, or a question with the readings to offer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from heedful.intake.understanding.datewords import Form, Parts, month_end
from heedful.intake.understanding.order import Around, Proofs, around

SEVERAL = 3
BORNE_OUT = 0.6
SLACK = {"day": timedelta(days=7), "range": timedelta(days=7), "week": timedelta(days=10), "month": timedelta(days=40)}


@dataclass(frozen=True, slots=True)
class Stated:
    """What one record row states about its date, and what stands around it."""

    form: Form
    bar: tuple[int, int] | None = None
    writer: str = ""
    reported: Form | None = None
    # The service that a bar above names.
    service: str = ""


@dataclass(slots=True)
class Settled:
    """A date that was found, or why it has to be asked. `question` names the whole-file question behind it."""

    start: date | None = None
    end: date | None = None
    precision: str = ""
    problem: str = ""
    candidates: tuple[date, ...] = ()
    question: str = ""
    year_from: str = ""
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of how this file writes dates: by proof, or because its owner answered."""

    # `day`, `month` or empty: not known, so that dates open to both are asked.
    usual: str = ""
    month_writers: frozenset[str] = frozenset()
    # Whether the owner confirmed the writers who put the month first.
    confirmed: bool = False
    # Real dates that fit only with day and month exchanged: `exchange` them, take them `as_written`, or ask.
    exchange: str = ""


@dataclass(slots=True)
class Dates:
    """The dates of one sheet."""

    stated: Sequence[Stated]
    habits: Habits
    proofs: Proofs
    today: date
    year: int = 0
    around: Around = field(default_factory=Around)
    setting: bool = False

    def __post_init__(self) -> None:
        self._doubt_the_year()
        self.around = around([self._anchor(stated) for stated in self.stated])
        self.setting = self._exchanged_by_a_setting()

    def _doubt_the_year(self) -> None:
        """A title is often older than the rows: its year counts only where the dates with a year bear it out."""
        given = [stated.form.parts.year for stated in self.stated if stated.form.parts.year]
        if len(given) >= SEVERAL and given.count(self.year) < BORNE_OUT * len(given):
            self.year = 0

    def _exchanged_by_a_setting(self) -> bool:
        """Whether several real dates are out of place and fit when exchanged; a single one is a slip of its own."""
        count = 0
        for place, stated in enumerate(self.stated):
            form = stated.form
            if form.stored and form.numeric and form.parts.month != form.parts.day and (other := form.exchanged().on()):
                first = form.parts.on()
                out = first is not None and not self._in_place(first, stated, place, timedelta(days=7))
                count += out and self._in_place(other, stated, place)
        return count >= SEVERAL

    def _anchor(self, stated: Stated) -> date | None:
        form = stated.form
        if form.shape not in ("day", "week", "range") or not form.parts.year:
            return None
        first = form.parts.on() if form.shape != "day" or not self._month_first(stated) else form.exchanged().on()
        return first or (form.exchanged().on() if form.numeric else None)

    def _month_first(self, stated: Stated) -> bool:
        if not stated.form.numeric or stated.form.stored:
            return False
        return self.habits.usual == "month" or (self.habits.confirmed and stated.writer in self.habits.month_writers)

    def settle(self, place: int, previous: Settled | None) -> Settled:
        """The date of one record; `previous` is what the record above came to, for ditto marks."""
        stated = self.stated[place]
        shape = stated.form.shape
        if shape == "blank":
            return Settled(problem="date_missing")
        if shape in ("unknown", "odd"):
            return Settled(problem="date_unknown" if shape == "unknown" else "date_unreadable", precision="unknown")
        if shape == "impossible":
            return Settled(problem="date_impossible")
        if shape == "ditto":
            return self._ditto(previous)
        found = self._read(stated, place)
        if found.start and not found.problem:
            found = self._checked(found, stated, place)
        found.reported = self._reported(stated)
        return found

    @staticmethod
    def _ditto(previous: Settled | None) -> Settled:
        if previous is None or previous.problem or previous.start is None:
            return Settled(problem="date_missing")
        return Settled(previous.start, previous.end, previous.precision)

    def _read(self, stated: Stated, place: int) -> Settled:
        form = stated.form
        year, source = self._year(form, stated, place)
        if form.shape == "dayonly":
            return self._day_in_bar(form, stated)
        if not year:
            return Settled(problem="date_without_year")
        if form.shape == "month":
            start = date(year, form.parts.month, 1)
            return Settled(start, month_end(year, form.parts.month), "month", year_from=source)
        if form.shape == "range":
            return self._ranged(form, year, source)
        found = self._day(stated, place, year)
        found.year_from = source
        if form.shape == "week" and found.start:
            found.end, found.precision = found.start + timedelta(days=6), "week"
        return found

    def _ranged(self, form: Form, year: int, source: str) -> Settled:
        end = form.end.on(year)
        start = form.parts.on(year - 1 if not form.parts.year and form.parts.month > form.end.month else year)
        if start is None or end is None or end < start or (end - start).days > 366:
            return Settled(problem="date_impossible")
        return Settled(start, end, "range", year_from=source)

    def _day_in_bar(self, form: Form, stated: Stated) -> Settled:
        if stated.bar and stated.bar[1]:
            day = Parts(form.parts.day, stated.bar[1], stated.bar[0]).on()
            if day:
                return Settled(day, None, "day", year_from="month_banner")
        return Settled(problem="date_without_month")

    def _year(self, form: Form, stated: Stated, place: int) -> tuple[int, str]:
        if form.parts.year:
            return form.parts.year, ""
        if stated.bar:
            return stated.bar[0], "month_banner" if stated.bar[1] else "year_banner"
        if self.year:
            return self.year, "sheet"
        return self._year_from_neighbours(form, place), "neighbours"

    def _year_from_neighbours(self, form: Form, place: int) -> int:
        """The one year that puts the day between the dates above and below; 0 where that is not one."""
        low, high = self.around.bounds(place)
        if low is None or high is None or form.shape == "dayonly":
            return 0
        slack = SLACK["day"]
        fitting = {
            year
            for year in range(low.year - 1, high.year + 2)
            if (day := form.parts.on(year)) and low - slack <= day <= high + slack
        }
        return fitting.pop() if len(fitting) == 1 else 0

    def _day(self, stated: Stated, place: int, year: int) -> Settled:
        """One day: read as the writer writes; the other reading is kept as a candidate."""
        form = stated.form
        first, other = form.parts.on(year), form.exchanged().on(year) if form.numeric else None
        if first is None or other is None or first == other:
            only = first or other
            return Settled(only, None, "day") if only else Settled(problem="date_impossible")
        if form.stored:
            return Settled(first, None, "day", candidates=(first, other))
        return self._by_habit(stated, place, first, other)

    def _by_habit(self, stated: Stated, place: int, first: date, other: date) -> Settled:
        habits = self.habits
        if stated.writer in habits.month_writers and not habits.confirmed:
            return Settled(None, None, "day", "ambiguous_date_order", (other, first), "date_order")
        if habits.usual == "day" and not self._month_first(stated) and self._writer_is_clear(stated, place):
            return Settled(first, None, "day", candidates=(first, other))
        if self._month_first(stated):
            question = "date_order" if habits.confirmed else ""
            return Settled(other, None, "day", candidates=(other, first), question=question)
        fits = [day for day in (first, other) if self._in_place(day, stated, place, timedelta(0))]
        if len(fits) == 1:
            return Settled(fits[0], None, "day", candidates=(fits[0], other if fits[0] == first else first))
        return Settled(None, None, "day", "ambiguous_date_order", (first, other), "" if habits.usual else "date_order")

    def _writer_is_clear(self, stated: Stated, place: int) -> bool:
        """In a sheet without order, somebody who mixes both habits is asked about."""
        if self.habits.confirmed:
            return True
        return self.around.in_order or stated.bar is not None or self.proofs.month_share(stated.writer) < 0.1

    def _fits(self, day: date, place: int, slack: timedelta) -> bool | None:
        """Whether a day stands between its neighbours; None where the sheet has no order."""
        low, high = self.around.bounds(place)
        if not self.around.in_order:
            return None
        return (low is None or day >= low - slack) and (high is None or day <= high + slack)

    def _checked(self, found: Settled, stated: Stated, place: int) -> Settled:
        """The reading against the bar, the neighbours, today and the day it was reported."""
        day = found.start
        assert day is not None
        if day > self.today:
            return self._asked(found, "date_in_future", stated)
        month_bar = stated.bar and stated.bar[1]
        if stated.bar and not self._in_bar(found, stated.bar):
            return self._other_reading(found, stated, place, "date_outside_month_banner")
        if not month_bar and self._fits(day, place, SLACK[found.precision]) is False:
            return self._other_reading(found, stated, place, "date_out_of_sequence")
        if not month_bar and self._exchanged_fits_better(found, place):
            return self._other_reading(found, stated, place, "date_out_of_sequence")
        if self.year and not stated.bar and day.year != self.year and abs((day - date(self.year, 7, 1)).days) > 214:
            return self._asked(found, "date_out_of_sequence", stated)
        reported = self._reported(stated)
        if reported and day > reported and found.precision == "day":
            return self._asked(found, "reported_before_it_happened", stated)
        return found

    def _reported(self, stated: Stated) -> date | None:
        """The day it was reported, where it is given in full; a text in the order that this file uses."""
        form = stated.reported
        if form is None or form.shape != "day" or not form.parts.year:
            return None
        month_first = form.numeric and not form.stored and self.habits.usual == "month"
        day = (form.exchanged() if month_first else form.parts).on()
        return day if day and day <= self.today else None

    @staticmethod
    def _in_bar(found: Settled, bar: tuple[int, int]) -> bool:
        assert found.start is not None
        days = (found.start, found.end or found.start)
        return any(day.year == bar[0] and bar[1] in (0, day.month) for day in days)

    def _exchanged_fits_better(self, found: Settled, place: int) -> bool:
        if len(found.candidates) != 2 or found.start is None:
            return False
        other = next(day for day in found.candidates if day != found.start)
        none = timedelta(0)
        return self._fits(found.start, place, none) is False and self._fits(other, place, none) is True

    def _other_reading(self, found: Settled, stated: Stated, place: int, problem: str) -> Settled:
        """Out of place: with day and month exchanged it may be in place, which the owner decides for the whole file."""
        others = [day for day in found.candidates if day != found.start]
        good = [day for day in others if self._in_place(day, stated, place)]
        if not good:
            return self._asked(found, problem, stated)
        question = "date_exchanged" if stated.form.stored and self.setting else ""
        if question and self.habits.exchange == "as_written":
            return replace(found, question=question)
        if question and self.habits.exchange == "exchange":
            return Settled(good[0], None, found.precision, question=question, year_from=found.year_from)
        return Settled(
            None, None, found.precision, problem, (good[0], *(d for d in found.candidates if d != good[0])), question
        )

    def _in_place(self, day: date, stated: Stated, place: int, slack: timedelta = timedelta(days=3)) -> bool:
        if day > self.today:
            return False
        if stated.bar and stated.bar[1]:
            return (day.year, day.month) == stated.bar
        return self._fits(day, place, slack) is True

    def _asked(self, found: Settled, problem: str, stated: Stated) -> Settled:
        assert found.start is not None
        offered = [found.start, *(day for day in found.candidates if day != found.start)]
        if stated.bar and stated.bar[1]:
            offered += [
                d for d in (Parts(found.start.day, stated.bar[1], stated.bar[0]).on(),) if d and d not in offered
            ]
        return Settled(None, found.end, found.precision, problem, tuple(offered))
