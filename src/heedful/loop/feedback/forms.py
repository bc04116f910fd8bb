"""Forms of telling: which sentences, the words as they will be read, and what has to be decided before."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.feedback.rules import LONGEST
from heedful.loop.feedback.sheet import OPTIONS, PARTS


class Choose(forms.Form):
    """Which of the drafted sentences are told. One that says who somebody is starts without its tick."""

    chosen = django_forms.MultipleChoiceField(
        label=_("Which sentences?"),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("What was decided or agreed has changed. Choose again")},
    )
    own = forms.Narrative(
        label=_("Your own words"),
        help_text=_("What would you want to know in their place? No names but theirs."),
        required=False,
        max_length=LONGEST,
    )
    presentation: ClassVar[Mapping[str, Look]] = {"own": {"rows": 4}}

    def __init__(self, *args: Any, drafted: Sequence[str], clean: Sequence[str], **kwargs: Any) -> None:
        kwargs["initial"] = {"chosen": list(clean), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if drafted:
            self.fields["chosen"].choices = [(one, one) for one in drafted]  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]

    def words(self) -> str:
        """Of a valid form: one text."""
        said = [" ".join(self.cleaned_data.get("chosen", [])), self.cleaned_data["own"]]
        return "\n\n".join(part for part in said if part)


class Tell(forms.Form):
    """The words as they will be read."""

    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    words = forms.Narrative(
        label=_("This is what they will read"),
        help_text=_("Change what you like. Once it is told it stays."),
        error_messages={"required": _("Write what is told")},
    )
    channel = forms.Line(
        label=_("How were they told?"),
        help_text=_("Tell them first, then write it down: in person, by phone, by letter, easy to read."),
        error_messages={"required": _("Say how they were told: in person, by phone, by letter")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 8}}

    def __init__(self, *args: Any, is_read_here: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if is_read_here:
            del self.fields["channel"]


class Family(forms.Form):
    allowed = django_forms.ChoiceField(
        label=_("May they be told about this?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    basis = django_forms.ChoiceField(
        label=_("On what does it rest?"),
        choices=[
            ("consent", _("The person said so themselves")),
            ("authority", _("Somebody has the authority to decide for the person")),
            ("best_interests", _("A best interests decision")),
        ],
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose on what it rests")},
    )
    decided_by = forms.Line(
        label=_("Who decided?"),
        help_text=_("Their name, and what gives them the say: “Ellen Kettleby, attorney for health and welfare”."),
        error_messages={"required": _("Write who decided: their name and what gives them the say")},
    )
    decided_on = forms.DateField(label=_("On which day?"), error_messages={"required": _("Tell us the day")})
    why = forms.Narrative(
        label=_("What was said or looked at?"),
        max_length=LONGEST,
        error_messages={"required": _("Write what was said or looked at. The person may ask for it")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 3}}


class Police(forms.Form):
    who = forms.Line(
        label=_("Who at the police said it?"),
        error_messages={"required": _("Write who at the police said it")},
    )
    said_on = forms.DateField(label=_("On which day?"), error_messages={"required": _("Tell us the day")})
    words = forms.Narrative(
        label=_("What may be told?"),
        max_length=LONGEST,
        error_messages={"required": _("Write what they said may be told")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 3}}


_PARTS: Mapping[str, tuple[Any, Any]] = {
    "line": (_("A line that people repeat"), _("“Two people, one trolley, no phone”")),
    "summary": (_("In one breath"), _("What happened and whether anybody was hurt. No names, rooms or days.")),
    "what_happened": (_("What happened"), ""),
    "why_it_made_sense": (_("Why it made sense at the time"), _("What would have led any good colleague there?")),
    "what_is_different": (_("What is different now"), ""),
    "next_shift": (_("On your next shift"), _("One thing to do, and the words to say it with.")),
    "is_it_working": (_("Is it working?"), _("What is known, or when it will be.")),
    "ask_team": (_("Ask your team"), _("A question without a right answer.")),
    "question": (_("The one question"), _("It shows whether the page was understood. Three answers, one is right.")),
    "explanation": (_("Why that answer is right"), _("Read by everybody after they answered. Be gentle.")),
}
_ANSWERS = (_("First answer"), _("Second answer"), _("Third answer"))


class Write(forms.Form):
    """A bulletin, part by part."""

    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"client_key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name in PARTS:
            label, hint = _PARTS[name]
            kind = forms.Line if name in ("line", "question") else forms.Narrative
            self.fields[name] = kind(label=label, help_text=hint, required=False)
            if name == "question":
                self._add_answers()

    presentation: ClassVar[Mapping[str, Look]] = {
        name: {"rows": 3} for name in PARTS if name not in ("line", "question")
    }

    def _add_answers(self) -> None:
        for number, label in enumerate(_ANSWERS, start=1):
            self.fields[f"option_{number}"] = forms.Line(label=label, required=False)
        self.fields["right"] = django_forms.ChoiceField(
            label=_("Which answer is right?"),
            choices=[("0", _("The first")), ("1", _("The second")), ("2", _("The third"))],
            widget=django_forms.RadioSelect,
            error_messages={"required": _("Choose which answer is right")},
        )

    def typed(self) -> dict[str, Any]:
        """Of a valid form."""
        said = self.cleaned_data
        return {
            "client_key": said["client_key"],
            "parts": {name: said[name] for name in PARTS},
            "options": [said[f"option_{number}"] for number in range(1, OPTIONS + 1)],
            "right": int(said["right"]),
        }


class Clear(forms.Form):
    finding = django_forms.CharField(widget=django_forms.HiddenInput)
    why = forms.Line(
        label=_("Why may it stay?"), error_messages={"required": _("Say why it may stay. The reason is kept")}
    )


class Release(forms.Form):
    teams = django_forms.MultipleChoiceField(
        label=_("Which teams read it?"),
        help_text=_("Without a team it can only be printed."),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, teams: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].choices = teams  # type: ignore[attr-defined]


class Answer(forms.Form):
    answer = django_forms.ChoiceField(
        label=_("Your answer"),
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose the answer that you think is right")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"answer": {"cards": True}}

    def __init__(self, *args: Any, question: str, options: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = question
        self.fields["answer"].choices = list(enumerate(options))  # type: ignore[attr-defined]


class HandOver(forms.Form):
    staff = django_forms.MultipleChoiceField(
        label=_("Whom did you tell?"),
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick whom you told")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = people  # type: ignore[attr-defined]
