"""Two small drawings: how much fewer, as a bar, and when the total was low enough to be sure.

Hidden from screen readers: the words beside them say the same. Colours are the tokens of the style sheet.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from heedful.foundation.ui.filters import number
from heedful.loop.effects.analysis import Finding, Look

WIDTH, LEFT, RIGHT = 320, 10, 310
MOST = 2.0  # the bar ends at twice as usual; what reaches further runs to its edge
COLOURS = {"worked": "better", "worse": "worse-dot", "no_change": "usual", "not_enough": "nojudge"}
PLOT = {"left": 34, "right": 236, "top": 12, "bottom": 150}


def bar(finding: Finding) -> SafeString | None:
    """From none to twice as usual: a pale bar for what cannot be excluded, a dot for what was seen."""
    if finding.low is None or finding.ratio is None:
        return None
    high = MOST if finding.high is None else min(finding.high, MOST)
    marks = [(0.0, _("none"), "start"), (1.0, _("as usual"), "middle"), (MOST, _("twice"), "end")]
    words = format_html_join(
        "", '<text x="{}" y="76" text-anchor="{}">{}</text>', [(_along(at), anchor, said) for at, said, anchor in marks]
    )
    return format_html(
        '<svg class="hf-bar hf-bar--{colour}" viewBox="0 0 {width} 84" aria-hidden="true" focusable="false">'
        '<line class="hf-bar__axis" x1="{left}" x2="{right}" y1="54" y2="54"/>'
        '<line class="hf-bar__range" x1="{low}" x2="{high}" y1="30" y2="30"/>'
        '<line class="hf-bar__usual" x1="{usual}" x2="{usual}" y1="10" y2="54"/>'
        '<circle class="hf-bar__seen" cx="{seen}" cy="30" r="7"/>{words}</svg>',
        colour=COLOURS[finding.answer], width=WIDTH, left=LEFT, right=RIGHT, low=_along(min(finding.low, MOST)),
        high=_along(high), usual=_along(1.0), seen=_along(min(finding.ratio, MOST)), words=words,
    )  # fmt: skip


def sure(finding: Finding) -> SafeString | None:
    """Totals since the change, the expected line, and the field that is low enough to be sure."""
    looks = [look for look in finding.looks if look.enough is not None]
    if not looks or finding.direction != "fewer":
        return None
    top = max(finding.looks[-1].expected, finding.observed, 1.0)
    last = len(finding.looks)
    return format_html(
        '<svg class="hf-sure hf-bar--{colour}" viewBox="0 0 {width} 178" aria-hidden="true" focusable="false">'
        '<polygon class="hf-sure__field" points="{field}"/>'
        '<polyline class="hf-sure__edge" points="{edge}"/>'
        '<polyline class="hf-sure__expected" points="{expected}"/>'
        '<polyline class="hf-sure__seen" points="{seen}"/>'
        '<circle class="hf-bar__seen" cx="{x}" cy="{y}" r="5.5"/>'
        '<line class="hf-bar__axis" x1="{left}" x2="{right}" y1="{bottom}" y2="{bottom}"/>{words}</svg>',
        colour=COLOURS[finding.answer], width=WIDTH, field=_field(finding, looks, top), edge=_edge(finding, looks, top),
        expected=_path([(0, 0.0), *((n, one.expected) for n, one in enumerate(finding.looks, 1))], last, top),
        seen=_path([(0, 0.0), *((n, one.events) for n, one in enumerate(finding.looks, 1))], last, top),
        x=_x(last, last), y=_y(finding.observed, top), words=_labels(finding, looks, last, top), **PLOT,
    )  # fmt: skip


def _along(ratio: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * ratio / MOST, 1)


def _x(look: int, last: int) -> float:
    return round(PLOT["left"] + (PLOT["right"] - PLOT["left"]) * look / last, 1)


def _y(value: float, top: float) -> float:
    return round(PLOT["bottom"] - (PLOT["bottom"] - PLOT["top"]) * value / top, 1)


def _path(points: list[tuple[int, float]], last: int, top: float) -> str:
    return " ".join(f"{_x(look, last)},{_y(value, top)}" for look, value in points)


def _edge(finding: Finding, looks: list[Look], top: float) -> str:
    """The boundary at its own value: a dot on the line counts."""
    places = [(n, look.enough) for n, look in enumerate(finding.looks, 1) if look.enough is not None]
    return _path(places, len(finding.looks), top)


def _field(finding: Finding, looks: list[Look], top: float) -> str:
    first = next(n for n, look in enumerate(finding.looks, 1) if look.enough is not None)
    last = len(finding.looks)
    return f"{_edge(finding, looks, top)} {_x(last, last)},{PLOT['bottom']} {_x(first, last)},{PLOT['bottom']}"


def _labels(finding: Finding, looks: list[Look], last: int, top: float) -> SafeString:
    edge = looks[-1].enough or 0.0
    # The three words at the right end stand apart, whatever the numbers.
    wanted = [(_y(finding.looks[-1].expected, top), _("expected"), "ink"), (_y(edge, top), _("low enough"), "better")]
    rows = [(PLOT["right"] + 8, round(y + 4, 1), words) for y, words, _colour in _apart(wanted)]
    ends = [(PLOT["left"] - 6, PLOT["bottom"], "0"), (PLOT["left"] - 6, PLOT["top"] + 8, number(round(top)))]
    return format_html(
        '{}{}<text x="{}" y="170">{}</text><text x="{}" y="170" text-anchor="end">{}</text>',
        format_html_join("", '<text x="{}" y="{}">{}</text>', rows),
        format_html_join("", '<text x="{}" y="{}" text-anchor="end">{}</text>', ends),
        PLOT["left"], _("start"), PLOT["right"], _("month %(n)s") % {"n": number(last)},
    )  # fmt: skip


def _apart(labels: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    upper, lower = labels
    return [upper, (max(lower[0], upper[0] + 18), *lower[1:])]
