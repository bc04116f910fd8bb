"""Words for kinds of event: what is written in a Type column, on a lookup sheet or above a tick column."""

import re
from functools import lru_cache
from typing import NamedTuple

from heedful.intake.understanding.text import fold

KINDS = (
    "fall",
    "medication",
    "visit",
    "pressure_ulcer",
    "behaviour",
    "restrictive_practice",
    "choking",
    "nutrition_hydration",
    "missing_person",
    "financial_property",
    "injury",
    "deterioration_delay",
    "infection",
    "discharge_transition",
    "environment",
    "staffing",
    "records_ig",
    "dignity_conduct",
    "care_declined",
    "death",
    "other",
)

# Words that leave no doubt. Read from the top: the narrower stand first.
_SURE: tuple[tuple[str, str], ...] = (
    ("death", r"\bdeaths?\b|\bdied\b|\brip\b|passed away|deceased|expected death"),
    ("choking", r"\bchok\w*|aspirat\w*|swallowing"),
    (
        "care_declined",
        r"(declin|refus)\w* (of )?(care|support|personal care|visit|call|treatment)|"
        r"care (declined|refused)|refusal of care"
        r"|non[- ]?concordan\w*",
    ),
    (
        "medication",
        r"\bmeds?\b|\bmedic(ation|ine)s?\b|\bdrugs?\b|\bmars?\b|\bemar\b|controlled drug|"
        r"\bcds?\b|prescri\w*|pharmac\w*",
    ),
    (
        "restrictive_practice",
        r"restrain\w*|restrict\w*|\brpi?s?\b|\br\.p\.?i?\.?|physical intervention|"
        r"seclusion|rapid tranq\w*",
    ),
    (
        "pressure_ulcer",
        r"pressure( (ulcer|sore|area|damage|injur\w*|care))?s?\b|\bp\.?u\.?s?\b|"
        r"bed ?sores?|skin integrity|moisture (damage|lesion)"
        r"|tissue viability",
    ),
    (
        "fall",
        r"\bfalls?\b|\bfell\b|\bslip(s|ped)?\b|\btrip(s|ped)?\b|found on floor|"
        r"lowered to floor|\bstf\b",
    ),
    (
        "injury",
        r"\binj(ur\w*)?\b\.?|skin tears?|\bs/?t\b|\bbruis\w*|\bcuts?\b|\bburns?\b|"
        r"\bscalds?\b|laceration|wound|graze|abrasion|fracture",
    ),
    (
        "missing_person",
        r"\bmissing\b(?! (money|item|prop|cash|med|record|doc|tab|call|visit|valu))|"
        r"abscon\w*|awol|elope\w*|left the building|wander\w*|unauthorised absence",
    ),
    ("infection", r"infect\w*|outbreak|\bd ?& ?v\b|covid\w*|norovirus|\bipc\b|scabies|\bflu\b"),
    (
        "nutrition_hydration",
        r"nutrition\w*|hydrat\w*|weight( loss)?\b|\bwt loss\b|\bfood\b|\bmeals?\b|eating|"
        r"drinking|\bmust\b|fluids?",
    ),
    (
        "records_ig",
        r"gdpr|data (breach|protection)|confidential\w*|information governance|\big\b|"
        r"records?( keeping)?\b|documentation|paperwork",
    ),
    ("discharge_transition", r"discharg\w*|transition|transfer of care"),
    (
        "visit",
        r"(missed|late|short|early|no|cut) (calls?|visits?)|(call|visit)s? (was )?(missed|"
        r"late|short|cut short)|^calls?$|^visits?$|^late ?[>+]? ?\d*( ?mins?)?$|no reply|"
        r"double[- ]?up|\bdu single\b"
        r"|wrong carer|rota( error)?|time ?keeping|punctual\w*|no[- ]?show|no access",
    ),
    ("staffing", r"staffing|short staffed|staff (shortage|levels?)|understaff\w*|agency no show"),
    (
        "financial_property",
        r"financ\w*|money|valuables|theft|stolen|\bcash\b|£|lost (property|item|"
        r"belonging)s?|belongings|laundry|possessions"
        r"|property ?/ ?(money|finance\w*)|missing (money|item|prop|cash|valu)\w*",
    ),
    (
        "environment",
        r"environ\w*|enviroment|h ?& ?s\b|health (and|&) safety|equipment|premises|"
        r"\bfire\b|maintenance|utilit\w*|damage|building|hoist|flood",
    ),
    (
        "dignity_conduct",
        r"attitude|conduct|dignity|rude\w*|staff (attitude|behaviou?r|conduct)|"
        r"professionalism|respect|neglect by staff",
    ),
    (
        "behaviour",
        r"\bbeh(av\w*)?\b\.?|\bboc\b|aggress\w*|assault|res(ident)?s? (on|to|"
        r"vs?) res(ident)?|person to person|violence|self[- ]?harm|challenging"
        r"|altercation|\bpbs\b|distress\w*",
    ),
    (
        "deterioration_delay",
        r"unwell|deteriorat\w*|hospital( admission)?|^health( deterioration)?$|illness|"
        r"sepsis|stroke|seizure|collapse|medical (emergency|condition)"
        r"|ill[- ]health",
    ),
    ("other", r"^other\b.*|^misc\w*|^various|^general\b"),
)
# Words that can mean several things: taken only when the account says the same.
_WEAK: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"^accidents?$", ("injury", "fall")),
    (r"^allegations?$", ("dignity_conduct", "financial_property", "injury")),
    (r"^miss$", ("missing_person", "visit")),
    (r"^skin$", ("injury", "pressure_ulcer")),
    (r"^staff$", ("dignity_conduct", "staffing")),
    (r"^property$", ("financial_property", "environment")),
    (r"^care$|^quality of care$|^care issues?$", ("care_declined", "dignity_conduct", "other")),
)
_SURE_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _SURE)
_WEAK_COMPILED = tuple((re.compile(pattern), kinds) for pattern, kinds in _WEAK)
# What a complaint can be about that no kind of event names: it stays a complaint of another kind.
_NO_KIND = re.compile(r"^(billing|invoic\w*|fees?|charges?|comm(unication)?s?|information|costs?)$")


