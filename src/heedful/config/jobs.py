"""The job queue: procrastinate on the same database, so that a job is deferred or rolled back with its operation.

No task here has a `queueing_lock`: to say that one is held, procrastinate reads the detail of the database's error,
which row-level security leaves out. The schedule would fail, and the worker stop. A moment is deferred once anyway.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from heedful.config import schedule
from heedful.foundation.access import tenant
from heedful.foundation.notices import jobs as notices_jobs
from heedful.intake import jobs as intake_jobs
from heedful.loop.reporting import unsent


@dataclass(frozen=True)
class Lane:
    """Queues that share a few places at work. No lane waits for another."""

    queues: tuple[str, ...]
    at_once: int


ALERTS = "alerts"
LANES = (
    Lane((ALERTS,), at_once=2),
    Lane((notices_jobs.QUEUE,), at_once=2),
    Lane(("reactions",), at_once=2),
    # Long ones, for every organisation: never more than one at a time.
    Lane(("schedule",), at_once=1),
    # A file takes minutes, and its own lane to do it in.
    Lane((intake_jobs.QUEUE,), at_once=1),
)
DONE_KEPT_DAYS = 14
# Importing a room's tasks is what makes them known to the worker.
TASKS = (
    notices_jobs.deliver,
    unsent.forget_draft,
    intake_jobs.read_upload,
    intake_jobs.store_upload,
    intake_jobs.undo_upload,
)
_PATIENT = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(name="heedful.react", queue="reactions", retry=_PATIENT)
def react(function: str, organisation_id: str, entry_id: str) -> None:
    """Run one reaction in its organisation's name. Job arguments are ids only."""
    organisation = UUID(organisation_id)
    with tenant.use(organisation):
        import_string(function)(organisation, UUID(entry_id))


@app.task(name="heedful.scheduled", queue="schedule", retry=_PATIENT)
def scheduled(function: str, organisation_id: str) -> None:
    """Run one thing of the schedule in one organisation's name."""
    organisation = UUID(organisation_id)
    with tenant.use(organisation):
        import_string(function)(organisation)


@app.periodic(cron="15 5 * * *")
@app.task(name="heedful.every_day", queue="schedule", retry=_PATIENT)
def every_day(timestamp: int) -> None:
    """Before the day begins; when no worker ran then, as soon as one does."""
    _for_every_organisation(schedule.DAILY)


@app.periodic(cron="45 4 2 * *")
@app.task(name="heedful.every_month", queue="schedule", retry=_PATIENT)
def every_month(timestamp: int) -> None:
    _for_every_organisation(schedule.MONTHLY)


@app.periodic(cron="30 3 * * *")
@app.task(name="heedful.clear_up", queue="schedule", retry=_PATIENT, pass_context=True)
async def clear_up(context: JobContext, timestamp: int) -> None:
    """Jobs that were done long ago go, or looking for the next one would take longer every day."""
    await context.app.job_manager.delete_old_jobs(nb_hours=DONE_KEPT_DAYS * 24)


def _for_every_organisation(functions: tuple[str, ...]) -> None:
    for organisation_id in schedule.every_organisation():
        with tenant.use(organisation_id):
            for function in functions:
                scheduled.defer(function=function, organisation_id=str(organisation_id))
