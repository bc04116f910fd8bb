"""Small forms: it is done, it is not yet, more time, a plan says it, not any more."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import uuid4

from django import forms as django_forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from heedful.foundation.files import checks, limits
from heedful.foundation.files.forms import AttachmentField
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look

LONGEST = 2_000


class Done(forms.Form):
    """Words, a file, or both: the operation says when there is neither."""

    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    words = forms.Narrative(
        label=_("What shows that it is in place?"),
        help_text=_("What somebody could go and see, and who saw it. A second person checks this."),
        required=False,
        max_length=LONGEST,
    )
    file = AttachmentField(
        label=_("A photo or a PDF"), help_text=_("If it helps. Up to 20 MB, without anybody's face."), required=False
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 4}}

    def __init__(self, request: HttpRequest) -> None:
        data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        super().__init__(*data, initial={"client_key": uuid4()})
        if limits.was_too_large(request, "file"):
            self.fields["file"].required = True
            self.fields["file"].error_messages["required"] = checks.too_large()


class SendBack(forms.Form):
    why = forms.Narrative(
        label=_("What is missing?"),
        max_length=LONGEST,
        error_messages={"required": _("Say what is missing, so that it can be shown")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 3}}


class Extend(forms.Form):
    due_on = forms.DateField(label=_("Done by"), error_messages={"required": _("Tell us the new day")})
    starts_on = forms.DateField(
        label=_("First day of the change"),
        help_text=_("Only while that day is still to come. Leave it if it does not move."),
        required=False,
    )
    reason = forms.Narrative(
        label=_("Why does it need more time?"),
        help_text=_("It is kept, and extensions are counted."),
        max_length=LONGEST,
        error_messages={"required": _("Say why it needs more time")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"reason": {"rows": 3}}


class PlanDone(forms.Form):
    proof = forms.Narrative(
        label=_("Where does it stand?"),
        help_text=_("Which plan, which page, and the day. If no plan needs it any more, say why."),
        max_length=LONGEST,
        error_messages={"required": _("Say where it can be read: the plan, the page, the day")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"proof": {"rows": 2}}


class Drop(forms.Form):
    why = forms.Narrative(
        label=_("Why is it dropped?"),
        help_text=_("The reason is kept. Checks that were planned stay due until two people cancel them."),
        max_length=LONGEST,
        error_messages={"required": _("Say why it is dropped. The reason is kept")},
    )
    weak_reason = forms.Narrative(
        label=_("Why is what is left enough?"),
        help_text=_("Only where everything that is left relies on memory."),
        required=False,
        max_length=LONGEST,
    )
    presentation: ClassVar[Mapping[str, Look]] = {"why": {"rows": 3}, "weak_reason": {"rows": 2}}
