"""Forms of themes."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.reviews.operations.standing import LONGEST, LONGEST_NAME

Choices = Sequence[tuple[str, str]]


class NewTheme(forms.Form):
    """A name, a reason, an owner, and what belongs to it. From a chart it may begin with nothing."""

    key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    name = forms.Line(
        label=_("What is it about?"),
        help_text=_("A few words that anyone would understand, without a name of a person."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give it a name that anyone would understand")},
    )
    why = forms.Narrative(
        label=_("Why do these belong together?"),
        help_text=_("What they share, as far as you can see now. You may be wrong."),
        max_length=LONGEST,
        error_messages={"required": _("Say why these belong together")},
    )
    owner = django_forms.ChoiceField(
        label=_("Who owns it?"),
        help_text=_("Whoever sees it through, until we know whether it worked."),
        error_messages={"required": _("Choose who owns it")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 3}}

    def __init__(self, *args: Any, owners: Choices, offered: Choices = (), required: bool = True, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]
        if offered:
            self.fields["events"] = django_forms.MultipleChoiceField(
                label=_("Which of these belong together?"),
                choices=list(offered),
                widget=django_forms.CheckboxSelectMultiple,
                required=required,
                error_messages={"required": _("Choose at least one"), "invalid_choice": _("Choose from the list")},
            )


class Spell(forms.Form):
    """The months of a chart that made somebody look."""

    service = django_forms.CharField(widget=django_forms.HiddenInput)
    what = django_forms.CharField(widget=django_forms.HiddenInput)
    first = django_forms.ChoiceField(label=_("From which month did it stand out?"))
    last = django_forms.ChoiceField(label=_("To which month?"))

    def __init__(self, *args: Any, spell: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            self.fields[name].choices = list(spell)  # type: ignore[attr-defined]


class Words(forms.Form):
    """One box; the page says what it is for."""

    why = forms.Narrative(label="", max_length=LONGEST, error_messages={"required": _("Write a sentence or two")})
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 4}}

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label = label


class ChoosePerson(forms.Form):
    person = django_forms.ChoiceField(
        label="", widget=django_forms.RadioSelect, error_messages={"required": _("Choose somebody")}
    )


def choose_person(data: Any, *, label: str, people: Choices) -> ChoosePerson:
    """Somebody else, out of those who can."""
    form = ChoosePerson(data)
    form.fields["person"].label = label
    form.fields["person"].choices = list(people)  # type: ignore[attr-defined]
    return form
