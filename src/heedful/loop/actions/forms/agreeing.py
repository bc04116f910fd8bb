"""Agreeing an action: one page, from what will be different to the days on which it is looked at again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms as django_forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.policies import STRENGTHS, ActionHierarchyPolicy
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.actions.forms.aiming import LOOKS, AimFields
from heedful.loop.actions.plans import NewAction
from heedful.loop.actions.rules import USUAL_WANTED, relies_on_memory

_BOXES = django_forms.CheckboxSelectMultiple


@dataclass(frozen=True)
class Choices:
    """What this review or theme offers to choose from."""

    book: ActionHierarchyPolicy
    colleagues: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]
    findings: Sequence[tuple[str, str]]
    # How strong the actions of this plan are so far.
    others: Sequence[str]


class Agree(AimFields):
    """Use `agreeing(...)`, which fills the choices."""

    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    finding_id = django_forms.ChoiceField(
        label=gettext_lazy("What does it answer?"), required=False, widget=django_forms.RadioSelect
    )
    what_will_differ = forms.Narrative(
        label=gettext_lazy("Your change"),
        help_text=gettext_lazy("Someone walking in on a shift should be able to see it."),
        max_length=2_000,
        error_messages={"required": gettext_lazy("Write what will be different on a shift")},
    )
    kind = django_forms.ChoiceField(
        label=gettext_lazy("What kind of change is it?"),
        widget=django_forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of change it is")},
    )
    weak_reason = forms.Narrative(
        label=gettext_lazy("Why is this enough?"),
        help_text=gettext_lazy("So far everything in this plan relies on memory. Your reason is kept with your name."),
        required=False,
        max_length=2_000,
    )
    lead_id = django_forms.ChoiceField(
        label=gettext_lazy("Who leads it?"),
        error_messages={"required": gettext_lazy("Choose who leads it. An action that nobody leads is not done")},
    )
    deputy_id = django_forms.ChoiceField(
        label=gettext_lazy("Who stands in?"),
        help_text=gettext_lazy("Needed where the lead has no sign-in: notices go to the deputy."),
        required=False,
    )
    due_on = forms.DateField(
        label=gettext_lazy("Done by"), error_messages={"required": gettext_lazy("Tell us by when it is done")}
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day of the change"),
        help_text=gettext_lazy("We measure from this day. From then on nobody can change what counts as success."),
        error_messages={"required": gettext_lazy("Tell us the first day of the change")},
    )
    person_ids = django_forms.MultipleChoiceField(
        label=gettext_lazy("Whose care plans must say it?"),
        help_text=gettext_lazy("Each stays on the list until somebody writes down where it stands."),
        required=False,
        widget=_BOXES,
    )
    reaudit_question = forms.Line(
        label=gettext_lazy("What will be looked at?"),
        help_text=gettext_lazy("A question with yes or no, like “Was the dose given within 30 minutes?”"),
        error_messages={"required": gettext_lazy("Write what will be looked at: a question with yes or no")},
    )
    reaudit_wanted = django_forms.IntegerField(
        label=gettext_lazy("How many of 100 should be yes?"),
        initial=USUAL_WANTED,
        widget=django_forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Write a number from 1 to 99")},
    )
    reaudits = django_forms.MultipleChoiceField(
        label=gettext_lazy("When do you look again?"),
        help_text=gettext_lazy(
            "Counted from the first day. They can be moved with a reason, not dropped by one person."
        ),
        required=False,
        widget=_BOXES,
    )
    reaudit_other = forms.DateField(label=gettext_lazy("Another day"), required=False)

    choices: Choices
    typed_at: ClassVar[Mapping[str, str]] = {**AimFields.typed_at, "lead": "lead_id", "deputy": "deputy_id"}
    field_order = ("what_will_differ", "finding_id", "kind", "weak_reason")

    def reaudit_days(self) -> list[date]:
        """The days chosen, counted from the first day of the change."""
        said = self.cleaned_data
        start: date | None = said.get("starts_on")
        days = {look.slug: look.days for look in self.choices.book.looks}
        found = [start + timedelta(days=days[slug]) for slug in said.get("reaudits", [])] if start else []
        other = said.get("reaudit_other")
        return sorted({*found, *([other] if other else [])})

    def new_action(self, review_id: UUID | None, theme_id: UUID | None) -> NewAction:
        """What the operation takes; what was not given yet, or is wrong, is empty."""
        said = self.cleaned_data
        words = {name: said.get(name) or "" for name in ("what_will_differ", "kind", "reaudit_question", "weak_reason")}
        return NewAction(
            client_key=said.get("client_key") or uuid4(),
            review_id=review_id,
            theme_id=None if review_id else theme_id,
            finding_id=_uuid(said.get("finding_id")),
            lead_id=_uuid(said.get("lead_id")),
            deputy_id=_uuid(said.get("deputy_id")),
            due_on=said.get("due_on"),
            starts_on=said.get("starts_on"),
            aim=self.aim(),
            person_ids=[UUID(one) for one in said.get("person_ids", [])],
            reaudit_wanted=said.get("reaudit_wanted"),
            reaudit_on=self.reaudit_days(),
            **words,
        )

    def kinds(self) -> Iterator[tuple[Any, int, list[tuple[str, str, str, bool]]]]:
        """(words of the strength, its place on the ladder, its kinds as (slug, label, example, chosen))."""
        chosen = str(self["kind"].value() or "")
        for step, strength in zip((3, 2, 1), STRENGTHS, strict=True):
            rows = [
                (one.slug, _(one.label), _(one.example), one.slug == chosen)
                for one in self.choices.book.of_strength(strength)
            ]
            yield self.choices.book.words_for(strength), step, rows

    def is_challenged(self) -> bool:
        """Does the plan, with what is chosen now, rely on memory alone?"""
        kind = self.choices.book.find(str(self["kind"].value() or ""))
        return kind is not None and relies_on_memory([kind.strength, *self.choices.others])


def agreeing(choices: Choices, *, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> Agree:
    """The form for one review or theme."""
    looks: dict[str, Look] = {
        **LOOKS,
        "what_will_differ": {"rows": 3},
        "weak_reason": {"rows": 2},
        "reaudit_wanted": {"width": 3, "suffix": _("of 100")},
    }
    made: type[Agree] = type("AgreeThis", (Agree,), {"presentation": looks, "choices": choices})
    first = {"client_key": uuid4(), "reaudits": [look.slug for look in choices.book.looks]}
    form = made(data, initial={**first, "person_ids": [value for value, _ in choices.people], **(initial or {})})
    nobody = ("", _("Choose"))
    given: dict[str, list[tuple[str, str]]] = {
        "kind": [(kind.slug, _(kind.label)) for kind in choices.book.kinds],
        "finding_id": [*choices.findings, ("", _("The whole of it"))] if choices.findings else [],
        "lead_id": [nobody, *choices.colleagues],
        "deputy_id": [("", _("Nobody")), *choices.colleagues],
        "person_ids": list(choices.people),
        "reaudits": [(look.slug, _(look.label)) for look in choices.book.looks],
    }
    for name, options in given.items():
        form.fields[name].choices = options  # type: ignore[attr-defined]
    for name in ("finding_id", "person_ids"):
        if not given[name]:
            form.fields[name].widget = (
                django_forms.MultipleHiddenInput() if name == "person_ids" else django_forms.HiddenInput()
            )
    return form


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
