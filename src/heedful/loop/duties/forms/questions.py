"""The questions that move the suggestion, prefilled with what the record says. None must be answered."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.people import words
from heedful.foundation.policies import Answer, Death, Harm, taxonomy
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.duties.forms.asked import BODY, DEATH, GROUPS, MIND, MORE, OPEN, YES_NO, Asked
from heedful.loop.duties.reading import Known
from heedful.loop.duties.rules import Assessment

NONE_SEEN, NOT_SURE = "none", "unsure"
_VALUES: Mapping[str, Any] = {YES_NO: Answer, BODY: Harm, MIND: Harm, DEATH: Death}


class Questions(forms.Form):
    """Which answers are open is known only with the record, so the fields are made from it."""

    signs = django_forms.MultipleChoiceField(
        label=gettext_lazy("Is any of these true, or could it be?"),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
    )
    abuse_types = django_forms.MultipleChoiceField(
        label=gettext_lazy("Could it be a kind of abuse or neglect? Choose all that fit"),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
    )
    type = django_forms.ChoiceField(label=gettext_lazy("What kind of thing was it?"), required=False)

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        self.known = known
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", _("Not decided yet")), *_types()]  # type: ignore[attr-defined]
        self.fields["type"].initial = known.event.subtype or known.event.type
        self.fields["abuse_types"].choices = _terms("abuse_types")  # type: ignore[attr-defined]
        none, unsure = (NONE_SEEN, _("I looked: none of these")), (NOT_SURE, _("I'm not sure"))
        self.fields["signs"].choices = [*_terms("signs"), none, unsure]  # type: ignore[attr-defined]
        recorded = known.facts()
        for name, asked in {**OPEN, **MORE}.items():
            self.fields[name] = _field(asked, _recorded(recorded, name))
        looks: dict[str, Look] = {name: {"small": True, "inline": asked.kind == YES_NO} for name, asked in MORE.items()}
        looks |= {name: {"small": True, "inline": asked.kind == YES_NO} for name, asked in OPEN.items()}
        divided = {NONE_SEEN: _("or")}
        looks["signs"] = {"small": True, "classes": "hf-pairs", "exclusive": NONE_SEEN, "dividers": divided}
        looks["abuse_types"] = {"small": True, "hints": {t.slug: _(t.hint) for t in taxonomy("abuse_types")}}
        self.presentation = looks  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Answers that contradict each other are said at the one that was probably meant otherwise."""
        said = super().clean() or self.cleaned_data
        signs = set(said.get("signs") or ())
        if NONE_SEEN in signs and len(signs) > 1:
            self.add_error("signs", _("You ticked “none of these” and something else. Take one of them away"))
        body = said.get("harm_to_body") or self.known.event.harm_body
        if body == Harm.FATAL and said.get("death") == Death.NO:
            self.add_error("death", _("You said that the person died, and that nobody died. Change one of the two"))
        return said

    def answers(self) -> dict[str, Any]:
        """What the decider said, as facts; what is wrong in itself is left out until it is put right."""
        if not self.is_bound:
            return {}
        self.is_valid()
        said = self.cleaned_data
        found = {name: self._value(name) for name in (*OPEN, *MORE) if said.get(name)}
        found |= {name: frozenset(said[name]) for name in ("abuse_types",) if said.get(name)}
        found |= {"types": frozenset({said["type"]})} if said.get("type") else {}
        return found | _signs(set(said.get("signs") or ()))

    def opened(self, *assessments: Assessment) -> list[Any]:
        """The fields of what is open now, or was before the answers: an answer never vanishes from the page."""
        asked = {item.input for one in assessments for item in one.find_out}
        asked |= {name for name in self.errors if name in self.fields}
        if "signs_checked" in asked:
            asked.add("signs")
        return [bound for bound in self if bound.name in asked and bound.name in {*OPEN, "signs"}]

    def closed(self, opened: list[Any]) -> list[tuple[str, list[Any]]]:
        """The other questions, in groups."""
        shown = {bound.name for bound in opened}
        rest = [self[name] for name in OPEN if name not in shown]
        signs = [] if "signs" in shown else [self["signs"]]
        groups = [(str(GROUPS[group]), [self[name] for name in MORE if MORE[name].group == group]) for group in GROUPS]
        return [(_("What the record says"), rest), (_("Signs"), [*signs, self["abuse_types"]]), *groups]

    def _value(self, name: str) -> Any:
        asked = {**OPEN, **MORE}[name]
        return _VALUES[asked.kind](self.cleaned_data[name])


def _signs(ticked: set[str]) -> dict[str, Any]:
    found = frozenset(ticked - {NONE_SEEN, NOT_SURE})
    if not ticked:
        return {}
    checked = Answer.UNSURE if NOT_SURE in ticked else Answer.YES
    return {"signs": found, "signs_checked": checked}


def _field(asked: Asked, recorded: str) -> django_forms.ChoiceField:
    choices = _choices(asked.kind)
    return django_forms.ChoiceField(
        label=asked.label,
        choices=choices,
        required=False,
        widget=django_forms.RadioSelect,
        initial=recorded if recorded in dict(choices) else None,
    )


def _choices(kind: str) -> list[tuple[str, str]]:
    if kind == YES_NO:
        return [("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))]
    if kind == DEATH:
        words = [(Death.NO, _("No")), (Death.EXPECTED, _("Yes, expected")), (Death.UNEXPECTED, _("Yes, not expected"))]
        return [(str(value), label) for value, label in [*words, (Death.UNKNOWN, _("We don't know yet"))]]
    return _terms(kind)


def _recorded(recorded: Any, name: str) -> str:
    """What the record says; nothing where nobody was asked."""
    value = str(recorded.history.plan_changed if name == "plan_changed" else getattr(recorded, name))
    return "" if name in ("death", "staff_harm") else value


def _terms(name: str) -> list[tuple[str, str]]:
    return [(term.slug, _(term.label)) for term in words.terms(name).roots()]


def _types() -> list[tuple[str, str]]:
    """Main kinds with the finer ones under each."""
    terms = words.terms("core_types")
    return [(term.slug, f"– {_(term.label)}" if term.parent else _(term.label)) for term in terms]
