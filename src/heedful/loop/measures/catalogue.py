"""What is counted: each measure's name, its words, and which way is better. The sums stand in `definitions`."""

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from heedful.foundation.people import words
from heedful.foundation.policies import taxonomy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Better = Literal["fewer", "neutral"]
Group = Literal["all", "type", "told"]


@dataclass(frozen=True)
class Measure:
    """One thing that is counted month by month. `noun % {"n": 3}` gives "3 falls"."""

    slug: str
    group: Group
    label: "StrOrPromise"
    noun: "StrOrPromise"
    better: Better = "fewer"

    def counted(self, n: int) -> str:
        """3 falls, 1 fall."""
        return str(self.noun % {"n": n})


# Kinds are the reporter's own words. They sort what happened from what was told early; no rule of a case reads them.
HAPPENED = ("incident", "complaint", "safeguarding_concern", "not_sure")
EARLY = ("near_miss", "worry")
WELCOME = ("good_care",)
# Fewer of these is not better by itself: a right, a fact of life, or a sign that people speak.
NEITHER_WAY = frozenset({"care_declined", "death", "dignity_conduct", "other"})

_TYPES = {
    "fall": (_("Falls"), ngettext_lazy("%(n)d fall", "%(n)d falls", "n")),
    "medication": (_("Medicines"), ngettext_lazy("%(n)d medicine event", "%(n)d medicine events", "n")),
    "visit": (_("Visits"), ngettext_lazy("%(n)d visit that went wrong", "%(n)d visits that went wrong", "n")),
    "pressure_ulcer": (_("Pressure ulcers"), ngettext_lazy("%(n)d pressure ulcer", "%(n)d pressure ulcers", "n")),
    "behaviour": (_("Distress or behaviour"), ngettext_lazy("%(n)d time of distress", "%(n)d times of distress", "n")),
    "restrictive_practice": (
        _("Restrictive practice"),
        ngettext_lazy("%(n)d restrictive practice", "%(n)d restrictive practices", "n"),
    ),
    "choking": (_("Choking"), ngettext_lazy("%(n)d choking", "%(n)d chokings", "n")),
    "nutrition_hydration": (
        _("Food and drink"),
        ngettext_lazy("%(n)d food or drink event", "%(n)d food or drink events", "n"),
    ),
    "missing_person": (
        _("People missing"),
        ngettext_lazy("%(n)d time somebody was missing", "%(n)d times somebody was missing", "n"),
    ),
    "financial_property": (
        _("Money or belongings"),
        ngettext_lazy("%(n)d event about money or belongings", "%(n)d events about money or belongings", "n"),
    ),
    "injury": (_("Injuries"), ngettext_lazy("%(n)d injury", "%(n)d injuries", "n")),
    "deterioration_delay": (
        _("Getting worse, or late help"),
        ngettext_lazy("%(n)d time of getting worse or late help", "%(n)d times of getting worse or late help", "n"),
    ),
    "infection": (_("Infections"), ngettext_lazy("%(n)d infection", "%(n)d infections", "n")),
    "discharge_transition": (
        _("Coming from hospital or moving"),
        ngettext_lazy("%(n)d move that went wrong", "%(n)d moves that went wrong", "n"),
    ),
    "environment": (
        _("Building or equipment"),
        ngettext_lazy("%(n)d building or equipment event", "%(n)d building or equipment events", "n"),
    ),
    "staffing": (_("Staffing or rota"), ngettext_lazy("%(n)d staffing event", "%(n)d staffing events", "n")),
    "care_not_given": (
        _("Care not given as planned"),
        ngettext_lazy("%(n)d time care was not given", "%(n)d times care was not given", "n"),
    ),
    "records_ig": (_("Records or privacy"), ngettext_lazy("%(n)d records event", "%(n)d records events", "n")),
    "dignity_conduct": (_("Dignity or conduct"), ngettext_lazy("%(n)d dignity event", "%(n)d dignity events", "n")),
    "care_declined": (
        _("Care declined"),
        ngettext_lazy("%(n)d time care was declined", "%(n)d times care was declined", "n"),
    ),
    "death": (_("Deaths"), ngettext_lazy("%(n)d death", "%(n)d deaths", "n")),
    "other": (_("Something else"), ngettext_lazy("%(n)d other event", "%(n)d other events", "n")),
}
_TOLD = {
    "early": (
        _("Near misses and worries"),
        ngettext_lazy("%(n)d near miss or worry", "%(n)d near misses and worries", "n"),
    ),
    "complaint": (_("Complaints"), ngettext_lazy("%(n)d complaint", "%(n)d complaints", "n")),
    "safeguarding_concern": (
        _("Safeguarding concerns"),
        ngettext_lazy("%(n)d safeguarding concern", "%(n)d safeguarding concerns", "n"),
    ),
    "good_care": (_("Good care"), ngettext_lazy("%(n)d note of good care", "%(n)d notes of good care", "n")),
}


@cache
def measures() -> dict[str, Measure]:
    """Every measure by its slug: everything, then each type of event, then what people called it."""
    everything = Measure(
        "all", "all", _("Everything that went wrong"), ngettext_lazy("%(n)d event", "%(n)d events", "n"), "neutral"
    )
    types = [
        Measure(slug, "type", *_TYPES[slug], "neutral" if slug in NEITHER_WAY else "fewer")
        for slug in (term.slug for term in taxonomy("core_types").roots())
    ]
    told = [Measure(slug, "told", *said, "neutral") for slug, said in _TOLD.items()]
    return {one.slug: one for one in [everything, *types, *told]}


def shown(slug: str) -> Measure:
    """A measure as this organisation calls it. What is counted stays the same."""
    measure = measures()[slug]
    name = {"type": "core_types", "told": "event_kinds"}.get(measure.group)
    own = words.in_use(words.own_words(name), None).get(slug) if name else None
    if own is None:
        return measure
    return replace(measure, label=own, noun=f"%(n)d × {own.replace('%', '%%')}")


@dataclass(frozen=True)
class Per:
    """What a rate is counted against: stored whole numbers, and how many of them one thousand is."""

    measure: str
    label: str
    stored_in_one: int
    per: int

    @property
    def multiply(self) -> int:
        return self.stored_in_one * self.per


_STORED = {"tenth_of_a_day": 10, "minute": 60, "visit": 1}


@cache
def per(measure: str) -> Per | None:
    """How a rate of this exposure is given; None when the service has not chosen one."""
    known = taxonomy("exposure_measures")
    if measure not in known:
        return None
    term = known.term(measure)
    return Per(measure, term.label, _STORED[term.codes["unit"]], int(term.codes["per"]))
