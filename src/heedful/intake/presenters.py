"""How files that were sent in, and what was found in them, are said on their pages."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.exits.sheets import to_csv
from heedful.intake import said, wording
from heedful.intake.states import WORKING, State

ON_A_PAGE = 50


class Line(NamedTuple):
    """One file in the list."""

    upload: Any
    state: str


class Left(NamedTuple):
    """One row that stays behind."""

    place: str
    why: str
    what: str
    words: str


def lines(rows: Iterable[Any]) -> list[Line]:
    return [Line(row, _state(row)) for row in rows]


def _state(row: Any) -> str:
    names = {
        State.READING: _("We are reading it"),
        State.REFUSED: _("It cannot be read"),
        State.STORING: _("We are bringing it in"),
        State.STORED: _("Brought in"),
        State.UNDOING: _("We are taking it back"),
        State.UNDONE: _("Taken back"),
        State.THROWN_AWAY: _("Thrown away"),
    }
    if row.state != State.READ:
        return names[State(row.state)]
    open_ones = len(open_questions(row))
    return (
        ngettext("It waits for one answer", "It waits for %(count)d answers", open_ones) % {"count": open_ones}
        if (open_ones)
        else _("Ready to bring in")
    )


def open_questions(row: Any) -> list[dict[str, Any]]:
    if row.state != State.READ:
        return []
    return [question for question in row.found.get("questions", []) if question["key"] not in row.answers]


def shown(row: Any) -> dict[str, Any]:
    """Everything on the page of one file."""
    found = row.found
    counts: Mapping[str, int] = found.get("counts", {})
    return {
        "upload": row,
        "state": row.state,
        "working": row.state in WORKING,
        "counts": counts,
        "first": _day(found.get("first", "")),
        "last": _day(found.get("last", "")),
        "left_count": counts.get("ask", 0) + counts.get("reject", 0),
        "sheets": _sheets(found.get("sheets", [])),
        "services": found.get("services", []),
        "kinds": [(said.kind(kind), count) for kind, count in found.get("kinds", [])],
        "reasons": [(said.reason(reason), count) for outcome, reason, count in found.get("reasons", [])],
        "sample": [_sample(one) for one in found.get("sample", [])],
        "said": [_answered(one, row.answers) for one in found.get("questions", []) if one["key"] in row.answers],
        "left_behind": wording.stayed(found.get("stayed", {})),
    }


def _sheets(sheets: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What each sheet is; those with the same columns share one table of them."""
    made: dict[str, dict[str, Any]] = {}
    for sheet in sheets:
        columns = [(header or _("(no name)"), said.meaning(meaning)) for header, meaning in sheet["columns"]]
        what = said.role(sheet["role"], sheet["copy_of"])
        one = made.setdefault(repr((what, columns)), {"names": [], "is": what, "rows": 0, "columns": columns})
        one["names"].append(sheet["name"].strip())
        one["rows"] += sheet["rows"]
    return list(made.values())


def _sample(row: Mapping[str, Any]) -> list[str]:
    kinds = ", ".join(said.kind(kind) for kind in row["kinds"])
    return [said.place(row["sheet"], row["row"]), _when(row), row["service"], kinds, row["words"]]


def _when(row: Mapping[str, Any]) -> str:
    if not row["day"]:
        return ""
    if not row["until"]:
        return _day(row["day"])
    return _("%(day)s to %(until)s") % {"day": _day(row["day"]), "until": _day(row["until"])}


def _day(iso: str) -> str:
    return dateformat.format(date.fromisoformat(iso), "j F Y") if iso else ""


def _answered(question: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[str, str]:
    answer = answers[question["key"]]
    asked = said.question(question)
    return asked, said.choice(answer["choice"], answer["values"])


def left(row: Any, *, after: str) -> dict[str, Any]:
    """A page of the rows that stay behind."""
    rows = row.found.get("left", [])
    start = int(after) if after.isdecimal() and int(after) < len(rows) else 0
    told = [
        Left(said.place(one["sheet"], one["row"]), said.reason(one["reason"]), _what(one), one["words"]) for one in rows
    ]
    counts = row.found["counts"]
    return {
        "upload": row,
        "rows": told,
        "first": start + 1,
        "all": counts["ask"] + counts["reject"],
        "older": start + ON_A_PAGE if start + ON_A_PAGE < len(rows) else None,
        "newer": max(start - ON_A_PAGE, 0) if start else None,
    }


def _left(row: Mapping[str, Any]) -> Left:
    return Left(said.place(row["sheet"], row["row"]), said.reason(row["reason"]), _what(row), row["words"])


def _what(row: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, [_when(row), row["service"], *(said.kind(kind) for kind in row["kinds"])]))


def left_as_csv(row: Any) -> tuple[bytes, int]:
    """The rows that stay behind with their reasons; words that a spreadsheet would run are only shown by it."""
    rows = [
        [one["sheet"], one["row"], said.reason(one["reason"]), one["day"], one["service"],
         ", ".join(said.kind(kind) for kind in one["kinds"]), one["words"]]
        for one in row.found.get("left", [])
    ]  # fmt: skip
    columns = [_("Sheet"), _("Row"), _("Why it is left out"), _("Date"), _("Service"), _("Kind"), _("What happened")]
    return to_csv(columns, rows), len(rows)
