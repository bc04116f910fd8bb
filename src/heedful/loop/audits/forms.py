"""Forms of audits: the sample, an answer, another day, letting one go, a check besides those that were set."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.audits.rules import Population, references

NUMBERED, LISTED = "numbered", "listed"
LONGEST_LIST = 400_000
_NUMBER: dict[str, Any] = {"widget": django_forms.TextInput(attrs={"inputmode": "numeric"})}
_WHOLE = _("Write a whole number, like 40")


class Draw(forms.Form):
    """What the sample is drawn from, and how many."""

    population_words = forms.Line(
        label=_("What do you look at?"),
        help_text=_("Say what these are, and from which days: “Visits with a time-critical dose, 1 to 14 June”."),
        error_messages={"required": _("Say what these are, and from which days")},
    )
    given = django_forms.ChoiceField(
        label=_("How do you know which there are?"),
        choices=[(NUMBERED, _("I know how many")), (LISTED, _("I have a list of references"))],
        widget=django_forms.RadioSelect,
        initial=NUMBERED,
    )
    population_size = django_forms.IntegerField(
        label=_("How many are there?"),
        help_text=_("They are numbered in the order of your own list, from 1."),
        required=False,
        error_messages={"invalid": _WHOLE},
        **_NUMBER,
    )
    listed = forms.Narrative(
        label=_("The references, one on each line"),
        help_text=_("Visit numbers or chart numbers. No names."),
        required=False,
        max_length=LONGEST_LIST,
    )
    sample_size = django_forms.IntegerField(
        label=_("How many do you look at?"),
        error_messages={"required": _("Write how many to look at"), "invalid": _WHOLE},
        **_NUMBER,
    )
    presentation: ClassVar[Mapping[str, Look]] = {
        "given": {"reveals": {NUMBERED: ["population_size"], LISTED: ["listed"]}},
        "population_size": {"width": 5},
        "sample_size": {"width": 4},
        "listed": {"rows": 8},
    }

    def population(self) -> Population:
        """Of a valid form."""
        said = self.cleaned_data
        if said["given"] == LISTED:
            return Population(words=said["population_words"], size=None, listed=references(said["listed"]))
        return Population(words=said["population_words"], size=said["population_size"] or 0)


class Answer(forms.Form):
    answer = django_forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("not_applicable", _("Does not apply"))],
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose yes, no, or does not apply")},
    )
    note = forms.Narrative(
        label=_("What did you see?"), help_text=_("If you like. No names."), required=False, max_length=2_000
    )
    presentation: ClassVar[Mapping[str, Look]] = {"answer": {"cards": True, "hidden_label": True}, "note": {"rows": 2}}


class Move(forms.Form):
    due_on = forms.DateField(label=_("The new day"), error_messages={"required": _("Tell us the new day")})
    reason = forms.Narrative(
        label=_("Why does it move?"),
        help_text=_("The reason is kept."),
        max_length=2_000,
        error_messages={"required": _("Say why it moves. The reason is kept")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"reason": {"rows": 3}}


class Cancel(forms.Form):
    why = forms.Narrative(
        label=_("Why is it not needed?"),
        help_text=_("A second person reads this and has to agree. Until then it stays due."),
        max_length=2_000,
        error_messages={"required": _("Say why it is not needed. A second person reads this")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 3}}


class Plan(forms.Form):
    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    question = forms.Line(
        label=_("What will be looked at?"),
        help_text=_("A question with yes or no, like “Was the dose given within 30 minutes?”"),
        error_messages={"required": _("Write what will be looked at: a question with yes or no")},
    )
    wanted = django_forms.IntegerField(
        label=_("How many of 100 should be yes?"),
        initial=90,
        error_messages={"invalid": _("Write a number from 1 to 99")},
        **_NUMBER,
    )
    due_on = forms.DateField(label=_("On which day?"), error_messages={"required": _("Tell us the day")})
    presentation: ClassVar[Mapping[str, Look]] = {"wanted": {"width": 3, "suffix": _("of 100")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
