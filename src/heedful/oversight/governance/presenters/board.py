"""The board page: the values of a pack, with drawings, and with links for whoever may follow them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.ui.charts import Drawing, draw
from heedful.foundation.ui.filters import in_words
from heedful.loop.measures import months as calendar
from heedful.oversight.governance.presenters import links
from heedful.oversight.governance.queries.scope import Scope
from heedful.oversight.governance.values import Ask, Change, Figure, Pack, Worry


@dataclass(frozen=True)
class Drawn:
    """A change with its small chart, and where its verdict is."""

    change: Change
    drawing: Drawing | None
    url: str


def changes(pack: Pack, *, linked: bool) -> list[Drawn]:
    return [
        Drawn(one, draw(one.chart.spec()) if one.chart else None, _change_url(one) if linked else "")
        for one in pack.changes
    ]


def charts(pack: Pack) -> list[Drawing]:
    """What went wrong and what was told early, side by side."""
    return [draw(one.spec()) for one in pack.charts]


def tables(pack: Pack, scope: Scope | None) -> list[tuple[str, list[list[Any]]]]:
    """Every number of the page, by part; with a scope each leads to its rows."""
    return [(part, [_row(one, scope) for one in pack.figures if one.part == part]) for part in pack.parts]


def worry_url(worry: Worry, scope: Scope) -> str:
    """The rows of its number, or the chart of its service."""
    if worry.code:
        return links.rows_url(worry.code, scope)
    until = calendar.code(scope.period.last)
    return reverse("measures:chart", args=[worry.place, worry.slug]) + f"?until={until}"


def ask_url(ask: Ask, scope: Scope) -> str:
    if ask.action_id:
        return reverse("actions:show", args=[ask.action_id])
    if ask.theme_id:
        return reverse("themes:show", args=[ask.theme_id])
    return worry_url(Worry("", "", ask.code, ask.place, ask.slug), scope)


def asks_title(pack: Pack) -> str:
    n = len(pack.asks)
    words = ngettext("%(n)s decision for the board", "%(n)s decisions for the board", n) % {"n": in_words(n)}
    return words[:1].upper() + words[1:]


def shown(pack: Pack, scope: Scope) -> dict[str, Any]:
    """Everything that the live page needs."""
    return {
        "pack": pack,
        "changes": changes(pack, linked=True),
        "charts": charts(pack),
        "worries": [(one, worry_url(one, scope)) for one in pack.worries],
        "asks": [(one, ask_url(one, scope)) for one in pack.asks],
        "asks_title": asks_title(pack),
        "themes": [(one, reverse("themes:show", args=[one.theme_id])) for one in pack.themes],
        "tables": tables(pack, scope),
        "query": links.query(scope),
        "columns": columns(),
    }


def frozen(pack: Pack) -> dict[str, Any]:
    """The same page as it stood, without links: what they lead to has moved on."""
    return {
        "pack": pack,
        "changes": changes(pack, linked=False),
        "charts": charts(pack),
        "worries": [(one, "") for one in pack.worries],
        "asks": [(one, "") for one in pack.asks],
        "asks_title": asks_title(pack),
        "themes": [(one, "") for one in pack.themes],
        "tables": tables(pack, None),
        "columns": columns(),
    }


def columns() -> tuple[Any, ...]:
    return _("What is counted"), (_("Number"), "number")


def _change_url(change: Change) -> str:
    name = "effects:verdict" if change.answer else "actions:show"
    return reverse(name, args=[change.action_id])


def _row(figure: Figure, scope: Scope | None) -> list[Any]:
    if scope is None or not figure.number:
        return [figure.label, figure.text]
    url = links.rows_url(figure.code, scope)
    cell = format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
        url, figure.text, figure.label,
    )  # fmt: skip
    return [figure.label, cell]
