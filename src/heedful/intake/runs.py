"""One run of an import, from the first byte to the last count; the command prints what this returns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from heedful.foundation.access import tenant
from heedful.foundation.ledger.operations import Actor
from heedful.foundation.people import imported as people
from heedful.intake import exposure, lookups, mapping, operations, places, queries, survey, vocabulary, waiting, wording
from heedful.intake.candidates import Aside, Candidate
from heedful.intake.mapping import EventMap
from heedful.intake.models import Batch
from heedful.intake.operations import Counts
from heedful.intake.places import KnownPlaces, ListedPlace, Listing
from heedful.intake.refusals import FileRefused, MapRefused
from heedful.intake.spool import Spool
from heedful.intake.survey import Job, Survey

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    file: Path
    map_file: Path
    organisation: str
    create: str = ""
    reader: str = ""
    services_file: Path | None = None
    lookup_files: Mapping[str, Path] = field(default_factory=dict)
    rejects: Path | None = None
    dry_run: bool = False


@dataclass
class Outcome:
    """What came of it, or in a dry run would come of it."""

    survey: Survey
    event_map: EventMap
    counts: Counts = field(default_factory=Counts)
    services_opened: int = 0
    services_without_rate: int = 0
    exposure_months: int = 0
    services_left_out: list[tuple[int, str]] = field(default_factory=list)
    batch_id: UUID | None = None


@dataclass(frozen=True)
class Setting:
    """The organisation as the import finds it, with what a file of services lists."""

    organisation_id: UUID | None
    known: list[people.Known]
    listing: Listing
    zone: str
    type_labels: Mapping[str, str]
    own_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def there(self, event_map: EventMap) -> KnownPlaces:
        """The services that the organisation has."""
        found = KnownPlaces(event_map.services.create, self.zone, event_map.services.aliases)
        for service in self.known:
            found.add(service.external_id or service.name, service.name, service.time_zone)
        return found

    def places(self, event_map: EventMap) -> KnownPlaces:
        """Those, and the ones that the file of services lists."""
        found = self.there(event_map)
        for listed in self.listing.places:
            if found.key(listed.key) is None:
                found.add(listed.key, listed.name, self.zone)
        return found

    def to_open(self, job: Job, found: Survey) -> list[people.Listed]:
        """Services that are not there yet: those the file of services lists, and those only the rows name."""
        there = self.there(job.event_map)
        fresh = [self._listed(place, job) for place in self.listing.places if there.key(place.key) is None]
        named = [self._named(key, candidate, job) for key, candidate in found.new_services.items()]
        return fresh + named

    def _listed(self, place: ListedPlace, job: Job) -> people.Listed:
        spec = job.event_map.services.exposure
        measure = spec.measure if spec and place.capacity else ""
        plain = self._new(place.key, place.name, place.kind, place.area, job)
        return replace(plain, capacity=place.capacity, exposure_measure=measure)

    def _named(self, key: str, candidate: Candidate, job: Job) -> people.Listed:
        assert candidate.place is not None
        return self._new(key, candidate.place.name, candidate.place.kind, candidate.place.area, job)

    def _new(self, key: str, name: str, kind: str, area: str, job: Job) -> people.Listed:
        spec = job.event_map.services
        nation = spec.nation or "england"
        return people.Listed(key, name, kind, area, time_zone=self.zone, nation=nation, closed_on=spec.closed_on)

    def months(self, event_map: EventMap) -> Iterator[tuple[str, exposure.Amount]]:
        """Exposure by service key; a service without a capacity has none, so it is counted and has no rate."""
        spec = event_map.services.exposure
        for place in self.listing.places if spec else []:
            if spec and place.capacity:
                yield from ((place.key, amount) for amount in exposure.amounts(spec, place.capacity))


def run(request: Request, *, at: datetime, progress: Progress) -> Outcome:
    """Read everything first; store only when no question is open and this is no dry run."""
    event_map = mapping.load(request.map_file)
    known_codes = vocabulary.codes()
    mapping.refuse_unknown_codes(event_map, known_codes)
    _refuse_unknown_measure(event_map)
    setting = setting_of(request, event_map)
    coders = lookups.coders(event_map, request.lookup_files, known_codes, setting.own_words)
    today = at.astimezone(places.zone(setting.zone)).date()
    job = Job(request.file, event_map, coders, setting.places(event_map), today)
    if request.dry_run:
        outcome = _read(job, setting, Spool(), request, progress)
        return outcome if outcome.survey.tally.questions else _foresee(outcome, job, setting)
    with waiting.Table(setting.type_labels) as rows:
        outcome = _read(job, setting, rows, request, progress)
        if not outcome.survey.tally.questions:
            store(outcome, rows, job, setting, request, at, progress)
    return outcome


def _read(job: Job, setting: Setting, aside: Aside, request: Request, progress: Progress) -> Outcome:
    found = survey.survey(
        job,
        rejects_to=request.rejects,
        reason=wording.whole,
        progress=lambda done: progress("read", done, 0),
        aside=aside,
    )
    return Outcome(found, job.event_map, services_left_out=setting.listing.left_out)


def setting_of(request: Request, event_map: EventMap) -> Setting:
    """The organisation that was asked for, as it is now."""
    listing = places.listed(request.services_file, event_map) if request.services_file else Listing()
    organisation_id = people.organisation_with_code(request.organisation)
    if organisation_id is not None and request.reader:
        raise FileRefused("reader_only_when_created")
    if organisation_id is not None:
        with tenant.use(organisation_id):
            zone = event_map.services.time_zone or people.time_zone()
            labels, own_words = vocabulary.type_labels(), vocabulary.own_words()
            return Setting(organisation_id, people.services(), listing, zone, labels, own_words)
    if not people.may_be_code(request.organisation):
        raise FileRefused("organisation_code_wrong", code=request.organisation)
    if not request.create:
        raise FileRefused("organisation_unknown", code=request.organisation)
    if request.reader and not people.has_account(request.reader):
        raise FileRefused("reader_unknown", name=request.reader)
    zone = event_map.services.time_zone or "Europe/London"
    return Setting(None, [], listing, zone, vocabulary.core_type_labels())


def _refuse_unknown_measure(event_map: EventMap) -> None:
    spec = event_map.services.exposure
    if spec and spec.measure not in vocabulary.measures():
        line = f"  services > exposure > measure: “{spec.measure}” is not a measure of Heedful"
        raise MapRefused("codes_unknown", lines=line, map=event_map.name)


def _foresee(outcome: Outcome, job: Job, setting: Setting) -> Outcome:
    """What a real run would add, change and leave alone; nothing is stored."""
    _count_services(outcome, setting.to_open(job, outcome.survey), setting)
    outcome.exposure_months = sum(1 for _ in setting.months(job.event_map))
    if setting.organisation_id is None:
        outcome.counts = Counts(created=outcome.survey.accepted)
        return outcome
    together: list[Candidate] = []
    assert isinstance(outcome.survey.aside, Spool)
    for candidate in outcome.survey.aside:
        together.append(candidate)
        if len(together) >= operations.LARGEST:
            outcome.counts.add(_foreseen(together, job.event_map, setting.organisation_id))
            together = []
    outcome.counts.add(_foreseen(together, job.event_map, setting.organisation_id))
    return outcome


def _foreseen(candidates: list[Candidate], event_map: EventMap, organisation_id: UUID) -> Counts:
    with tenant.use(organisation_id):
        said = queries.said_before(event_map.source, [candidate.record for candidate in candidates])
    same = sum(said.is_unchanged(event_map.name, candidate) for candidate in candidates)
    known = sum(said.knows(candidate.record) for candidate in candidates)
    return Counts(len(candidates) - known, known - same, same)


def _count_services(outcome: Outcome, opened: list[people.Listed], setting: Setting) -> None:
    outcome.services_opened = len(opened)
    if outcome.event_map.services.exposure:
        with_rate = {place.key for place in setting.listing.places if place.capacity}
        outcome.services_without_rate = sum(1 for key in outcome.survey.per_service if key not in with_rate)


def _founding(request: Request, setting: Setting) -> operations.Founding:
    return operations.Founding(request.organisation, request.create, setting.zone, request.reader)


def store(
    outcome: Outcome,
    rows: waiting.Table,
    job: Job,
    setting: Setting,
    request: Request,
    at: datetime,
    progress: Progress,
) -> None:
    """A batch with everything that was read."""
    found = outcome.survey
    by = operations.acting_for(setting.organisation_id, _founding(request, setting), at)
    with operations.alone(by.organisation_id):
        batch = operations.begin(
            event_map=job.event_map, file_name=job.path.name, file_digest=found.digest, by=by, at=at
        )
        outcome.batch_id = batch.id
        ids = _prepare(outcome, job, setting, batch, by, at)
        ready = rows.ready()
        for counts in operations.keep(batch=batch, rows=ready, service_ids=ids, by=by, at=at) if ready else ():
            outcome.counts.add(counts)
            progress("store", outcome.counts.total(), found.accepted)
        brought = operations.Brought(found.read, found.rejected, outcome.services_opened, outcome.exposure_months)
        operations.finish(batch=batch, brought=brought, counts=outcome.counts, by=by, at=at)


def _prepare(
    outcome: Outcome, job: Job, setting: Setting, batch: Batch, by: Actor, at: datetime
) -> Mapping[str, UUID]:  # fmt: skip
    """Services that are missing are opened, and what room they had is kept; the ids of all of them."""
    to_open = setting.to_open(job, outcome.survey)
    _count_services(outcome, to_open, setting)
    ids = operations.open_services(services=to_open, batch=batch, by=by, at=at)
    there = setting.there(job.event_map)
    months = ((ids[there.key(key) or key], amount) for key, amount in setting.months(job.event_map))
    outcome.exposure_months = operations.keep_exposure(months=months, batch=batch, by=by, at=at)
    return ids
