"""The form for one attachment, and the field for forms of other rooms."""

from typing import Any
from uuid import uuid4

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from heedful.foundation.files import checks, kinds, limits
from heedful.foundation.ui import forms


class AttachmentField(django_forms.FileField):
    """A photo or a PDF. Its cleaned value is a `checks.Checked`, ready to be stored, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", django_forms.FileInput(attrs={"accept": kinds.ACCEPT}))
        super().__init__(**kwargs)
        self.error_messages["empty"] = _("This file is empty. Choose another one")

    def clean(self, data: Any, initial: Any = None) -> checks.Checked | None:
        sent: UploadedFile[bytes] | None = super().clean(data, initial)
        if sent is None:
            return None
        if (sent.size or 0) > checks.LARGEST:
            raise ValidationError(checks.too_large(sent.size), code="too_large")
        try:
            return checks.check(sent.read(), sent.name or "")
        except checks.Unacceptable as refusal:
            raise ValidationError(str(refusal), code="unacceptable") from refusal


class Add(forms.Form):
    """One file. The hidden key makes sending it twice harmless."""

    client_key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    file = AttachmentField(
        label=_("Choose a photo or a PDF"),
        help_text=_("Up to 20 MB. We take out where and with what a photo was taken."),
        error_messages={"required": _("Choose a photo or a PDF")},
    )

    def __init__(self, request: HttpRequest) -> None:
        data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        super().__init__(*data, initial={"client_key": uuid4()})
        if limits.was_too_large(request, "file"):
            self.fields["file"].error_messages["required"] = checks.too_large()
