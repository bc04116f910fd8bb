"""The one table of this room: what was begun and not sent. What was told is an event, in `incidents`."""

from django.db import models

from heedful.foundation.access.models import PersonalRecord


class Draft(PersonalRecord):
    """A report not sent yet, kept page by page for the account that writes it."""

    account_id = models.UUIDField()
    client_key = models.UUIDField()
    answers = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "reporting_draft"
        constraints = [models.UniqueConstraint(fields=["organisation", "client_key"], name="draft_once")]
        indexes = [models.Index(fields=["organisation", "account_id"], name="draft_account")]

    @property
    def words(self) -> str:
        """What happened, as far as it was typed."""
        typed = self.answers.get("words", {}).get("words") or [""]
        return str(typed[0]).strip()
