"""What every organisation's table shares: a time-ordered id and the organisation, first in every key."""

from uuid import UUID

from django.db import models
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUID version 7: sorts by the time it was made, and cannot be guessed from a neighbour's."""
    return UUID(int=uuid7().int)


class TenantModel(models.Model):
    """A table under row-level security. `protection.protect` finds it by its organisation column."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, db_index=False, related_name="+")
    organisation_id: UUID

    class Meta:
        abstract = True


class PersonalRecord(TenantModel):
    """A record about people: it says from when it must be kept, and whether someone has ordered it held."""

    retain_from = models.DateField(null=True, blank=True)
    legal_hold = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Installation(models.Model):
    """One row about this database itself: is it a demonstration, and was a backup ever restored?"""

    id = models.SmallIntegerField(primary_key=True, default=1)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_installation"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="installation_only_one")]
