"""Draws a Django form field as GOV.UK markup, by calling the macros of govuk-frontend-jinja.

`render(bound_field)` works for fields of any form. On our own forms, `bound_field.as_govuk()` does the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from heedful.foundation.ui.text import tidy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Params = dict[str, Any]
ROWS = 5


class Look(TypedDict, total=False):
    """What a page may say about a field besides its label, hint and choices."""

    label: "str | _StrPromise"
    hint: "str | _StrPromise"
    label_size: str  # "s" (default), "m", "l" or "" for plain
    heading: bool  # the label is the page's h1
    hidden_label: bool  # only for screen readers, where the words stand beside the field already
    classes: str
    attributes: Mapping[str, str]
    width: str | int  # 2, 3, 4, 5, 10, 20 characters, or "one-half", "full", ...
    rows: int
    count: bool  # show how many characters are left
    prefix: "str | _StrPromise"
    suffix: "str | _StrPromise"
    hints: Mapping[str, "str | _StrPromise"]  # under a choice, by its value
    reveals: Mapping[str, Sequence[str]]  # fields shown under a choice, by its value
    dividers: Mapping[str, "str | _StrPromise"]  # a word before a choice, by its value
    exclusive: str  # the checkbox that clears the others
    cards: bool  # choices as a row of big cards
    inline: bool
    small: bool


class GovukBoundField(BoundField):
    """A field of a page that can draw itself: `{{ form.words.as_govuk() }}`."""

    def as_govuk(self, **look: Unpack[Look]) -> SafeString:
        return render(self, **look)


def render(bound: BoundField, **look: Unpack[Look]) -> SafeString:
    """The whole form group: label, hint, error and control. `look` overrides what the form says."""
    if bound.is_hidden:
        return bound.as_widget()
    said = {**presentation(bound), **look}
    component, build = _drawing(bound.field.widget)
    params = {**_shared(bound, said), **build(bound, said)}
    component = "character-count" if "maxlength" in params else component
    return mark_safe(str(macro(component)(params)))  # noqa: S308 - the macro escaped it


def presentation(bound: BoundField) -> Params:
    """What the form itself says about this field."""
    return dict(getattr(bound.form, "presentation", {}).get(bound.name, {}))


def element_id(bound: BoundField) -> str:
    """The id of the field's first control."""
    return bound.auto_id or bound.html_name


def text_value(bound: BoundField) -> str:
    """What is shown in the control: what was typed, without the marks that cannot be shown or stored."""
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else tidy(str(value)).text


def chosen(bound: BoundField) -> set[str]:
    """The values that are ticked or picked now."""
    value = bound.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(one) for one in values if one is not None}


@dataclass(frozen=True)
class Choice:
    value: str
    label: "str | _StrPromise"


def choices(bound: BoundField) -> Iterator[Choice]:
    """All choices in order; groups are flattened, for GOV.UK has none."""
    for value, label in cast(forms.Select, bound.field.widget).choices:
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        for one, words in pairs:
            yield Choice("" if one is None else str(one), str(words))


def _shared(bound: BoundField, look: Params) -> Params:
    params: Params = {"name": bound.html_name, "id": element_id(bound), "label": _label(bound, look)}
    hint = look.get("hint", bound.help_text)
    if hint:
        params["hint"] = {"text": str(hint)}
    if bound.errors:
        params["errorMessage"] = {"text": str(bound.errors[0]), "visuallyHiddenText": _("Error")}
    params["attributes"] = _attributes(bound, look)
    return params


def _label(bound: BoundField, look: Params) -> Params:
    size = look.get("label_size", "l" if look.get("heading") else "s")
    names = [f"govuk-label--{size}" if size else "", "govuk-visually-hidden" if look.get("hidden_label") else ""]
    text = str(look.get("label", bound.label))
    return {"text": text, "classes": " ".join(filter(None, names)), "isPageHeading": bool(look.get("heading"))}


