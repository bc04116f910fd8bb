"""The decision itself: a level with its reason, a better title, and the separate questions."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms as django_forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.policies import Level, taxonomy
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.duties.operations import LONGEST_WHY, Answered, Decision
from heedful.loop.duties.rules import Assessment, Suggestion

ASK = "ask"
_PREFIX = "about_"


def signature(suggested: Assessment) -> str:
    """What the reader had in view, so that a suggestion that moved is never decided unseen."""
    return " ".join(
        [suggested.level.code, *(f"{one.classification}:{one.answer}" for one in suggested.classifications)]
    )


def follow(typed: QueryDict, suggested: Assessment) -> QueryDict:
    """What was typed, with every answer that only followed the suggestion following it on."""
    data = typed.copy()
    level, _space, rest = data.get("shown", "").partition(" ")
    before = dict(pair.split(":", 1) for pair in rest.split() if ":" in pair)
    if data.get("level") == level or not level:
        data["level"] = suggested.level.code
    for one in suggested.classifications:
        name = f"{_PREFIX}{one.classification}"
        was = before.get(one.classification)
        if was != one.answer and data.get(name, "") == ("" if was in (ASK, None) else was):
            data[name] = "" if one.answer == ASK else one.answer
    data["shown"] = signature(suggested)
    return data


class Deciding(forms.Form):
    """Use `deciding(...)`, which adds the separate questions of one suggestion."""

    title = forms.Line(
        label=gettext_lazy("What happened, in a few words"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("A heading that anyone would understand. Leave it if it says it."),
    )
    level = django_forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        widget=django_forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a level")},
    )
    why = forms.Narrative(
        label=gettext_lazy("Why this level?"),
        help_text=gettext_lazy(
            "One or two plain sentences. The family may read this."
            " If you choose another level, this is where you say why."
        ),
        max_length=LONGEST_WHY,
        error_messages={"required": gettext_lazy("Say why. One or two plain sentences are enough")},
    )
    shown = django_forms.CharField(widget=django_forms.HiddenInput, required=False)
    after = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=0)
    version = django_forms.IntegerField(widget=django_forms.HiddenInput, min_value=1)

    suggested: ClassVar[Assessment]

    def begin(self, event: Any, after: int) -> None:
        """What stands in the fields before anybody has typed."""
        first = {"title": event.title, "level": self.suggested.level.code, "shown": signature(self.suggested)}
        first |= {"after": str(after), "version": str(event.version)}
        for name, value in first.items():
            self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for one in self.suggested.classifications:
            name = f"{_PREFIX}{one.classification}"
            answer = said.get(name)
            if answer and answer not in (one.answer, "unsure") and not said.get(f"{name}_why"):
                problem = (
                    _("Say why in a few words")
                    if one.answer == ASK
                    else _("You decide otherwise than suggested. Say why")
                )
                self.add_error(f"{name}_why", problem)
        return said

    def separate(self, *, open_only: bool) -> list[tuple[Any, Any, Any]]:
        """(suggestion, its field, the field of its reason): those that need a look, or all the others."""
        found = []
        for one in self.suggested.classifications:
            name = f"{_PREFIX}{one.classification}"
            needs_a_look = (
                one.answer != "no" or bool({name, f"{name}_why"} & set(self.errors)) or self._said(name) != "no"
            )
            if needs_a_look is open_only:
                found.append((one, self[name], self[f"{name}_why"]))
        return found

    def _said(self, name: str) -> str:
        return str(self[name].value() or "")

    def decision(self, answers: Mapping[str, Any]) -> Decision:
        """What the operation takes. Only of a valid form."""
        said = self.cleaned_data
        return Decision(
            level=Level.from_code(said["level"]),
            why=said["why"],
            answers=answers,
            classifications=tuple(
                Answered(slug, said[f"{_PREFIX}{slug}"], said[f"{_PREFIX}{slug}_why"])
                for slug in (one.classification for one in self.suggested.classifications)
            ),
            title=said["title"],
            after=said["after"],
            version=said["version"],
        )

    def refuse(self, field: str, message: str) -> None:
        """Put what the operation said beside the field that it names."""
        slug = f"{_PREFIX}{field}"
        self.add_error(field if field in self.fields else slug if slug in self.fields else None, message)

    def forgive(self) -> None:
        """Asking for a new suggestion is no mistake: nothing is marked as wrong yet."""
        self._errors = django_forms.utils.ErrorDict()


def deciding(suggested: Assessment, event: Any, *, data: QueryDict | None = None, after: int = 0) -> Deciding:
    """The form for one suggestion: each separate question is a field, answered as suggested at first."""
    words = taxonomy("levels")
    hints = {lv.code: _(words.term(lv.word).hint) for lv in Level}
    looks: dict[str, Look] = {"why": {"rows": 3}, "level": {"cards": True, "label_size": "m", "hints": hints}}
    fields: dict[str, Any] = {}
    for one in suggested.classifications:
        name = f"{_PREFIX}{one.classification}"
        fields[name], fields[f"{name}_why"] = _answer(one), _why(one)
        otherwise = {"no": "yes", "yes": "no"}.get(one.answer)
        looks[name] = {"small": True, "inline": True, "reveals": {otherwise: [f"{name}_why"]} if otherwise else {}}
        looks[f"{name}_why"] = {"label_size": ""}
    made: type[Deciding] = type("DecidingThis", (Deciding,), {**fields, "presentation": looks, "suggested": suggested})
    form = made(data)
    form.fields["level"].choices = [(lv.code, _(words.label(lv.word))) for lv in Level]  # type: ignore[attr-defined]
    form.begin(event, after)
    return form


def _answer(one: Suggestion) -> django_forms.ChoiceField:
    return django_forms.ChoiceField(
        label=_(one.question),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure yet"))],
        widget=django_forms.RadioSelect,
        initial=None if one.answer == ASK else one.answer,
        help_text=" ".join(_(reason.text) % reason.values for reason in one.reasons),
        error_messages={"required": _("Answer this. “Not sure yet” gives you a day to find out")},
    )


def _why(one: Suggestion) -> forms.Line:
    label = _("Why?") if one.answer == ASK else _("Why otherwise than suggested?")
    return forms.Line(label=label, required=False, max_length=500)
