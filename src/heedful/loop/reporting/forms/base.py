"""The base of the forms here: an answer that is on no list is refused in plain words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms

NOT_LISTED = _("That is not one of the answers. Choose from the list")


class Page(forms.Form):
    """One page of questions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if "invalid_choice" in field.error_messages:
                field.error_messages["invalid_choice"] = NOT_LISTED
