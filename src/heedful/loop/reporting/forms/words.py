"""The first page, in own words, and the last question: whose name."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look
from heedful.loop.reporting.forms.base import Page


class Words(Page):
    words = forms.Narrative(
        label=_("In your own words"),
        help_text=_("What did you see or hear? Who was there?"),
        widget=django_forms.Textarea(attrs={"autofocus": True}),
        error_messages={"required": _("Tell us what happened. One line is enough")},
    )
    presentation: ClassVar[Mapping[str, Look]] = {"words": {"rows": 6, "label_size": "m"}}


class Name(Page):
    """The hints say who really sees what: the view fills them in."""

    confidential = django_forms.ChoiceField(
        label=_("How should we use your name?"),
        choices=[("named", _("Use my name")), ("confidential", _("Keep my name back"))],
        widget=django_forms.RadioSelect,
        error_messages={"required": _("Choose how we should use your name")},
    )

    def __init__(self, *args: Any, hints: Mapping[str, str], heading: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = "l" if heading else "m"
        self.presentation = {  # type: ignore[misc]
            "confidential": {"heading": heading, "label_size": size, "hints": hints}
        }
