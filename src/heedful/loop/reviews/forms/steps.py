"""One question of a review on one page."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.policies import taxonomy
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.reviews.operations.answering import LONGEST_FINDING
from heedful.loop.reviews.operations.standing import LONGEST

# The page's h1 is the question. The hint says what helps to answer it, and never asks who.
ASKED: Mapping[str, tuple[Any, Any]] = {
    "what_happened": (
        gettext_lazy("What happened?"),
        gettext_lazy("In a few sentences, as somebody would have seen it. What was expected, and what came instead?"),
    ),
    "why": (
        gettext_lazy("Why did it happen?"),
        gettext_lazy("What was going on just then? Ask those who were there: they know the work as it is done."),
    ),
    "what_made_it_likely": (
        gettext_lazy("What made it likely?"),
        gettext_lazy("What would have made any good person do the same that day?"),
    ),
    "beneath": (
        gettext_lazy("What made that likely?"),
        gettext_lazy("The time, the place, the tools, the plan, the way the shift was set up."),
    ),
    "what_must_change": (
        gettext_lazy("What must change?"),
        gettext_lazy("What would stop it when somebody is tired and in a hurry? If nothing must change, say why not."),
    ),
}


class Current(forms.Form):
    """Carries the version that the writer had in view."""

    version = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=1)


def question_form(step: str, data: Any = None, *, initial: Mapping[str, Any]) -> Current:
    """The page of one question: its label is the heading."""
    label, hint = ASKED[step]
    field = forms.Narrative(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write something. A few words are enough")},
    )
    looks: dict[str, Look] = {step: {"heading": True, "rows": 6}}
    made: type[Current] = type("Question", (Current,), {step: field, "presentation": looks})
    return made(data, initial=dict(initial))


class Factors(Current):
    """What played a part, by heads; and which of the five weaknesses it was. Nothing is asked about who."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = taxonomy("factors")
        looks: dict[str, Look] = {}
        for head in known.roots():
            self.fields[head.slug] = _ticks(
                _(head.label), [(one.slug, _(one.label)) for one in known.children(head.slug)]
            )
            hints = {one.slug: _(one.hint) for one in known.children(head.slug) if one.hint}
            looks[head.slug] = {"hints": hints, "small": True}
        weak = taxonomy("weaknesses")
        self.fields["weaknesses"] = _ticks(_("Which of these was it, if any?"), [(t.slug, _(t.label)) for t in weak])
        looks["weaknesses"] = {"small": True, "label_size": "m"}
        self.presentation = looks  # type: ignore[misc]

    @staticmethod
    def begin(review: Any) -> dict[str, Any]:
        """What stands in the fields at first."""
        found: dict[str, Any] = {"version": review.version, "weaknesses": review.weaknesses}
        for slug in review.factors:
            found.setdefault(slug.partition(".")[0], []).append(slug)
        return found

    def factors(self) -> list[str]:
        """All that was ticked. Only of a valid form."""
        return [slug for head in taxonomy("factors").roots() for slug in self.cleaned_data.get(head.slug, [])]


class NewFinding(Current):
    """One thing that must change, and what it answers."""

    text = forms.Narrative(
        label=gettext_lazy("What must change?"),
        help_text=gettext_lazy("One thing at a time. Who does it, and by when, is agreed later."),
        max_length=LONGEST_FINDING,
        error_messages={"required": gettext_lazy("Write what must change")},
    )
    factor = django_forms.ChoiceField(
        label=gettext_lazy("What does it answer?"),
        error_messages={"required": gettext_lazy("Choose what it answers")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"text": {"rows": 3}}

    def __init__(self, *args: Any, chosen: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = taxonomy("factors")
        first = [(slug, _(known.label(slug))) for slug in chosen]
        rest = [(t.slug, _(t.label)) for t in known if t.parent and t.slug not in chosen]
        empty = [("", _("Choose one"))]
        # What was chosen on the page before stands first.
        self.fields["factor"].choices = [*empty, *first, *rest]  # type: ignore[attr-defined]


def _ticks(label: str, choices: list[tuple[str, str]]) -> django_forms.MultipleChoiceField:
    return django_forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=django_forms.CheckboxSelectMultiple
    )
