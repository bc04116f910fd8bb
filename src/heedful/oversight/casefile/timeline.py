"""The ledger's entries about one case as lines that a person reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.ledger import queries as ledger
from heedful.foundation.policies import Level, taxonomy

Names = Callable[[set[UUID]], Mapping[UUID, str]]

READING = frozenset({"case.read", "reporter.read", "reporter.asked_for", "attachment.read"})
# The reporter's own entries: with the name withheld, who made them is withheld as well.
BY_REPORTER = frozenset({"event.recorded", "question.answered", "event.corrected", "attachment.added"})


@dataclass(frozen=True)
class Line:
    at: datetime
    text: str


_SAID: Mapping[str, Any] = {
    # Of these two the record says more, unless it was erased.
    "event.triaged": gettext_lazy("%(who)s decided how serious it is"),
    "duty.done": gettext_lazy("%(who)s did what had to be done"),
    "event.recorded": gettext_lazy("%(who)s told us"),
    "event.corrected": gettext_lazy("%(who)s changed the report; the first words are kept"),
    "event.sent_back": gettext_lazy("%(who)s asked the person who told us a question"),
    "question.answered": gettext_lazy("%(who)s answered a question"),
    "event.found_out": gettext_lazy("%(who)s wrote down what was found out"),
    "event.passed_on": gettext_lazy("%(who)s passed the decision on"),
    "event.linked": gettext_lazy("%(who)s put it together with another report of the same thing"),
    "event.reopened": gettext_lazy("%(who)s opened it again"),
    "event.not_safe": gettext_lazy("Nothing had been done to make it safe: whoever was on duty was alerted"),
    "event.nobody_inside": gettext_lazy("Nobody inside was free to decide: the contacts outside were given"),
    "event.lower_level_agreed": gettext_lazy("%(who)s agreed to the lower level"),
    "involved.named": gettext_lazy("%(who)s added somebody who was part of it"),
    "name.matched": gettext_lazy("%(who)s matched a name"),
    "shut_out.lifted": gettext_lazy("%(who)s let somebody who is named here see the case again, with a reason"),
    "reporter.asked_for": gettext_lazy("%(who)s asked who told us, with a reason"),
    "alert.unreached": gettext_lazy("Nobody on the roster could be reached: the number to call was shown"),
    "case.shared": gettext_lazy("%(who)s shared it with one more person for a time, with a reason"),
    "case.share_withdrawn": gettext_lazy("%(who)s stopped sharing it with somebody"),
    "event.answered": gettext_lazy("%(who)s answered the case"),
    "review.opened": gettext_lazy("%(who)s asked what made it likely: a review was opened"),
    "review.joined": gettext_lazy("%(who)s looked at it together with others"),
    "review.handed_over": gettext_lazy("%(who)s gave the review to somebody else"),
    "review.answered": gettext_lazy("%(who)s wrote in the review"),
    "review.found": gettext_lazy("%(who)s wrote down what must change"),
    "review.finding_dropped": gettext_lazy("%(who)s took back something that must change"),
    "review.closed": gettext_lazy("%(who)s finished the review"),
    "review.reopened": gettext_lazy("%(who)s opened the review again"),
    "action.agreed": gettext_lazy("%(who)s agreed what will be different"),
    "action.aim_changed": gettext_lazy("%(who)s changed what a change should move, before its first day"),
    "action.extended": gettext_lazy("%(who)s gave a change more time, with a reason"),
    "action.plan_updated": gettext_lazy("%(who)s wrote down where a care plan says it"),
    "action.done": gettext_lazy("%(who)s said that a change is done, and showed it"),
    "action.sent_back": gettext_lazy("%(who)s sent a change back: something was missing"),
    "action.verified": gettext_lazy("%(who)s checked that a change is done"),
    "action.dropped": gettext_lazy("%(who)s dropped a change, with a reason"),
    "action.escalated": gettext_lazy("A change was late: the next person was told"),
    "action.outcome_known": gettext_lazy("There is an answer to whether a change worked"),
    "audit.planned": gettext_lazy("A check of practice was planned"),
    "audit.drawn": gettext_lazy("%(who)s had a sample drawn by chance"),
    "audit.done": gettext_lazy("%(who)s finished a check of practice"),
    "audit.moved": gettext_lazy("%(who)s moved a check to another day, with a reason"),
    "audit.cancel_asked": gettext_lazy("%(who)s asked to let a check go, with a reason"),
    "audit.cancelled": gettext_lazy("%(who)s agreed as the second person to let a check go"),
    "feedback.family_decided": gettext_lazy("%(who)s wrote down who decided whether somebody close is told"),
    "feedback.police_agreed": gettext_lazy("%(who)s wrote down that the police say people may be told"),
    "theme.opened": gettext_lazy("%(who)s opened a theme that it belongs to"),
    "theme.joined": gettext_lazy("%(who)s put it into a theme"),
    "theme.left": gettext_lazy("%(who)s took it out of a theme"),
    "exit.download": gettext_lazy("%(who)s took something of it away as a file"),
    "exit.disclosure": gettext_lazy("%(who)s gave parts of it to a body outside"),
    "exit.release": gettext_lazy("%(who)s let a text without names go out"),
    "release.proposed": gettext_lazy("%(who)s wrote a text without names, for somebody else to look at"),
    "release.cleared": gettext_lazy("%(who)s said why something in that text may stay"),
    "case.held": gettext_lazy("%(who)s put a legal hold on it, with a reason: nothing of it is erased"),
    "case.hold_lifted": gettext_lazy("%(who)s lifted the legal hold, with a reason"),
    "erasure.asked": gettext_lazy("%(who)s asked to erase it: its time is over"),
    "erasure.agreed": gettext_lazy("%(who)s agreed as the second person to erase it"),
    "erasure.stopped": gettext_lazy("A legal hold stopped the erasing"),
    "case.erased": gettext_lazy("Its words and names were erased, and what came of it alone"),
    "attachment.added": gettext_lazy("%(who)s added a file"),
}


_TOLD: Mapping[str, Any] = {
    "reporter": gettext_lazy("%(who)s told the person who reported it what came of it"),
    "person": gettext_lazy("%(who)s told the person it is about what came of it"),
    "family": gettext_lazy("%(who)s told somebody close to the person what came of it"),
}


def lines(
    moments: list[ledger.Moment],
    *,
    names: Callable[[set[UUID]], Mapping[UUID, str]],
    reporter: str,
    hidden: UUID | None,
) -> list[Line]:
    """What happened, oldest first. `hidden` is the reporter's account when their name is withheld."""
    shown = [moment for moment in moments if moment.kind not in READING or moment.kind == "reporter.asked_for"]
    known = names({moment.actor_id for moment in shown if moment.actor_id})
    said = [Line(moment.at, _said(moment, _who(moment, known, reporter, hidden))) for moment in shown]
    return [_together(list(same)) for _key, same in groupby(said, key=lambda line: (line.text, line.at.date()))]


