"""Forgetting a person in what hangs on their cases. That it was written, by whom and when stays.

Where a row is about nobody else, its words go; where it is about others too, and in what was learned, names go. A whole
name of several words goes wherever else it stands; parts of it would take words of other people with them.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, Model, Q, TextField
from django.db.models.functions import Cast

from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.ledger import history
from heedful.foundation.ledger.hanging import Hanging
from heedful.foundation.ledger.models import Erasure
from heedful.foundation.ledger.operations import System, write

ERASED = "[erased]"
SHORTEST = 3
Blank = Callable[[str], str]


def names_of(decision: Erasure) -> list[str]:
    """The names as they were when it was asked, and their parts, the longest first."""
    parts = {part for name in decision.names for part in (name, *name.split()) if len(part) >= SHORTEST}
    return sorted(parts, key=lambda part: (-len(part), part))


def without(names: Iterable[str]) -> Blank:
    """A function that takes these names out of a text, whole words only, however they are written."""
    found = "|".join(re.escape(name) for name in names)
    if not found:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(ERASED, text)


def nothing(text: str) -> str:
    """All of it goes."""
    return ERASED if text else ""


def deep(value: Any, blank: Blank) -> Any:
    """The same in lists and dictionaries of texts, names of fields left as they are."""
    if isinstance(value, str):
        return blank(value)
    if isinstance(value, list):
        return [deep(item, blank) for item in value]
    if isinstance(value, dict):
        return {key: deep(item, blank) for key, item in value.items()}
    return value


def forget(room: Iterable[Hanging], decision: Erasure) -> dict[type[Model], list[UUID]]:
    """Every table of a room: which rows were gone through. The caller has opened `history.entry()`, and writes it."""
    return {hanging.model: _forget_rows(hanging, decision) for hanging in room}


def forget_case(hanging: Hanging, decision: Erasure) -> list[UUID]:
    """All words of the rows that hang on this case and on no other that is still kept; returns which."""
    case = decision.subject_id
    gone = {case, *ledger.erased("event").values_list("subject_id", flat=True)}
    rows = hanging.rows(hanging.of_cases([case])).values_list("pk", flat=True)
    alone = [pk for pk, cases in hanging.cases_of(rows).items() if cases <= gone]
    fields = (*hanging.words, *hanging.learned)
    for row in hanging.model._default_manager.filter(pk__in=alone):
        _rewrite(row, dict.fromkeys(fields, nothing))
    _forget_behind(hanging, alone, [], decision)
    return alone


def theirs_alone(hanging: Hanging, person_id: UUID) -> list[UUID]:
    """Rows that are about this person and nobody else."""
    own, others = _theirs(hanging, person_id)
    return [*own, *(others - hanging.shared(others, person_id))]


def _theirs(hanging: Hanging, person_id: UUID) -> tuple[set[UUID], set[UUID]]:
    own = set(hanging.rows(hanging.of_its_own(person_id)).values_list("pk", flat=True))
    return own, set(hanging.rows(hanging.of_person(person_id)).values_list("pk", flat=True)) - own


def _forget_rows(hanging: Hanging, decision: Erasure) -> list[UUID]:
    fields = (*hanging.words, *hanging.learned)
    person, names = decision.subject_id, names_of(decision)
    own, others = _theirs(hanging, person)
    theirs, shared = own | others, hanging.shared(others, person)
    for row in hanging.model._default_manager.filter(pk__in=theirs).only(*fields):
        alone = row.pk not in shared
        _rewrite(row, {name: nothing if alone and name in hanging.words else without(names) for name in fields})
    elsewhere = _named_elsewhere(hanging, fields, theirs, decision)
    _forget_behind(hanging, [pk for pk in theirs if pk not in shared], [*shared, *elsewhere], decision)
    return [*theirs, *elsewhere]


def _named_elsewhere(hanging: Hanging, fields: tuple[str, ...], theirs: set[UUID], decision: Erasure) -> list[UUID]:
    """Rows that are none of theirs and name them. What is under a legal hold is not touched."""
    names = names_of(decision)
    looked_for = names if hanging.everywhere else [name for name in names if " " in name.strip()]
    if not looked_for or not fields:
        return []
    pattern = rf"\m({'|'.join(re.escape(name) for name in looked_for)})\M"
    rows = hanging.model._default_manager.annotate(
        **{f"{name}_text": Cast(name, TextField()) for name in fields if not _is_text(hanging.model, name)}
    )
    found = Q(pk__in=[])
    for name in fields:
        found |= Q(**{f"{name if _is_text(hanging.model, name) else f'{name}_text'}__iregex": pattern})
    rows = rows.filter(found).exclude(pk__in=theirs)
    if hanging.has_marks:
        rows = rows.exclude(legal_hold=True)
    if hanging.events:
        rows = rows.exclude(pk__in=hanging.rows(hanging.of_held()).values("pk"))
    changed = []
    for row in rows:
        _rewrite(row, dict.fromkeys(fields, without(looked_for)))
        changed.append(row.pk)
    return changed


def _is_text(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), CharField | TextField)


def _rewrite(row: Model, blanks: dict[str, Blank]) -> None:
    changed = []
    for name, blank in blanks.items():
        before = getattr(row, name)
        after = _fit(row._meta.get_field(name), deep(before, blank))
        if after != before:
            setattr(row, name, after)
            changed.append(name)
    if changed:
        row.save(update_fields=changed)


def _fit(field: Any, value: Any) -> Any:
    """The mark may be longer than the name that it stands for."""
    longest = getattr(getattr(field, "base_field", field), "max_length", None)
    if longest is None:
        return value
    return [text[:longest] for text in value] if isinstance(value, list) else value[:longest]


def _forget_behind(hanging: Hanging, alone: list[UUID], others: list[UUID], decision: Erasure) -> None:
    """What the ledger stored, and how the rows stood before."""
    at = decision.agreed_at or decision.asked_at
    ledger.forget_payloads(subject_ids=alone, erasure=decision, at=at)
    if others:
        ledger.forget_payloads(subject_ids=others, erasure=decision, at=at, naming=names_of(decision))
    if _has_history(hanging.model):
        table = f"{hanging.model._meta.db_table}_history"
        ledger.forget_history(table=table, object_ids=[*alone, *others], erasure=decision)


def _has_history(model: type[Model]) -> bool:
    return f"{model.__name__}history".lower() in apps.all_models[model._meta.app_label]


def forget_room(room: Iterable[Hanging], decision: Erasure, *, kind: str) -> None:
    """All that a room does when it has nothing of its own to add; `kind` is its ledger entry."""
    if decision.subject_type != "person":
        return
    with history.entry():
        forget(room, decision)
        write(
            kind=kind,
            by=System(decision.organisation_id),
            at=decision.agreed_at or decision.asked_at,
            subject_type="person",
            subject_id=decision.subject_id,
            payload={"erasure": str(decision.pk)},
        )
