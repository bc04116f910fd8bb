"""Staff: who works here, where, and with which role."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import adding, queries, resets
from heedful.foundation.people.forms import AddStaff
from heedful.foundation.people.page_tools import attempt, editable, seek, show, today, visible
from heedful.foundation.people.presenters import role_words


@page(Permission.SEE_PEOPLE)
def staff(request: ViewerRequest) -> HttpResponse:
    """Who works here now."""
    services = visible(request)
    form, sought = seek(request, services)
    found = queries.listed_staff(request.viewer, sought, today(request))
    listed, more = found[: queries.PAGE], len(found) > queries.PAGE
    roles = queries.roles_of([one.account_id for one in listed if one.account_id], request.received_at)
    known = {one.pk: one.name for one in services}
    words = {account: [role_words(role, known) for role in held] for account, held in roles.items()}
    sought_any = bool(sought.words or sought.service_id)
    return show(request, "people/staff.html", seek=form, staff=listed, roles=words, more=more, sought=sought_any)


@page(Permission.SEE_PEOPLE)
def staff_member(request: ViewerRequest, staff_id: UUID) -> HttpResponse:
    """One person who works here, and what they can do in Heedful."""
    person = queries.staff(request.viewer, today(request)).filter(pk=staff_id).first()
    if person is None:
        return not_found(request)
    known = queries.service_names()
    account = person.account
    held = queries.roles_of([account.pk], request.received_at)[account.pk] if account else []
    return show(
        request,
        "people/staff_member.html",
        person=person,
        roles=[(role, role_words(role, known)) for role in held],
        posts=person.posts.filter(queries.on(today(request))).select_related("service"),
        may_reset=resets.may_ask(person, request.viewer, today(request)),
        itself=account is not None and account.pk == request.viewer.account_id,
    )


@page(Permission.EDIT_PEOPLE)
def add_staff(request: ViewerRequest) -> HttpResponse:
    """Somebody starts to work here."""
    initial = {"key": adding.new_key()}
    form = AddStaff(request.POST or None, services=editable(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _engage(request, form))
        if made:
            return redirect("people:staff_member", made)
    return show(request, "people/add_staff.html", form=form)


def _engage(request: ViewerRequest, form: AddStaff) -> UUID:
    said = form.cleaned_data
    return adding.engage_once(
        key=said["key"],
        service_id=said["service"],
        name=said["name"],
        job_title=said["job_title"],
        engagement=said["engagement"],
        by=request.viewer,
        at=request.received_at,
    )
