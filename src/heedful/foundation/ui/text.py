"""Cleaning of typed text: pure functions, no Django."""

import unicodedata
from dataclasses import dataclass

NUL = "\0"
# Marks that can reorder the words around them on screen, so that a sentence reads other than it was typed.
# The joiners that emoji and some scripts need (U+200C, U+200D) and the plain direction marks are kept.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WITHOUT_BIDI = {ord(mark): None for mark in BIDI_CONTROLS}


@dataclass(frozen=True)
class Tidied:
    """Text as it will be stored, and what had to be taken out of it."""

    text: str
    had_nul: bool = False
    had_bidi: bool = False


def tidy(text: str) -> Tidied:
    """Normalise to NFC and `\\n`, take out NUL and bidi controls, keep every word and emoji."""
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    without = clean.replace(NUL, "").translate(_WITHOUT_BIDI)
    return Tidied(without, had_nul=NUL in clean, had_bidi=any(mark in clean for mark in BIDI_CONTROLS))
