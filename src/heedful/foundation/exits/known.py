"""Every name that the system knows in one organisation: what a text that goes out is looked through for."""

from collections import Counter
from collections.abc import Callable, Iterator
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from heedful.foundation.exits.names import Known
from heedful.foundation.people.models import Membership, Person, Relation, Service, StaffMember, Stay, Team, Unit

Namer = Callable[[UUID], list[str]]


def names_known(subject_type: str, subject_id: UUID) -> list[Known]:
    """People, places and jobs of the organisation, and the names that the subject itself brings along."""
    return _once([*names_of_everybody(), *names_of_subject(subject_type, subject_id)])


def names_of_everybody() -> list[Known]:
    """People, places and jobs of the organisation."""
    return _once([*_people(), *_places(), *_titles()])


def names_of_subject(subject_type: str, subject_id: UUID) -> list[Known]:
    """The names that a subject brings along."""
    namers: dict[str, Namer] = import_string(settings.HEEDFUL_NAMES_OF)
    own = namers[subject_type](subject_id) if subject_type in namers else []
    return _once([Known(name, "case") for name in own])


def _once(found: list[Known]) -> list[Known]:
    return list(dict.fromkeys(one for one in found if one.name.strip()))


def _people() -> Iterator[Known]:
    for row in StaffMember.objects.values_list("name", "known_as", "initials"):
        yield from (Known(name, "staff") for name in row)
    for pair in Person.objects.values_list("name", "known_as"):
        yield from (Known(name, "person") for name in pair)
    yield from (Known(name, "relation") for name in Relation.objects.values_list("name", flat=True))
    yield from (
        Known(name, "account") for name in Membership.objects.values_list("account__name", flat=True).distinct()
    )


def _places() -> Iterator[Known]:
    for rows in (Service.objects, Team.objects, Unit.objects):
        yield from (Known(name, "place") for name in rows.values_list("name", flat=True))
    rooms = Stay.objects.exclude(room="").values_list("room", flat=True).distinct()
    # A bare number would be found everywhere; "room 12" is found by its pattern.
    yield from (Known(room, "place") for room in rooms if not room.strip().isdigit() and len(room.strip()) > 2)


def _titles() -> Iterator[Known]:
    """A job that only one person has says who it was."""
    held = Counter(StaffMember.objects.exclude(job_title="").values_list("job_title", flat=True))
    yield from (Known(title, "title") for title, count in held.items() if count == 1)
