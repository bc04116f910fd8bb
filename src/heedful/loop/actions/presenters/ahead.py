"""How soon could anybody tell that this change worked? Said while it can still be aimed at something else."""

from dataclasses import replace
from datetime import timedelta

from heedful.foundation.access.http import ViewerRequest
from heedful.loop.actions import foresight, policy
from heedful.loop.actions.foresight import Asked, Told
from heedful.loop.actions.forms.agreeing import Agree
from heedful.loop.actions.rules import USUAL_WANTED
from heedful.loop.reviews.queries import Subject

OTHERS = 3


def beside(form: Agree, subject: Subject, request: ViewerRequest) -> list[Told]:
    """The likely measure and what else is told most there, each halved or moved as far as is usual."""
    asked = _asked(form, subject, request)
    likely = str(form["series_key"].value() or "")
    return foresight.of(request.viewer, replace(asked, series_key=likely, others=OTHERS))


def of_this(form: Agree, subject: Subject, request: ViewerRequest) -> Told | None:
    """Of the aim that was chosen."""
    aim, asked = form.aim(), _asked(form, subject, request)
    if not aim.series_key or aim.target is None:
        return None
    chosen = replace(asked, series_key=aim.series_key, direction=aim.direction, target=aim.target)
    return next(iter(foresight.of(request.viewer, chosen)), None)


def _asked(form: Agree, subject: Subject, request: ViewerRequest) -> Asked:
    """Without a first day yet, as if it were tomorrow."""
    today = policy.today(policy.first_service(subject.service_ids), request.received_at)
    said = getattr(form, "cleaned_data", {})
    return Asked(
        service_ids=subject.service_ids,
        trigger_from=subject.trigger_from,
        trigger_to=subject.trigger_to,
        starts_on=said.get("starts_on") or today + timedelta(days=1),
        today=today,
        series_key="",
        wanted=said.get("reaudit_wanted") or USUAL_WANTED,
    )
