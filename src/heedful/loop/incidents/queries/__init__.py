"""Reads of events. Everything starts from the viewer: what they may not see is not there."""

from heedful.loop.incidents.models import Event
from heedful.loop.incidents.queries.details import (
    Deciding,
    Shown,
    assignment_of,
    informed_codes,
    informed_of,
    involved_in,
    links_of,
    names_in,
    questions_of,
    versions_of,
)
from heedful.loop.incidents.queries.lists import (
    Page,
    draft,
    my_drafts,
    my_questions,
    my_reports,
    own_event,
    page_of,
    to_decide,
)
from heedful.loop.incidents.queries.naming import ToMatch, names_to_match, shut_outs
from heedful.loop.incidents.queries.origins import FromBatch, batches_of
from heedful.loop.incidents.queries.origins import FromBatch, batches_of
from heedful.loop.incidents.queries.reporter import (
    ReporterShown,
    ask_for_reporter,
    is_reporter,
    reporter_of,
    sent_with,
    told_by,
)
from heedful.loop.incidents.queries.sharing import SharedWith, may_be_shared_with, share, shares_of
from heedful.loop.incidents.queries.visible import (
    CaseSubject,
    event,
    has_unmatched,
    shares_in_force,
    subject_of,
    unmatched,
    unmatched_names,
    visible_to,
)
from heedful.loop.incidents.queries.waiting import Waiting, affected_by, decides_about, waiting_for_decision

__all__ = [
    "CaseSubject",
    "Deciding",
    "Event",
    "FromBatch",
    "FromBatch",
    "Page",
    "ReporterShown",
    "SharedWith",
    "Shown",
    "ToMatch",
    "Waiting",
    "affected_by",
    "ask_for_reporter",
    "assignment_of",
    "batches_of",
    "batches_of",
    "decides_about",
    "draft",
    "event",
    "has_unmatched",
    "informed_codes",
    "informed_of",
    "involved_in",
    "is_reporter",
    "links_of",
    "may_be_shared_with",
    "my_drafts",
    "my_questions",
    "my_reports",
    "names_in",
    "names_to_match",
    "own_event",
    "page_of",
    "questions_of",
    "reporter_of",
    "sent_with",
    "share",
    "shares_in_force",
    "shares_of",
    "shut_outs",
    "subject_of",
    "to_decide",
    "told_by",
    "unmatched",
    "unmatched_names",
    "versions_of",
    "visible_to",
    "waiting_for_decision",
]
