"""The form base class and fields of every page: typed text is kept safe, and problems are said in plain words."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.ui import dates
from heedful.foundation.ui.errors import ATTACH, CHOOSE, TICK, WRITE
from heedful.foundation.ui.fields import GovukBoundField, Look, render
from heedful.foundation.ui.text import Tidied, tidy

LONGEST_LINE = 200
LONGEST_NARRATIVE = 10_000
EARLIEST = date(1900, 1, 1)
HAD_NUL = gettext_lazy("We took out a character that cannot be stored. Check the words and send them again")


class Form(forms.Form):
    """Base of all forms. Text is normalised before it is checked; what was typed is shown again after a mistake.

    `presentation` says how fields look: `{"safe": {"hints": {...}, "reveals": {"yes": ["made_safe"]}}}`.
    """

    bound_field_class = GovukBoundField
    use_required_attribute = False
    presentation: ClassVar[Mapping[str, Look]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak_plainly(field)
            if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                _cap_length(field)
        self.had_nul: frozenset[str] = frozenset()
        self.had_bidi: frozenset[str] = frozenset()
        if self.is_bound:
            self._tidy_data()

    def as_govuk(self) -> SafeString:
        """Every field that is not shown under a choice of another."""
        under = {
            name for look in self.presentation.values() for names in look.get("reveals", {}).values() for name in names
        }
        return format_html_join("\n", "{}", ((render(bound),) for bound in self if bound.name not in under))

    def _tidy_data(self) -> None:
        typed = self.data
        tidied = {key: [_tidied(one) for one in _list(typed, key)] for key in typed if not self._is_secret(key)}
        clean = QueryDict(mutable=True)
        for key in typed:
            clean.setlist(key, [one.text for one in tidied[key]] if key in tidied else _list(typed, key))
        self.data = clean
        self.had_nul = self._names(key for key, ones in tidied.items() if any(one.had_nul for one in ones))
        self.had_bidi = self._names(key for key, ones in tidied.items() if any(one.had_bidi for one in ones))

    def _is_secret(self, key: str) -> bool:
        """Passwords are taken as they are."""
        return any(
            self.add_prefix(name) == key and isinstance(field.widget, forms.PasswordInput)
            for name, field in self.fields.items()
        )

    def _names(self, keys: Any) -> frozenset[str]:
        """The fields that these keys of the data belong to; a date has a key per part."""
        found = list(keys)
        own = {name: self.add_prefix(name) for name in self.fields}
        return frozenset(
            name for name, html in own.items() for key in found if key == html or self._is_part(name, key, html)
        )

    def _is_part(self, name: str, key: str, html: str) -> bool:
        return isinstance(self.fields[name].widget, forms.MultiWidget) and key.startswith(f"{html}_")

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.fields:
            if name in self.had_nul and name not in self.errors:
                self.add_error(name, ValidationError(HAD_NUL, code="nul"))

    def refuse(self, field: str, message: str) -> None:
        """Put what an operation said beside the field that it names."""
        self.add_error(field if field in self.fields else None, message)


class Line(forms.CharField):
    """One line of text."""

    def __init__(self, *, max_length: int = LONGEST_LINE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class Narrative(forms.CharField):
    """Somebody's own words."""

    def __init__(self, *, max_length: int = LONGEST_NARRATIVE, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea())
        super().__init__(max_length=max_length, **kwargs)


class DateParts(forms.MultiWidget):
    """Three boxes: day, month (a number or its name), year."""

    part_labels: ClassVar[Mapping[str, Any]] = {
        "day": gettext_lazy("Day"),
        "month": gettext_lazy("Month"),
        "year": gettext_lazy("Year"),
    }
    part_widths: ClassVar[Mapping[str, int]] = {"day": 2, "month": 2, "year": 4}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in dates.PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]


class DateField(forms.Field):
    """A day. `earliest` and `latest` may be set on the form's field once the day of asking is known."""

    widget = DateParts
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Tell us the day. A guess is fine"),
        "impossible": gettext_lazy("There is no such day. Check the day and the month"),
        "year": gettext_lazy("Write the year with 4 numbers, like 2026"),
        "early": gettext_lazy("This day is too long ago. Check the year"),
        "late": gettext_lazy("This day is still to come. Check the day, month and year"),
    }

    def __init__(self, *, earliest: date = EARLIEST, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        try:
            return dates.read_date(*(part or "" for part in value))
        except dates.Unreadable as problem:
            raise self._error(problem.code, problem.parts) from problem

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value < self.earliest:
            raise self._error("early", ("year",))
        if value and self.latest and value > self.latest:
            raise self._error("late", dates.PARTS)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = DateParts().decompress(initial)
        return ["" if one is None else str(one) for one in before] != [one or "" for one in data or ("", "", "")]

    def _error(self, code: str, parts: tuple[str, ...]) -> ValidationError:
        message = _missing(parts) if code == "missing" else self.error_messages[code]
        return ValidationError(message, code=code, params={"parts": parts})


class TimeField(forms.Field):
    """A time of day, read kindly: 07:40, 7.40, 0740, 7am."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Tell us the time. A guess is fine"),
        "invalid": gettext_lazy("Write a time like 07:40"),
    }

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        read = dates.read_time(str(value))
        if read is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return read


def _missing(parts: tuple[str, ...]) -> str:
    names = {"day": _("the day"), "month": _("the month"), "year": _("the year")}
    return _("Add %(parts)s") % {"parts": _(" and ").join(names[part] for part in parts)}


def _speak_plainly(field: forms.Field) -> None:
    """Replace Django's "This field is required." unless the form has its own words."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    kinds = ((forms.BooleanField, TICK), (forms.FileField, ATTACH), (forms.ChoiceField, CHOOSE))
    field.error_messages["required"] = next((words for kind, words in kinds if isinstance(field, kind)), WRITE)


def _cap_length(field: forms.CharField) -> None:
    """No text without an upper limit, and the limit is said with both numbers."""
    if field.max_length is None:
        field.max_length = LONGEST_NARRATIVE if isinstance(field.widget, forms.Textarea) else LONGEST_LINE
    message = gettext_lazy(
        "This is %(show_value)d characters long and we can keep %(limit_value)d. Make it shorter. Nothing is lost yet"
    )
    field.validators = [one for one in field.validators if not isinstance(one, MaxLengthValidator)]
    field.validators.append(MaxLengthValidator(field.max_length, message))


def _list(data: Any, key: str) -> list[Any]:
    if hasattr(data, "getlist"):
        return list(data.getlist(key))
    return list(data[key]) if isinstance(data[key], list | tuple) else [data[key]]


def _tidied(value: Any) -> Tidied:
    """Text comes back clean; anything else (a test's dict may hold numbers) as it was."""
    return tidy(value) if isinstance(value, str) else Tidied(value)
