"""What a review or a theme offers to choose from when an action is agreed."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.loop.actions import policy, queries, workforce
from heedful.loop.actions.forms.agreeing import Choices
from heedful.loop.incidents import queries as incidents
from heedful.loop.measures.catalogue import measures
from heedful.loop.reviews import queries as reviews
from heedful.loop.reviews.queries import Subject


def choices(subject: Subject, *, viewer: Viewer, at: datetime) -> Choices:
    service = policy.first_service(subject.service_ids)
    on = policy.today(service, at)
    return Choices(
        book=policy.hierarchy(service, on),
        colleagues=_colleagues(subject, on, at),
        people=_people(subject, viewer),
        findings=_findings(subject, viewer),
        others=queries.plan_strengths(review_id=subject.review_id, theme_id=subject.theme_id),
    )


def likely_measure(subject: Subject, *, viewer: Viewer) -> str:
    """The chart that it was opened from, else what most of its events are about."""
    if subject.series_key in measures():
        return subject.series_key
    types = Counter(event.type for event in _events(subject, viewer) if event.type in measures())
    return types.most_common(1)[0][0] if types else ""


def _events(subject: Subject, viewer: Viewer) -> Iterable[Any]:
    return incidents.visible_to(viewer).filter(pk__in=subject.event_ids)


def _colleagues(subject: Subject, on: date, at: datetime) -> list[tuple[str, str]]:
    found = workforce.could_lead(subject.service_ids, subject.event_ids, on, at)
    return [(str(one.id), _named(one)) for one in found]


def _named(one: workforce.Colleague) -> str:
    """Ngaio Tennant, senior carer (no sign-in)."""
    words = f"{one.name}, {one.job_title}" if one.job_title else one.name
    return words if one.account_id else _("%(name)s (no sign-in)") % {"name": words}


def _people(subject: Subject, viewer: Viewer) -> list[tuple[str, str]]:
    """Whom the events are about that this viewer may see."""
    named = incidents.affected_by(event.pk for event in _events(subject, viewer))
    found = {person: name for people in named.values() for person, name in people.items()}
    return sorted(((str(person), name) for person, name in found.items()), key=lambda pair: pair[1])


def _findings(subject: Subject, viewer: Viewer) -> list[tuple[str, str]]:
    if subject.review_id is None:
        return []
    review = reviews.review(subject.review_id, viewer=viewer)
    return [(str(one.pk), one.text) for one in reviews.findings_of(review)]
