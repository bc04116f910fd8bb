"""A marker in every field of every table that somebody could have typed something into.

A new field is covered by itself: what is not named here as a code is taken for something that a person wrote.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg import Connection
from psycopg.types.json import Json

from heedful.foundation.access.models import new_id
from tests.support.owner import insider
from tests.support.world import World

MARK = "Zqx"
# Shown on purpose: whose page it is, and which services it is about.
NAMES_SHOWN = {"people.Organisation.name": "Okx provider", "people.Service.name": "Okx house"}
# Values that the code itself chooses from a list of its own, by the name of the column.
CODES = frozenset(
    [
        "kind",
        "state",
        "status",
        "type",
        "subtype",
        "nation",
        "time_zone",
        "exposure_measure",
        "scope",
        "role",
        "duty",
        "engagement",
        "measure",
        "source",
        "unit",
        "subject_type",
        "door",
        "what",
        "channel",
        "part",
        "who_code",
        "slug",
        "taxonomy",
        "maps_to",
        "storage_key",
        "media_type",
        "language",
        "password",
        "policy_version",
        "strength",
        "series_key",
        "direction",
        "known_outcome",
        "answer",
        "before",
        "stands_at",
        "suggested",
        "level",
        "response",
        "factor",
        "factors",
        "weaknesses",
        "kinds",
        "flags",
        "harm_body",
        "harm_mind",
        "safe_now",
        "met_safeguarding",
        "met_clinical",
        "met_family",
        "discharge",
        "occurred_as",
        "form_version",
        "confidentiality",
        "step",
        "recipient",
        "basis",
        "body",
        "fields",
        "reference_number_kind",
        "map_name",
        "map_digest",
        "file_digest",
        "external_id",
        "pgh_label",
        "pgh_context",
        "link",
        "message_id",
        "finding",
        "authority",
        "result",
    ]
)
# The same, where the name alone would not say it.
MORE_CODES = frozenset({"incidents.Informed.who", "actions.Escalation.who", "exits.Disclosure.fields"})
# Not codes in these tables, whatever their column is called.
TYPED = frozenset({"incidents.Question.answer", "duties.Classification.reference_number", "incidents.Version.body"})

# What a table's own rules want of a row made by hand.
WANTED: dict[str, Any] = {
    "actions.Extension.due_after": date(2030, 1, 1),
    "feedback.Telling.recipient": "reporter",
    "feedback.Telling.step": "decided",
    "feedback.FamilyDecision.basis": "consent",
}


def tables() -> list[Any]:
    """Every table of an organisation's own, without the histories, which the database writes itself."""
    ours = [one for one in apps.get_models() if one.__module__.startswith("heedful.")]
    own = [one for one in ours if any(field.name == "organisation" for field in one._meta.fields)]
    return [one for one in own if not one.__name__.endswith("History")]


def typed(model: Any) -> Iterator[Any]:
    """The fields of a table that a person could have written something into."""
    for field in model._meta.concrete_fields:
        base = field.base_field if isinstance(field, ArrayField) else field
        label = f"{model._meta.label}.{field.name}"
        if not isinstance(base, models.CharField | models.TextField | models.JSONField) or field.primary_key:
            continue
        if label in TYPED or (field.name not in CODES and label not in MORE_CODES and label not in NAMES_SHOWN):
            yield field


def plant(world: World) -> set[str]:
    """Mark every row of this organisation, and give every table a row; what was marked is returned."""
    planted = set()
    with insider(world.organisation.id) as connection:
        for model in tables():
            fields = list(typed(model))
            if not fields:
                continue
            _row_in(connection, model, world)
            for field in fields:
                marked = _mark(connection, model, field, world)
                assert marked, f"{model._meta.label}.{field.name} has no row to be marked"
                planted.add(f"{model._meta.label}.{field.name}")
        names = connection.execute(
            "UPDATE people_account SET name = 'Zqx account', username = 'Zqx' || id::text,"
            " email = 'Zqx' || id::text || '@example.org'"
            " WHERE id = ANY(%s)", [[account.pk for account in world.accounts.values()]],
        )  # fmt: skip
        planted.add("people.Account.name" if names.rowcount else "")
        connection.execute("UPDATE people_organisation SET name = 'Okx provider'")
        connection.execute("UPDATE people_service SET name = 'Okx house ' || substr(md5(id::text), 1, 4)")
    return planted


def _mark(connection: Connection, model: Any, field: Any, world: World) -> int:
    table, column = model._meta.db_table, field.column
    value = f"'{MARK}' || substr(md5(id::text), 1, 3)"
    if isinstance(field, ArrayField):
        value = f"ARRAY[{value}]"
    elif isinstance(field, models.JSONField):
        added = f"jsonb_build_object('zq', {value})"
        value = f"CASE WHEN jsonb_typeof({column}) = 'object' THEN {column} || {added} ELSE {added} END"
    done = connection.execute(
        f'UPDATE "{table}" SET "{column}" = {value} WHERE organisation_id = %s',
        [world.organisation.id],
    )
    return done.rowcount


def _row_in(connection: Connection, model: Any, world: World) -> Any:
    """The first row of a table, made by hand when there is none: each column with something of its sort."""
    table = model._meta.db_table
    found = connection.execute(
        f'SELECT id FROM "{table}" WHERE organisation_id = %s LIMIT 1',
        [world.organisation.id],
    ).fetchone()
    if found:
        return found[0]
    values = {field.column: _value(connection, model, field, world) for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{column}"' for column in values)
    blanks = ", ".join(["%s"] * len(values))
    connection.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({blanks})', list(values.values()))
    return values["id"]


def _value(connection: Connection, model: Any, field: Any, world: World) -> Any:
    if field.name == "organisation":
        return world.organisation.id
    if f"{model._meta.label}.{field.name}" in WANTED:
        return WANTED[f"{model._meta.label}.{field.name}"]
    if field.primary_key:
        return new_id()
    if field.is_relation:
        related = field.remote_field.model
        if field.null or related not in tables():
            return None
        return _row_in(connection, related, world)
    if field.has_default():
        value = field.get_default()
        return Json(value) if isinstance(field, models.JSONField) else value
    return None if field.null else _plain(field, world)


def _plain(field: Any, world: World) -> Any:
    at = world.made_at
    plain: list[tuple[type, Any]] = [
        (ArrayField, []), (models.JSONField, Json({})), (models.DateTimeField, at), (models.DateField, at.date()),
        (models.BooleanField, False), (models.IntegerField, 1), (models.UUIDField, new_id()),
        (models.BinaryField, b"x" * 32), (models.TimeField, at.time()), (models.DecimalField, 1),
    ]  # fmt: skip
    return next((value for sort, value in plain if isinstance(field, sort)), MARK)
