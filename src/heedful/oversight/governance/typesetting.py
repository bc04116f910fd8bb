"""From the values of a pack to a tagged PDF. The texts go in as one JSON value: none of them is ever read as Typst."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from heedful.foundation.ui.filters import number
from heedful.oversight.governance.values import Change, Chart, Pack

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent / "typst"


def three_questions(pack: Pack, at: datetime) -> bytes:
    """The same values at the same moment give the same bytes."""
    values = json.dumps({**plain(pack), "words": _words(pack)}, ensure_ascii=False)
    made = _compiler().compile(
        format="pdf", sys_inputs={"pack": values}, pdf_standards="ua-1", timestamp=int(at.timestamp())
    )
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> "typst.Compiler":
    """Reads nothing but the one folder, knows no package and no font of the machine."""
    import typst  # noqa: PLC0415 - 80 MB that only packs need

    nowhere = FOLDER / "no-packages"
    return typst.Compiler(
        input=FOLDER / "three_questions.typ", root=FOLDER, ignore_system_fonts=True,
        font_paths=typst.Fonts(include_system_fonts=False), package_path=nowhere, package_cache_path=nowhere,
    )  # fmt: skip


def plain(pack: Pack) -> dict[str, Any]:
    """The values of a pack as the sheet takes them: no id, only what is shown."""
    language, _dash, region = (get_language() or "en-gb").partition("-")
    return {
        "provider": pack.provider,
        "lang": language,
        "region": region.upper() or "GB",
        "where": pack.where,
        "span": pack.span,
        "heading": pack.heading,
        "lead": pack.lead,
        "learned": pack.learned,
        "themes": [{"what": one.what, "text": one.text} for one in pack.themes],
        "changes": [_change(one) for one in pack.changes],
        "worries": [{"title": one.title, "text": one.text} for one in pack.worries],
        "heard_title": pack.heard_title,
        "heard": pack.heard,
        "told": pack.told,
        "charts": [_chart(one) for one in pack.charts],
        "columns": [_("What is counted"), _("Number")],
        "figures": [
            {
                "label": f"{one.part} {one.label}" if one.part.endswith("?") else f"{one.part}: {one.label}",
                "text": one.text,
            }
            for one in pack.figures
        ],
    }


def _change(one: Change) -> dict[str, Any]:
    shown = ("answer", "word", "title", "where", "strength", "numbers", "meaning", "beside", "proof", "basis")
    return {
        **{name: getattr(one, name) for name in shown},
        "from": _("from %(day)s.") % {"day": one.first_day},
        "bars": _bars(one),
    }


def _bars(one: Change) -> dict[str, Any] | None:
    """Counted beside expected; None where a number is kept back."""
    if one.observed is None or one.expected is None:
        return None
    values = {"counted": number(round(one.observed)), "expected": number(round(one.expected, 1))}
    return {
        "observed": one.observed,
        "expected": one.expected,
        "observed_text": values["counted"],
        "expected_text": values["expected"],
        "alt": _("Two bars: %(counted)s counted, %(expected)s expected.") % values,
    }


def _chart(one: Chart) -> dict[str, Any]:
    known = [(label, value) for label, value in zip(one.labels, one.values, strict=True) if value is not None]
    return {
        "title": one.title,
        "sentence": one.sentence,
        "labels": [label for label, _value in known],
        "values": [value for _label, value in known],
        "centre": one.centre,
        "top_text": number(max(value for _label, value in known)),
    }


def _words(pack: Pack) -> dict[str, Any]:
    """The sheet's own words, in the language of the reader."""
    values = {"provider": pack.provider, "where": pack.where, "span": pack.span, "day": pack.known_on}
    changes = ngettext("%(n)s change", "%(n)s changes", len(pack.changes)) % {"n": number(len(pack.changes))}
    return {
        "title": _("What we learned, what changed, and how we know: %(provider)s") % values,
        "description": _("%(where)s, %(span)s. %(changes)s with their evidence. No personal data.")
        % {**values, "changes": changes},
        "known": _("As known on %(day)s. No personal data: numbers of people or events under five are not given.")
        % values,
        "foot": _("%(provider)s, %(span)s, as known on %(day)s") % values,
        "page": _("Page"),
        "of": _("of"),
        "expected": _("Expected"),
        "counted": _("Counted"),
        "most": _("Most in one month:"),
        "learned": _("1. What did you learn?"),
        "changed": _("2. How did practice change?"),
        "know": _("3. How do you know it worked?"),
        "telling": _("Are people still telling us?"),
        "worries": _("What we do not know yet, and what worries us"),
        "no_worries": _("Nothing is late, nothing has come back, and no chart is worse than usual."),
        "nothing": _("Nothing is changed yet."),
        "numbers": _("The numbers"),
        "method": _(
            "What was expected comes from up to two years before, without the bad spell that made us act. An answer is "
            "given only when chance, the bad spell and looking every month do not explain it. Recorded events are "
            "counted: fewer recorded may also mean fewer told, so what was told early stands beside them."
        ),
    }
