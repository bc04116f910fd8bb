"""The three questions: looked at on the page first, then taken on paper or as a table."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.exits import operations as exits
from heedful.foundation.exits.sheets import to_csv
from heedful.loop.measures import months
from heedful.oversight.governance import rules, sheets, typesetting
from heedful.oversight.governance.pack import pack
from heedful.oversight.governance.presenters import board as boards
from heedful.oversight.governance.presenters import links
from heedful.oversight.governance.queries.scope import Scope
from heedful.oversight.governance.views.board import asked


@page(Permission.SEE_BOARD)
def questions(request: ViewerRequest) -> HttpResponse:
    """Exactly what would be taken away, before it is."""
    form, scope = asked(request, rules.YEAR)
    if scope is None:
        return not_found(request)
    context = {
        "form": form,
        "query": links.query(scope),
        "may_take": request.viewer.holds(Permission.RELEASE),
        **boards.frozen(pack(scope, outside=True)),
    }
    return render(request, "governance/questions.html", context)


@require_POST
@page(Permission.RELEASE)
def paper(request: ViewerRequest) -> HttpResponse:
    """As a tagged PDF."""
    _form, scope = asked(request, rules.YEAR)
    if scope is None:
        return not_found(request)
    body = typesetting.three_questions(pack(scope, outside=True), request.received_at)
    return _let_out(request, scope, "pdf", body, "application/pdf")


@require_POST
@page(Permission.RELEASE)
def sheet(request: ViewerRequest) -> HttpResponse:
    """As a table that a spreadsheet shows and never runs."""
    _form, scope = asked(request, rules.YEAR)
    if scope is None:
        return not_found(request)
    rows = sheets.rows(pack(scope, outside=True))
    body = to_csv(sheets.columns(), rows)
    return _let_out(request, scope, "csv", body, "text/csv; charset=utf-8", len(rows))


def _let_out(
    request: ViewerRequest, scope: Scope, kind: str, body: bytes, media_type: str, rows: int | None = None
) -> HttpResponse:
    return exits.release_figures(
        what=f"pack.{kind}",
        body=body,
        filename=f"three-questions-{months.code(scope.period.last)}.{kind}",
        media_type=media_type,
        by=request.viewer,
        at=request.received_at,
        rows=rows,
        subject_id=scope.places[0].id if scope.chosen else None,
    )
