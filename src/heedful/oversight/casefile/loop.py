"""How far a case has come round the loop: six steps, of which each is done, next, or to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ui.filters import in_words, local
from heedful.loop.effects import lines as verdicts

DONE, NOW, LAST, AHEAD = "done", "now", "last", "ahead"


@dataclass(frozen=True)
class Step:
    """A ring with its label, what stands under it, and for the last one the word of the answer."""

    label: str
    ring: str
    when: str = ""
    word: str = ""


def of(event: Any, shown: Mapping[str, Any], viewer: Viewer, today: date) -> dict[str, Any]:
    """The row of rings, its sentence for phones, and the verdicts. `shown`: what the page has found already."""
    found = _verdicts(shown, viewer, today)
    if event.source != "live" or event.status == "duplicate":
        return {"verdicts": found, "rings": [], "rings_sentence": ""}
    zone = event.service.time_zone
    steps = [
        Step(_("Heard"), DONE, _day(event.recorded_at, zone)),
        _decided(shown["decision"], zone),
        _understood([one.review for one in shown["looked"]], zone),
        _changed([one.action for one in shown["changed"]]),
        _told(shown["tellings"]),
        _worked(found),
    ]
    if event.status == "answered":
        # What was not needed is not to come.
        steps = [step for step in steps if step.ring != AHEAD]
    return {"verdicts": found, "rings": _next(steps), "rings_sentence": _sentence(_next(steps))}


def _verdicts(shown: Mapping[str, Any], viewer: Viewer, today: date) -> list[verdicts.Line]:
    aimed = [one.action.pk for one in shown["changed"] if one.action.series_key]
    return verdicts.of_actions(aimed, viewer, today) if viewer.holds(Permission.SEE_PATTERNS) else []


def _decided(decision: Any, zone: str) -> Step:
    return Step(_("Decided"), DONE, _day(decision.decided_at, zone)) if decision else Step(_("Decided"), AHEAD)


def _understood(reviews: Sequence[Any], zone: str) -> Step:
    open_still = [row for row in reviews if not row.closed_at]
    if not reviews or open_still:
        due = [row.due_on for row in open_still if row.due_on]
        return Step(_("Understood"), AHEAD, _by(min(due)) if due else "")
    last: datetime = max(row.closed_at for row in reviews)
    return Step(_("Understood"), DONE, _day(last, zone))


def _changed(actions: Sequence[Any]) -> Step:
    kept = [row for row in actions if row.state != "dropped"]
    waiting = [row for row in kept if row.state == "agreed"]
    if not kept or waiting:
        return Step(_("Changed"), AHEAD, _by(min(row.due_on for row in waiting)) if waiting else "")
    return Step(_("Changed"), DONE, _day(min(row.starts_on for row in kept)))


def _told(times: int) -> Step:
    if not times:
        return Step(_("Told"), AHEAD)
    words = ngettext("once", "%(count)s times", times) % {"count": in_words(times)}
    return Step(_("Told"), DONE, words)


def _worked(found: Sequence[verdicts.Line]) -> Step:
    if not found:
        return Step(_("Did it work?"), AHEAD)
    first = min(found, key=lambda line: verdicts.ORDER.index(line.answer))
    ring = LAST if first.answer == "not_enough" else first.ring
    return Step(_("Did it work?"), ring, first.word, first.word)


def _next(steps: list[Step]) -> list[Step]:
    """The first step to come is the one that is next."""
    first = next((place for place, step in enumerate(steps) if step.ring == AHEAD), None)
    return [replace(step, ring=NOW) if place == first else step for place, step in enumerate(steps)]


def _sentence(steps: list[Step]) -> str:
    done = sum(step.ring not in (NOW, LAST, AHEAD) for step in steps)
    words = _("%(done)s of %(all)s done.") % {"done": in_words(done), "all": in_words(len(steps))}
    following = next((step for step in steps if step.ring in (NOW, LAST)), None)
    if following is None:
        return words[:1].upper() + words[1:]
    said = f"{following.label}: {following.when}" if following.ring == LAST else following.label
    tail = said if following.ring == LAST else _("Next: %(step)s") % {"step": said}
    return f"{words[:1].upper()}{words[1:]} {tail}{'' if tail.endswith('?') else '.'}"


def _by(day: date) -> str:
    return _("by %(day)s") % {"day": _day(day)}


def _day(value: date | datetime, zone: str | None = None) -> str:
    return dateformat.format(local(value, zone) if isinstance(value, datetime) else value, "j M Y")
