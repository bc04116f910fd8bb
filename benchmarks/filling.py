"""Fills an organisation's real tables for `pages.py`, by the owner, in a few statements each.

Indexes and constraints stay on, and the triggers and row history of events; those of what comes of an event are off
while they are filled in. The ledger entries made here have no true hashes: pages read
them, and `ledger verify` would refuse them. One event in four was told here, decided and answered, and has all that
comes of it; the others came from files.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg

LIVE = 4  # one in so many
REVIEWED = 40
CHANGED = 400
THEME = 5_000
YEARS = 5
FIRST, STEP = 500, 50_000

# A UUID version 7 of the moment, as `new_id` makes them.
_FUNCTION = """
CREATE OR REPLACE FUNCTION pg_temp.id_at(moment timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT overlay(overlay(gen_random_uuid()::text placing
           lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint >> 16), 8, '0') || '-'
        || lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint & 65535), 4, '0') from 1 for 13)
           placing '7' from 15 for 1)::uuid $$
"""
_ROWS = f"""
CREATE TEMPORARY TABLE fill ON COMMIT DROP AS
SELECT n, at, pg_temp.id_at(at) AS id, mod(n, {LIVE}) = 0 AS live,
       (%(services)s::uuid[])[1 + mod(n * 7, cardinality(%(services)s::uuid[]))] AS service,
       (%(accounts)s::uuid[])[1 + mod(n * 11, cardinality(%(accounts)s::uuid[]))] AS account,
       (%(people)s::uuid[])[1 + mod(n * 13, cardinality(%(people)s::uuid[]))] AS person,
       (ARRAY['fall', 'medication', 'behaviour', 'injury', 'care_not_given', 'choking'])[1 + mod(n * 17, 6)] AS type,
       CASE WHEN mod(n, {REVIEWED}) = 0 THEN pg_temp.id_at(at) END AS review,
       pg_temp.id_at(at) AS entry, pg_temp.id_at(at) AS opened
  FROM (SELECT n, now() - interval '4 days' - interval '{YEARS} years' * mod(n::bigint * 7919, 1000003) / 1000003 AS at
          FROM generate_series(%(first)s::int, %(last)s::int) AS n) AS moments
"""
_WORDS = """
'Found ' || (ARRAY['on the floor beside the bed', 'in the lounge by the chair', 'near the kitchen door',
 'in the garden in the rain', 'upset after a telephone call'])[1 + mod(n * 19, 5)] || ', calm and talking.
 Observations taken, family told by telephone, the sensor mat put back on after breakfast. ' || md5(n::text)