# These have a parameter of their own in the macros, or are the macro's business.
# `maxlength` stays out: a browser would cut pasted words without a sound; we say the length instead.
_MAPPED = frozenset(
    ["autocomplete", "autocapitalize", "class", "cols", "id", "inputmode", "maxlength", "rows", "spellcheck", "type"]
)


def _attributes(bound: BoundField, look: Params) -> Params:
    own = {name: value for name, value in bound.field.widget.attrs.items() if name not in _MAPPED}
    return {name: _attribute(value) for name, value in {**own, **look.get("attributes", {})}.items()}


def _attribute(value: object) -> object:
    return {"value": value, "optional": True} if isinstance(value, bool) else str(value)


def _input(bound: BoundField, look: Params) -> Params:
    attrs = bound.field.widget.attrs
    width = look.get("width")
    names = [look.get("classes", ""), f"govuk-input--width-{width}" if isinstance(width, int) else ""]
    names.append(f"govuk-!-width-{width}" if isinstance(width, str) else "")
    params: Params = {"value": text_value(bound), "classes": " ".join(filter(None, names))}
    params |= {name: attrs[name] for name in ("autocomplete", "inputmode", "autocapitalize") if name in attrs}
    params |= {name: {"text": look[name]} for name in ("prefix", "suffix") if name in look}
    return params | _kind_of_input(bound.field.widget)


def _kind_of_input(widget: forms.Widget) -> Params:
    """Numbers are text with a number pad: arrow keys and the wheel must not change what was typed."""
    if isinstance(widget, forms.NumberInput):
        return {"type": "text", "inputmode": widget.attrs.get("inputmode", "numeric"), "spellcheck": False}
    if isinstance(widget, forms.EmailInput):
        return {"type": "email", "spellcheck": False, "autocomplete": widget.attrs.get("autocomplete", "email")}
    kind = widget.attrs.get("type", getattr(widget, "input_type", "text"))
    return {"type": kind}


def _password(bound: BoundField, look: Params) -> Params:
    named = bound.field.widget.attrs.get("autocomplete", "current-password")
    words = {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }
    return {"autocomplete": named, "classes": look.get("classes", ""), **words}


def _textarea(bound: BoundField, look: Params) -> Params:
    # Line breaks go in as references: the macros indent what they nest, and spaces would creep into people's words.
    value = Markup(str(escape(text_value(bound))).replace("\n", "&#10;"))  # noqa: S704 - escaped on this line
    rows = look.get("rows", ROWS)
    params: Params = {"value": value, "rows": str(rows), "classes": look.get("classes", ""), "spellcheck": True}
    longest = getattr(bound.field, "max_length", None)
    if look.get("count") and longest:
        params |= {"maxlength": str(longest), "threshold": "50"}
        params["textareaDescriptionText"] = _("You can write up to %(count)s characters") % {"count": "%{count}"}
    return params


def _select(bound: BoundField, look: Params) -> Params:
    picked = chosen(bound)
    items = [{"value": c.value, "text": c.label, "selected": c.value in picked} for c in choices(bound)]
    return {"items": items, "classes": look.get("classes", "")}


def _fieldset(bound: BoundField, look: Params) -> Params:
    label = _label(bound, look)
    names = label["classes"].replace("govuk-label--", "govuk-fieldset__legend--")
    return {"legend": {"text": label["text"], "classes": names, "isPageHeading": label["isPageHeading"]}}


def _options(bound: BoundField, look: Params) -> Params:
    """Radios and checkboxes."""
    items = [item for choice in choices(bound) for item in _option(bound, look, choice)]
    names = {"cards": "hf-choices", "inline": "govuk-radios--inline", "small": "govuk-radios--small"}
    classes = " ".join([look.get("classes", ""), *(names[key] for key in names if look.get(key))]).strip()
    if isinstance(bound.field.widget, forms.CheckboxSelectMultiple):
        classes = classes.replace("govuk-radios--", "govuk-checkboxes--")
    return {"idPrefix": element_id(bound), "items": items, "fieldset": _fieldset(bound, look), "classes": classes}


