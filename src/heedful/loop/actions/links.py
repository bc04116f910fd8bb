"""Where notices and other rooms lead: paths on this site."""

from uuid import UUID

from django.urls import reverse


def to_action(action_id: UUID) -> str:
    return reverse("actions:show", args=[action_id])
