"""Staff: who works here, where, and with which role."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import account_operations, operations, queries
from heedful.foundation.people.forms import AddStaff
from heedful.foundation.people.models import Service, StaffMember
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
    known: dict[object, Service] = {one.pk: one for one in services}
    words = {account: [role_words(role, known) for role in held] for account, held in roles.items()}
    sought_any = bool(sought.words or sought.service_id)
    return show(request, "people/staff.html", seek=form, staff=listed, roles=words, more=more, sought=sought_any)


@page(Permission.SEE_PEOPLE)
def staff_member(request: ViewerRequest, staff_id: UUID) -> HttpResponse:
    """One person who works here, and what they can do in Heedful."""
    person = _find(request, staff_id)
    if person is None:
        return not_found(request)
    known: dict[object, Service] = {one.pk: one for one in Service.objects.all()}
    account = person.account
    held = queries.roles_of([account.pk], request.received_at)[account.pk] if account else []
    return show(
        request,
        "people/staff_member.html",
        person=person,
        roles=[(role, role_words(role, known)) for role in held],
        posts=person.posts.filter(queries.on(today(request))).select_related("service"),
        may_reset=_may_reset(request, person),
        itself=account is not None and account.pk == request.viewer.account_id,
    )


@page(Permission.EDIT_PEOPLE)
def add_staff(request: ViewerRequest) -> HttpResponse:
    """Somebody starts to work here."""
    form = AddStaff(request.POST or None, services=editable(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _engage(request, form))
        if made:
            return redirect("people:staff_member", made.pk)
    return show(request, "people/add_staff.html", form=form)


def _engage(request: ViewerRequest, form: AddStaff) -> StaffMember:
    said = form.cleaned_data
    there = StaffMember.objects.filter(pk=said["key"]).first()
    service = Service.objects.get(pk=said["service"])
    return there or operations.engage(
        id=said["key"],
        name=said["name"],
        job_title=said["job_title"],
        engagement=said["engagement"],
        service=service,
        by=request.viewer,
        at=request.received_at,
    )


def _find(request: ViewerRequest, staff_id: UUID) -> StaffMember | None:
    return queries.staff(request.viewer, today(request)).filter(pk=staff_id).first()


def _may_reset(request: ViewerRequest, person: StaffMember) -> bool:
    viewer, account = request.viewer, person.account
    if account is None or not account.is_active or account.pk == viewer.account_id:
        return False
    reach = queries.staff(viewer, today(request), Permission.RESET_SIGN_IN)
    return (
        viewer.holds(Permission.RESET_SIGN_IN)
        and reach.filter(pk=person.pk).exists()
        and account_operations.belongs_here(account)
    )
