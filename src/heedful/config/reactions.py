"""All that happens by itself because something was done: ledger kind -> functions(organisation_id, entry_id).

Each runs as a job of its own, deferred in the operation's transaction, and may run twice: it must not matter.
"""

from uuid import UUID

from heedful.config import jobs

REACTIONS: dict[str, tuple[str, ...]] = {
    "event.recorded": ("heedful.loop.incidents.jobs.tell_decider", "heedful.loop.incidents.jobs.alert_if_not_safe"),
    "erasure.agreed": ("heedful.config.forgetting.forget",),
    # Their stages keep the marks of what hangs on a case; what comes to a case, or is ordered on it, reaches them so.
    **dict.fromkeys(
        ("case.held", "case.hold_lifted", "review.joined", "theme.joined", "exit.disclosure", "release.proposed"),
        ("heedful.config.keeping.follow",),
    ),
    "event.passed_on": ("heedful.loop.incidents.jobs.tell_decider",),
    "event.reopened": ("heedful.loop.incidents.jobs.tell_decider",),
    "event.triaged": ("heedful.loop.duties.jobs.ask_for_second_look", "heedful.loop.reviews.jobs.open_if_required"),
    "event.lower_level_agreed": ("heedful.loop.reviews.jobs.open_if_required",),
    "event.sent_back": ("heedful.loop.incidents.jobs.tell_reporter",),
    "involved.named": ("heedful.loop.incidents.jobs.tell_decider",),
    "case.shared": ("heedful.loop.incidents.jobs.tell_shared_with",),
    "review.opened": ("heedful.loop.reviews.jobs.tell_lead",),
    "review.handed_over": ("heedful.loop.reviews.jobs.tell_lead",),
    "theme.opened": ("heedful.loop.reviews.jobs.tell_owner",),
    "theme.handed_over": ("heedful.loop.reviews.jobs.tell_owner",),
    "theme.reopened": ("heedful.loop.reviews.jobs.tell_owner",),
    "action.agreed": ("heedful.loop.actions.jobs.tell_lead", "heedful.loop.audits.jobs.schedule"),
    "action.sent_back": ("heedful.loop.actions.jobs.tell_lead",),
    "action.done": ("heedful.loop.actions.jobs.tell_checkers",),
    "verdict.recorded": (
        "heedful.loop.effects.jobs.reopen_theme",
        "heedful.loop.effects.jobs.tell_nominated_individual",
        "heedful.loop.effects.jobs.tell_action",
        "heedful.loop.feedback.jobs.know_result",
    ),
    "feedback.told": ("heedful.loop.feedback.jobs.tell_reporter",),
    "upload.sent": ("heedful.intake.jobs.begin_reading",),
    "upload.answered": ("heedful.intake.jobs.begin_reading",),
    "upload.brought_in": ("heedful.intake.jobs.begin_storing",),
    "upload.taken_back": ("heedful.intake.jobs.begin_undoing",),
    "question.answered": ("heedful.loop.incidents.jobs.tell_asker",),
}

# Somebody may not be safe: these have a lane of their own and wait behind nothing else.
ALERTS = frozenset({"heedful.loop.incidents.jobs.tell_decider", "heedful.loop.incidents.jobs.alert_if_not_safe"})


def defer(kind: str, organisation_id: UUID, entry_id: UUID) -> None:
    """Called by the ledger, inside the operation's transaction: a rollback takes the jobs with it."""
    for function in REACTIONS.get(kind, ()):
        reaction = jobs.react.configure(queue=jobs.ALERTS) if function in ALERTS else jobs.react
        reaction.defer(function=function, organisation_id=str(organisation_id), entry_id=str(entry_id))
