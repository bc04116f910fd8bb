"""Whether something elsewhere keeps a person's record from being erased: asked before two people may agree to it."""

from uuid import UUID

from heedful.loop.incidents.queries import held_with


def held_elsewhere(person_id: UUID) -> bool:
    """Is a case in which they had a part under a legal hold?"""
    return held_with(person_id)
