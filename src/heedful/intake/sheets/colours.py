"""Colours behind cells as RRGGBB, from the four ways in which Excel writes them down."""

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass

WHITE = "FFFFFF"
_SIX = re.compile(r"[0-9A-F]{6}")
_FIRST_EIGHT = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
# The 56 colours of the old palette (ECMA-376 part 1, 18.8.27); the first eight stand twice.
_MORE = """
800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
"""
_PALETTE = (*_FIRST_EIGHT, *_FIRST_EIGHT, *_MORE.split())


@dataclass(frozen=True, slots=True)
class Scheme:
    """The theme and the palette of one workbook."""

    theme: tuple[str, ...] = ()
    palette: tuple[str, ...] = ()

    def colour(self, written: Mapping[str, str]) -> str:
        """Empty for none, white, and what cannot be known."""
        if "rgb" in written:
            base = written["rgb"][-6:]
        elif "theme" in written:
            base = _at(self.theme, written["theme"])
        else:
            base = _at(self.palette or _PALETTE, written.get("indexed", ""))
        return visible(_tinted(base.upper(), float(written.get("tint", 0))))


def visible(colour: str) -> str:
    """A colour that a person sees as one: neither white nor a word."""
    colour = colour.upper().removeprefix("#")
    return colour if _SIX.fullmatch(colour) and colour != WHITE else ""


def _at(colours: tuple[str, ...], number: str) -> str:
    return colours[int(number)] if number.isdecimal() and int(number) < len(colours) else ""


def _tinted(colour: str, tint: float) -> str:
    """Lighter (to 1) or darker (to -1), as Excel shades the colours of a theme."""
    if not tint or not _SIX.fullmatch(colour):
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full))
