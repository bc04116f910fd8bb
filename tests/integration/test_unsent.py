"""Reports begun and not sent are kept for a term that is said, then thrown away by a job."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from heedful.foundation.access.models import new_id
from heedful.loop.reporting import operations, unsent
from heedful.loop.reporting.models import Draft
from tests.support.jobs import waiting
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

TERM = timedelta(days=28)


def begun(world: World, days_ago: int) -> Draft:
    """A first page that was answered so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    with world.use():
        return operations.save_draft(
            client_key=new_id(),
            answers={"words": {"words": ["The step is loose"]}},
            by=world.viewer("care_worker"),
            at=at,
        )


def jobs_for(world: World, draft: Draft) -> list[str]:
    planned = waiting(world.organisation.pk, later_too=True)
    return [name for _, name, args in planned if args.get("draft_id") == str(draft.pk)]


def test_an_old_draft_is_thrown_away_and_one_that_was_gone_on_with_waits_for_its_new_term() -> None:
    world = make_world()
    old, fresh = begun(world, 40), begun(world, 3)
    for draft in (old, fresh):
        assert jobs_for(world, draft) == ["heedful.forget_draft"]
        unsent.forget_draft.func(organisation_id=str(world.organisation.pk), draft_id=str(draft.pk))
    with world.use():
        assert not Draft.objects.filter(pk=old.pk).exists()
        assert Draft.objects.filter(pk=fresh.pk).exists()
    assert jobs_for(world, fresh) == ["heedful.forget_draft"] * 2


def test_the_job_runs_when_the_term_is_over_and_a_draft_has_one_however_often_it_is_saved() -> None:
    world = make_world()
    draft = begun(world, 0)
    with world.use():
        operations.save_draft(
            client_key=draft.client_key, answers={"about": {}}, by=world.viewer("care_worker"), at=timezone.now()
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE args->>'draft_id' = %s", [str(draft.pk)])
            (when,) = [row[0] for row in cursor.fetchall()]
    # A term in days ends on its last day at a fixed hour, whatever the hour at which it began.
    assert abs(when - (draft.updated_at + TERM)) < timedelta(days=1)


def test_the_page_says_until_when_it_is_kept() -> None:
    world = make_world()
    draft = begun(world, 2)
    client = Client()
    sign_in(client, world.accounts["care_worker"])
    with world.use():
        day = f"{timezone.localtime(unsent.kept_until(draft)):%-d %B}"
    assert f"Not sent. Kept until {day}" in client.get("/report/").content.decode()
