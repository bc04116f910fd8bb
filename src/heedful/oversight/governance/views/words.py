"""What may be said of one change on the board page and outside: proposed by one person, let out by another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, did, page
from heedful.foundation.access.permissions import Permission
from heedful.oversight.governance import forms, operations
from heedful.oversight.governance.queries import words as queries


@page(Permission.RELEASE)
def words(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    """One page for both of them."""
    row = queries.change_to_word(action_id, viewer=request.viewer)
    step = request.POST.get("step", "")
    propose = forms.Words(request.POST if step == "propose" else None, initial={"text": row.what_will_differ})
    clear = forms.Clear(request.POST if step == "clear" else None)
    by = {"action_id": row.pk, "by": request.viewer, "at": request.received_at}
    if propose.is_valid() and did(propose, lambda: operations.propose_words(**propose.cleaned_data, **by)):
        return _done(request, row.pk, _("Proposed. Somebody else looks at it before it is said outside"))
    if clear.is_valid() and did(clear, lambda: operations.clear_words(**clear.cleaned_data, **by)):
        return _done(request, row.pk, _("Your reason is kept"))
    if step == "release":
        return _release(request, row.pk)
    review = queries.review_of(row.pk)
    context = {
        "action": row,
        "said": queries.words_of(row.pk),
        "review": review,
        "own": bool(review and review.release.author_id == request.viewer.account_id),
        "propose": propose,
        "form": clear if clear.errors else propose,
        "clear": clear,
        "asked": request.POST.get("finding", ""),
    }
    return render(request, "governance/words.html", context, status=422 if step else 200)


def _release(request: ViewerRequest, action_id: UUID) -> HttpResponse:
    try:
        operations.release_words(action_id=action_id, by=request.viewer, at=request.received_at)
    except operations.Refused as refusal:
        messages.error(request, _(str(refusal)))
        return redirect("governance:words", action_id)
    return _done(request, action_id, _("It may be said outside now"))


def _done(request: ViewerRequest, action_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("governance:words", action_id)
