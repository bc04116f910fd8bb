"""Sending a file in, and saying what only its owner knows about it."""

from typing import Any
from uuid import uuid4

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.files import limits
from heedful.foundation.ui import forms
from heedful.intake import said
from heedful.intake.understanding.bookmap import Answer

ENDINGS = (".xlsx", ".xlsm", ".ods", ".csv", ".txt", ".gz", ".xls")
TOO_LARGE = gettext_lazy("This file is larger than 20 MB. Save one year or one home for itself and send that")


class Send(forms.Form):
    """One file. The hidden key makes sending it twice harmless."""

    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    file = django_forms.FileField(
        label=gettext_lazy("Choose your file"),
        help_text=gettext_lazy("Excel (.xlsx), LibreOffice (.ods) or .csv, up to 20 MB. Leave it as messy as it is."),
        widget=django_forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": gettext_lazy("Choose your file"),
            "empty": gettext_lazy("This file is empty. Choose another one"),
        },
    )

    def __init__(self, request: HttpRequest) -> None:
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        super().__init__(*sent, initial={"client_key": uuid4()})
        if limits.was_too_large(request, "file"):
            self.fields["file"].error_messages["required"] = str(TOO_LARGE)

    def clean_file(self) -> "UploadedFile[bytes]":
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if not (sent.name or "").lower().endswith(ENDINGS):
            raise ValidationError(_("We read .xlsx, .ods and .csv. Save your file as one of these and send it again"))
        return sent


class Answers(forms.Form):
    """One choice for each question about the whole file."""

    def __init__(self, *args: Any, questions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {f"q{place}": question for place, question in enumerate(questions)}
        for name, question in self.asked.items():
            choices = [
                (str(number), said.choice(code, values)) for number, (code, values) in enumerate(question["choices"])
            ]
            self.fields[name] = django_forms.ChoiceField(
                label=said.question(question),
                help_text=said.hangs_on(question["rows"], question["example"]),
                choices=choices,
                widget=django_forms.RadioSelect,
                initial=question["suggested"],
                error_messages={"required": _("Choose one, or say that you do not know")},
            )

    def answers(self) -> dict[str, Answer]:
        """By the key of the question: the code that was chosen, and its values."""
        found = {}
        for name, question in self.asked.items():
            code, values = question["choices"][int(self.cleaned_data[name])]
            found[question["key"]] = Answer(choice=code, values=values)
        return found
