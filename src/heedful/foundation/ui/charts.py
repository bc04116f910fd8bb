"""Charts as frozen values in, SVG out. The title says the finding, the table beneath holds the same numbers.

`draw(spec)` makes everything that the macro `chart_figure` shows. Colours are the tokens of the style sheet, by name,
so that one drawing serves light, dark and print.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from heedful.foundation.ui.chart_marks import Canvas, vega_lite
from heedful.foundation.ui.filters import number


class Flag(StrEnum):
    """What a rule said about one point. Without a rule that fired, a point is usual."""

    USUAL = "usual"
    BETTER = "better"
    WORSE = "worse"
    NOJUDGE = "nojudge"
    LEFT_OUT = "left_out"


class Size(StrEnum):
    WIDE = "wide"
    PHONE = "phone"
    SMALL = "small"


CANVASES = {
    Size.WIDE: Canvas(width=720, height=230, text=14, labels=6, ticks=5, dot=62, speaks=True),
    Size.PHONE: Canvas(width=300, height=190, text=16, labels=2, ticks=4, dot=40, speaks=True),
    Size.SMALL: Canvas(width=300, height=104, text=16, labels=2, ticks=1, dot=34, speaks=False),
}


@dataclass(frozen=True)
class Point:
    """One dot: what it is called, its value (None: no figure), and limits of its own when exposure differs."""

    label: str
    value: float | None
    flag: Flag = Flag.USUAL
    lower: float | None = None
    upper: float | None = None
    detail: tuple[str, ...] = ()  # further cells of the table, one per name in `ChartSpec.detail_names`
    url: str = ""  # the cases behind this point; the table's row leads there
    said: str = ""  # how the table says it is read, where that is not what a rule said


@dataclass(frozen=True)
class ChartSpec:
    """Everything one chart says. `finding` is its title, `sentence` is what is read aloud, with the same numbers."""

    finding: str
    sentence: str
    points: tuple[Point, ...]
    value_name: str
    when_name: str = ""
    caption: str = ""
    centre: float | None = None
    centre_to: int | None = None  # the line is solid up to this point, dotted after: expected if nothing had changed
    centre_label: str = ""
    expected: float | None = None  # the level of the dotted part, where it is not that of the solid one
    lower: float | None = None
    upper: float | None = None
    change_at: int | None = None  # the first point after the change
    change_label: str = ""
    note: str = ""  # beside the last point that stands out
    note_phone: str = ""  # the same in fewer words, where there is little room
    y_max: float | None = None  # small multiples share one scale
    detail_names: tuple[str, ...] = ()
    places: int | None = None
    small: bool = False


@dataclass(frozen=True)
class Drawing:
    """A chart ready for a page."""

    spec: ChartSpec
    wide: SafeString
    phone: SafeString
    columns: tuple[Any, ...]
    rows: tuple[tuple[str, ...], ...]


def draw(spec: ChartSpec) -> Drawing:
    """The drawings for wide and narrow screens and the table under them."""
    small = run_chart_svg(spec, Size.SMALL) if spec.small else None
    return Drawing(
        spec=spec,
        wide=small or run_chart_svg(spec, Size.WIDE),
        phone=small or run_chart_svg(spec, Size.PHONE),
        columns=_columns(spec),
        rows=tuple(_rows(spec)),
    )


def run_chart_svg(spec: ChartSpec, size: Size = Size.WIDE) -> SafeString:
    """The bare drawing, hidden from screen readers: the figure around it speaks."""
    return mark_safe(_svg(json.dumps(vega_lite(spec, CANVASES[size]))))  # noqa: S308 - Vega escapes every text


def load_library() -> None:
    """Draw the smallest chart there is, so that the library is loaded."""
    _svg(json.dumps({"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}}))


@lru_cache(maxsize=512)
def _svg(specification: str) -> str:
    """Drawing one takes about 40 ms, and loading the library a second: hence the cache and the late import."""
    import vl_convert  # noqa: PLC0415

    svg: str = vl_convert.vegalite_to_svg(specification)
    bare = re.sub(r' (?:aria-[a-z]+|role|xmlns:xlink|version|class)="[^"]*"', "", svg)
    return bare.replace("<svg ", '<svg class="hf-chart__svg" aria-hidden="true" focusable="false" ', 1)


def _columns(spec: ChartSpec) -> tuple[Any, ...]:
    names = [(name, "number") for name in (spec.value_name, *spec.detail_names)]
    return (spec.when_name or _("When"), *names, _("How we read it"))


def _rows(spec: ChartSpec) -> Iterable[tuple[str, ...]]:
    said = {
        Flag.USUAL: _("usual"),
        Flag.BETTER: _("better than usual"),
        Flag.WORSE: _("worse than usual"),
        Flag.NOJUDGE: _("no judgement yet"),
        Flag.LEFT_OUT: _("left out"),
    }
    for point in spec.points:
        value = _("no figure") if point.value is None else number(point.value, spec.places)
        name = format_html('<a href="{}">{}</a>', point.url, point.label) if point.url else point.label
        yield (name, value, *point.detail, point.said or said[point.flag])
