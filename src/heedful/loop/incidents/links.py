"""Where a notice leads: paths on this site, by route names that the rooms above give."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def to_decide(event_id: UUID) -> str:
    """The page where an event is decided about; before there is one, the list of what needs the reader."""
    return _first(("duties:triage", [event_id]), ("casefile:show", [event_id]), ("today:today", []))


def to_case(event_id: UUID) -> str:
    """The event's whole story."""
    return _first(("casefile:show", [event_id]), ("today:today", []))


def to_match() -> str:
    return reverse("incidents:names")


def to_not_safe() -> str:
    """Where somebody may not be safe: for whoever is on duty and may not read the report."""
    return reverse("incidents:not_safe")


def to_shut_outs() -> str:
    return reverse("incidents:shut_outs")


def to_own(event_id: UUID) -> str:
    """The reporter's own page about what they told us."""
    return reverse("reporting:own", args=[event_id])


def _first(*routes: tuple[str, list[UUID]]) -> str:
    for name, args in routes:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return "/"
