"""Reading what left, and what waits to be let out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from heedful.foundation.access.permissions import Permission
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.exits.known import names_known, names_of_everybody, names_of_subject
from heedful.foundation.exits.models import Disclosure, Exit, Release
from heedful.foundation.exits.names import Finding, findings

MOST = 500


@dataclass(frozen=True)
class Review:
    """A text with everything in it that may say who it is, and the reasons why some of it may stay."""

    release: Release
    findings: tuple[Finding, ...]
    cleared: Mapping[str, str]

    @property
    def open(self) -> tuple[Finding, ...]:
        """What keeps it from going out."""
        return tuple(one for one in self.findings if one.blocking and one.key not in self.cleared)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if not one.blocking)


def look_through(text: str, *, subject_type: str, subject_id: UUID) -> list[Finding]:
    """What a text would be held up for, before it is proposed."""
    return findings(text, names_known(subject_type, subject_id))


def review(release: Release) -> Review:
    """Against the names that are known at this very moment."""
    found = look_through(release.text, subject_type=release.subject_type, subject_id=release.subject_id)
    cleared = dict(release.clearings.values_list("finding", "why"))
    return Review(release, tuple(found), cleared)


def releases_of(subject_id: UUID) -> QuerySet[Release]:
    """Texts about one subject, the newest first. The caller has asked whether the viewer may see the subject."""
    return Release.objects.filter(subject_id=subject_id).select_related("exit").order_by("-proposed_at", "-id")


def released_words(what: str, subject_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The newest text of this sort that was let out about each subject, as long as nothing in it says who it is.

    Looked through against the names of this very moment: somebody may have come since.
    """
    rows = Release.objects.filter(what=what, subject_id__in=list(subject_ids), exit__isnull=False)
    newest = {row.subject_id: row for row in rows.order_by("proposed_at", "id").prefetch_related("clearings")}
    everybody = names_of_everybody() if newest else []
    found = {}
    for subject_id, row in newest.items():
        cleared = {one.finding for one in row.clearings.all()}
        known = [*everybody, *names_of_subject(row.subject_type, subject_id)]
        if not any(one.blocking and one.key not in cleared for one in findings(row.text, known)):
            found[subject_id] = row.text
    return found


def disclosures_of(subject_id: UUID) -> QuerySet[Disclosure]:
    """What was given to bodies outside about one subject, the newest first."""
    return Disclosure.objects.filter(subject_id=subject_id).select_related("exit").order_by("-exit__at")


def left(viewer: Viewer) -> list[Exit]:
    """The register of what left this organisation, the newest first."""
    if not viewer.holds(Permission.SEE_EXITS):
        return []
    return list(Exit.objects.select_related("disclosure", "release").order_by("-at", "-id")[:MOST])
