"""Where the worked stories stand in this database: looked up as somebody who sees them all."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.urls import reverse

from heedful.demo import cast, handover, landing, queries
from heedful.demo.script import read
from heedful.foundation.access import tenant
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people import viewers
from heedful.foundation.people.imported import organisation_with_code
from heedful.loop.actions import queries as actions
from heedful.loop.audits import queries as audits
from heedful.loop.reviews import queries as reviews

SEES_ALL = "imelda"
THEME, VERDICT, CASE, CHECK = "story:theme", "story:verdict", "story:case", "story:check"
T = TypeVar("T")


def addresses() -> dict[str, str]:
    """Name to address; what is not there is left out."""
    organisation_id = organisation_with_code(cast.CODE)
    if organisation_id is None:
        return {}
    with tenant.use(organisation_id):
        viewer = _viewer(organisation_id)
        return _landing(viewer) | _handover(viewer) if viewer else {}


def _viewer(organisation_id: UUID) -> Viewer | None:
    username = cast.part(SEES_ALL).username
    account = queries.accounts([username]).get(username)
    return viewers.viewer_of(account, organisation_id) if account else None


def _landing(viewer: Viewer) -> dict[str, str]:
    name = read(landing.STORY)["theme"]["name"]
    theme = _first(line.theme for line in reviews.themes(viewer) if line.theme.name == name)
    if theme is None:
        return {}
    found = {THEME: reverse("themes:show", args=[theme.pk])}
    made = _first(one for one in actions.actions_of(viewer=viewer, theme_id=theme.pk) if one.series_key)
    return found | ({VERDICT: reverse("effects:verdict", args=[made.pk])} if made else {})


def _handover(viewer: Viewer) -> dict[str, str]:
    sample: Any = _first(one for one in audits.finished(viewer) if one.population_size == handover.VISITS)
    if sample is None:
        return {}
    action = actions.action(sample.action_id, viewer=viewer)
    (event_id,) = reviews.subject(viewer=viewer, review_id=action.review_id).event_ids
    return {
        CHECK: reverse("audits:show", args=[sample.pk]),
        CASE: reverse("casefile:show", args=[event_id]),
    }


def _first(found: Iterable[T]) -> T | None:
    return next(iter(found), None)
