"""An administrator's page Today says when backups are missing or could be read by anybody."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from heedful.hosting import age, backups
from heedful.oversight.today import needs
from tests.support.world import World, make_world

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLEAR, MISSING = "Backups are not encrypted", "Not backed up"


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def told(world: World, folder: Path, role: str = "administrator") -> list[str]:
    with world.use(), override_settings(HEEDFUL_DATA_DIR=folder):
        found = needs.of(world.viewer(role), now=NOW, end_of_day=NOW)
    return [str(need.title) for need in [*found.now, *found.later] if str(need.title) in {CLEAR, MISSING}]


def test_a_backup_that_is_not_encrypted_is_told_until_one_is(world: World, tmp_path: Path) -> None:
    assert told(world, tmp_path) == [MISSING]
    backups.record(tmp_path, last_backup={"at": NOW.isoformat(), "recipients": []})
    backups.record_restore(tmp_path, {}, [])
    assert told(world, tmp_path) == [CLEAR]
    assert told(world, tmp_path, "registered_manager") == []
    private, public = age.new_pair()
    backups.record(tmp_path, last_backup={"at": NOW.isoformat(), "recipients": [public]})
    assert told(world, tmp_path) == [MISSING]
    backups.record_restore(tmp_path, {}, [private])
    assert told(world, tmp_path) == []
