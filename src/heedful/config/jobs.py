"""The job queue: procrastinate on the same database, so that a job is deferred or rolled back with its operation."""

from uuid import UUID

from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from heedful.config import schedule
from heedful.foundation.access import tenant
from heedful.foundation.notices import jobs as notices_jobs
from heedful.loop.incidents import unsent

# Importing a room's tasks is what makes them known to the worker.
TASKS = (notices_jobs.deliver, unsent.forget_draft)
_PATIENT = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(name="heedful.react", queue="reactions", retry=_PATIENT)
def react(function: str, organisation_id: str, entry_id: str) -> None:
    """Run one reaction in its organisation's name. Job arguments are ids only."""
    organisation = UUID(organisation_id)
    with tenant.use(organisation):
        import_string(function)(organisation, UUID(entry_id))


@app.task(name="heedful.scheduled", queue="reactions", retry=_PATIENT)
def scheduled(function: str, organisation_id: str) -> None:
    """Run one thing of the schedule in one organisation's name."""
    organisation = UUID(organisation_id)
    with tenant.use(organisation):
        import_string(function)(organisation)


@app.periodic(cron="15 5 * * *")
@app.task(name="heedful.every_day", queueing_lock="heedful.every_day")
def every_day(timestamp: int) -> None:
    """Before the day begins."""
    _for_every_organisation(schedule.DAILY)


@app.periodic(cron="45 4 2 * *")
@app.task(name="heedful.every_month", queueing_lock="heedful.every_month")
def every_month(timestamp: int) -> None:
    _for_every_organisation(schedule.MONTHLY)


def _for_every_organisation(functions: tuple[str, ...]) -> None:
    for organisation_id in schedule.every_organisation():
        with tenant.use(organisation_id):
            for function in functions:
                scheduled.defer(function=function, organisation_id=str(organisation_id))


@app.periodic(cron="* * * * *")
@app.task(name="heedful.take_up_again", queueing_lock="heedful.take_up_again", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that was killed are done by the next one: none is lost."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
