"""What happens because time passes: it exists, is done for every organisation, and only the worker knows them all."""

from django.db import connection, transaction
from django.utils.module_loading import import_string

from heedful.config import jobs, schedule
from tests.support.jobs import waiting
from tests.support.world import make_world


def test_everything_in_the_schedule_exists() -> None:
    assert all(callable(import_string(name)) for name in (*schedule.DAILY, *schedule.MONTHLY))


def test_a_page_cannot_list_organisations_and_the_worker_can() -> None:
    world = make_world()
    assert schedule.every_organisation() == []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL heedful.worker = 'on'")
        assert world.organisation.id in schedule.every_organisation()


def test_each_organisation_gets_a_job_of_its_own(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    worlds = [make_world(), make_world()]
    monkeypatch.setattr(schedule, "every_organisation", lambda: [world.organisation.id for world in worlds])
    jobs.every_day.func(0)
    for world in worlds:
        found = [args["function"] for _, name, args in waiting(world.organisation.id) if name == "heedful.scheduled"]
        assert found == list(schedule.DAILY)
