"""Sign-ins and roles that an administrator gives and takes away."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import account_operations, operations, queries
from heedful.foundation.people.account_operations import SignIn
from heedful.foundation.people.forms import AddVisitor, GiveRole, GiveSignIn
from heedful.foundation.people.models import Account, Membership, StaffMember
from heedful.foundation.people.operations import Refused
from heedful.foundation.people.page_tools import attempt, editable, show, today, zone
from heedful.foundation.people.presenters import role_words
from heedful.foundation.ui import forms


@page(Permission.EDIT_PEOPLE)
def give_sign_in(request: ViewerRequest, staff_id: UUID) -> HttpResponse:
    """A user name and a role for somebody who works here; then the card to print, once."""
    person = _staff(request, staff_id)
    if person is None:
        return not_found(request)
    initial = {"user_name": _proposed(person.name)}
    form = GiveSignIn(request.POST or None, services=editable(request), zone=zone(), initial=initial)
    if request.method == "POST" and form.is_valid():
        card = attempt(
            form,
            lambda: account_operations.give_sign_in(
                staff=person, wanted=_wanted(form), by=request.viewer, at=request.received_at
            ),
        )
        if card:
            return show(request, "people/card.html", card=card, person=person)
    return show(request, "people/give_sign_in.html", form=form, person=person)


@page(Permission.EDIT_PEOPLE)
def give_role(request: ViewerRequest, staff_id: UUID) -> HttpResponse:
    """One more role for somebody who signs in already."""
    person = _staff(request, staff_id)
    if person is None or person.account is None:
        return not_found(request)
    account = person.account
    form = GiveRole(request.POST or None, services=editable(request), zone=zone())
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _grant(request, account, form)) is not None
    ):
        return redirect("people:staff_member", person.pk)
    return show(request, "people/give_role.html", form=form, person=person)


@page(Permission.EDIT_PEOPLE)
def end_role(request: ViewerRequest, membership_id: UUID) -> HttpResponse:
    """Ask first, then end one role: the next request of that person finds it gone."""
    held = Membership.objects.select_related("account").filter(pk=membership_id).first()
    if held is None or _over(held, request.received_at):
        return not_found(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    person = StaffMember.objects.filter(account=held.account).first()
    back = ("people:staff_member", person.pk) if person else ("people:visitors",)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _end(request, held)):
        return redirect(*back)
    words = role_words(held, queries.service_names())
    return show(request, "people/end_role.html", form=form, held=held, words=words, way_back=back)


@page(Permission.EDIT_PEOPLE)
def end_sign_in(request: ViewerRequest, staff_id: UUID) -> HttpResponse:
    """Ask first, then end everything somebody may do here."""
    person = _staff(request, staff_id)
    if person is None or person.account is None:
        return not_found(request)
    account = person.account
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _end_all(request, account)):
        messages.success(request, _("%(name)s can't sign in here any more.") % {"name": person.name})
        return redirect("people:staff_member", person.pk)
    return show(request, "people/end_sign_in.html", form=form, person=person)


@page(Permission.EDIT_PEOPLE)
def visitors(request: ViewerRequest) -> HttpResponse:
    """Who may look in without working here, and until when."""
    known = queries.service_names()
    held = [(one, role_words(one, known)) for one in queries.visitors(request.received_at)]
    return show(request, "people/visitors.html", visitors=held)


@page(Permission.EDIT_PEOPLE)
def add_visitor(request: ViewerRequest) -> HttpResponse:
    """An inspector, a commissioner or an independent contact from outside."""
    form = AddVisitor(request.POST or None, services=editable(request), zone=zone())
    if request.method == "POST" and form.is_valid():
        card = attempt(
            form,
            lambda: account_operations.invite(
                name=form.cleaned_data["name"], wanted=_wanted(form), by=request.viewer, at=request.received_at
            ),
        )
        if card:
            return show(request, "people/card.html", card=card, person=None)
    return show(request, "people/add_visitor.html", form=form)


def _staff(request: ViewerRequest, staff_id: UUID) -> StaffMember | None:
    return queries.staff(request.viewer, today(request), Permission.EDIT_PEOPLE).filter(pk=staff_id).first()


def _wanted(form: GiveSignIn) -> SignIn:
    said = form.cleaned_data
    return SignIn(said["user_name"], form.picked, form.reach, said["email"], said["with_codes"], form.end)


def _grant(request: ViewerRequest, account: Account, form: GiveRole) -> Membership:
    return operations.grant(
        account=account, role=form.picked, reach=form.reach, until=form.end, by=request.viewer, at=request.received_at
    )


def _end(request: ViewerRequest, held: Membership) -> bool:
    if held.account_id == request.viewer.account_id:
        raise Refused(_("You cannot end your own role. Ask another administrator."))
    operations.end_membership(membership=held, by=request.viewer, at=request.received_at)
    return True


def _end_all(request: ViewerRequest, account: Account) -> bool:
    account_operations.end_sign_in(account=account, by=request.viewer, at=request.received_at)
    return True


def _over(held: Membership, now: datetime) -> bool:
    return held.valid_until is not None and held.valid_until <= now


def _proposed(name: str) -> str:
    """joss.p for Joss Pellow."""
    words = [word for word in name.lower().split() if word.isascii() and word.isalpha()]
    return f"{words[0]}.{words[-1][0]}" if len(words) > 1 else "".join(words)
