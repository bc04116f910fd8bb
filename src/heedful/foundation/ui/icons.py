"""Icons, rings and the mark as inline SVG. Drawings take the colour of the text beside them."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS_FILE = Path(__file__).parent / "static" / "vendor" / "icons.json"

OPEN = '<path d="M19.1 27.6A12 12 0 1 1 27.6 19.1"/>'
CLOSED = '<circle cx="16" cy="16" r="12"/>'
TICK = '<path d="M10.8 16.4l3.7 3.6 6.6-7.5"/>'
CLOCK = '<path d="M16 9.6V16l4 3"/>'
BARS = '<path d="M11 14h10M11 19h10"/>'
ARROW = '<path d="M16 22V11M11.4 15.2L16 10.6l4.6 4.6"/>'
DOT = '<circle cx="16" cy="16" r="3.2" fill="currentColor" stroke="none"/>'
DOTTED = '<circle cx="16" cy="16" r="12" stroke-width="2" stroke-dasharray="0.1 4.6"/>'
# The last quarter of the circle as dots: nearly closed.
NEARLY = '<path d="M16 4A12 12 0 1 1 4 16"/><path d="M4.9 11A12 12 0 0 1 11 5.1" stroke-dasharray="0.1 4.4"/>'

RINGS: dict[str, str] = {
    "done": CLOSED + TICK,
    "now": OPEN + DOT,
    "last": OPEN + CLOCK,
    "ahead": DOTTED,
    "worked": CLOSED + TICK,
    "probably": NEARLY + TICK,
    "too-early": OPEN + CLOCK,
    "no-change": OPEN + BARS,
    "worse": OPEN + ARROW,
}
MARK = (
    '<path d="M19.2 27.6A12 12 0 1 1 27.6 19.2"/><path d="M16 21.2A5.2 5.2 0 1 1 21.2 16"/>'
    '<circle cx="24.2" cy="24.2" r="2.5" fill="currentColor" stroke="none"/>'
)


def icon(name: str, *, classes: str = "") -> SafeString:
    """One Lucide icon. It is decoration: write the word beside it."""
    return _svg(_shapes()[name], box=24, stroke="2", classes=f"hf-icon {classes}".strip())


def ring(kind: str, *, size: str = "", classes: str = "") -> SafeString:
    """A ring of the loop (done, now, last, ahead) or of an answer (worked, too-early, ...). `size`: "", l or xl."""
    names = ["hf-ring", f"hf-ring--{kind}", f"hf-ring--{size}" if size else "", classes]
    return _svg(RINGS[kind], box=32, stroke="3", classes=" ".join(filter(None, names)))


def mark(*, classes: str = "") -> SafeString:
    """The mark: an ear and a loop, and the person who spoke up."""
    return _svg(MARK, box=32, stroke="3.2", classes=f"hf-mark {classes}".strip())


def _svg(shapes: str, *, box: int, stroke: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" fill="none" stroke="currentColor" stroke-width="{}" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        classes,
        box,
        box,
        stroke,
        mark_safe(shapes),  # noqa: S308 - our own constants and the built icon file
    )


@cache
def _shapes() -> dict[str, str]:
    if not ICONS_FILE.is_file():
        raise FileNotFoundError("The icons are not built. Run: python hatch_build.py")
    shapes: dict[str, str] = json.loads(ICONS_FILE.read_text(encoding="utf-8"))
    return shapes
