"""Nobody sees another organisation's rows, whatever filter is forgotten."""

import pytest
from django.db import DatabaseError, connection, transaction

from heedful.foundation.access import tenant
from heedful.foundation.access.catalogue import GLOBAL_TABLES, JOB_TABLE, UNFORCED_TABLES
from heedful.foundation.people.models import Service
from tests.support.world import make_world


def tables_with_organisation() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall() if row[0] not in GLOBAL_TABLES]


def test_requests_run_as_a_role_that_owns_nothing_and_cannot_bypass_the_policies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_without_an_organisation_the_database_raises_instead_of_showing_nothing() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        list(Service.objects.all())


def test_every_table_is_under_a_forced_policy_or_on_the_named_list() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND (c.relforcerowsecurity OR c.relname = ANY(%s)), count(p.polname)"
            "  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "  LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') GROUP BY 1, 2",
            [list(UNFORCED_TABLES)],
        )
        rows = cursor.fetchall()
    unprotected = [name for name, forced, _ in rows if not forced and name not in GLOBAL_TABLES]
    assert unprotected == []
    assert [name for name, forced, policies in rows if forced and policies != 1] == []
    assert JOB_TABLE in {name for name, forced, _ in rows if forced}


def test_with_every_filter_removed_no_table_shows_a_foreign_row() -> None:
    ours, theirs = make_world(), make_world()
    names = tables_with_organisation()
    seen = {}
    with theirs.use(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                f'SELECT count(*) FILTER (WHERE organisation_id <> %s), count(*) FROM "{name}"',
                [theirs.organisation.id],
            )
            seen[name] = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM people_organisation")
        assert cursor.fetchone() == (1,)
    assert {name: foreign for name, (foreign, _) in seen.items() if foreign} == {}
    filled = {name for name, (_, rows) in seen.items() if rows}
    assert {"people_service", "people_service_history", "people_membership", "ledger_entry"} <= filled
    with ours.use():
        assert Service.objects.count() == 2


def test_a_row_cannot_be_written_for_another_organisation() -> None:
    ours, theirs = make_world(), make_world()
    with pytest.raises(DatabaseError), ours.use():
        Service.objects.create(organisation_id=theirs.organisation.id, name="Smuggled")


def test_the_setting_ends_with_the_transaction() -> None:
    world = make_world()
    with world.use():
        assert tenant.current() == world.organisation.id
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('heedful.organisation_id', true)")
        assert cursor.fetchone()[0] in ("", None)
    with pytest.raises(tenant.TenantNotSet):
        tenant.current()


def test_the_directory_cannot_be_read_past_its_one_function() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_directory")
