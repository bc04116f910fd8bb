"""Forgetting a person supported: one asks, another agrees. After that it cannot be undone."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.ledger import erasure as ledger
from heedful.foundation.people import erasure, queries
from heedful.foundation.people.models import Person
from heedful.foundation.people.page_tools import show
from heedful.foundation.ui import forms

WHY = [
    ("asked_for", gettext_lazy("The person, or somebody who may speak for them, asked for it")),
    ("time_is_up", gettext_lazy("We have kept it for as long as we must")),
    ("entered_in_error", gettext_lazy("It was never about somebody we support")),
]


class AskToErase(forms.Form):
    why = django_forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=WHY,
        widget=django_forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why")},
    )


@page(Permission.ERASE)
def waiting(request: ViewerRequest) -> HttpResponse:
    """What somebody asked to be forgotten, and another person has to agree to."""
    found = list(ledger.waiting().filter(subject_type="person"))
    people = dict(Person.objects.filter(pk__in=[one.subject_id for one in found]).values_list("pk", "name"))
    names = queries.names({one.asked_by for one in found})
    return show(request, "people/erasures.html", erasures=found, people=people, names=names)


@page(Permission.ERASE)
def ask(request: ViewerRequest, person_id: UUID) -> HttpResponse:
    """The first of the two."""
    person = Person.objects.filter(pk=person_id).exclude(name=erasure.NOBODY).first()
    if person is None:
        return not_found(request)
    form = AskToErase(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure.ask_to_erase(person=person, why=form.cleaned_data["why"], by=request.viewer, at=request.received_at)
        except ledger.ErasureRefused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Now another person has to agree. Nothing is erased until then."))
            return redirect("people:erasures")
    return show(request, "people/ask_to_erase.html", form=form, person=person)


@page(Permission.ERASE)
def agree(request: ViewerRequest, erasure_id: UUID) -> HttpResponse:
    """The second of the two: from here on it cannot be undone."""
    found = next((one for one in ledger.waiting().filter(subject_type="person") if one.pk == erasure_id), None)
    if found is None:
        return not_found(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erasure.agree_to_erase(erasure=found, by=request.viewer, at=request.received_at)
        except ledger.ErasureRefused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("It will be forgotten within a minute. The record says when and by whom."))
            return redirect("people:erasures")
    person = Person.objects.filter(pk=found.subject_id).first()
    why = dict(WHY).get(found.why, found.why)
    asked_by = queries.names({found.asked_by}).get(found.asked_by, "")
    mine = found.asked_by == request.viewer.account_id
    words: dict[str, Any] = {"why": why, "asked_by": asked_by}
    return show(request, "people/agree_to_erase.html", form=form, erasure=found, person=person, mine=mine, **words)
