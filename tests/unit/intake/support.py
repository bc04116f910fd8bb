"""A small map and helpers that judge the rows of a text as the import would, without a database."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from heedful.intake import lookups, mapping, survey, wording
from heedful.intake.candidates import Candidate
from heedful.intake.places import KnownPlaces
from heedful.intake.survey import Job, Judged, Survey

TODAY = date(2026, 3, 2)
CODES = {
    "kinds": frozenset({"incident", "complaint", "near_miss"}),
    "type": frozenset({"fall", "fall.found", "medication", "other"}),
    "harm_body": frozenset({"none", "low", "severe", "unknown"}),
    "harm_mind": frozenset({"none", "low", "unknown"}),
}
MAP = """
heedful_map: 1
name: small
source: old-book
fields:
  record: {column: Ref}
  service: {column: Home}
  occurred: {column: Date, format: DD/MM/YYYY}
  recorded: {column: Entered, format: DD/MM/YYYY}
  words: {column: Account}
  kinds: {always: incident}
  type: {column: Type, values: {Slip: fall, Meds: medication}}
checks: {short_words: 5}
"""
HEADER = "Ref,Home,Date,Entered,Account,Type"
ROW = "A1,Rowan House,05/02/2026,06/02/2026,Found on the floor by her bed.,Slip"


@dataclass
class Tried:
    """What became of a text."""

    survey: Survey
    rows: list[Judged]

    @property
    def candidates(self) -> list[Candidate]:
        return [judged.candidate for judged in self.rows if judged.candidate]

    @property
    def one(self) -> Candidate:
        (candidate,) = self.candidates
        return candidate

    def codes(self, place: int = 0) -> list[str]:
        return [problem.code for problem in self.rows[place].problems]


def job_for(path: Path, map_text: str = MAP, lookup_files: dict[str, Path] | None = None, **known: str) -> Job:
    map_path = path.parent / "map.yaml"
    map_path.write_text(map_text, encoding="utf-8")
    event_map = mapping.load(map_path)
    mapping.refuse_unknown_codes(event_map, CODES)
    coders = lookups.coders(event_map, lookup_files or {}, CODES, {})
    places = KnownPlaces(event_map.services.create, "Europe/London", event_map.services.aliases)
    for key, name in (known or {"rh": "Rowan House"}).items():
        places.add(key, name, "Europe/London")
    return Job(path, event_map, coders, places, TODAY)


def tried(tmp_path: Path, *rows: str, header: str = HEADER, map_text: str = MAP, rejects: Path | None = None,
          name: str = "log.csv", **known: str) -> Tried:  # fmt: skip
    """Survey a text; the rows are judged a second time to look at each, which must give the same counts."""
    path = tmp_path / name
    path.write_text("\r\n".join([header, *rows]) + "\r\n", encoding="utf-8", newline="")
    return tried_file(job_for(path, map_text, **known), rejects)


def tried_file(job: Job, rejects: Path | None = None) -> Tried:
    found = survey.survey(job, rejects_to=rejects, reason=wording.whole, progress=lambda done: None)
    with survey.opened(job, Survey().tally) as (_, judged):
        rows = list(judged)
    assert found.read == len(rows) == found.accepted + found.rejected
    assert found.accepted == sum(judged.candidate is not None for judged in rows)
    return Tried(found, rows)


def changed(old: str, new: str) -> str:
    """The small map with one part of it changed."""
    assert old in MAP
    return MAP.replace(old, new)
