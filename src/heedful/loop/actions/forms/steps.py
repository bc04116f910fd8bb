"""A new change is asked for in four short steps. What was given goes along as hidden fields: no script is needed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext_lazy as _

from heedful.loop.actions.forms.agreeing import Agree

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

PARTS = ("_day", "_month", "_year")


@dataclass(frozen=True)
class Step:
    slug: str
    title: "StrOrPromise"
    fields: tuple[str, ...]


STEPS = (
    Step("change", _("What will be different on a shift?"), ("what_will_differ", "finding_id", "kind", "weak_reason")),
    Step("aim", _("Could we tell if it worked?"), ("series_key", "direction", "per_cent", "not_measured_why")),
    Step("who", _("Who does it, and by when?"), ("lead_id", "deputy_id", "starts_on", "due_on", "person_ids")),
    Step("again", _("When do you look again?"), ("reaudit_question", "reaudit_wanted", "reaudits", "reaudit_other")),
)


def find(slug: str | None) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def number(step: Step) -> int:
    return STEPS.index(step) + 1


def after(step: Step) -> Step | None:
    """None after the last: then the answers are checked."""
    return next(iter(STEPS[number(step) :]), None)


def before(step: Step) -> Step | None:
    at = STEPS.index(step)
    return STEPS[at - 1] if at else None


def wrong(form: Agree, upto: Step | None) -> Step | None:
    """The first step, up to this one or of all, in which something is wrong."""
    asked = STEPS[: number(upto)] if upto else STEPS
    return next((step for step in asked if any(name in form.errors for name in step.fields)), None)


def say_only(form: Agree, step: Step | None) -> None:
    """Errors are said where they can be mended: those of this step, and of no field at all."""
    kept = {"__all__", *(step.fields if step else ())}
    for name in [name for name in form.errors if name not in kept]:
        del form.errors[name]


def carried(form: Agree, step: Step | None) -> list[tuple[str, str]]:
    """(name, value) of everything that this step does not ask: as it was typed, else as it is offered."""
    names = [name for other in STEPS if other != step for name in other.fields]
    return list(_typed(form, names) if form.is_bound else _offered(form, names))


def _typed(form: Agree, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    keys = {key for name in names for key in (name, *(f"{name}{part}" for part in PARTS))}
    given = cast("QueryDict", form.data)
    for key in given:
        if key in keys:
            yield from ((key, value) for value in given.getlist(key))


def _offered(form: Agree, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        value: Any = form.get_initial_for_field(form.fields[name], name)
        several: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
        yield from ((name, str(one)) for one in several if one not in (None, ""))
