"""What kind of event an account tells of, by phrases that leave little doubt. Used where no column says it."""

import re

from heedful.intake.understanding.text import fold

# Read from the top: what stands first also explains the rest ("fell, fracture": a fall).
_PHRASES: tuple[tuple[str, str], ...] = (
    (
        "death",
        r"passed away|found .{0,40}unresponsive|\bcpr\b|(?<!battery )(?<!phone )\bdied\b|"
        r"\bdeceased\b|certified death|verified (the )?death",
    ),
    (
        "pressure_ulcer",
        r"\b(cat|grade|gr|stage)\.? ?[1-4]\b.{0,30}(sacr|heel|pu\b|ulcer|hip|buttock)|"
        r"pressure (ulcer|sore|damage)"
        r"|red non[- ]blanching|moisture (damage|lesion)|\bsacrum\b",
    ),
    ("choking", r"\bchok(ed|ing)\b|back slaps|iddsi|abdominal thrust"),
    (
        "restrictive_practice",
        r"person hold|\brestrain|arm guide|prn .{0,40}(as per plan|low arousal|calm)|"
        r"locked .{0,40}(safety|not in care plan)"
        r"|not in care plan.{0,40}locked|least restrictive",
    ),
    (
        "visit",
        r"missed .{0,20}(call|visit)s?\b|(call|visit) .{0,20}(mins?|hours?|hrs?) late|"
        r"no carer|double[- ]up|no reply at|late \+|short (call|visit)"
        r"|left after \d+ min|carer(s)? .{0,15}late\b|different carers",
    ),
    (
        "care_declined",
        r"(declined|refused|refuses|said no to) .{0,20}\b(wash|care|meds|shower|bath|"
        r"support|personal care)\b",
    ),
    (
        "medication",
        r"\bmar\b|\bmg\b|blister|tablets?\b|\bdose|\bcd count|not given .{0,40}(days?|"
        r"hospital)|medication|given two |chemist|pharmacy|insulin"
        r"|given \d+ hrs late|refused .{0,30}(spat|offered)",
    ),
    (
        "fall",
        r"\bfell\b|\bfall\b|\bfalls\b|found on floor|on the floor|"
        r"lowered .{0,30}to (the )?floor|slid (out|off)|rolled out of bed|lost balance|"
        r"legs gave way",
    ),
    (
        "behaviour",
        r"\bhit (another|a|staff|her|him)\b|\bbit\b|slapped by|smashed|shouting and|"
        r"banging head|\bkicked\b|punched|threw|very distressed|another resident on",
    ),
    (
        "missing_person",
        r"not back from|went out of the|police rung.{0,40}(grab|missing)|\babscond|"
        r"left the (building|house) (un|alone)|missing since",
    ),
    (
        "financial_property",
        r"£ ?\d+.{0,30}(missing|taken|gone)|bank card|'s card\b|hearing aid lost|"
        r"laundry lost|lost again|receipts don|wanted back|cardigan",
    ),
    ("nutrition_hydration", r"lost \d.{0,12}kg|not eating|fluid target|\bmust \d|food cold|food chart|not cut up"),
    (
        "injury",
        r"bruis|skin tear|\bgraze|lifted\. .{0,20}cleaned|spilt hot|\bburn|scald|"
        r"nail lifted|\bcut to\b",
    ),
    ("infection", r"norovirus|\bd ?& ?v\b|outbreak|ukhsa|\bcovid|scabies"),
    ("deterioration_delay", r"chesty|drowsy|\bsats\b|999 .{0,30}admitted|deteriorat|admitted \?|nobody rang gp"),
    ("discharge_transition", r"(was )?coming home .{0,20}(night|day)|discharge(d)? (from|without|letter)|sent home"),
    ("staffing", r"no one answers|short staffed|agency no show|two down|\bon (late|early) shift"),
    ("environment", r"hoist|fire alarm|no hot water|heating|boiler|radiator|room smells|leak|flood"),
    (
        "records_ig",
        r"emailed to (the )?wrong|key safe numbers|notes missing|log book|"
        r"left .{0,30}in (the )?(car|bus)|invoice wrong|charged for",
    ),
    (
        "dignity_conduct",
        r"name-calling|heard telling|carer .{0,20}said|rude\b|on mobile|shut up|"
        r"walked off|touched (her|him)|not my job",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PHRASES)

TWO_EVENTS = re.compile(
    r"\balso same\b|\bsame thing happened again\b|\bthen again at\b|"
    r"\bsame time another (resident|client|tenant|person)\b"
    r"|\banother (resident|client|tenant|person) also\b|\bseparate(ly)?:|"
    r"\bon a different day\b|\b2nd incident\b|\bsecond incident\b"
)
SAME_EVENT = re.compile(
    r"\b(see|as) .{0,25}(entry|report|row|line) above|\bas reported by\b|"
    r"\bsee above\b|\bduplicate of\b|\balready (logged|reported|recorded)\b"
    r"|\bsame as (entry|no|row|above)\b|^same as above|\bentry above\b"
)
COMPLIMENT = re.compile(r"\bnot a complaint\b|^(a )?(thank you|compliment|praise)\b|\bto say thank you\b")
TEST = re.compile(
    r"\btest (entry|row|record|only)\b|\btest test\b|^test\b.{0,40}(ignore|do not|"
    r"don't|delete|dummy|trying)|^\W*test\W*$"
    r"|\b(pls|please) ignore\b.{0,10}test|^dummy (entry|row)"
)
VOID = re.compile(r"^\W*(void(ed)?\b|deleted\b|(withdrawn|entered) in error\b)")
IN_ERROR = re.compile(
    r"\bentered in error\b|\bwrong (client|resident|person|house) - ignore\b|"
    r"\bdo not count\b"
)


# Without one of these words none of the patterns above can be there: looking for them is quicker.
_HINTS = (
    *("again", "another", "also", "above", "as reported", "duplicate", "already", "separate", "different day"),
    *("2nd", "second", "thank", "complaint", "compliment", "praise", "test", "dummy", "void", "cancel", "delete"),
    *("withdrawn", "error", "wrong", "not count"),
)


def has_hint(folded: str) -> bool:
    """Whether an account may say something about its own row."""
    return any(hint in folded for hint in _HINTS)


def account_kinds(text: str) -> tuple[str, ...]:
    """The kinds that phrases of an account name, the leading one first."""
    folded = fold(text[:600])
    return tuple(kind for kind, pattern in _COMPILED if pattern.search(folded))
