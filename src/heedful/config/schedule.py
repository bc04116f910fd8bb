"""All that happens by itself because time passes: when -> functions(organisation_id), each for every organisation.

Each runs as a job of its own in its organisation's name, and may run twice: it must not matter.
"""

from uuid import UUID

from django.db import connection

DAILY: tuple[str, ...] = (
    "heedful.loop.actions.jobs.escalate_overdue",
    "heedful.loop.reviews.jobs.remind_of_late",
    "heedful.loop.audits.jobs.remind_of_due",
    "heedful.loop.feedback.jobs.remind_of_untold",
    "heedful.intake.jobs.forget_old",
)
# On the second day, when the month before is over everywhere.
MONTHLY: tuple[str, ...] = ("heedful.loop.effects.jobs.recompute",)


def every_organisation() -> list[UUID]:
    """Known to the worker alone: the database gives nobody else a list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT heedful_every_organisation()")
        return [row[0] for row in cursor.fetchall()]
