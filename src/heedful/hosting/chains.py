"""Verifies the ledger of every organisation; the process acts as the role that may read all of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from heedful.foundation.ledger import anchors, verify


@dataclass(frozen=True)
class Verification:
    """What was found in all organisations together."""

    reports: tuple[verify.Report, ...]
    vanished: tuple[UUID, ...]

    @property
    def is_whole(self) -> bool:
        return not self.vanished and all(report.whole for report in self.reports)

    def lines(self) -> list[str]:
        said = []
        for report in self.reports:
            state = "whole" if report.whole else "NOT WHOLE"
            erased = f", {report.erased} with an erased payload" if report.erased else ""
            said.append(f"{report.organisation_id}: {report.entries} entries{erased}: {state}")
            said += [f"  - {fault}" for fault in report.faults + report.unexplained]
        said += [f"{gone}: anchored outside the database, and gone from it: NOT WHOLE" for gone in self.vanished]
        return said or ["There is no organisation yet."]


def verify_all() -> Verification:
    """Walk every chain, and look for organisations that only the anchors still know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_organisation ORDER BY id")
        there = [row[0] for row in cursor.fetchall()]
    vanished = sorted(set(anchors.read()) - set(there))
    return Verification(tuple(verify.verify(organisation) for organisation in there), tuple(vanished))