class Words(NamedTuple):
    """`kinds` that the words name; with `sure` False the account has to say which one."""

    kinds: tuple[str, ...] = ()
    sure: bool = True


NO_WORDS = Words()


@lru_cache(maxsize=16_384)
def kind_words(text: str) -> Words:
    folded = fold(text).strip(" .:")
    if not folded:
        return NO_WORDS
    for pattern, kinds in _WEAK_COMPILED:
        if pattern.match(folded):
            return Words(kinds, sure=False)
    if _NO_KIND.match(folded):
        return Words(("other",))
    found = tuple(kind for kind, pattern in _SURE_COMPILED if pattern.search(folded))
    settled = _settled(found)
    # “Behaviour / injury” is one or the other, or both: the account says which.
    return Words(settled, sure=len(settled) < 2 or "/" not in folded)


def _settled(found: tuple[str, ...]) -> tuple[str, ...]:
    """One kind where one word includes the other: "behaviour" in a staff heading, "fall – injury", "missed call"."""
    for stronger, weaker in _INCLUDES:
        if stronger in found and weaker in found:
            found = tuple(kind for kind in found if kind != weaker)
    return found


_INCLUDES = (
    ("death", "deterioration_delay"),
    ("care_declined", "visit"),
    ("dignity_conduct", "behaviour"),
    ("dignity_conduct", "staffing"),
    ("visit", "dignity_conduct"),
    ("medication", "other"),
    ("pressure_ulcer", "injury"),
    ("fall", "injury"),
    ("injury", "other"),
    ("financial_property", "missing_person"),
    ("medication", "missing_person"),
    ("medication", "records_ig"),
    ("restrictive_practice", "behaviour"),
    ("medication", "visit"),
    ("environment", "other"),
    ("pressure_ulcer", "environment"),
    ("nutrition_hydration", "care_declined"),
    ("financial_property", "other"),
    ("medication", "nutrition_hydration"),
    ("fall", "deterioration_delay"),
    ("choking", "nutrition_hydration"),
    ("discharge_transition", "deterioration_delay"),
    ("visit", "injury"),
)


def heading_kind(heading: str) -> str:
    """The one kind that a column's heading names, or nothing."""
    words = kind_words(re.sub(r"\b(y/n|yes/no|tick|used|involved|error)\b|[?()]", " ", fold(heading)).strip())
    return words.kinds[0] if words.sure and len(words.kinds) == 1 else ""