def _option(bound: BoundField, look: Params, choice: Choice) -> Iterator[Params]:
    if choice.value in look.get("dividers", {}):
        yield {"divider": look["dividers"][choice.value]}
    item: Params = {"value": choice.value, "text": choice.label, "checked": choice.value in chosen(bound)}
    if choice.value in look.get("hints", {}):
        item["hint"] = {"text": str(look["hints"][choice.value])}
    if choice.value == look.get("exclusive"):
        item["behaviour"] = "exclusive"
    revealed = look.get("reveals", {}).get(choice.value, ())
    if revealed:
        item["conditional"] = {"html": Markup("").join(render(bound.form[name]) for name in revealed)}
    yield item


def _tick(bound: BoundField, look: Params) -> Params:
    """One box: its label is the sentence beside it, its hint stands under that."""
    item: Params = {"value": "on", "text": str(look.get("label", bound.label)), "checked": bool(bound.value())}
    hint = look.get("hint", bound.help_text)
    if hint:
        item["hint"] = {"text": str(hint)}
    return {"idPrefix": element_id(bound), "items": [item], "hint": None, "classes": look.get("classes", "")}


def _parts(bound: BoundField, look: Params) -> Params:
    """A date in boxes: each part keeps its own value, and the parts in error are marked."""
    widget = cast(forms.MultiWidget, bound.field.widget)
    raw = bound.value()
    values = list(raw if isinstance(raw, list | tuple) else widget.decompress(raw) or ())
    wrong = wrong_parts(bound)
    labels, widths = getattr(widget, "part_labels", {}), getattr(widget, "part_widths", {})
    items = []
    for name, value in zip(part_names(widget), values, strict=True):
        names = [f"govuk-input--width-{widths.get(name, 2)}", "govuk-input--error" if name in wrong else ""]
        shown = "" if value is None else tidy(str(value)).text
        one: Params = {"id": f"{element_id(bound)}-{name}", "name": f"{bound.html_name}_{name}", "value": shown}
        items.append(one | {"label": str(labels.get(name, name)), "classes": " ".join(filter(None, names))})
    return {"items": items, "fieldset": _fieldset(bound, look), "classes": look.get("classes", "")}


def part_names(widget: forms.MultiWidget) -> list[str]:
    names: list[str] = widget.widgets_names  # type: ignore[attr-defined]
    return [name.removeprefix("_") for name in names]


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """The parts that an error names (`params={"parts": (...)}`); all parts when it names none."""
    if not bound.errors:
        return ()
    named = [part for error in bound.errors.as_data() for part in (error.params or {}).get("parts", ())]
    return tuple(named) or tuple(part_names(cast(forms.MultiWidget, bound.field.widget)))


def _file(bound: BoundField, look: Params) -> Params:
    several = bool(getattr(bound.field.widget, "allow_multiple_selected", False))
    return {"multiple": several, "classes": look.get("classes", "")}


Builder = Callable[[BoundField, Params], Params]
# From the most particular widget to the most general: the first that fits draws it.
DRAWINGS: tuple[tuple[type[forms.Widget], str, Builder], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", _options),
    (forms.RadioSelect, "radios", _options),
    (forms.CheckboxInput, "checkboxes", _tick),
    (forms.Select, "select", _select),
    (forms.MultiWidget, "date-input", _parts),
    (forms.FileInput, "file-upload", _file),
    (forms.PasswordInput, "password-input", _password),
    (forms.Textarea, "textarea", _textarea),
    (Input, "input", _input),
)


def _drawing(widget: forms.Widget) -> tuple[str, Builder]:
    for kind, component, build in DRAWINGS:
        if isinstance(widget, kind):
            return component, build
    raise TypeError(f"{type(widget).__name__} has no GOV.UK drawing; add one to DRAWINGS with its test")


@cache
def macro(component: str) -> Callable[[Params], str]:
    """One component of govuk-frontend-jinja, ready to be called with its parameters."""
    engine = next(one for one in engines.all() if isinstance(one, Jinja2))
    module = engine.env.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    words = "".join(word.capitalize() for word in component.split("-"))
    return cast(Callable[[Params], str], getattr(module, f"govuk{words}"))
