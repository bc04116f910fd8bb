"""An understood row as a candidate for storing, the same as one that an exact map reads."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from heedful.intake.candidates import Candidate, NewPlace, Places
from heedful.intake.cells import clean, faults
from heedful.intake.moments import ABOUT, Moment, SkippedTimeError, moment
from heedful.intake.problems import Problem, shown
from heedful.intake.reading import Record
from heedful.intake.rows import stored
from heedful.intake.survey import Judged
from heedful.intake.understanding.model import Event, Layout, Read

KINDS = {"compliment": "good_care"}
HARM = {"death": "fatal"}
# Fields of an event that have a place of their own; everything else is kept under its heading.
PLACED = {"location": "place", "immediate_action": "made_safe"}
# Hours of a part of the day, as wide as people mean it. A night belongs to two days: it stays a day.
BANDS = {"morning": (0, 12), "afternoon": (11, 18), "evening": (16, 23)}


class Candidates:
    """Makes candidates of one workbook's rows; it remembers the ids that the rows gave."""

    def __init__(self, layouts: Mapping[str, Layout], places: Places) -> None:
        self._places = places
        self._headings = {
            name: {column.meaning: column.header for column in reversed(layout.columns) if column.header}
            for name, layout in layouts.items()
        }
        self._taken: set[str] = set()

    def judged(self, read: Read) -> Judged:
        """A candidate for a row that is imported; a row that is asked about or rejected says why."""
        record = Record(read.row, read.row, (read.sheet.strip(), str(read.row)))
        if read.outcome != "import":
            column = read.sheet.strip()
            problem = Problem(read.reason, "", column, shown(read.event.narrative or read.event.date))
            return Judged(record, None, (problem,))
        event = read.event
        key = self._places.key(event.service) or event.service
        when = self._moment(event, key)
        values: dict[str, object] = {
            **stored(when),
            "retain_from": date.fromisoformat(max(event.date, event.date_end, event.date_reported)),
            "aware_at": self._reported(event, key) or when.start,
            "recorded_at": self._reported(event, key) or when.start,
            "words": clean(event.narrative),
            "place": clean(event.extra.get("location", "")),
            "made_safe": clean(event.extra.get("immediate_action", "")),
            "kinds": [KINDS.get(event.record_type, event.record_type)],
            "type": event.kinds[0],
            "subtype": "",
            "harm_body": HARM.get(event.harm, event.harm),
        }
        return self._checked(record, read, key, values)

    def _checked(self, record: Record, read: Read, key: str, values: dict[str, object]) -> Judged:
        kept = self._kept(read)
        problems = [p for field in ("words", "place", "made_safe") for p in faults(field, "", str(values[field]))]
        problems += [p for text in kept.values() for p in faults("keep", "", text)]
        if any(problem.rejects for problem in problems):
            return Judged(record, None, tuple(problems))
        flags = tuple(dict.fromkeys([problem.code for problem in problems] + _marks(read.event)))
        name = self._name(read)
        place = None if self._places.key(read.event.service) else NewPlace(read.event.service, "", "")
        said = (name, key, sorted(values.items()), sorted(kept.items()))
        digest = hashlib.sha256(repr(said).encode()).digest()
        return Judged(record, Candidate(read.row, name, key, place, values, kept, flags, digest), tuple(problems))

    def _moment(self, event: Event, key: str) -> Moment:
        """The day or time; for several days from the beginning of the first to the end of the last."""
        zone, day = self._places.zone(key), date.fromisoformat(event.date)
        clock = time.fromisoformat(event.time) if event.time_precision in ("exact", "approx") else None
        if event.date_end:
            last = moment(date.fromisoformat(event.date_end), None, zone)
            return Moment(moment(day, None, zone).start, last.end, ABOUT, day, None)
        if event.time_precision == "band" and event.time in BANDS:
            start, end = (datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in BANDS[event.time])
            return Moment(start, end, ABOUT, day, None)
        try:
            found = moment(day, clock, zone)
        except SkippedTimeError:
            return moment(day, None, zone)
        return found if event.time_precision != "approx" else Moment(
            found.start, found.end, ABOUT, found.local_date, found.local_hour
        )  # fmt: skip

    def _reported(self, event: Event, key: str) -> object:
        """The day on which it was reported, unless that is before it happened."""
        if not event.date_reported or event.date_reported < event.date:
            return None
        return moment(date.fromisoformat(event.date_reported), None, self._places.zone(key)).start

    def _kept(self, read: Read) -> dict[str, str]:
        """Everything else that the row says, under the headings of its sheet."""
        event, headings = read.event, self._headings.get(read.sheet, {})
        said = {"local_ref": event.ref, "person": event.person, "reporter": event.reporter, **event.extra}
        if event.time_precision == "band":
            said["time"] = event.time
        said |= {"kind": ", ".join(event.kinds)} if len(event.kinds) > 1 else {}
        kept = {
            headings.get(meaning) or meaning: clean(text)
            for meaning, text in said.items()
            if text and text != "unknown" and meaning not in PLACED
        }
        return kept if read.sheet == "(file)" else kept | {"Sheet": read.sheet.strip()}

    def _name(self, read: Read) -> str:
        """The row's own number at its service; for a row without one, or with one used before, what it says."""
        event = read.event
        name = f"{event.service} {event.ref}".strip()[:80] if event.ref else ""
        if not name or name in self._taken or not name.isprintable():
            said = "\n".join((event.service, event.date, event.person, event.narrative))
            name = hashlib.sha256(said.encode()).hexdigest()[:32]
        while name in self._taken:
            name = hashlib.sha256(name.encode()).hexdigest()[:32]
        self._taken.add(name)
        return name


def _marks(event: Event) -> list[str]:
    """What somebody who reads the event should know: it stands for several days."""
    return [f"date_is_a_{event.precision}"] if event.date_end else []
