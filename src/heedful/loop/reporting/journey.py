"""The questions of a report on few pages: which come, in which order, and where to go on. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from heedful.foundation.policies import FormVersion
from heedful.loop.incidents.rules import is_short

WORDS, ABOUT, SAFE, WHO, MEAN, TOLD, NAME, CHECK = "words", "about", "safe", "who", "mean", "told", "name", "check"
_FULL = (WORDS, ABOUT, SAFE, WHO, TOLD, NAME)
# A short report asks for the name where it is sent.
_SHORT = (WORDS, ABOUT)
PAGES = (*_FULL, MEAN)


@dataclass(frozen=True)
class Place:
    """Where a page stands: "Question 2 of 6"; the page before it, and the one after."""

    number: int
    of: int
    before: str | None
    after: str


def pages_for(form: FormVersion, kinds: Iterable[str], *, names_unclear: bool = False) -> tuple[str, ...]:
    """The pages of a report. Unclear names get a page of their own right after they were typed."""
    if is_short(form, kinds):
        return _SHORT
    if names_unclear:
        return tuple(page for one in _FULL for page in ((one, MEAN) if one == WHO else (one,)))
    return _FULL


def place_of(page: str, pages: tuple[str, ...]) -> Place:
    """A page that is not asked any more leads to the check."""
    if page not in pages:
        return Place(len(pages), len(pages), pages[-1], CHECK)
    here = pages.index(page)
    counted = [one for one in pages if one != MEAN]
    number = counted.index(page if page != MEAN else WHO) + 1
    after = pages[here + 1] if here + 1 < len(pages) else CHECK
    return Place(number, len(counted), pages[here - 1] if here else None, after)


def first_open(pages: tuple[str, ...], answered: Collection[str]) -> str | None:
    """The first page that still needs an answer."""
    return next((page for page in pages if page not in answered), None)
