"""The forms of people and places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms as django_forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.people import exposure
from heedful.foundation.people.operations import Reach
from heedful.foundation.people.presenters import DUTIES, ENGAGEMENTS, ROLES, VISITOR_ROLES, measure_label
from heedful.foundation.ui import forms
from heedful.foundation.ui.fields import Look

LONGEST_VISIT = timedelta(days=366)
ANY_SERVICE = _("All services")
EVERYWHERE = "everywhere"
WHERE = {"required": _("Choose a service")}


class Named(Protocol):
    """A service, or a person, to choose."""

    @property
    def pk(self) -> UUID: ...
    @property
    def name(self) -> str: ...


def _services(found: Iterable[Named], **kwargs: Any) -> django_forms.ChoiceField:
    blank = kwargs.pop("blank", _("Choose a service"))
    return django_forms.ChoiceField(
        choices=[("", blank), *((str(one.pk), one.name) for one in found)], error_messages=WHERE, **kwargs
    )


class Seek(forms.Form):
    """Narrow a list."""

    words = forms.Line(label=_("Name"), required=False, max_length=80)

    def __init__(self, *args: Any, services: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"] = _services(services, label=_("Service"), required=False, blank=ANY_SERVICE)


class AddStaff(forms.Form):
    """Somebody starts to work here. The key is made before: sent twice, it is still one person."""

    key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    name = forms.Line(label=_("Full name"), max_length=120, error_messages={"required": _("Write the name")})
    job_title = forms.Line(label=_("Job"), max_length=80, required=False)
    engagement = django_forms.ChoiceField(
        label=_("How do they work here?"), choices=ENGAGEMENTS, widget=django_forms.RadioSelect, initial="employed"
    )

    def __init__(self, *args: Any, services: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"] = _services(services, label=_("Where?"))


class AddPerson(forms.Form):
    """Somebody starts to be supported here. The key is made before: sent twice, it is still one person."""

    key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    name = forms.Line(label=_("Full name"), max_length=120, error_messages={"required": _("Write the name")})
    known_as = forms.Line(label=_("What do they like to be called?"), max_length=80, required=False)
    room = forms.Line(label=_("Room"), max_length=30, required=False)
    under_18 = django_forms.BooleanField(label=_("They are under 18"), required=False)

    def __init__(self, *args: Any, services: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"] = _services(services, label=_("Where?"))
        self.order_fields(["key", "name", "known_as", "service", "room", "under_18"])


class GiveRole(forms.Form):
    """A role, how far it reaches, and until when."""

    offered: ClassVar[tuple[Role, ...]] = tuple(role for role in ROLES if role not in VISITOR_ROLES)
    role = django_forms.ChoiceField(label=_("Role"), widget=django_forms.RadioSelect)
    services = django_forms.MultipleChoiceField(
        label=_("Where?"),
        required=False,
        widget=django_forms.CheckboxSelectMultiple,
        help_text=_("Care workers need none: they see their own reports."),
    )
    presentation: ClassVar[dict[str, Look]] = {"services": {"small": True, "exclusive": EVERYWHERE}}

    def __init__(self, *args: Any, services: Sequence[Named], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.known = ZoneInfo(zone), services
        role = self.fields["role"]
        role.choices = [(one.value, ROLES[one]) for one in self.offered]  # type: ignore[attr-defined]
        places = [(EVERYWHERE, _("The whole organisation")), *((str(one.pk), one.name) for one in services)]
        self.fields["services"].choices = places  # type: ignore[attr-defined]
        until = forms.DateField(label=_("Until which day?"), required=False, help_text=_("Leave empty if it stays."))
        until.earliest = timezone.now().astimezone(self.zone).date()
        until.error_messages["early"] = _("This day is past")
        self.fields["until"] = until
        self.order_fields(["name", "user_name", "email", "role", "services", "until", "with_codes"])

    @property
    def picked(self) -> Role:
        return Role(self.cleaned_data["role"])

    @property
    def reach(self) -> Reach:
        """Care workers reach their own reports; everybody else the services ticked, or all."""
        if self.picked is Role.CARE_WORKER:
            return Reach(Scope.OWN)
        chosen = set(self.cleaned_data["services"])
        if EVERYWHERE in chosen:
            return Reach(Scope.ORGANISATION)
        return Reach(Scope.SERVICE, services=tuple(one.pk for one in self.known if str(one.pk) in chosen))

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        if cleaned.get("role") not in (None, Role.CARE_WORKER) and not cleaned.get("services"):
            self.add_error("services", _("Choose where: one service, some, or the whole organisation"))
        return cleaned

    @property
    def end(self) -> datetime | None:
        """The end of the last day, where the organisation is."""
        last: date | None = self.cleaned_data["until"]
        return datetime.combine(last + timedelta(days=1), time(), self.zone) if last else None


class GiveSignIn(GiveRole):
    """A user name, a role, and whether a card of codes is printed."""

    user_name = forms.Line(
        label=_("User name"), max_length=60, error_messages={"required": _("Write a user name, like joss.p")}
    )
    email = django_forms.EmailField(
        label=_("Email"), required=False, help_text=_("Only if they have one for work. They can sign in with it too.")
    )
    with_codes = django_forms.BooleanField(
        label=_("Print a card of one-time codes"),
        required=False,
        help_text=_("For somebody without a phone of their own. Others set up an app or a passkey at first sign-in."),
    )


class AddVisitor(GiveSignIn):
    """Somebody who does not work here, for a stated time."""

    offered = VISITOR_ROLES
    name = forms.Line(label=_("Full name"), max_length=120, error_messages={"required": _("Write the name")})

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        last = cleaned.get("until")
        if cleaned.get("role") == Role.INSPECTOR and "until" not in self.errors:
            if last is None:
                self.add_error("until", _("Say until which day: an inspector's access always ends"))
            elif last > timezone.now().date() + LONGEST_VISIT:
                self.add_error("until", _("Choose a day within one year"))
        return cleaned


class AskReset(forms.Form):
    """What the first of the two asks for."""

    new_card = django_forms.ChoiceField(
        label=_("What is gone?"),
        widget=django_forms.RadioSelect,
        choices=[("no", _("Only the password")), ("yes", _("The phone or the card of codes as well"))],
    )
    presentation: ClassVar[dict[str, Look]] = {
        "new_card": {
            "hints": {
                "no": "",
                "yes": _("They get a new card. Their old phone, passkeys and card stop working here."),
            }
        }
    }


class AddTeam(forms.Form):
    name = forms.Line(label=_("Name of the team"), max_length=80, error_messages={"required": _("Write the name")})

    def __init__(self, *args: Any, taken: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = {name.lower() for name in taken}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if name.lower() in self.taken:
            raise django_forms.ValidationError(_("There is a team of this name already"))
        return name


class AddShift(forms.Form):
    """Local clock times; a shift may cross midnight."""

    name = forms.Line(label=_("Name of the shift"), max_length=60, error_messages={"required": _("Write the name")})
    starts = forms.TimeField(label=_("It starts at"))
    ends = forms.TimeField(label=_("It ends at"), help_text=_("An earlier time than the start means the next day."))

    def __init__(self, *args: Any, taken: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = {name.lower() for name in taken}

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        if cleaned.get("starts") is not None and cleaned.get("starts") == cleaned.get("ends"):
            self.add_error("ends", _("Start and end are the same time"))
        if cleaned.get("name", "").lower() in self.taken:
            self.add_error("name", _("There is a shift of this name already"))
        return cleaned


class Appoint(forms.Form):
    """Who holds a named duty for the service, from today."""

    duty = django_forms.ChoiceField(label=_("Duty"), choices=list(DUTIES.items()), widget=django_forms.RadioSelect)

    def __init__(self, *args: Any, staff: Iterable[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a person")), *((str(one.pk), one.name) for one in staff)]
        self.fields["staff"] = django_forms.ChoiceField(
            label=_("Who?"), choices=choices, error_messages={"required": _("Choose a person")}
        )


class EnterExposure(forms.Form):
    """How much care there was in one month: one box per measure, in plain units."""

    def __init__(self, *args: Any, most: Mapping[str, int | None], **kwargs: Any) -> None:
        """`most`: per measure, what would surprise us, or None."""
        super().__init__(*args, **kwargs)
        self.most = most
        for measure in most:
            self.fields[measure] = forms.Line(
                label=measure_label(measure),
                max_length=20,
                widget=django_forms.TextInput(attrs={"inputmode": "decimal"}),
                error_messages={"required": _("Write the number. 0 is a number too")},
            )
        self.fields["estimated"] = django_forms.BooleanField(
            label=_("It is an estimate"),
            help_text=_("Charts say so. Change it when you know the number."),
            required=False,
        )
        self.fields["sure"] = django_forms.BooleanField(label=_("I checked: the number is right"), required=False)

    @property
    def source(self) -> str:
        return "estimated" if self.cleaned_data["estimated"] else "typed"

    def amounts(self) -> dict[str, int]:
        return {measure: self.cleaned_data[measure] for measure in self.most}

    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or {})
        for measure, most in self.most.items():
            if measure in cleaned:
                self._read(measure, most, cleaned)
        return cleaned

    def _read(self, measure: str, most: int | None, cleaned: dict[str, Any]) -> None:
        try:
            cleaned[measure] = exposure.read(cleaned[measure], measure)
        except exposure.NotAnAmount as problem:
            self.add_error(measure, PROBLEMS[problem.code])
            return
        if most is not None and cleaned[measure] > most and not cleaned.get("sure"):
            words = _("That is more than every bed on every day (%(most)s). Check it, or tick that you did")
            self.add_error(measure, words % {"most": exposure.written(most, measure)})


PROBLEMS = {
    "unreadable": _("Write a number, like 1,150 or 1,150.5"),
    "too_fine": _("Use at most one place after the point for bed days, whole minutes for hours, whole visits"),
    "too_large": _("This number is too large. Check it"),
}