"""
_EVENT = {
    "number": "%(number)s::int + row_number() OVER (ORDER BY at)",
    "client_key": "gen_random_uuid()",
    "body_hash": "decode(repeat('00', 32), 'hex')",
    "service_id": "service",
    "place": "(ARRAY['Lounge', 'Bedroom', 'Kitchen', 'Garden'])[1 + mod(n * 23, 4)]",
    "title": "'Found at ' || to_char(at, 'HH24:MI') || ', ' || type",
    "words": _WORDS,
    "kinds": "ARRAY[(ARRAY['incident', 'incident', 'near_miss', 'worry'])[1 + mod(n * 29, 4)]]",
    "type": "type",
    "subtype": "''",
    "occurred_from": "at",
    "occurred_to": "at + interval '1 minute'",
    "occurred_as": "'exact'",
    "shift_name": "''",
    "aware_at": "at",
    "recorded_at": "at",
    "local_date": "at::date",
    "local_hour": "extract(hour FROM at)",
    "local_weekday": "extract(isodow FROM at) - 1",
    "financial_year": "extract(year FROM at)",
    "harm_body": "'low'",
    "harm_mind": "'none'",
    "safe_now": "'yes'",
    "made_safe": "'Helped up with the hoist.'",
    **{f"met_{name}": "'no'" for name in ("safeguarding", "clinical", "family")},
    **{f"met_{name}_why": "''" for name in ("safeguarding", "clinical", "family")},
    "discharge": "'unknown'",
    "confidential": "false",
    "restricted": "mod(n, 50) = 0",
    "status": "CASE WHEN live THEN 'answered' ELSE 'recorded' END",
    "source": "CASE WHEN live THEN 'live' ELSE 'history' END",
    "source_system": "CASE WHEN live THEN '' ELSE 'old log' END",
    "external_id": "CASE WHEN live THEN '' ELSE n::text END",
    "flags": "'{}'",
    "form_version": "'record@1'",
    "version": "1",
    "legal_hold": "false",
}
_HELD = {"legal_hold": "false"}
_CHANGE = {
    "client_key": "gen_random_uuid()", "review_id": "review", "service_ids": "ARRAY[service]",
    "what_will_differ": "'The mat is looked at in every round.'", "kind": "'checklist'", "strength": "'weaker'",
    "weak_reason": "''", "policy_version": "'x'", "lead_id": "%(lead)s::uuid", "due_on": "at::date + 30",
    "first_due_on": "at::date + 30", "starts_on": "at::date + 30", "series_key": "''", "direction": "''",
    "not_measured_why": "'Too seldom.'", "reaudit_question": "''", "reaudit_wanted": "0", "reaudit_on": "'{}'",
    "state": "'verified'", "agreed_at": "at", "agreed_by": "%(decider)s::uuid", "done_at": "at", "verified_at": "at",
    "dropped_why": "''", "known_outcome": "''", **_HELD,
}  # fmt: skip
_ENTRY = {
    "sequence": "%(sequence)s + row_number() OVER (ORDER BY at)", "at": "at", "policy_version": "''",
    **dict.fromkeys(("payload_hash", "previous_hash", "hash"), "decode(repeat('00', 32), 'hex')"),
}  # fmt: skip
# What a live event leaves behind: table, for which rows, what stands in its columns.
_AFTER: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("incidents_reporter", "live", {"event_id": "id", "account_id": "account", "name": "''"}),
    ("incidents_involved", "live", {"event_id": "id", "part": "'affected'", "person_id": "person", "name": "''",
                                    "matched": "true", **_HELD}),
    ("incidents_assignment", "live", {"event_id": "id", "decider_id": "%(decider)s::uuid", "why": "''",
                                      "role": "'registered_manager'", "assigned_at": "at", "due_at": "at",
                                      "ended_at": "at"}),
    ("duties_triage", "live", {"event_id": "id", "number": "1", "level": "'L1'", "suggested": "'L1'",
                               "stands_at": "'L1'", "response": "'note'", "reasons": "'[]'", "facts": "'{}'",
                               "why": "'Small.'", "decided_by": "%(decider)s::uuid", "decided_at": "at",
                               "policy_version": "'x'"}),
    ("duties_classification", "live", {"event_id": "id", "kind": "'complaint'", "answer": "'no'", "suggested": "'no'",
                                       "why": "''", "decided_by": "%(decider)s::uuid", "decided_at": "at",
                                       "policy_version": "'x'", "reference_number": "''"}),
    ("feedback_telling", "live", {"client_key": "gen_random_uuid()", "event_id": "id", "recipient": "'reporter'",
                                  "step": "'decided'", "words": "'Thank you.'", "channel": "''", "told_at": "at",
                                  "told_by": "%(decider)s::uuid", **_HELD}),
    ("notices_notice", "live", {"account_id": "%(decider)s::uuid", "kind": "'event.to_decide'", "cause_id": "id",
                                "link": "'/decide/'", "urgent": "false", "made_at": "at", "read_at": "at"}),
    ("ledger_entry", "live", {**_ENTRY, "id": "entry", "kind": "'event.recorded'", "actor_id": "account",
                              "subject_type": "'event'", "subject_id": "id"}),
    ("ledger_payload", "live", {"entry_id": "entry", "body": "'{}'"}),
    ("reviews_review", "live AND review IS NOT NULL", {
        "id": "review", "kind": "'reflection'", "required_for_id": "id", "lead_id": "%(decider)s::uuid",
        **dict.fromkeys(("what_happened", "why", "what_made_it_likely", "what_must_change"), "'Short.'"),
        "beneath": "''", "factors": "'{}'", "weaknesses": "'{}'", "version": "1", "opened_at": "at",
        "closed_at": "at", "closed_by": "%(decider)s::uuid", "reopened_why": "''", "policy_version": "''", **_HELD}),
    ("reviews_review_event", "live AND review IS NOT NULL", {"review_id": "review", "event_id": "id",
                                                             "added_at": "at"}),
    ("ledger_entry", "live AND review IS NOT NULL", {
        **_ENTRY, "sequence": "%(sequence)s::bigint + %(count)s::bigint + row_number() OVER (ORDER BY at)",
        "id": "opened",
        "kind": "'review.opened'", "actor_id": "%(decider)s::uuid", "subject_type": "'review'",
        "subject_id": "review"}),
    ("ledger_payload", "live AND review IS NOT NULL", {"entry_id": "opened", "body": "'{}'"}),
    ("actions_action", f"live AND review IS NOT NULL AND mod(n, {CHANGED}) = 0", _CHANGE),
    ("reviews_theme", f"mod(n, {THEME}) = 0", {
        "client_key": "gen_random_uuid()", "name": "'Near the door ' || n", "why": "'Often.'",
        "owner_id": "%(decider)s::uuid", "service_ids": "ARRAY[service]", "series_key": "''", "state": "'open'",
        "opened_at": "at", "opened_by": "%(decider)s::uuid", "closed_why": "''", "reopened_why": "''", **_HELD,
        "id": "id"}),
    ("reviews_theme_event", f"mod(n, {THEME}) < 10 AND n - mod(n, {THEME}) >= %(first)s", {
        "theme_id": f"(SELECT of.id FROM fill of WHERE of.n = fill.n - mod(fill.n, {THEME}))", "event_id": "id",
        "joined_at": "at"}),
)  # fmt: skip
_SEARCH = """
INSERT INTO search_document (id, organisation_id, subject_type, subject_id, at, body)
SELECT pg_temp.id_at(at), %(organisation)s, 'event', e.id, e.occurred_from,
       to_tsvector('english', e.words) || to_tsvector('simple', e.words)
  FROM fill JOIN incidents_event e ON e.id = fill.id
