"""Seeing one row and seeing it in a list are two ways through the code: they must never differ, for anybody."""

import pytest

from heedful.loop.actions import queries as actions
from heedful.loop.actions.models import Action
from heedful.loop.actions.queries.visible import deciding_among
from heedful.loop.audits import queries as audits
from heedful.loop.audits.models import Audit
from heedful.loop.incidents import queries as incidents
from heedful.loop.incidents.models import Event
from heedful.loop.reviews import queries as reviews
from heedful.loop.reviews.models import Review, Theme
from tests.support.matrix import Populated, populate


@pytest.fixture(scope="module")
def populated() -> Populated:
    return populate()


def test_reviews_themes_actions_and_checks_are_seen_alike_alone_and_in_lists(populated: Populated) -> None:
    world = populated.world
    compared = 0
    for role in world.accounts:
        viewer = world.viewer(role)
        with world.use():
            for rows, one, listed in (
                (Event.objects.select_related("service"), _sees_event, incidents.visible_to),
                (Review.objects.select_related("theme"), reviews.sees_review, reviews.reviews_seen),
                (Theme.objects.all(), reviews.sees_theme, reviews.themes_seen),
                (Action.objects.all(), actions.sees_action, actions.actions_seen),
                (Action.objects.all(), actions.may_decide, actions.decides_on),
                (Audit.objects.all(), _sees_check, audits.audits_seen),
            ):
                there = set(listed(viewer).values_list("pk", flat=True))
                for row in rows:
                    assert one(row, viewer) is (row.pk in there), (role, row)
                    compared += 1
    assert compared > len(world.accounts) * 5


def test_many_known_rows_are_judged_at_once_as_lists_show_them(populated: Populated) -> None:
    world = populated.world
    shown = 0
    for role in world.accounts:
        viewer = world.viewer(role)
        with world.use():
            for rows, among, listed in (
                (Review.objects.select_related("theme"), reviews.reviews_among, reviews.reviews_seen),
                (Theme.objects.all(), reviews.themes_among, reviews.themes_seen),
                (Action.objects.all(), actions.actions_among, actions.actions_seen),
                (Action.objects.all(), deciding_among, actions.decides_on),
                (Audit.objects.all(), audits.audits_among, audits.audits_seen),
            ):
                there = set(listed(viewer).values_list("pk", flat=True))
                assert {row.pk for row in among(rows, viewer)} == there, role
                shown += len(there)
    assert shown


def _sees_event(row: Event, viewer) -> bool:  # type: ignore[no-untyped-def]
    return incidents.sees([row.pk], viewer=viewer) == {row.pk}


def _sees_check(row: Audit, viewer) -> bool:  # type: ignore[no-untyped-def]
    from django.http import Http404

    try:
        return audits.audit(row.pk, viewer=viewer).pk == row.pk
    except Http404:
        return False
