"""Reports begun and not sent: how long they are kept, and the job that then throws them away."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from heedful.foundation.access import tenant
from heedful.foundation.policies import Nation, deadline_for, in_force, local_date
from heedful.loop.reporting.models import Draft


def kept_until(draft: Draft) -> datetime:
    """The end of its term, counted from what was typed last. No service is known yet: the term for everywhere."""
    zone, nation = settings.TIME_ZONE, Nation.UK
    clock = in_force("clocks", on=local_date(draft.updated_at, zone), nation=nation).clock("draft_kept")
    return deadline_for(clock, draft.updated_at, zone=zone, nation=nation)


@app.task(name="heedful.forget_draft", queue="reactions")
def forget_draft(organisation_id: str, draft_id: str) -> None:
    """Throw it away, unless somebody went on with it since: then when its new term is over."""
    with tenant.use(UUID(organisation_id)):
        draft = Draft.objects.select_for_update(no_key=True).filter(pk=draft_id).first()
        if draft is None:
            return
        if kept_until(draft) <= timezone.now():
            draft.delete()
        else:
            forget_later(draft)


def forget_later(draft: Draft) -> None:
    """In the caller's transaction: a draft that was not kept has no job either."""
    when = kept_until(draft)
    forget_draft.configure(schedule_at=when).defer(organisation_id=str(draft.organisation_id), draft_id=str(draft.pk))