def _together(same: list[Line]) -> Line:
    """The same thing several times in a row on one day is one line."""
    if len(same) == 1:
        return same[0]
    return Line(same[0].at, _("%(what)s (%(n)s times)") % {"what": same[0].text, "n": len(same)})


def readers(
    moments: list[ledger.Moment], *, names: Callable[[set[UUID]], Mapping[UUID, str]]
) -> list[tuple[str, datetime]]:
    """Who has opened the case, each with the last time, the latest first."""
    last = {moment.actor_id: moment.at for moment in moments if moment.kind == "case.read" and moment.actor_id}
    known = names(set(last))
    found = [(known.get(account, _("Somebody who has left")), at) for account, at in last.items()]
    return sorted(found, key=lambda pair: pair[1], reverse=True)


def _who(moment: ledger.Moment, known: Mapping[UUID, str], reporter: str, hidden: UUID | None) -> str:
    if moment.kind == "event.recorded":
        return reporter
    if moment.actor_id is None:
        return reporter if moment.payload.get("as") == "reporter" else _("Heedful")
    if moment.kind in BY_REPORTER and moment.actor_id == hidden:
        return reporter
    return known.get(moment.actor_id, _("Somebody who has left"))


def _said(moment: ledger.Moment, who: str) -> str:
    if moment.kind == "event.triaged" and "level" in moment.payload:
        level = Level(int(str(moment.payload.get("level", "L0"))[1:]))
        word = _(taxonomy("levels").label(level.word))
        return _("%(who)s decided: %(level)s") % {"who": who, "level": word}
    if moment.kind == "feedback.told":
        said = _TOLD.get(str(moment.payload.get("recipient")), _TOLD["reporter"])
        return str(said) % {"who": who}
    if moment.kind == "duty.done" and "kind" in moment.payload:
        duty = _(taxonomy("classifications").label(str(moment.payload.get("kind", ""))))
        return _("%(duty)s: done by %(who)s") % {"who": who, "duty": duty}
    text = _SAID.get(moment.kind)
    if text is None:
        return _("%(who)s worked on it") % {"who": who}
    return str(text) % {"who": who}
