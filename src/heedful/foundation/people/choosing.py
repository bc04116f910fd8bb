"""In which organisation somebody acts: chosen by them, one at a time, and seen on every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from heedful.foundation.access.http import not_found, signed_in
from heedful.foundation.people import viewers
from heedful.foundation.people.models import Account


@signed_in
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """The organisations where this account has a role now; with none, whom to ask."""
    account = request.user
    if not isinstance(account, Account):
        return not_found(request)
    choices = viewers.organisations_open_to(account, timezone.now())
    if request.method == "POST":
        wanted = request.POST.get("organisation", "")
        if wanted not in {str(choice.organisation_id) for choice in choices}:
            return not_found(request)
        request.session[viewers.CHOSEN] = wanted
        request.session.cycle_key()
        return redirect("/")
    context = {"choices": choices, "chosen": request.session.get(viewers.CHOSEN), "account": account}
    return render(request, "people/choose_organisation.html", context)
