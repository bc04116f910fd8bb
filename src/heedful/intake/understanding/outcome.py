"""A reading as plain data for a report or a program: rows, other rows and questions."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from heedful.intake.understanding.book import Understood
from heedful.intake.understanding.model import Event, Question, Read


def counts(found: Understood) -> Counter[str]:
    return Counter(read.outcome for read in found.rows)


def reasons(found: Understood) -> Counter[tuple[str, str]]:
    """How many rows are asked or rejected for each reason."""
    return Counter((read.outcome, read.reason) for read in found.rows if read.outcome != "import")


def row(read: Read) -> dict[str, Any]:
    return {
        "sheet": read.sheet,
        "row": read.row,
        "outcome": read.outcome,
        "reason": read.reason,
        "also": list(read.notes),
        "event": event(read.event),
        "date_candidates": list(read.date_candidates),
        "service_candidates": list(read.service_candidates),
        "waits_for": list(dict.fromkeys(read.waits_for)),
    }


def event(said: Event) -> dict[str, Any]:
    return {
        "date": said.date,
        "date_end": said.date_end,
        "date_precision": said.precision,
        "time": said.time,
        "time_precision": said.time_precision,
        "service": said.service,
        "kinds": list(said.kinds),
        "narrative": said.narrative,
        "record_type": said.record_type,
        "harm": said.harm,
        "person": said.person,
        "reporter": said.reporter,
        "date_reported": said.date_reported,
        "local_ref": said.ref,
        "extra": said.extra,
    }


def question(asked: Question, found: Understood, sentence: Callable[[Question], str]) -> dict[str, Any]:
    answer = found.asking.answer(asked.key)
    return {
        "key": asked.key,
        "topic": asked.topic,
        "scope": asked.scope,
        "text": sentence(asked),
        "choices": [{"choice": choice.code, "values": list(choice.values)} for choice in asked.choices],
        "suggested": asked.suggested.code if asked.suggested else "",
        "example": {"sheet": asked.example[0], "row": asked.example[1]},
        "rows": asked.rows,
        "answer": {"choice": answer.choice, "values": list(answer.values)} if answer else None,
    }


def sheets(found: Understood) -> list[dict[str, Any]]:
    """What every sheet was taken for, with its columns and the reasons as codes."""
    return [
        {
            "sheet": layout.sheet,
            "role": "copy" if layout.copy_of else layout.role,
            "copy_of": layout.copy_of,
            "header_rows": [layout.header_first, layout.header_last] if layout.header_first else [],
            "columns": [
                {
                    "place": column.place,
                    "header": column.header,
                    "meaning": column.meaning,
                    "confidence": column.confidence,
                    "reasons": [{"code": reason.code, **dict(reason.facts)} for reason in column.reasons],
                }
                for column in layout.columns
            ],
        }
        for layout in found.study.layouts
    ]
