"""Reads of events. Everything starts from the viewer: what they may not see is not there."""

from heedful.loop.incidents.queries.details import (
    Deciding,
    Shown,
    assignment_of,
    informed_of,
    involved_in,
    links_of,
    questions_of,
    versions_of,
)
from heedful.loop.incidents.queries.lists import Page, draft, my_drafts, my_questions, my_reports, page_of, to_decide
from heedful.loop.incidents.queries.naming import ToMatch, names_to_match, shut_outs
from heedful.loop.incidents.queries.reporter import ReporterShown, ask_for_reporter, is_reporter, reporter_of
from heedful.loop.incidents.queries.visible import CaseSubject, event, subject_of, visible_to

__all__ = [
    "CaseSubject",
    "Deciding",
    "Page",
    "ReporterShown",
    "Shown",
    "ToMatch",
    "ask_for_reporter",
    "assignment_of",
    "draft",
    "event",
    "informed_of",
    "involved_in",
    "is_reporter",
    "links_of",
    "my_drafts",
    "my_questions",
    "my_reports",
    "names_to_match",
    "page_of",
    "questions_of",
    "reporter_of",
    "shut_outs",
    "subject_of",
    "to_decide",
    "versions_of",
    "visible_to",
]
