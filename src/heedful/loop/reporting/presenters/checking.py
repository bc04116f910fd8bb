"""The answers before they are sent: each with the page where it can be changed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext as _

from heedful.foundation.ui.filters import clock, local
from heedful.loop.reporting import journey
from heedful.loop.reporting.drafting import Journey
from heedful.loop.reporting.forms import terms


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    url: str


def rows(on_way: Journey) -> list[Row]:
    """Every answer in the order of the pages."""
    found = [_row(on_way, journey.WORDS, _("What happened"), _said(on_way, journey.WORDS, "words"))]
    found.append(_row(on_way, journey.ABOUT, _("You call it"), _codes(on_way, journey.ABOUT, "kinds", "event_kinds")))
    found.append(_row(on_way, journey.ABOUT, _("When and where"), _when_and_where(on_way)))
    if not on_way.short:
        found.append(_row(on_way, journey.SAFE, _("Is everyone safe?"), _safe(on_way)))
        found.append(_row(on_way, journey.SAFE, _("Harm"), _harm(on_way)))
        found.append(_row(on_way, journey.WHO, _("Who"), _who(on_way)))
        found.append(_row(on_way, journey.TOLD, _("Who has been told"), _told(on_way)))
        found.append(_row(on_way, journey.TOLD, _("Who needs to know"), _thresholds(on_way)))
    return found


def _row(on_way: Journey, page: str, label: str, value: str) -> Row:
    return Row(label, value, f"{reverse('reporting:page', args=[on_way.client_key, page])}?change=1")


def _data(on_way: Journey, page: str) -> dict[str, Any]:
    form = on_way.form(page)
    form.is_valid()
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


def _said(on_way: Journey, page: str, name: str) -> str:
    return str(_data(on_way, page).get(name, ""))


def _codes(on_way: Journey, page: str, name: str, taxonomy: str) -> str:
    return ". ".join(terms.label(taxonomy, code) for code in _data(on_way, page).get(name, []))


def _when_and_where(on_way: Journey) -> str:
    said = _data(on_way, journey.ABOUT)
    zone = on_way.service.time_zone
    day = dateformat.format(local(said["occurred"].earliest, zone), "l j F")
    times = {
        "day": day,
        "shift": _("%(shift)s shift, %(day)s") % {"shift": said["shift"], "day": day},
    }
    start, end = clock(said["occurred"].earliest, zone), clock(said["occurred"].latest, zone)
    about = _("%(day)s, about %(time)s") if start == end else _("%(day)s, between %(time)s and %(end)s")
    when = times.get(said["occurred_as"], about % {"day": day, "time": start, "end": end})
    return ". ".join(filter(None, [when, ", ".join(filter(None, [said["place"], on_way.service.name]))]))


def _safe(on_way: Journey) -> str:
    said = _data(on_way, journey.SAFE)
    words = {"yes": _("Yes."), "no": _("No. Nothing is done yet."), "unsure": _("Not sure.")}
    made_safe = said["made_safe"] if said["safe_now"] == "yes" else ""
    return f"{words[said['safe_now']]} {made_safe}".strip()


def _harm(on_way: Journey) -> str:
    said = _data(on_way, journey.SAFE)
    body = terms.label("harm_to_body", said["harm_body"]).lower()
    mind = terms.label("harm_to_mind", said["harm_mind"]).lower()
    return _("Body: %(body)s. Upset or frightened: %(mind)s.") % {"body": body, "mind": mind}


def _who(on_way: Journey) -> str:
    form = on_way.form(journey.WHO)
    if not form.is_valid():
        return ""
    meant = dict(_meant(on_way))
    said = [(f"affected_{n}", name, "affected") for n, name in form.names("affected")]
    said += [(f"other_{n}", name, form.cleaned_data.get(f"part_{n}") or "witness") for n, name in form.names("other")]
    said += [(f"source_{n}", name, "alleged_source") for n, name in form.names("source")]
    lines = [f"{meant.get(key, name)}: {terms.label('parts', part).lower()}" for key, name, part in said]
    return "\n".join(lines) or _("Nobody named here")


def _meant(on_way: Journey) -> list[tuple[str, str]]:
    """The full names behind the typed ones that were confirmed."""
    if not on_way.unclear:
        return []
    form = on_way.form(journey.MEAN)
    form.is_valid()
    labels = {(one.key, value): label for one in on_way.unclear for value, label in one.likely}
    return [(key, labels[key, value]) for key, value in form.cleaned_data.items() if (key, value) in labels]


def _told(on_way: Journey) -> str:
    form = on_way.form(journey.TOLD)
    form.is_valid()
    lines = []
    for slug in form.cleaned_data["informed"]:
        at = form.told_at(slug)
        label = terms.label("informed", slug)
        lines.append(f"{label}, {clock(at, on_way.service.time_zone)}" if at else label)
    return "\n".join(lines) or _("Nobody yet")


def _thresholds(on_way: Journey) -> str:
    said = _data(on_way, journey.TOLD)
    asked = {
        "met_safeguarding": _("Abuse or neglect"),
        "met_clinical": _("Nurse or doctor"),
        "met_family": _("Family"),
    }
    return "\n".join(
        ". ".join(filter(None, [f"{label}: {terms.label('answers', said[name])}", said[f"{name}_why"]]))
        for name, label in asked.items()
    )
