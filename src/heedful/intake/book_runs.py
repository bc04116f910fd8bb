"""A workbook into an organisation: understood row by row, kept aside, and stored when nothing waits for an answer."""

from datetime import datetime

from heedful.intake import places, runs, survey, waiting
from heedful.intake.book_candidates import Candidates
from heedful.intake.mapping import Code, Day, EventMap, Fields, Services, Text
from heedful.intake.runs import Outcome, Progress, Request
from heedful.intake.sheets.opening import opened
from heedful.intake.survey import Job, Survey
from heedful.intake.understanding.asking import Asking
from heedful.intake.understanding.book import layouts_by_name, lines
from heedful.intake.understanding.bookmap import BookMap
from heedful.intake.understanding.model import Question, Read
from heedful.intake.understanding.study import studied


def run(request: Request, book_map: BookMap, *, at: datetime, progress: Progress) -> tuple[Outcome, list[Question]]:
    """Store every row that is understood. While rows wait for an answer about the file, nothing is stored."""
    event_map = _for_the_batch(book_map)
    setting = runs.setting_of(request, event_map)
    today = at.astimezone(places.zone(setting.zone)).date()
    job = Job(request.file, event_map, {}, setting.places(event_map), today)
    with waiting.Table(setting.type_labels) as rows:
        outcome = Outcome(Survey(digest=survey.file_digest(request.file), aside=rows), event_map)
        names = [service.name for service in setting.known]
        open_questions = _read(job, book_map, names, outcome, progress)
        if not open_questions:
            runs.store(outcome, rows, job, setting, request, at, progress)
    return outcome, open_questions


def _read(job: Job, book_map: BookMap, names: list[str], outcome: Outcome, progress: Progress) -> list[Question]:
    """Judge every row; returns the questions that rows wait for."""
    found = outcome.survey
    waited: set[str] = set()
    with opened(job.path) as book:
        study = studied(book, book_map, names)
        asking = Asking(book_map.answers, study.services.names)
        candidates = Candidates(layouts_by_name(study), job.places)
        for line in lines(study, asking, job.today):
            if not isinstance(line, Read):
                continue
            found.add(candidates.judged(line))
            waited.update(line.waits_for)
            if found.read % survey.EVERY == 0:
                progress("read", found.read, 0)
    return [question for question in asking.all() if question.key in waited]


def _for_the_batch(book_map: BookMap) -> EventMap:
    """The same in the form that a batch remembers: whose file it is, and a digest of everything the map decides."""
    return EventMap(
        heedful_map="1",
        name=book_map.name,
        source=book_map.source,
        about=book_map.digest(),
        fields=Fields(
            record=Text(column="record"),
            service=Text(column="service"),
            occurred=Day(column="date"),
            kinds=Code(always="incident"),
        ),
        services=Services(create=True),
    )
