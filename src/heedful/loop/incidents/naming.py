"""What an event is called: a title from the person's own first words, and a code that can be read out on the phone."""

import re

TITLE_WORDS = 12
TITLE_LENGTH = 80
_ABBREVIATIONS = {"mr", "mrs", "ms", "dr", "st", "approx", "e.g", "i.e", "a.m", "p.m", "etc", "vs"}
_WEAK = "a an and at but by for from he her his i in my of on or she so that the their they to was we were when which"
_WEAK_ENDINGS = frozenset(_WEAK.split()) | {"with", "who"}
# Control and direction marks that would hide or reorder the words of a heading.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

# No vowels, so that no code is a word; no 0, 1, I, L, O or S, which are misread. 27 signs.
_SIGNS = "23456789BCDFGHJKMNPQRTVWXYZ"
_BASE = len(_SIGNS)
_WIDTHS = (5, 8)
# Prime to 27, so every number has its own code; near the golden section, so neighbours do not look alike.
_SPREAD = 8_868_113
_WEIGHTS = (1, 2, 4, 5, 7, 8, 10, 11)


def title_from(words: str) -> str:
    """The start of what the person wrote, in their own words, short enough for a heading."""
    start = words[:4000]
    sentence = _first_sentence(start if start.isprintable() else _INVISIBLE.sub("", start))
    kept = sentence[:TITLE_WORDS]
    cut = len(kept) < len(sentence)
    while cut and len(kept) > 3 and kept[-1].lower().strip(",;:") in _WEAK_ENDINGS:
        kept = kept[:-1]
    title = " ".join(kept).rstrip(".,;:!-– ") or " ".join(kept)
    if len(title) > TITLE_LENGTH:
        title, cut = title[: TITLE_LENGTH - 1].rstrip(), True
    return f"{title}…" if cut else title


def _first_sentence(text: str) -> list[str]:
    """The words of the first sentence as far as a title needs them, and the next after one word ("Help!")."""
    found: list[str] = []
    for line in text.splitlines():
        # One word more than a title takes tells that there is more.
        for word in line.split(maxsplit=TITLE_WORDS + 1)[: TITLE_WORDS + 1]:
            found.append(word)
            if len(found) > TITLE_WORDS or (len(found) > 1 and not word.isalnum() and _ends_a_sentence(word)):
                return found
        if len(found) > 1:
            return found
    return found


def _ends_a_sentence(word: str) -> bool:
    bare = word.rstrip("\"'”’)")
    if not bare.endswith((".", "!", "?")):
        return False
    stem = bare[:-1].lower().lstrip("(\"'“‘")
    # "Mr." and the "J." of a name go on.
    return not bare.endswith(".") or (stem not in _ABBREVIATIONS and len(stem) > 1)


def reference_for(number: int) -> str:
    """The code of an event within its organisation, for example `KM7 2RT`. The last sign checks the others."""
    if number < 1:
        raise ValueError("Events are numbered from 1.")
    width = next((width for width in _WIDTHS if number < _BASE**width), None)
    if width is None:
        raise ValueError("That number is too large for a code.")
    spread = number * _SPREAD % _BASE**width
    signs, check = "", 0
    for place in range(width - 1, -1, -1):
        spread, digit = divmod(spread, _BASE)
        signs = _SIGNS[digit] + signs
        check += _WEIGHTS[place] * digit
    signs += _SIGNS[check % _BASE]
    return " ".join([signs[start : start + 3] for start in range(0, len(signs), 3)])


def event_number(reference: str) -> int | None:
    """The number behind a code, however it was typed; nothing when a sign is wrong or two were swapped."""
    signs = "".join(reference.upper().replace("-", " ").split())
    if len(signs) - 1 not in _WIDTHS or any(sign not in _SIGNS for sign in signs):
        return None
    *digits, check = (_SIGNS.index(sign) for sign in signs)
    if check != _check(digits):
        return None
    size = _BASE ** len(digits)
    spread = sum(digit * _BASE**place for place, digit in enumerate(reversed(digits)))
    number = spread * pow(_SPREAD, -1, size) % size
    return number if number >= 1 and reference_for(number).replace(" ", "") == signs else None


def _check(digits: list[int]) -> int:
    return sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % _BASE
