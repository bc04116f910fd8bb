"""Yes, no, ticks and words of harm. A blank is unknown, never no."""

import re
from functools import lru_cache

from heedful.intake.understanding.text import fold

_YES = re.compile(r"^(?:y|yes|yep|true|✓|✔|☑|√)(?:\b.*|\W.*)?$")
_NO = re.compile(r"^(?:n|no|nope|none|false|x|✗|✘|☒|not (?:done|told|needed|required))(?:\W.*)?$")
_NOT_APPLICABLE = re.compile(r"^(?:n/?\.?a\.?|not applicable|-+|\?+)$")
TICKS = frozenset({"✓", "✔", "☑", "√", "x", "✗", "✘", "1", "y", "yes", "*", "•", "true", "/"})

# From the mildest to the gravest; the first words that fit decide.
_HARM: tuple[tuple[str, str], ...] = (
    ("death", r"deaths?|died|dead|fatal\w*|d|passed away|rip"),
    (
        "none",
        r"none|nil|no( apparent| visible)? (harm|injur\w*)|0|n|no|zero|not hurt|near miss|"
        r"nothing|uninjured",
    ),
    ("severe", r"severe|serious|major|s|high|hosp(ital)?(ised)?|fracture|a&e|999|permanent|life.*"),
    ("moderate", r"moderate|mod|medium|gp( visit)?|doctor"),
    (
        "low",
        r"low|minor|small|slight|minimal|bruise|scratch|small scratch|first aid|l|"
        r"superficial|yes|y - minor|skin tear",
    ),
)
_HARM_COMPILED = tuple((code, re.compile(rf"(?:\d ?[-=:.] ?)?(?:{pattern})")) for code, pattern in _HARM)


@lru_cache(maxsize=8192)
def yes_no(text: str) -> str:
    """`yes`, `no`, or empty: not known."""
    folded = fold(text)
    if not folded or _NOT_APPLICABLE.match(folded):
        return ""
    if _YES.match(folded):
        return "yes"
    return "no" if _NO.match(folded) else ""


def is_mark(text: str) -> bool:
    """Yes, no, or a sign that neither applies."""
    folded = fold(text)
    return bool(folded) and len(folded) < 25 and bool(yes_no(text) or _NOT_APPLICABLE.match(folded))


def is_tick(text: str) -> bool:
    return fold(text) in TICKS


@lru_cache(maxsize=8192)
def harm(text: str) -> str:
    """A level of harm from words; empty where the words do not say."""
    folded = fold(text).strip(" .")
    return next((code for code, pattern in _HARM_COMPILED if folded and pattern.fullmatch(folded)), "")
