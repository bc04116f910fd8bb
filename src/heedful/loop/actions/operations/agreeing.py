"""Agreeing an action: all that a verdict will rest on is fixed here, before the first day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from heedful.foundation.access.refusals import Problem, Refused, refused
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.ledger import history
from heedful.foundation.policies import ActionHierarchyPolicy
from heedful.loop.actions import policy, queries, rules, workforce
from heedful.loop.actions.models import Action, PlanUpdate
from heedful.loop.actions.operations.standing import keep_action, said, wrote
from heedful.loop.actions.plans import Aim, NewAction
from heedful.loop.incidents import queries as incidents
from heedful.loop.measures.catalogue import measures
from heedful.loop.reviews import queries as reviews
from heedful.loop.reviews.queries import Subject

LONGEST_QUESTION = 200


def agree(*, plan: NewAction, by: Viewer, at: datetime) -> Action:
    """Agree what will be different. Sent again with the same key, the first one is the answer."""
    subject = subject_for(plan, by)
    if not queries.may_agree(by, subject.service_ids):
        raise refused("This belongs to services that you do not look after.")
    before = Action.objects.filter(client_key=plan.client_key).first()
    if before is not None:
        return before
    service = policy.first_service(subject.service_ids)
    on = policy.today(service, at)
    book = policy.hierarchy(service, on)
    found = _problems(plan, subject, book, by=by, today=on)
    if found:
        raise Refused(*found)
    try:
        with transaction.atomic(), history.entry():
            row = _create(plan, subject, book, by=by, at=at)
            keep_action(row)
            wrote("action.agreed", row, by=by, at=at, payload=_payload(row, plan))
    except IntegrityError:
        # The same key came twice at the same moment.
        again = Action.objects.filter(client_key=plan.client_key).first()
        if again is None:
            raise
        return again
    return row


def subject_for(plan: NewAction, by: Viewer) -> Subject:
    """What it answers, for somebody who may see that (Http404 else)."""
    if plan.review_id is None and plan.theme_id is None:
        raise refused("An action answers a review or a theme. Begin there.")
    if plan.review_id is not None:
        return reviews.subject(viewer=by, review_id=plan.review_id)
    return reviews.subject(viewer=by, theme_id=plan.theme_id)


def problems(plan: NewAction, *, by: Viewer, at: datetime) -> list[Problem]:
    """All that would keep this plan from being agreed; for pages that ask step by step."""
    subject = subject_for(plan, by)
    service = policy.first_service(subject.service_ids)
    on = policy.today(service, at)
    return _problems(plan, subject, policy.hierarchy(service, on), by=by, today=on)


def _problems(
    plan: NewAction, subject: Subject, book: ActionHierarchyPolicy, *, by: Viewer, today: date
) -> list[Problem]:
    better = {slug: measure.better for slug, measure in measures().items()}
    kind = book.find(plan.kind)
    found = rules.problems(
        rules.Plan(
            what_will_differ=said(plan.what_will_differ, "what_will_differ"),
            strength=kind.strength if kind else "",
            lead=workforce.person(plan.lead_id, subject.event_ids),
            deputy=workforce.person(plan.deputy_id, subject.event_ids),
            due_on=plan.due_on,
            starts_on=plan.starts_on,
            series_key=plan.aim.series_key,
            direction=plan.aim.direction,
            target=plan.aim.target,
            not_measured_why=said(plan.aim.not_measured_why, "not_measured_why"),
            reaudit_question=said(plan.reaudit_question, "reaudit_question", longest=LONGEST_QUESTION),
            reaudit_wanted=plan.reaudit_wanted,
            reaudit_on=plan.reaudit_on,
            weak_reason=said(plan.weak_reason, "weak_reason"),
            others=queries.plan_strengths(review_id=plan.review_id, theme_id=plan.theme_id),
        ),
        today=today,
        measures=better,
    )
    return found + _strangers(plan, subject, by)


def _strangers(plan: NewAction, subject: Subject, by: Viewer) -> list[Problem]:
    """Ids that a page would not have offered."""
    found = []
    if plan.deputy_id and not workforce.person(plan.deputy_id, subject.event_ids):
        found.append(Problem("deputy", "Choose somebody who works here now, or nobody."))
    if set(plan.person_ids) - whose_plans(subject):
        found.append(Problem("person_ids", "Choose people whom these events are about."))
    if plan.finding_id and not _is_finding(plan, by):
        found.append(Problem("finding_id", "Choose one of the things that this review says must change."))
    return found


def whose_plans(subject: Subject) -> set[UUID]:
    """The people supported whom the linked events are about."""
    return {person for named in incidents.affected_by(subject.event_ids).values() for person in named}


def _create(plan: NewAction, subject: Subject, book: ActionHierarchyPolicy, *, by: Viewer, at: datetime) -> Action:
    kind = book.find(plan.kind)
    assert kind and plan.lead_id and plan.due_on and plan.starts_on and plan.reaudit_wanted  # the rules saw to it
    row = Action.objects.create(
        organisation_id=by.organisation_id,
        client_key=plan.client_key,
        review_id=plan.review_id,
        theme_id=subject.theme_id,
        finding_id=plan.finding_id,
        service_ids=sorted(subject.service_ids),
        what_will_differ=said(plan.what_will_differ, "what_will_differ"),
        kind=kind.slug,
        strength=kind.strength,
        weak_reason=_weak_reason(plan, kind.strength),
        policy_version=book.reference,
        lead_id=plan.lead_id,
        deputy_id=plan.deputy_id,
        due_on=plan.due_on,
        first_due_on=plan.due_on,
        starts_on=plan.starts_on,
        **aim_columns(plan.aim),
        reaudit_question=said(plan.reaudit_question, "reaudit_question"),
        reaudit_wanted=plan.reaudit_wanted,
        reaudit_on=sorted(set(plan.reaudit_on)),
        agreed_at=at,
        agreed_by=by.account_id,
    )
    for person_id in dict.fromkeys(plan.person_ids):
        PlanUpdate.objects.create(organisation_id=by.organisation_id, action=row, person_id=person_id)
    return row


def aim_columns(aim: Aim) -> dict[str, Any]:
    """An aim as it is stored: a series with its direction and target, or why it cannot be counted."""
    if aim.series_key:
        return {"series_key": aim.series_key, "direction": aim.direction, "target": aim.target, "not_measured_why": ""}
    why = said(aim.not_measured_why, "not_measured_why")
    return {"series_key": "", "direction": "", "target": None, "not_measured_why": why}


def _weak_reason(plan: NewAction, strength: str) -> str:
    """Kept only where the plan relied on memory when this was agreed."""
    others = queries.plan_strengths(review_id=plan.review_id, theme_id=plan.theme_id)
    return said(plan.weak_reason, "weak_reason") if rules.relies_on_memory([strength, *others]) else ""


def _payload(row: Action, plan: NewAction) -> dict[str, Any]:
    return {
        "what_will_differ": row.what_will_differ,
        "kind": row.kind,
        "strength": row.strength,
        "weak_reason": row.weak_reason,
        "review": row.review_id,
        "theme": row.theme_id,
        "finding": row.finding_id,
        "services": row.service_ids,
        "lead": row.lead_id,
        "deputy": row.deputy_id,
        "due_on": row.due_on,
        "starts_on": row.starts_on,
        "aim": {"series": row.series_key, "direction": row.direction, "target": str(row.target or "")},
        "not_measured_why": row.not_measured_why,
        "reaudits": row.reaudit_on,
        "plans": list(plan.person_ids),
    }


def _is_finding(plan: NewAction, by: Viewer) -> bool:
    found = reviews.finding(plan.finding_id, viewer=by) if plan.finding_id else None
    return found is not None and found.review_id == plan.review_id
