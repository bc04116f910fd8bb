"""What is told, as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from heedful.foundation.access.viewer import Viewer
from heedful.foundation.people.queries import names
from heedful.loop.feedback import queries, rules
from heedful.loop.feedback.queries import OwnStep, Recipient, Step
from heedful.loop.incidents.queries import Event


@dataclass(frozen=True)
class Part:
    """One step for one recipient: what was told of it, or where it can be told."""

    label: str
    told: tuple[Any, ...]
    url: str


@dataclass(frozen=True)
class Somebody:
    """A recipient as the page lists them. `closed`: why they are told nothing; empty when they may be."""

    name: str
    tie: str
    closed: str
    parts: tuple[Part, ...]
    decision: Any = None
    decide_url: str = ""


def step_words() -> dict[str, str]:
    return {Step.DECIDED: _("What was decided"), Step.CHANGED: _("What changes"), Step.RESULT: _("What came of it")}


def case(event: Event, *, viewer: Viewer) -> dict[str, Any]:
    """Everybody who could be told, each with what they were told so far."""
    told = queries.tellings_of(event)
    found = [_reporter(event, told, viewer)]
    for one in queries.supported_in(event):
        found.append(_person(event, one, told, viewer))
        found += [_relation(event, member, told, viewer) for member in one.family]
    return {
        "event": event,
        "recipients": found,
        "police_first": queries.police_come_first(event),
        "police": queries.police_words(event),
        "names": names({row.told_by for row in told}),
    }


def waiting(found: list[queries.ToTell], *, viewer: Viewer) -> dict[str, Any]:
    """Whoever waits to hear: of one's own decisions, then of everybody else's, by who decided."""
    others: dict[UUID, list[queries.ToTell]] = {}
    for one in found:
        if one.decided_by != viewer.account_id:
            others.setdefault(one.decided_by, []).append(one)
    known = names(set(others))
    return {
        "waiting": found,
        "own": [one for one in found if one.decided_by == viewer.account_id],
        "others": [(known.get(account, _("Somebody who has left")), theirs) for account, theirs in others.items()],
    }


def checked(drafted: Iterable[str], standing: rules.Standing) -> dict[str, list[str]]:
    """Each drafted sentence with what is in its way."""
    return {one: rules.in_the_way(one, standing.known) for one in drafted}


def own(event: Event, *, viewer: Viewer) -> list[dict[str, Any]]:
    """The four steps for whoever told us, in the shape that `steps` draws."""
    found = queries.own_steps(event, viewer=viewer)
    ahead = next((one.step for one in found if not one.told), "")
    return [_own_step(one, is_next=one.step == ahead) for one in found]


def _own_step(one: OwnStep, *, is_next: bool) -> dict[str, Any]:
    done = {
        "heard": _("We heard you"),
        Step.DECIDED: _("This was decided"),
        Step.CHANGED: _("This changes"),
        Step.RESULT: _("This came of it"),
    }
    coming = {
        Step.DECIDED: _("What was decided"),
        Step.CHANGED: _("What changes"),
        Step.RESULT: _("Whether it helped"),
    }
    if not one.told:
        text = _("Nobody has told you yet. You will get a notice.") if is_next else ""
        return {"ring": "now" if is_next else "ahead", "title": coming[Step(one.step)], "said": [], "text": text}
    return {"ring": "done", "title": done[one.step], "said": one.told, "text": ""}


def _reporter(event: Event, told: list[Any], viewer: Viewer) -> Somebody:
    standing = queries.standing(event, Recipient.REPORTER, viewer=viewer)
    mine = [row for row in told if row.recipient == Recipient.REPORTER]
    parts = _parts(mine, lambda step: reverse("feedback:reporter", args=[event.pk, step]))
    tie = _("Reads it in Heedful. You are not told who it is.")
    return Somebody(_("The reporter"), tie, rules.refusal(standing), parts)


def _person(event: Event, one: queries.Supported, told: list[Any], viewer: Viewer) -> Somebody:
    standing = queries.standing(event, Recipient.PERSON, viewer=viewer, person_id=one.person.pk)
    mine = [row for row in told if row.recipient == Recipient.PERSON and row.person_id == one.person.pk]
    parts = _parts(mine, lambda step: reverse("feedback:person", args=[event.pk, one.person.pk, step]))
    return Somebody(one.person.name, one.person.communication_needs, rules.refusal(standing), parts)


def _relation(event: Event, member: queries.FamilyMember, told: list[Any], viewer: Viewer) -> Somebody:
    row = member.relation
    standing = queries.standing(event, Recipient.FAMILY, viewer=viewer, relation_id=row.pk)
    mine = [one for one in told if one.relation_id == row.pk]
    parts = _parts(mine, lambda step: reverse("feedback:family", args=[event.pk, row.pk, step]))
    tie = _("%(tie)s of %(person)s") % {"tie": row.relationship, "person": row.person.name}
    decide = "" if standing.alleged_source else reverse("feedback:may_we", args=[event.pk, row.pk])
    return Somebody(row.name, tie, rules.refusal(standing), parts, member.decision, decide)


def _parts(told: list[Any], url: Any) -> tuple[Part, ...]:
    return tuple(
        Part(label, tuple(row for row in told if row.step == step), url(step)) for step, label in step_words().items()
    )


def who(event: Event, recipient: Recipient, *, person_id: UUID | None, relation_id: UUID | None) -> str:
    """The recipient in the words of a heading."""
    if relation_id:
        return str(queries.relation_in(event, relation_id).relation.name)
    if person_id:
        return next((str(one.person.name) for one in queries.supported_in(event) if one.person.pk == person_id), "")
    return _("the reporter")
