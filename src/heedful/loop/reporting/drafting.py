"""A report on its way: what was typed on each page is kept, and its forms check it again when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from heedful.foundation.access.models import new_id
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.policies import FormVersion, form_version
from heedful.foundation.policies import form as form_in_force
from heedful.foundation.ui.text import tidy
from heedful.foundation.workplace import matching
from heedful.foundation.workplace import queries as workplace
from heedful.loop.reporting import forms, journey
from heedful.loop.reporting.forms import people
from heedful.loop.reporting.presenters.who_sees import Sources, WhoSees, who_sees
from heedful.loop.reporting.shifts import recent_shifts

# Kept beside the typed answers of a page: when it was answered, and which version of the form asked.
AT, FORM = "_at", "_form"
NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", "key", "change", "more"})
MOST_KEPT = 500_000
Raw = Mapping[str, list[str]]


@dataclass
class Journey:
    """One report on its way: what was typed on each page, and the forms for it."""

    client_key: UUID
    viewer: Viewer
    now: datetime
    answers: Mapping[str, Raw]

    @classmethod
    def begin(cls, viewer: Viewer, now: datetime) -> "Journey":
        """A new report, with the key that makes it one however often it is sent."""
        return cls(new_id(), viewer, now, {})

    @property
    def version(self) -> FormVersion:
        """The form that was in force when the first page was answered."""
        said = self.answers.get(journey.WORDS, {}).get(FORM)
        return form_version(said[0]) if said else form_in_force("record", on=self.now.date())

    @property
    def kinds(self) -> list[str]:
        return list(self.answers.get(journey.ABOUT, {}).get("kinds", []))

    @property
    def pages(self) -> tuple[str, ...]:
        return journey.pages_for(self.version, self.kinds, names_unclear=bool(self.unclear))

    @property
    def short(self) -> bool:
        return journey.WHO not in self.pages

    @property
    def services(self) -> Sequence[Any]:
        """Open services, those of the viewer first."""
        found = workplace.open_services(self.now.date())
        return sorted(found, key=lambda one: (one.pk not in self.viewer.home_service_ids, one.name))

    @property
    def service(self) -> Any:
        """The chosen service, or the one where the viewer works."""
        chosen = self.answers.get(journey.ABOUT, {}).get("service", [""])[0]
        found = self.services
        return next((one for one in found if str(one.pk) == chosen), found[0] if found else None)

    @property
    def team_id(self) -> UUID | None:
        chosen = self.answers.get(journey.ABOUT, {}).get("team", [""])[0]
        return next((one.pk for one in workplace.teams(self.service.pk) if str(one.pk) == chosen), None)

    @property
    def unclear(self) -> list[people.Unclear]:
        """Names on the page `who` that need "did you mean …?"."""
        return list(unclear_names(self)) if self.answers.get(journey.WHO) else []

    @property
    def who_sees(self) -> WhoSees:
        """From real memberships at this service: what the two answers about the name mean."""
        return who_sees(self.service.pk, self.team_id, self.viewer.account_id, self.now, self._sources())

    def _sources(self) -> Sources:
        """Who is named so far as a possible source of harm."""
        who = self.form(journey.WHO) if not self.short and self.answers.get(journey.WHO) else None
        if who is None or not who.is_valid():
            return Sources()
        mean = self.form(journey.MEAN) if self.answers.get(journey.MEAN) else None
        chosen = mean.cleaned_data if mean is not None and mean.is_valid() else {}
        picked = [
            (name, *chosen.get(f"source_{number}", "").partition(":")[::2]) for number, name in who.names("source")
        ]
        return Sources(
            staff_ids=tuple(UUID(found) for _name, what, found in picked if what == "staff"),
            in_doubt=tuple(name for name, what, _found in picked if what not in ("staff", "person", people.NOT_HERE)),
        )

    def answered_at(self, page: str) -> datetime:
        said = self.answers.get(page, {}).get(AT)
        return datetime.fromisoformat(said[0]) if said else self.now

    def form(self, page: str, data: QueryDict | None = None) -> Any:
        """The form of a page: with what was sent now, or with what the draft holds."""
        if data is not None:
            return self._build(page, data, self.now)
        held = self.answers.get(page)
        return self._build(page, _querydict(held) if held else None, self.answered_at(page))

    def invalid(self) -> str | None:
        """The first page that is not answered, or not as it must be."""
        for page in self.pages:
            if page not in self.answers or not self.form(page).is_valid():
                return page
        return None

    def _build(self, page: str, data: QueryDict | None, at: datetime) -> Any:
        if page == journey.WORDS:
            return forms.Words(data)
        if page == journey.ABOUT:
            initial = {"service": str(self.service.pk)} if self.service else {}
            shifts = recent_shifts(self.service, at) if self.service else []
            teams = workplace.teams(self.service.pk) if self.service else []
            return forms.About(data, services=self.services, teams=teams, shifts=shifts, now=at, initial=initial)
        if page == journey.SAFE:
            return forms.Safe(data)
        if page == journey.WHO:
            return forms.Who(data, more=_more(data))
        if page == journey.MEAN:
            return forms.Mean(data, unclear=self.unclear)
        if page == journey.TOLD:
            return forms.Thresholds(data, now=at, zone=self.service.time_zone)
        if page == journey.NAME:
            return forms.Name(data, hints=self.who_sees.hints, heading=not self.short)
        raise KeyError(page)


def typed(data: QueryDict, now: datetime, version: str) -> dict[str, list[str]]:
    """What was typed on a page, as it can be stored, with when it was answered."""
    raw = {name: [tidy(one).text for one in data.getlist(name)] for name in data if name not in NOT_ANSWERS}
    if sum(len(one) for values in raw.values() for one in values) > MOST_KEPT:
        # Far more than can ever be sent: it stays on the screen and is not copied about.
        return {}
    return {**raw, AT: [now.isoformat()], FORM: [version]}


def _more(data: QueryDict | None) -> int:
    """How many lines were asked for, or are filled in."""
    if data is None:
        return 0
    numbers = [int(key.rpartition("_")[2]) for key in data if key.startswith(("affected_", "other_")) and data[key]]
    asked = data.get("lines", "0")
    return max([int(asked) if asked.isdigit() else 0, *(number - 1 for number in numbers)])


def _querydict(raw: Raw) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in raw.items():
        if not name.startswith("_"):
            data.setlist(name, list(values))
    return data


def unclear_names(on_way: Journey) -> Sequence[people.Unclear]:
    """Typed names that are not exactly one known person; an alleged source is always asked about."""
    form = on_way.form(journey.WHO)
    if not form.is_valid() or on_way.service is None:
        return []
    today = on_way.now.date()
    residents = [
        matching.Colleague(one.pk, one.name, one.known_as) for one in workplace.people_of(on_way.service.pk, today)
    ]
    colleagues = workplace.colleagues(today)
    found = []
    for number, name in form.names("source"):
        likely = [*_choices("staff", colleagues, name), *_choices("person", residents, name)]
        found.append(people.Unclear(f"source_{number}", name, True, likely))
    for group, known in (
        ("affected", [("person", residents)]),
        ("other", [("staff", colleagues), ("person", residents)]),
    ):
        for number, name in form.names(group):
            exact = [matching.the_one(name, those) for _, those in known]
            likely = [choice for what, those in known for choice in _choices(what, those, name)]
            if likely and not any(exact):
                found.append(people.Unclear(f"{group}_{number}", name, False, likely))
    return found


def _choices(what: str, known: Sequence[matching.Colleague], name: str) -> list[tuple[str, str]]:
    return [(f"{what}:{one.id}", one.label) for one in matching.suggestions(name, known)]
