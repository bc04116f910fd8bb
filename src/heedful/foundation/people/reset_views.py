"""Setting a sign-in anew in person: one asks, another agrees, the person takes the paper with them."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import queries, resets
from heedful.foundation.people.forms import AskReset
from heedful.foundation.people.models import PasswordReset, StaffMember
from heedful.foundation.people.page_tools import attempt, show, today
from heedful.foundation.ui import forms


@page(Permission.RESET_SIGN_IN)
def waiting(request: ViewerRequest) -> HttpResponse:
    """What somebody asked for and another person has to agree to."""
    found = list(_waiting(request))
    names = queries.names({one.asked_by for one in found})
    return show(request, "people/resets.html", resets=found, names=names, me=request.viewer.account_id)


@page(Permission.RESET_SIGN_IN)
def ask(request: ViewerRequest, staff_id: UUID) -> HttpResponse:
    """The first of the two."""
    person = _reachable(request).filter(pk=staff_id, account__isnull=False).first()
    if person is None or person.account is None:
        return not_found(request)
    account = person.account
    form = AskReset(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new_card = form.cleaned_data["new_card"] == "yes"
        made = attempt(
            form,
            lambda: resets.ask(account=account, new_card=new_card, by=request.viewer, at=request.received_at),
        )
        if made:
            messages.success(request, _("Now another person has to agree, on their own phone or computer."))
            return redirect("people:resets")
    return show(request, "people/ask_reset.html", form=form, person=person)


@page(Permission.RESET_SIGN_IN)
def agree(request: ViewerRequest, reset_id: UUID) -> HttpResponse:
    """The second of the two; then the paper to hand over, once."""
    reset = _waiting(request).filter(pk=reset_id).first()
    if reset is None:
        return not_found(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        card = attempt(form, lambda: resets.agree(reset_id=reset_id, by=request.viewer, at=request.received_at))
        if card:
            return show(request, "people/card.html", card=card, person=None, again=True)
    asked_by = queries.names({reset.asked_by}).get(reset.asked_by, "")
    mine = reset.asked_by == request.viewer.account_id
    return show(request, "people/agree_reset.html", form=form, reset=reset, asked_by=asked_by, mine=mine)


@page(Permission.RESET_SIGN_IN)
def withdraw(request: ViewerRequest, reset_id: UUID) -> HttpResponse:
    """It is not needed after all."""
    if request.method != "POST" or not _waiting(request).filter(pk=reset_id).exists():
        return not_found(request)
    resets.withdraw(reset_id=reset_id, by=request.viewer, at=request.received_at)
    messages.success(request, _("It is taken back. Nothing has changed."))
    return redirect("people:resets")


def _reachable(request: ViewerRequest) -> QuerySet[StaffMember]:
    return queries.staff(request.viewer, today(request), Permission.RESET_SIGN_IN)


def _waiting(request: ViewerRequest) -> QuerySet[PasswordReset]:
    """Only for people within the viewer's own reach."""
    accounts = StaffMember.objects.filter(pk__in=_reachable(request).values("pk")).values("account_id")
    return resets.waiting(request.received_at).filter(account_id__in=accounts).order_by("asked_at")
