"""The error summary: one line per field in error, each leading to a control that exists and takes the focus."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from heedful.foundation.ui import fields

# Said when a form has no words of its own. In the summary they need the question before them.
WRITE = gettext_lazy("Write an answer")
CHOOSE = gettext_lazy("Choose an answer")
TICK = gettext_lazy("Tick the box")
ATTACH = gettext_lazy("Choose a file")
MAIN = "main-content"  # the layout's <main>, focusable by script and link


@dataclass(frozen=True)
class Problem:
    """One line of the summary."""

    text: str
    target: str


def problems(*forms_or_sets: Any) -> list[Problem]:
    """What is wrong with these forms or formsets, in the order of the page."""
    return [problem for form in _forms(forms_or_sets) if form.errors for problem in _of_form(form)]


def error_summary(*forms_or_sets: Any) -> str:
    """The box above the page's heading; empty when nothing is wrong."""
    found = problems(*forms_or_sets)
    if not found:
        return Markup("")
    listed = [{"text": problem.text, "href": f"#{problem.target}"} for problem in found]
    return Markup(fields.macro("error-summary")({"titleText": _("There is a problem"), "errorList": listed}))  # noqa: S704


def target(bound: BoundField) -> str:
    """The id of the element that a link to this field's error must lead to."""
    asker = _asker(bound)
    if asker is not None:
        return target(asker)
    if isinstance(bound.field.widget, forms.MultiWidget):
        parts = fields.wrong_parts(bound) or fields.part_names(bound.field.widget)
        return f"{fields.element_id(bound)}-{parts[0]}"
    return fields.element_id(bound)


def _forms(given: Iterable[Any]) -> Iterable[forms.BaseForm]:
    for one in given:
        if isinstance(one, forms.BaseFormSet):
            yield from one.forms
        elif isinstance(one, forms.BaseForm):
            yield one


def _of_form(form: forms.BaseForm) -> Iterable[Problem]:
    visible = form.visible_fields()
    first = target(visible[0]) if visible else MAIN
    for message in form.non_field_errors():
        yield Problem(str(message), first)
    for bound in form.hidden_fields():
        yield from (Problem(str(message), first) for message in islice(bound.errors, 1))
    for bound in visible:
        yield from (Problem(_said(bound, str(message)), target(bound)) for message in islice(bound.errors, 1))


def _said(bound: BoundField, message: str) -> str:
    if message not in [str(words) for words in (WRITE, CHOOSE, TICK, ATTACH)]:
        return message
    question = str(bound.label)
    return f"{question} {message}" if question.endswith("?") else f"{question}: {message[:1].lower()}{message[1:]}"


def _asker(bound: BoundField) -> BoundField | None:
    """The choice under which this field lies closed. A link into a closed part leads nowhere; this one is open."""
    every: dict[str, Any] = getattr(bound.form, "presentation", {})
    for name, look in every.items():
        for value, revealed in look.get("reveals", {}).items():
            if bound.name in revealed:
                parent = bound.form[name]
                return None if value in fields.chosen(parent) else parent
    return None
