"""The policy of reviews as it holds for a service on a day."""

from datetime import date, datetime
from typing import Any

from heedful.foundation.policies import Nation, in_force, local_date
from heedful.foundation.policies.deadlines import deadline_for
from heedful.foundation.policies.schema import ReviewRule, ReviewsPolicy
from heedful.foundation.workplace import queries as workplace
from heedful.loop.incidents import queries as incidents
from heedful.loop.reviews.rules import Kind, Known, kind_for


def policy_for(service: Any, on: date) -> ReviewsPolicy:
    return in_force("reviews", on=on, nation=service.nation, authority=service.host_authority or None)


def wanted(triage: Any, event: Any) -> tuple[Kind, ReviewRule, str]:
    """Which review the decision in force asks for, the row that says so, and the policy's version."""
    policy = policy_for(event.service, local_date(triage.decided_at, event.service.time_zone))
    rule = policy.reviews[int(triage.stands_at[1])]
    history = triage.facts.get("history", {})
    repeated = int(history.get("similar_before", 0)) > 0
    return kind_for(rule, repeated=repeated, pattern=_is_pattern(triage, event)), rule, policy.reference


def due_on(rule: ReviewRule, event: Any, start: datetime) -> date:
    """The day by which it is done, on the wall calendar of the service."""
    service = event.service
    clocks = in_force("clocks", on=start.date(), nation=service.nation, authority=service.host_authority or None)
    due = deadline_for(clocks.clock(rule.clock), start, zone=service.time_zone, nation=service.nation)
    return local_date(due, service.time_zone)


def known_to(events: list[Any], on: date) -> Known:
    """Whoever an answer could name: everybody who works here, and those who had a part in these events."""
    found = {name for one in workplace.colleagues(on) for name in (one.name, one.known_as) if name}
    found |= {one.name for event in events for one in incidents.involved_in(event) if one.name}
    places = {word.lower() for event in events for word in event.service.name.split()}
    words = policy_for(events[0].service, on).individual if events else _default(on).individual
    return Known(tuple(sorted(found)), words, frozenset(places))


def _default(on: date) -> ReviewsPolicy:
    return in_force("reviews", on=on, nation=Nation.UK)


def _is_pattern(triage: Any, event: Any) -> bool:
    """Was one of the reasons that several small ones add up?"""
    given = {reason["rule"] for reason in triage.reasons}
    on = local_date(triage.decided_at, event.service.time_zone)
    service = event.service
    rules = in_force("seriousness", on=on, nation=service.nation, authority=service.host_authority or None).rules
    return any(rule.thematic_review for rule in rules if rule.id in given)
