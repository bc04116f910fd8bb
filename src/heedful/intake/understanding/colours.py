"""Names of colours behind cells, so that shades of one colour are asked about once."""

import colorsys
from functools import lru_cache

_HUES = ((15, "red"), (40, "orange"), (70, "yellow"), (165, "green"), (260, "blue"), (330, "purple"), (361, "red"))


@lru_cache(maxsize=512)
def colour_name(rgb: str) -> str:
    """A colour's plain name; empty for none and for white."""
    if len(rgb) != 6:
        return ""
    try:
        red, green, blue = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    except ValueError:
        return ""
    hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
    if light > 0.97:
        return ""
    if depth < 0.12:
        return "grey"
    return next(name for end, name in _HUES if hue * 360 < end)
