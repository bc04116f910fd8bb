"""The answers about a new change, before it is agreed: step by step, in the words that were chosen."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.dateformat import format as formatted

from heedful.loop.actions.forms.agreeing import Agree
from heedful.loop.actions.forms.aiming import NOT_COUNTED
from heedful.loop.actions.forms.steps import STEPS, Step

COUNTED = frozenset({"direction", "per_cent"})
Rows = list[tuple[str, str]]


def answers(form: Agree) -> list[tuple[Step, Rows]]:
    """(step, its questions and answers); what was left empty is not shown."""
    return [(step, list(_rows(form, step))) for step in STEPS]


def _rows(form: Agree, step: Step) -> Iterator[tuple[str, str]]:
    for name in step.fields:
        value = form.cleaned_data.get(name)
        if value not in (None, "", []) and _matters(form, name):
            yield str(form.fields[name].label), _words(form, name, value)


def _matters(form: Agree, name: str) -> bool:
    """What belongs to the other way of answering is not part of what is agreed."""
    counted = form.cleaned_data.get("series_key") != NOT_COUNTED
    if name == "weak_reason":
        return form.is_challenged()
    return counted if name in COUNTED else not counted if name == "not_measured_why" else True


def _words(form: Agree, name: str, value: Any) -> str:
    labels = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(labels.get(one, one)) for one in value)
    if isinstance(value, date):
        return formatted(value, "j F Y")
    return str(labels.get(value, value))