"""


def fill(owner_url: str, organisation: UUID, first: int, last: int, **given: Any) -> None:
    """Events number `first` to `last`, and what comes of them; `given`: services, accounts, people, decider, lead."""
    with _without_triggers(owner_url):
        while first <= last:
            # A check of a foreign key is planned once a session: one that saw an empty table reads all of a full one.
            end = min(first + min(STEP, max(first - 1, FIRST)) - 1, last)
            with psycopg.connect(owner_url) as connection, connection.transaction():
                connection.execute("SELECT set_config('heedful.organisation_id', %s, true)", [str(organisation)])
                _step(connection, organisation, first, end, given)
                connection.execute("ANALYZE")
            first = end + 1


@contextmanager
def _without_triggers(owner_url: str) -> Iterator[None]:
    """A history trigger of each row takes more than all the rest, and no page reads the history of these tables."""
    tables = dict.fromkeys(table for table, *_ in _AFTER)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for table in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            for table in tables:
                connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def settle(owner_url: str) -> None:
    """As autovacuum does in time: what is there is counted, and read from the indexes alone."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _step(connection: Any, organisation: UUID, first: int, last: int, given: dict[str, Any]) -> None:
    count = last - first + 1
    values = {**given, "organisation": organisation, "first": first, "last": last, "count": count}
    values["number"] = _taken(connection, "incidents_counter", "last", count)
    values["sequence"] = _taken(connection, "ledger_head", "sequence", 2 * count)
    connection.execute(_FUNCTION)
    connection.execute(_ROWS, values)
    connection.execute(_insert("incidents_event", "true", {"id": "id", **_EVENT}), values)
    for table, where, columns in _AFTER:
        connection.execute(_insert(table, where, columns), values)
    connection.execute(_SEARCH, values)


def _insert(table: str, where: str, columns: dict[str, str]) -> str:
    own = {"id": "pg_temp.id_at(at)", "organisation_id": "%(organisation)s::uuid", **columns}
    return f"INSERT INTO {table} ({', '.join(own)}) SELECT {', '.join(own.values())} FROM fill WHERE {where}"


def _taken(connection: Any, table: str, column: str, count: int) -> int:
    """So many numbers of a row that counts; returns the last one before them."""
    row = connection.execute(f"UPDATE {table} SET {column} = {column} + %s RETURNING {column}", [count]).fetchone()
    if row is None:
        raise RuntimeError(f"{table} has no row yet: tell one event first.")
    return int(row[0]) - count


def neighbours(owner_url: str, organisations: Sequence[tuple[UUID, dict[str, Any]]], each: int) -> None:
    """The same number of events in each of many other organisations."""
    for organisation, given in organisations:
        fill(owner_url, organisation, 1, each, **given)
