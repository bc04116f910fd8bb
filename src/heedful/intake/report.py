"""What an import says at its end: in words for a person, as JSON for a program."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.intake import wording
from heedful.intake.problems import EXAMPLES, Tally
from heedful.intake.runs import Outcome


def as_text(outcome: Outcome, *, dry_run: bool) -> str:
    """The counts, then every kind of problem with examples, then what is asked."""
    lines = [*_head(outcome, dry_run), *_problems(outcome.survey.tally, rejects=True)]
    lines += [*_problems(outcome.survey.tally, rejects=False), *_left_out(outcome), *_questions(outcome.survey.tally)]
    return "\n".join(lines)


def _head(outcome: Outcome, dry_run: bool) -> Iterator[str]:
    found, counts = outcome.survey, outcome.counts
    yield _("%(read)s rows read: %(accepted)s accepted, %(rejected)s rejected.") % {
        "read": f"{found.read:,}", "accepted": f"{found.accepted:,}", "rejected": f"{found.rejected:,}",
    }  # fmt: skip
    if found.first:
        count = len(found.per_service)
        where = ngettext("%(count)s service", "%(count)s services", count) % {"count": f"{count:,}"}
        yield _("Events from %(first)s to %(last)s in %(where)s; rows with a mark: %(flagged)s.") % {
            "first": found.first, "last": found.last, "where": where, "flagged": f"{found.flagged:,}",
        }  # fmt: skip
    if not found.read:
        yield _("There is no row under the names of the columns.")
    if found.tally.questions:
        yield _("Nothing was imported: a question is open, see below.")
        return
    numbers = {name: f"{getattr(counts, name):,}" for name in ("created", "updated", "unchanged")}
    if dry_run:
        yield _("A dry run: nothing was stored. It would add %(created)s events, change %(updated)s "
                "and find %(unchanged)s unchanged.") % numbers  # fmt: skip
    else:
        yield _("Added %(created)s events, changed %(updated)s, found %(unchanged)s unchanged.") % numbers
    yield from _services(outcome)


def _services(outcome: Outcome) -> Iterator[str]:
    if outcome.services_opened:
        yield ngettext("%(count)s new service.", "%(count)s new services.", outcome.services_opened) % {
            "count": f"{outcome.services_opened:,}"
        }
    if outcome.exposure_months:
        yield _("%(count)s months of exposure: rates become possible there.") % {
            "count": f"{outcome.exposure_months:,}"
        }
        yield _("%(count)s services in this file have no capacity: their events are counted, without a rate.") % {
            "count": f"{outcome.services_without_rate:,}"
        }


def _left_out(outcome: Outcome) -> Iterator[str]:
    if not outcome.services_left_out:
        return
    yield ""
    count = len(outcome.services_left_out)
    yield _("Left out of the file of services, rows: %(count)s") % {"count": f"{count:,}"}
    for line, why in outcome.services_left_out[:EXAMPLES]:
        yield "  " + _("line %(line)s %(why)s") % {"line": line, "why": wording.SERVICES_LEFT_OUT[why]}


def _problems(tally: Tally, *, rejects: bool) -> Iterator[str]:
    found = [(count, key) for key, count in tally.counts.items() if key[2] is rejects]
    if not found:
        return
    yield ""
    if rejects:
        yield _("Left out, by reason (a row may have several). Row 1 is the first under the names of the columns:")
    else:
        yield _("Kept, and marked:")
    for count, key in sorted(found, reverse=True):
        examples = tally.examples[key]
        problem = examples[0][1]
        where = f"{problem.column}: " if problem.column else ""
        yield f"  {count:>8,}  {where}{wording.reason(problem)}"
        said = "; ".join(_("row %(row)s “%(value)s”") % {"row": row, "value": p.value} for row, p in examples)
        yield f"            {said}"
        if rejects:
            yield "            " + _("To mend: %(mend)s.") % {"mend": wording.mend(problem)}


def _questions(tally: Tally) -> Iterator[str]:
    for asked, count in tally.questions.values():
        yield ""
        yield ngettext("A question about %(count)s row:", "A question about %(count)s rows:", count) % {
            "count": f"{count:,}"
        }
        yield wording.question(asked)
        orders = {order: tally.orders[(asked.field, order)] for order in ("day", "month")}
        if any(orders.values()):
            yield _("Dates in this file that can only be day first: %(day)s; only month first: %(month)s.") % orders


def as_json(outcome: Outcome, *, dry_run: bool) -> dict[str, Any]:
    """The same, for a program."""
    found, counts = outcome.survey, outcome.counts
    return {
        "map": outcome.event_map.name,
        "dry_run": dry_run,
        "batch": str(outcome.batch_id) if outcome.batch_id else None,
        "file_digest": found.digest,
        "read": found.read,
        "accepted": found.accepted,
        "rejected": found.rejected,
        "flagged": found.flagged,
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "services": len(found.per_service),
        "services_opened": outcome.services_opened,
        "services_without_rate": outcome.services_without_rate,
        "services_left_out": [{"line": line, "why": why} for line, why in outcome.services_left_out],
        "exposure_months": outcome.exposure_months,
        "problems": [_problem(found.tally, key, count) for key, count in sorted(found.tally.counts.items())],
        "questions": [
            {"code": q.code, "field": q.field, "column": q.column, "example": q.value, "rows": count,
             "text": wording.question(q)}
            for q, count in found.tally.questions.values()
        ],
    }  # fmt: skip


def _problem(tally: Tally, key: tuple[str, str, bool], count: int) -> dict[str, Any]:
    examples = tally.examples[key]
    return {
        "code": key[0],
        "field": key[1],
        "rejects": key[2],
        "rows": count,
        "reason": wording.reason(examples[0][1]),
        "mend": wording.mend(examples[0][1]),
        "examples": [{"row": row, "column": p.column, "value": p.value} for row, p in examples],
    }
