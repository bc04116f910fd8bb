"""From the pages of a draft to one report, ready to be recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from heedful.foundation.workplace import matching
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents.reports import ALLEGED_SOURCE, Named, NewEvent, Told
from heedful.loop.reporting import journey
from heedful.loop.reporting.drafting import Journey
from heedful.loop.reporting.forms import people


def assemble(on_way: Journey, *, confidential: bool) -> NewEvent:
    """The report, from forms that are all valid."""
    about = on_way.form(journey.ABOUT)
    words = on_way.form(journey.WORDS)
    if not (about.is_valid() and words.is_valid()):
        raise ValueError("Only a draft whose pages are all answered can be sent.")
    said = about.cleaned_data
    values: dict[str, Any] = {
        "client_key": on_way.client_key,
        "service_id": UUID(said["service"]),
        "team_id": UUID(said["team"]) if said.get("team") else None,
        "words": words.cleaned_data["words"],
        "kinds": tuple(said["kinds"]),
        "occurred": said["occurred"],
        "occurred_as": said["occurred_as"],
        "shift": said["shift"],
        "place": said["place"],
        "form_version": on_way.version.reference,
        "confidential": confidential,
        "aware_at": said["occurred"].latest,
    }
    if not on_way.short:
        values |= _safe(on_way) | _told(on_way, values["aware_at"]) | _who(on_way)
    return NewEvent(**values)


def _safe(on_way: Journey) -> dict[str, Any]:
    form = on_way.form(journey.SAFE)
    form.is_valid()
    said = form.cleaned_data
    made_safe = said["made_safe"] if said["safe_now"] == "yes" else ""
    return {name: said[name] for name in ("safe_now", "harm_body", "harm_mind")} | {"made_safe": made_safe}


def _told(on_way: Journey, happened: datetime) -> dict[str, Any]:
    form = on_way.form(journey.TOLD)
    form.is_valid()
    said = form.cleaned_data
    names = [f"met_{one}{why}" for one in ("safeguarding", "clinical", "family") for why in ("", "_why")]
    return {
        **{name: said[name] for name in names},
        "informed": tuple(Told(who=slug, told_at=form.told_at(slug)) for slug in said["informed"]),
        "discharge": said["discharge"] or "unknown",
        "discharge_days": said["discharge_days"],
        "aware_at": form.became_aware() or happened,
    }


def _who(on_way: Journey) -> dict[str, Any]:
    form = on_way.form(journey.WHO)
    form.is_valid()
    meant = on_way.form(journey.MEAN) if on_way.unclear else None
    if meant is not None:
        meant.is_valid()
    chosen = meant.cleaned_data if meant is not None else {}
    involved = [_named(on_way, "affected", f"affected_{n}", name, chosen) for n, name in form.names("affected")]
    for number, name in form.names("other"):
        part = form.cleaned_data.get(f"part_{number}") or "witness"
        involved.append(_named(on_way, part, f"other_{number}", name, chosen))
    involved += [_named(on_way, ALLEGED_SOURCE, f"source_{n}", name, chosen) for n, name in form.names("source")]
    return {"involved": tuple(involved), "type": form.cleaned_data["type"]}


def _named(on_way: Journey, part: str, key: str, name: str, chosen: Mapping[str, str]) -> Named:
    """The person or colleague that was chosen, or that the name says exactly; else the name as it was typed."""
    picked = chosen.get(key, "")
    what, _, found = picked.partition(":")
    if what == "staff" and found:
        return Named(part=part, staff_id=UUID(found))
    if what == "person" and found:
        return Named(part=part, person_id=UUID(found))
    if part == ALLEGED_SOURCE or picked:
        works_here = {people.HERE: "yes", people.NOT_HERE: "no"}.get(picked, "unsure")
        return Named(part=part, name=name, works_here=works_here)
    return _exactly(on_way, part, name)


def _exactly(on_way: Journey, part: str, name: str) -> Named:
    today = on_way.now.date()
    residents = [
        matching.Colleague(one.pk, one.name, one.known_as) for one in workplace.people_of(on_way.service.pk, today)
    ]
    person = matching.the_one(name, residents)
    if person:
        return Named(part=part, person_id=person.id)
    colleague = None if part == "affected" else matching.the_one(name, workplace.colleagues(today))
    return Named(part=part, staff_id=colleague.id) if colleague else Named(part=part, name=name)
