"""Every number of a board page as the rows behind it: a number is how many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries as audits
from heedful.loop.feedback import queries as feedback
from heedful.loop.measures import queries as measures
from heedful.loop.reviews import queries as reviews
from heedful.oversight.governance.queries.scope import Scope

Kind = Literal["case", "review", "theme", "action", "audit"]
# What people told us, by the measure that counts it.
TOLD = {
    "told.wrong": "all",
    "told.early": "early",
    "told.complaint": "complaint",
    "told.concern": "safeguarding_concern",
    "told.good": "good_care",
}


@dataclass(frozen=True)
class Rows:
    """What stands behind one number."""

    kind: Kind
    ids: tuple[UUID, ...]

    @property
    def count(self) -> int:
        return len(self.ids)


def behind(scope: Scope) -> dict[str, Rows]:
    """Each number by its code."""
    return dict([*_told(scope), *_heard(scope), *_understood(scope), *_changed(scope), *_checked(scope)])


def actions_in(scope: Scope) -> QuerySet[Any]:
    """What is changed in these services: not what was dropped, nor what was agreed later than the page looks."""
    rows = actions.actions_seen(scope.viewer).filter(service_ids__overlap=scope.service_ids)
    return rows.exclude(state="dropped").filter(agreed_at__lte=scope.known_until)


def _told(scope: Scope) -> Iterator[tuple[str, Rows]]:
    for code, slug in TOLD.items():
        found = measures.cases(scope.viewer, slug, scope.places, list(scope.period.months))
        yield code, Rows("case", tuple(case.id for case in found))


def _heard(scope: Scope) -> Iterator[tuple[str, Rows]]:
    found = feedback.told_events(
        scope.viewer, scope.service_ids, scope.period.starts_on, scope.period.ends_on, now=scope.now
    )
    for bucket, ids in found.items():
        yield f"heard.{bucket}", Rows("case", tuple(ids))


def _understood(scope: Scope) -> Iterator[tuple[str, Rows]]:
    closed = _in_time(reviews_in(scope), "closed_at", scope)
    yield "reviews.finished", _rows("review", closed)
    yield "reviews.only_people", _rows("review", closed.filter(individual_only=True))
    late = [one.review.pk for one in reviews.waiting(scope.viewer, scope.now) if one.overdue]
    yield "reviews.late", _rows("review", reviews_in(scope).filter(pk__in=late))
    themes = themes_in(scope)
    yield "themes.open", _rows("theme", themes.filter(state="open"))
    yield "themes.opened", _rows("theme", _in_time(themes, "opened_at", scope))
    yield "themes.answered", _rows("theme", _in_time(themes.filter(state="closed"), "closed_at", scope))
    yield "themes.again", _rows("theme", themes.filter(state="open", reopened_at__isnull=False))


def _changed(scope: Scope) -> Iterator[tuple[str, Rows]]:
    seen = actions_in(scope)
    agreed = _in_time(seen, "agreed_at", scope)
    yield "actions.agreed", _rows("action", agreed)
    yield "actions.stronger", _rows("action", agreed.filter(strength="stronger"))
    yield "actions.verified", _rows("action", _in_time(seen, "verified_at", scope))
    late = [
        one.action.pk
        for one in actions.due_list(seen.filter(state="agreed", due_on__lte=scope.today), scope.now)
        if one.overdue
    ]
    yield "actions.late", Rows("action", tuple(late))
    # The first day to look again is over, and nobody has looked.
    looked = audits.audits_seen(scope.viewer).filter(state="done", action__isnull=False).values("action")
    due = seen.filter(reaudit_on__0__lt=scope.today).exclude(pk__in=looked)
    yield "actions.unchecked", _rows("action", due)


def _checked(scope: Scope) -> Iterator[tuple[str, Rows]]:
    seen = audits.audits_seen(scope.viewer).filter(service_ids__overlap=scope.service_ids)
    yield "audits.done", _rows("audit", _in_time(seen.filter(state="done"), "done_at", scope))
    ours = set(seen.values_list("pk", flat=True))
    late = [one.audit.pk for one in audits.seen(scope.viewer, scope.now) if one.overdue and one.audit.pk in ours]
    yield "audits.late", Rows("audit", tuple(late))


def reviews_in(scope: Scope) -> QuerySet[Any]:
    """Reviews of events in these services, or of their themes."""
    about = Q(about__event__service_id__in=scope.service_ids) | Q(theme__service_ids__overlap=scope.service_ids)
    ids = reviews.reviews_seen(scope.viewer).filter(about).values("pk")
    return reviews.reviews_seen(scope.viewer).filter(pk__in=ids)


def themes_in(scope: Scope) -> QuerySet[Any]:
    return reviews.themes_seen(scope.viewer).filter(service_ids__overlap=scope.service_ids)


def _in_time(rows: QuerySet[Any], field: str, scope: Scope) -> QuerySet[Any]:
    return rows.filter(**{f"{field}__gte": scope.begins, f"{field}__lt": scope.ends})


def _rows(kind: Kind, rows: QuerySet[Any]) -> Rows:
    return Rows(kind, tuple(rows.order_by("id").values_list("pk", flat=True)))
