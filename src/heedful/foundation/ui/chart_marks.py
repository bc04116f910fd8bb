"""The layers of a run chart in Vega-Lite. Pure: plain values in, a plain dict out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from heedful.foundation.ui.charts import ChartSpec

Layer = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
DOT_COLOURS = {"usual": "usual", "better": "better", "worse": "worse-dot", "nojudge": "nojudge"}
LETTER = 0.6  # how wide a bold letter is on average, as a part of its height
EDGE = 0.5  # how far lines and bands reach beyond the first and last dot


@dataclass(frozen=True)
class Canvas:
    """How large a drawing is, and how much it may say."""

    width: int
    height: int
    text: int
    labels: int
    ticks: int
    dot: int
    speaks: bool


def token(name: str) -> str:
    return f"var(--hf-{name})"


def vega_lite(spec: "ChartSpec", canvas: Canvas) -> Layer:
    """The whole drawing, from the ground up: bands, lines, dots, words."""
    layers = [
        *_limits(spec),
        *_left_out(spec),
        *_joins(spec),
        *_centre(spec),
        *_change(spec, canvas),
        *_dots(spec, canvas),
        *(_words(spec, canvas) if canvas.speaks else ()),
    ]
    scales = {"x": _x_axis(spec, canvas), "y": _y_axis(spec, canvas)}
    return {
        "$schema": SCHEMA,
        "width": canvas.width,
        "height": canvas.height,
        "padding": 4,
        "background": None,
        "encoding": scales,
        "layer": layers,
        "config": {"font": FONT, "view": {"stroke": None}},
    }


def top_of_scale(highest: float) -> float:
    """The next round number: 1, 2, 4, 5, 6, 8 times a power of ten."""
    if highest <= 0:
        return 1
    power = 10.0 ** floor(log10(highest))
    return next(step * power for step in (1, 2, 4, 5, 6, 8, 10) if step * power >= highest - 1e-9)


def label_places(count: int, wanted: int) -> list[int]:
    """Which points carry a date: the first, the last, and some between, evenly."""
    if count <= wanted:
        return list(range(count))
    return sorted({round(step * (count - 1) / (wanted - 1)) for step in range(wanted)})


def _highest(spec: "ChartSpec") -> float:
    values = [v for p in spec.points for v in (p.value, p.upper) if v is not None]
    return max([*values, *(v for v in (spec.centre, spec.expected, spec.upper) if v is not None)], default=1)


def _x_axis(spec: "ChartSpec", canvas: Canvas) -> Layer:
    last = len(spec.points) - 1
    texts = json.dumps([point.label for point in spec.points])
    ends = [{"test": "datum.value == 0", "value": "left"}, {"test": f"datum.value == {last}", "value": "right"}]
    axis = {
        "values": label_places(len(spec.points), canvas.labels),
        "labelExpr": f"{texts}[datum.value]",
        "labelAlign": {"condition": ends, "value": "center"},
        "labelOverlap": False,
        "grid": False,
        "ticks": False,
        "labelPadding": 8,
        "domainColor": token("control"),
        "title": None,
    }
    scale = {"domain": [-EDGE, last + EDGE], "nice": False, "zero": False}
    return {"field": "x", "type": "quantitative", "axis": {**axis, **_label_look(canvas)}, "scale": scale}


def _y_axis(spec: "ChartSpec", canvas: Canvas) -> Layer:
    top = spec.y_max or top_of_scale(_highest(spec))
    step = top_of_scale(top / canvas.ticks)
    whole = all(point.value is None or float(point.value).is_integer() for point in spec.points)
    if whole:
        step = max(1, ceil(step))  # there is no half a fall
    marks = [step * number for number in range(ceil(top / step) + 1) if step * number <= top + 1e-9]
    axis = {
        "values": marks if canvas.ticks > 1 else [0, top],
        "gridColor": token("line"),
        "format": ",d" if whole else ",.3~r",
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "title": None,
    }
    scale = {"domain": [0, top], "nice": False}
    return {"field": "y", "type": "quantitative", "axis": {**axis, **_label_look(canvas)}, "scale": scale}


def _label_look(canvas: Canvas) -> Layer:
    return {"labelColor": token("ink-2"), "labelFontSize": canvas.text, "labelLimit": 0}


def _layer(mark: Layer, values: list[Layer], **more: Any) -> Layer:
    layer: Layer = {"data": {"values": values}, "mark": {"aria": False, **mark}}
    if more:
        layer["encoding"] = more
    return layer


def _limits(spec: "ChartSpec") -> Iterator[Layer]:
    """Where most points fall by chance. Steps when each point has limits of its own."""
    rows: list[Layer] = []
    for index, point in enumerate(spec.points):
        lower = spec.lower if point.lower is None else point.lower
        upper = spec.upper if point.upper is None else point.upper
        if upper is not None:
            rows += [{"x": index + at, "y": max(lower or 0, 0), "top": upper} for at in (-EDGE, EDGE)]
    if rows:
        yield _layer({"type": "area", "color": token("usual-wash")}, rows, y2={"field": "top"})


def _left_out(spec: "ChartSpec") -> Iterator[Layer]:
    top = spec.y_max or top_of_scale(_highest(spec))
    for out, run in groupby(enumerate(spec.points), key=lambda pair: pair[1].flag == "left_out"):
        places = [index for index, _ in run]
        if out:
            area = {"x": places[0] - EDGE, "right": places[-1] + EDGE, "y": 0, "top": top}
            yield _layer(
                {"type": "rect", "color": token("nojudge-wash")}, [area], x2={"field": "right"}, y2={"field": "top"}
            )


def _joins(spec: "ChartSpec") -> Iterator[Layer]:
    """Thin lines between neighbours; never across a gap, a point left out, or the change."""
    rows, part = [], 0
    for index, point in enumerate(spec.points):
        if index == spec.change_at or point.value is None or point.flag == "left_out":
            part += 1
        if point.value is not None and point.flag != "left_out":
            rows.append({"x": index, "y": point.value, "part": part})
    mark = {"type": "line", "color": token("usual"), "strokeWidth": 1.2, "opacity": 0.7}
    yield _layer(mark, rows, detail={"field": "part", "type": "nominal"})


def _centre(spec: "ChartSpec") -> Iterator[Layer]:
    if spec.centre is None:
        return
    end = len(spec.points) - EDGE
    turn = end if spec.centre_to is None else spec.centre_to + EDGE
    expected = turn if spec.change_at is None else max(turn, spec.change_at - EDGE)
    after = spec.centre if spec.expected is None else spec.expected
    for start, stop, dash, level in ((-EDGE, turn, [1, 0], spec.centre), (expected, end, [2, 4], after)):
        if stop > start:
            mark = {"type": "rule", "color": token("ink"), "strokeWidth": 1.8, "strokeDash": dash}
            yield _layer(mark, [{"x": start, "right": stop, "y": level}], x2={"field": "right"})


def _change(spec: "ChartSpec", canvas: Canvas) -> Iterator[Layer]:
    if spec.change_at is None:
        return
    place = {"x": spec.change_at - EDGE}
    upright = {"type": "rule", "color": token("brand"), "strokeWidth": 2.4, "y": -8, "y2": "height"}
    yield _layer(upright, [place], y=None)
    if canvas.speaks and spec.change_label:
        late = spec.change_at > len(spec.points) * 0.55
        side = {"align": "right" if late else "left", "dx": -8 if late else 8}
        yield _text(spec.change_label, canvas, place, {**side, "y": -8, "fontWeight": 600, "color": token("brand")})


def _dots(spec: "ChartSpec", canvas: Canvas) -> Iterator[Layer]:
    """Solid dots; hollow where a point is left out; larger where a rule fired, so that colour is never alone."""
    known = [(index, point) for index, point in enumerate(spec.points) if point.value is not None]
    for flag, colour in DOT_COLOURS.items():
        rows = [{"x": index, "y": point.value} for index, point in known if point.flag == flag]
        size = canvas.dot if flag == "usual" else canvas.dot * 1.7
        if rows:
            yield _layer({"type": "circle", "size": size, "opacity": 1, "color": token(colour)}, rows)
    hollow = [{"x": index, "y": point.value} for index, point in known if point.flag == "left_out"]
    if hollow:
        look = {"fill": token("card"), "stroke": token("nojudge"), "strokeWidth": 2, "opacity": 1}
        yield _layer({"type": "circle", "size": canvas.dot * 1.7, **look}, hollow)


def _words(spec: "ChartSpec", canvas: Canvas) -> Iterator[Layer]:
    flagged = [(i, p) for i, p in enumerate(spec.points) if p.flag not in ("usual", "left_out") and p.value is not None]
    note = spec.note if canvas.width > 500 else spec.note_phone or spec.note
    if note and flagged:
        place, point = flagged[-1]
        peak = max(p.value or 0 for i, p in flagged if place - i < len(spec.points) * 0.3)
        if spec.centre is not None and 0 <= spec.centre - peak < 0.25 * (spec.y_max or top_of_scale(_highest(spec))):
            peak = spec.centre  # the words stand above the line, not on it
        at, look = _beside(spec, canvas, note, place)
        look |= {"dy": -14, "fontWeight": 600, "color": token(point.flag)}
        yield _text(note, canvas, {"x": at, "y": peak}, look)
    if spec.centre_label and spec.centre is not None and canvas.width > 500:
        look = {"align": "left", "dx": 8, "color": token("ink")}
        level = spec.centre if spec.expected is None else spec.expected
        yield _text(spec.centre_label, canvas, {"x": len(spec.points) - EDGE, "y": level}, look)


def _beside(spec: "ChartSpec", canvas: Canvas, note: str, place: int) -> tuple[float, Layer]:
    """Where a note about a dot begins or ends: inside the drawing, and never across the first day of the change."""
    late = place > len(spec.points) * 0.5
    if late and spec.change_at is not None:
        room = (place + 1 - spec.change_at) * canvas.width / len(spec.points)
        if len(note) * canvas.text * LETTER > room:
            return spec.change_at - EDGE, {"align": "left", "dx": 8}
    return place + (EDGE if late else -EDGE), {"align": "right" if late else "left"}


def _text(words: str, canvas: Canvas, place: Layer, look: Layer) -> Layer:
    mark = {"type": "text", "fontSize": canvas.text, "baseline": "middle", "limit": 0, **look}
    more: Layer = {"text": {"value": words}}
    if "y" not in place:
        more["y"] = None
    return _layer(mark, [place], **more)
