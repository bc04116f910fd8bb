"""What each column means: by the words above it and by what stands in it, with the reasons."""

from collections.abc import Iterable, Mapping

from heedful.intake.understanding.headers import Header
from heedful.intake.understanding.kindwords import heading_kind
from heedful.intake.understanding.meanings import meanings
from heedful.intake.understanding.model import Column, Reason
from heedful.intake.understanding.profiles import Profile
from heedful.intake.understanding.text import fold

# Of these a table has one; the surest column takes it.
_ONE = frozenset(
    [
        "date",
        "date+time",
        "time",
        "time_end",
        "service",
        "person",
        "kind",
        "subtype",
        "narrative",
        "reporter",
        "harm",
        "local_ref",
        "antecedent",
        "immediate_action",
    ]
)
_DATES = frozenset(
    [
        "date",
        "date+time",
        "date_reported",
        "date_raised",
        "date_closed",
        "date_replied",
        "action_due",
        "action_completed",
    ]
)
_MARKS = frozenset(["family_told", "gp_or_111", "safeguarding_raised", "cqc_notified", "police", "consent"])
_SHORT = frozenset(
    [
        "kind",
        "subtype",
        "service",
        "location",
        "person",
        "reporter",
        "harm",
        "level",
        "channel",
        "complainant",
        "local_ref",
    ]
)
_ENOUGH = 0.4
# A second column that is called and looks like the date as surely as this may be it.
SURE_DATE = 0.9


def decided(header: Header, profiles: Mapping[int, Profile]) -> tuple[Column, ...]:
    """Every column with its meaning, the surest taken first."""
    ticks = _tick_columns(header, profiles)
    offers = sorted(_offers(header, profiles, ticks), reverse=True)
    taken: dict[int, Column] = dict(ticks)
    used: set[str] = set()
    for sure, place, meaning in offers:
        place = -place
        if meaning == "date" and "date" in used and sure >= SURE_DATE:
            meaning = "date_other"
        if place in taken or (meaning in _ONE and meaning in used):
            continue
        used.add(meaning)
        taken[place] = Column(place, header.names[place], meaning, round(sure, 2), _reasons(meaning, profiles[place]))
    left = {place: Column(place, name, "") for place, name in header.names.items() if place not in taken}
    return tuple(column for _place, column in sorted({**taken, **left}.items()))


def _offers(
    header: Header, profiles: Mapping[int, Profile], ticks: Mapping[int, Column]
) -> Iterable[tuple[float, int, str]]:
    for place, name in header.names.items():
        if place in ticks or place not in profiles:
            continue
        for rank, meaning in enumerate(meanings(name)):
            fits = fit(meaning, profiles[place])
            if fits > 0:
                yield 0.9 - 0.05 * rank + 0.09 * fits, -place, meaning


def fit(meaning: str, profile: Profile) -> float:
    """How well what stands in a column agrees with a meaning: 0 rules it out."""
    if not profile.filled:
        return 0.3
    if profile.share("formulas") > 0.5 and meaning not in ("attachment_link", "ignore", "period"):
        return 0.0
    if meaning in _DATES:
        return (
            max(profile.share("dates"), 0.5 * (profile.share("numbers") > 0.9)) if profile.share("dates") > 0.3 else 0.0
        )
    if meaning in ("time", "time_end"):
        return profile.share("times") if profile.share("times") >= _ENOUGH else 0.0
    if meaning == "narrative":
        return min(1.0, profile.mean_length / 60) if profile.mean_length >= 18 else 0.0
    if meaning in _MARKS:
        return 0.5 + 0.5 * profile.share("yes_no")
    return _short_fit(meaning, profile) if meaning in _SHORT else 0.5


def _short_fit(meaning: str, profile: Profile) -> float:
    if profile.mean_length > 40 or (profile.share("dates") > 0.8 and meaning not in ("local_ref", "location", "harm")):
        return 0.0
    if meaning in ("kind", "subtype", "service", "person", "reporter"):
        return 0.0 if profile.share("yes_no") > 0.85 and len(profile.values) < 8 else 1 - profile.share("times") * 0.5
    return 0.6


def _reasons(meaning: str, profile: Profile) -> tuple[Reason, ...]:
    reasons = [Reason("heading_says", (("meaning", meaning),))]
    for name in ("dates", "times", "yes_no", "numbers", "long"):
        if profile.share(name) >= 0.5:
            reasons.append(Reason(f"cells_are_{name}", (("share", round(profile.share(name) * 100)),)))
    return tuple(reasons)


def _tick_columns(header: Header, profiles: Mapping[int, Profile]) -> dict[int, Column]:
    """Columns that name one kind each and hold only ticks, and single yes-or-no columns about a kind."""
    ticked = {}
    for place, name in header.names.items():
        profile = profiles.get(place)
        own = name.rsplit(">", 1)[-1].strip()
        kind = heading_kind(own)
        if profile is None or not kind:
            continue
        grouped = ">" in name and ("kind" in meanings(name.split(">")[0].strip(" ()")) or "type" in fold(name))
        if (
            profile.share("ticks") >= 0.8
            and profile.filled < 0.75 * max(profile.rows, 1)
            and (grouped or kind != "other")
        ):
            ticked[place] = (kind, "ticks", grouped)
        elif profile.share("yes_no") >= 0.7 and kind in (
            "restrictive_practice",
            "fall",
            "medication",
            "pressure_ulcer",
        ):
            ticked[place] = (kind, "yes_no", False)
    siblings = sum(1 for _kind, how, _grouped in ticked.values() if how == "ticks")
    return {
        place: Column(place, header.names[place], f"kind:{kind}", 0.9, (Reason(f"cells_are_{how}"),))
        for place, (kind, how, grouped) in ticked.items()
        if how == "yes_no" or grouped or siblings > 1
    }


def without_header(profiles: Mapping[int, Profile]) -> tuple[Column, ...]:
    """A table without names: a column of dates, the column of the longest texts, and one of few repeated names."""
    dates = [place for place, profile in profiles.items() if profile.filled and profile.share("dates") >= 0.8]
    texts = sorted(((profile.mean_length, -place) for place, profile in profiles.items()), reverse=True)
    if not dates or not texts or texts[0][0] < 18 or -texts[0][1] in dates:
        return ()
    found = {dates[0]: "date", -texts[0][1]: "narrative"}
    for place, profile in profiles.items():
        names = len(profile.values)
        if (
            place not in found
            and profile.filled > 3
            and names <= max(4, profile.filled * 0.6)
            and profile.mean_length < 30
        ):
            found.setdefault(place, "" if "service" in found.values() else "service")
    return tuple(
        Column(place, "", found.get(place, ""), 0.7 if place in found else 0.0, (Reason("cells_only"),))
        for place in sorted(profiles)
    )
