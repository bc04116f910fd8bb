"""Reads a whole file once and stores nothing yet: what will come in, what will not, and why."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from heedful.intake import mapping, reading, rejects
from heedful.intake.candidates import Aside, Candidate, Places
from heedful.intake.lookups import Coder
from heedful.intake.mapping import EventMap
from heedful.intake.problems import Problem, Tally
from heedful.intake.reading import Record
from heedful.intake.refusals import FileRefused
from heedful.intake.rows import Judge
from heedful.intake.spool import Spool

Progress = Callable[[int], None]
EVERY = 500
LINES_LOOKED_AT = 20


@dataclass(frozen=True)
class Job:
    """Everything that decides how a file is read."""

    path: Path
    event_map: EventMap
    coders: Mapping[str, Coder]
    places: Places
    today: date


class Judged(NamedTuple):
    """One row of the file with its answer."""

    record: Record
    candidate: Candidate | None
    problems: tuple[Problem, ...]


@dataclass
class Survey:
    """The counts of a whole file: `accepted` + `rejected` = `read`."""

    digest: str = ""
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    flagged: int = 0
    first: date | None = None
    last: date | None = None
    per_service: Counter[str] = field(default_factory=Counter)
    new_services: dict[str, Candidate] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    aside: Aside = field(default_factory=Spool, repr=False)

    def add(self, judged: Judged) -> None:
        self.read += 1
        # A row that is left out counts among the reasons for that, not among the marks of what is kept.
        rejected = judged.candidate is None
        if judged.problems:
            self.tally.add(judged.record.number, [p for p in judged.problems if p.rejects or not rejected])
        if judged.candidate is None:
            self.rejected += 1
            return
        self.accepted += 1
        self.aside.add(judged.candidate)
        self.flagged += bool(judged.candidate.flags)
        self.per_service[judged.candidate.service] += 1
        if judged.candidate.place is not None:
            self.new_services.setdefault(judged.candidate.service, judged.candidate)
        day = judged.candidate.values["local_date"]
        assert isinstance(day, date)
        if self.first is None or day < self.first:
            self.first = day
        if self.last is None or day > self.last:
            self.last = day


@contextmanager
def opened(job: Job, tally: Tally) -> Iterator[tuple[tuple[str, ...], Iterator[Judged]]]:
    """The header of the file, and its rows with their answers. A file of rejected rows may come back."""
    ours = rejects.is_ours(job.path)
    encoding = "utf-8" if ours else job.event_map.encoding
    delimiter = reading.DELIMITERS["comma" if ours else job.event_map.delimiter]
    with reading.table(job.path, encoding=encoding, delimiter=delimiter) as table:
        header = table.header[len(rejects.OWN_COLUMNS) :] if ours else table.header
        header = tuple(rejects.unguarded(name) for name in header) if ours else header
        _refuse_header_further_down(job.event_map, header, table.records)
        keep = mapping.fit(job.event_map, header)
        judge = Judge(header, keep, job, tally)
        yield header, (_judged(judge, _own(record) if ours else record) for record in table.records)


def _refuse_header_further_down(event_map: EventMap, header: tuple[str, ...], records: Iterator[Record]) -> None:
    """Title lines above the names of the columns: said as such, not as a list of missing columns."""
    needed = set(event_map.columns_used())
    if needed & set(header):
        return
    for record in islice(records, LINES_LOOKED_AT):
        if needed <= {cell.strip() for cell in record.cells}:
            raise FileRefused("header_further_down", line=record.line)


def _own(record: Record) -> Record:
    if record.fault:
        return record
    return Record(record.number, record.line, rejects.without_own_columns(record.cells))


def _judged(judge: Judge, record: Record) -> Judged:
    candidate, problems = judge.judge(record)
    return Judged(record, candidate, problems)


def survey(
    job: Job,
    *,
    rejects_to: Path | None,
    reason: Callable[[Problem], str],
    progress: Progress,
    aside: Aside | None = None,
) -> Survey:
    """Judge every row; write the rejected ones with their reasons where asked."""
    found = Survey(digest=file_digest(job.path), aside=aside or Spool())
    with (
        opened(job, found.tally) as (header, rows),
        rejects.sheet(rejects_to, header, source=job.path) as sheet,
    ):
        for judged in rows:
            found.add(judged)
            if judged.candidate is None:
                reasons = "; ".join(reason(problem) for problem in judged.problems if problem.rejects)
                sheet.add(judged.record.number, reasons, judged.record.cells, judged.record.raw)
            if found.read % EVERY == 0:
                found.aside.rest()
                progress(found.read)
    found.aside.rest()
    if file_digest(job.path) != found.digest:
        raise FileRefused("file_changed")
    return found


def file_digest(path: Path) -> str:
    """SHA-256 of the bytes, to tell whether a file changed and whether it was imported before."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
