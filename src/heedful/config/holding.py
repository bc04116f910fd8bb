"""Whether something elsewhere keeps a person's record from being erased: asked before two people may agree to it."""

from uuid import UUID

from heedful.config.keeping import every_table
from heedful.foundation.ledger.hanging import Hanging


def held_elsewhere(person_id: UUID) -> bool:
    """Is a case in which they had a part under a legal hold, or something that hangs on such a case and on theirs?"""
    return any(_holds(hanging, person_id) for hanging in every_table() if hanging.events)


def _holds(hanging: Hanging, person_id: UUID) -> bool:
    theirs = hanging.rows(hanging.of_person(person_id) | hanging.of_its_own(person_id))
    return theirs.filter(pk__in=hanging.rows(hanging.of_held()).values("pk")).exists()
