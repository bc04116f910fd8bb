"""Every number of a board page as the rows behind it. What the viewer may see is read once; the rest is counting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from heedful.loop.actions import queries as actions
from heedful.loop.actions import rules as action_rules
from heedful.loop.audits import queries as audits
from heedful.loop.audits import rules as audit_rules
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


@dataclass(frozen=True)
class Seen:
    """Everything in a scope that its viewer may see, each read when it is first asked for."""

    scope: Scope

    @cached_property
    def every_action(self) -> list[Any]:
        return actions.in_services(self.scope.service_ids, viewer=self.scope.viewer)

    @cached_property
    def actions(self) -> list[Any]:
        """What is changed here: not what was dropped, nor what was agreed later than the page looks."""
        until = self.scope.known_until
        return [row for row in self.every_action if row.state != "dropped" and row.agreed_at <= until]

    @cached_property
    def themes(self) -> list[Any]:
        return reviews.themes_in(self.scope.service_ids, viewer=self.scope.viewer)

    @cached_property
    def reviews(self) -> list[Any]:
        """Of events in these services, or of their themes: open ones, and those finished in the months asked for."""
        scope = self.scope
        return reviews.reviews_in(scope.service_ids, scope.begins, scope.ends, viewer=scope.viewer)

    @cached_property
    def audits(self) -> list[Any]:
        known = [row.pk for row in self.every_action], [row.pk for row in self.themes]
        return list(audits.audits_about(*known).order_by("due_on", "id"))

    @cached_property
    def heard(self) -> dict[str, list[UUID]]:
        scope = self.scope
        return feedback.told_events(
            scope.viewer, scope.service_ids, scope.period.starts_on, scope.period.ends_on, now=scope.now
        )

    def inside(self, moment: datetime | None) -> bool:
        return moment is not None and self.scope.begins <= moment < self.scope.ends


def told(scope: Scope) -> dict[str, Rows]:
    """The events behind the numbers of what people told us."""
    months = list(scope.period.months)
    found = {code: measures.cases(scope.viewer, slug, scope.places, months) for code, slug in TOLD.items()}
    return {code: Rows("case", tuple(case.id for case in cases)) for code, cases in found.items()}


def behind(seen: Seen) -> dict[str, Rows]:
    """All numbers but those of what people told us, by their codes."""
    heard = {f"heard.{bucket}": Rows("case", tuple(ids)) for bucket, ids in seen.heard.items()}
    return {**heard, **_understood(seen), **_changed(seen), **_checked(seen)}


def _understood(seen: Seen) -> dict[str, Rows]:
    closed = [row for row in seen.reviews if seen.inside(row.closed_at)]
    ours = {row.pk for row in seen.reviews}
    late = [one.review for one in reviews.waiting(seen.scope.viewer, seen.scope.now) if one.overdue]
    open_now = [row for row in seen.themes if row.state == "open"]
    return {
        "reviews.finished": _rows("review", closed),
        "reviews.only_people": _rows("review", (row for row in closed if row.individual_only)),
        "reviews.late": _rows("review", (row for row in late if row.pk in ours)),
        "themes.open": _rows("theme", open_now),
        "themes.opened": _rows("theme", (row for row in seen.themes if seen.inside(row.opened_at))),
        "themes.answered": _rows(
            "theme", (row for row in seen.themes if row.state == "closed" and seen.inside(row.closed_at))
        ),
        "themes.again": _rows("theme", (row for row in open_now if row.reopened_at)),
    }


def _changed(seen: Seen) -> dict[str, Rows]:
    agreed = [row for row in seen.actions if seen.inside(row.agreed_at)]
    today = seen.scope.today
    late = [one for one in seen.actions if action_rules.is_overdue(action_rules.State(one.state), one.due_on, today)]
    # The first day to look again is over, and nobody has looked.
    looked = {row.action_id for row in seen.audits if row.state == "done"}
    due = [row for row in seen.actions if row.reaudit_on and row.reaudit_on[0] < today]
    return {
        "actions.agreed": _rows("action", agreed),
        "actions.stronger": _rows("action", (row for row in agreed if row.strength == "stronger")),
        "actions.verified": _rows("action", (row for row in seen.actions if seen.inside(row.verified_at))),
        "actions.late": _rows("action", late),
        "actions.unchecked": _rows("action", (row for row in due if row.pk not in looked)),
    }


def _checked(seen: Seen) -> dict[str, Rows]:
    here = set(seen.scope.service_ids)
    ours = [row for row in seen.audits if here.intersection(row.service_ids)]
    today = seen.scope.today
    late = [one for one in ours if audit_rules.is_overdue(audit_rules.State(one.state), one.due_on, today)]
    return {
        "audits.done": _rows("audit", (row for row in ours if row.state == "done" and seen.inside(row.done_at))),
        "audits.late": _rows("audit", late),
    }


def _rows(kind: Kind, rows: Iterable[Any]) -> Rows:
    return Rows(kind, tuple(sorted(row.pk for row in rows)))
