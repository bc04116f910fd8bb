"""What the header and footer link to. The rooms above say so, through one setting; this room imports none of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Link:
    """A word and where it goes."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Navigation:
    """Everything around a page that depends on who looks."""

    items: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()  # stands under "More": what is needed less often
    account: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    home: str = "/"
    tell_us: str | None = None
    sign_in: str | None = None
    sign_out: str | None = None
    switch: str | None = None  # where a viewer of several organisations changes the one they act for
    provider: str = ""
    demo: str = ""
    strip: str = ""  # a band that a room above keeps under the header of every page
    scripts: tuple[str, ...] = ()  # and what fills it


def navigation(request: HttpRequest | None) -> Navigation:
    """Ask the function named by `HEEDFUL_NAVIGATION`. It may give a `Navigation` or only the list of links."""
    path: str | None = getattr(settings, "HEEDFUL_NAVIGATION", None)
    if path is None or request is None:
        return Navigation()
    answer: Navigation | Iterable[Link] = import_string(path)(request)
    return answer if isinstance(answer, Navigation) else Navigation(items=tuple(answer))
