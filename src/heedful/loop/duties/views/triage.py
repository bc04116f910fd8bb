"""Deciding: the picture, a suggestion that follows the answers, and one decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, page
from heedful.foundation.access.permissions import Permission
from heedful.loop.duties import forms, operations, queries, reading
from heedful.loop.duties.forms.deciding import follow, signature
from heedful.loop.duties.presenters import picture
from heedful.loop.duties.rules import Assessment
from heedful.loop.duties.views.opening import event_for, nothing_to_decide
from heedful.loop.incidents import operations as incidents


@page(Permission.TRIAGE_EVENT)
def triage(request: ViewerRequest, event_id: UUID) -> HttpResponse:
    """The picture, and the decision."""
    event = event_for(request, event_id)
    closed = nothing_to_decide(request, event)
    if closed is not None:
        return closed
    known = reading.know(event, viewer=request.viewer)
    if request.method == "POST":
        return _answered(request, known)
    after = len(queries.triages_of(event.pk))
    suggested = known.suggest()
    questions = forms.Questions(known=known)
    return _show(request, known, questions, forms.deciding(suggested, event, after=after), suggested)


def _answered(request: ViewerRequest, known: reading.Known) -> HttpResponse:
    questions = forms.Questions(request.POST, known=known)
    suggested = known.suggest(questions.answers())
    moved = request.POST.get("shown", "") != signature(suggested)
    form = forms.deciding(suggested, known.event, data=follow(request.POST, suggested))
    if "update" in request.POST:
        form.forgive()
        return _show(request, known, questions, form, suggested)
    form.is_valid()
    if moved:
        # First look at what is new; what is missing is said when it is decided.
        form.forgive()
        said = _("Your answers changed what we suggest. It is now %(level)s. Look at it, then decide")
        form.add_error("level", said % {"level": reading.level_word(suggested.level)})
    if form.is_valid() and questions.is_valid():
        return _decide(request, known, questions, form, suggested)
    return _show(request, known, questions, form, suggested)


def _decide(
    request: ViewerRequest,
    known: reading.Known,
    questions: forms.Questions,
    form: forms.Deciding,
    suggested: Assessment,
) -> HttpResponse:
    event, viewer = known.event, request.viewer
    decision = form.decision(questions.answers())
    try:
        row = operations.triage(event_id=event.pk, decision=decision, by=viewer, at=request.received_at)
    except operations.DecidedMeanwhile as refusal:
        if _same(queries.triage_of(event.pk), decision, viewer.account_id):
            return redirect("duties:reasons", event.pk)
        form.add_error("level", _(str(refusal)))
        form.data["after"] = str(len(queries.triages_of(event.pk)))  # type: ignore[index]
        form.data["version"] = str(event.version)  # type: ignore[index]
    except operations.TriageRefused as refusal:
        form.refuse(refusal.field, _(str(refusal)))
    except (incidents.Refused, incidents.MoveRefusedError) as refusal:
        form.add_error("level", _(str(refusal)))
    else:
        messages.success(request, _said(row))
        return redirect("duties:reasons", event.pk)
    return _show(request, known, questions, form, suggested)


def _same(row: object, decision: operations.Decision, account_id: UUID) -> bool:
    """Pressed twice: the decision in force is this very one."""
    made = (getattr(row, "level", ""), getattr(row, "why", ""), getattr(row, "decided_by", None))
    return made == (decision.level.code, decision.why.strip(), account_id)


def _said(row: object) -> str:
    level, stands = (queries.word(getattr(row, name)) for name in ("level", "stands_at"))
    if level == stands:
        return _("You decided: %(level)s") % {"level": level}
    words = _("You chose %(level)s. Until a second person agrees, %(stands)s stands")
    return words % {"level": level, "stands": stands}


def _show(
    request: ViewerRequest,
    known: reading.Known,
    questions: forms.Questions,
    form: forms.Deciding,
    suggested: Assessment,
) -> HttpResponse:
    opened = questions.opened(known.suggest(), suggested)
    shown = picture.page(known, viewer=request.viewer, at=request.received_at)
    shown |= {
        # The title says "Error:" for whichever of the two has one.
        "form": questions if questions.errors and not form.errors else form,
        "deciding_form": form,
        "questions": questions,
        "opened": opened,
        "closed": questions.closed(opened),
        "suggested": picture.suggested(suggested),
        "separate": form.separate(open_only=True),
        "others": form.separate(open_only=False),
        "also_ask": [one for one in suggested.classifications if one.answer != "no"],
    }
    return render(request, "duties/triage.html", shown)
