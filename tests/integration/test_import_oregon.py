"""The Oregon log goes in whole. What should be there is counted a second time here, slowly and by other means.

The data lies outside the repository; without it these tests are skipped, and say so.
"""

import csv
import gzip
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Count, Sum

from heedful.foundation.access import tenant
from heedful.foundation.ledger.models import Entry
from heedful.foundation.people.imported import organisation_with_code
from heedful.foundation.people.models import Exposure, Service
from heedful.intake import commands
from heedful.intake.models import SourceRow
from heedful.loop.incidents.models import Event
from tests.support.jobs import waiting

SHARED = Path(os.environ.get("HEEDFUL_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
DATA = SHARED / "oregon"
LOG, NARRATIVES = DATA / "oregon_ltc_all_complaints.csv.gz", DATA / "oregon_ltc_substantiated_narratives.csv.gz"
FACILITIES, TAXONOMY = DATA / "oregon_ltc_facilities.csv", DATA / "oregon_outcome_to_taxonomy.csv"

pytestmark = pytest.mark.skipif(not LOG.exists(), reason="the Oregon data is not beside the checkout (shared/data)")

Row = dict[str, str]


def table(path: Path) -> list[Row]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def lag(row: Row) -> int:
    return (date.fromisoformat(row["date_received"]) - date.fromisoformat(row["incident_date"])).days


def is_refused(row: Row) -> bool:
    return row["incident_date"][:4] > "2026" or lag(row) < 0


@dataclass
class Oregon:
    """The organisation after both files, and what each import said."""

    organisation_id: UUID
    log: dict[str, Any]
    after_log: dict[str, int]
    narratives: dict[str, Any]
    rejects: Path
    rows_per_second: float


@pytest.fixture(scope="module")
def oregon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oregon]:
    code, rejects = f"oregon-{uuid4().hex[:8]}", tmp_path_factory.mktemp("oregon") / "rejects.csv"
    started = time.monotonic()
    log = imported(LOG, "oregon-log", code, services=FACILITIES)
    took = time.monotonic() - started
    organisation_id = organisation_with_code(code)
    assert organisation_id is not None
    with tenant.use(organisation_id):
        counts = {"events": Event.objects.count(), "services": Service.objects.count()}
    narratives = imported(NARRATIVES, "oregon-narratives", code, rejects=rejects)
    yield Oregon(organisation_id, log, counts, narratives, rejects, log["read"] / took)


def imported(file: Path, map_name: str, code: str, **options: Any) -> dict[str, Any]:
    told = {"services": None, "rejects": None, "dry_run": False} | options
    with redirect_stdout(StringIO()) as said:
        commands.import_events(
            file=file, map_file=map_name, organisation=code, create="Oregon", reader="",
            lookups=[f"outcomes={TAXONOMY}"], as_json=True, **told,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def problems(told: dict[str, Any]) -> dict[tuple[str, bool], int]:
    return {(item["code"], item["rejects"]): item["rows"] for item in told["problems"]}


def test_every_row_of_the_log_becomes_an_event(oregon: Oregon) -> None:
    rows = table(LOG)
    assert len(rows) == 35_762
    assert (oregon.log["read"], oregon.log["created"], oregon.log["rejected"]) == (35_762, 35_762, 0)
    assert oregon.after_log["events"] == 35_762


def test_services_are_the_union_of_log_and_facilities(oregon: Oregon) -> None:
    listed = {row["facility_id"] for row in table(FACILITIES)} - {""}
    assert oregon.after_log["services"] == len({row["facility_id"] for row in table(LOG)} | listed) == 697
    assert [left["why"] for left in oregon.log["services_left_out"]] == ["id_blank"]
    with tenant.use(oregon.organisation_id):
        assert set(Service.objects.values_list("closed_on", flat=True)) == {date(2016, 5, 31)}


def test_the_55_facilities_without_a_capacity_have_counts_and_no_exposure(oregon: Oregon) -> None:
    rows = table(LOG)
    without = {row["facility_id"] for row in rows} - {row["facility_id"] for row in table(FACILITIES)}
    assert len(without) == oregon.log["services_without_rate"] == 55
    with tenant.use(oregon.organisation_id):
        assert not Exposure.objects.filter(service__external_id__in=without).exists()
        theirs = Event.objects.filter(service__external_id__in=without, source_system="oregon-ltc")
        ids = {row["record_id"] for row in rows if row["facility_id"] in without}
        assert theirs.filter(external_id__in=ids).count() == len(ids) == 1_210


def test_exposure_is_capacity_times_days_of_the_years_that_the_log_covers_whole(oregon: Oregon) -> None:
    beds = {row["facility_id"]: round(float(row["capacity"])) for row in table(FACILITIES) if row["capacity"]}
    days = (date(2015, 1, 1) - date(2006, 1, 1)).days
    with tenant.use(oregon.organisation_id):
        sums = Exposure.objects.values_list("service__external_id").annotate(Sum("amount"), Count("id"))
        found = {key: (amount, months) for key, amount, months in sums}
        assert set(Exposure.objects.values_list("measure", "source")) == {("capacity_days", "imported")}
    assert found == {key: (10 * capacity * days, 108) for key, capacity in beds.items()}


def test_the_known_rate_of_2006_to_2014_comes_out(oregon: Oregon) -> None:
    years = ("2006", "2014")
    beds = {row["facility_id"] for row in table(FACILITIES)}
    kept = [r for r in table(LOG) if r["facility_id"] in beds and years[0] <= r["incident_date"][:4] <= years[1]]
    with tenant.use(oregon.organisation_id):
        events = Event.objects.filter(
            local_date__gte=date(2006, 1, 1), local_date__lt=date(2015, 1, 1),
            service__external_id__in=beds, external_id__in=[r["record_id"] for r in table(LOG)],
        )  # fmt: skip
        per_service = dict(events.values_list("service__external_id").annotate(Count("id")))
    assert sum(per_service.values()) == len(kept)
    assert len(per_service) == 608
    assert round(len(kept) / 608 / 108, 2) == 0.42


def test_types_and_days_are_those_of_the_mapping_file_and_the_log(oregon: Oregon) -> None:
    terms = {row["outcome_code"]: row for row in table(TAXONOMY)}
    names = {
        "fall": "fall", "pressure_ulcer": "pressure_ulcer", "medication": "medication", "death": "death",
        "missing_person": "missing_person", "nutrition_hydration": "nutrition_hydration", "behaviour": "behaviour",
    }  # fmt: skip
    rows = table(LOG)
    expected = Counter(
        names[terms[r["outcome_code"]]["incident_type"]] for r in rows
        if r["outcome_code"] in terms and terms[r["outcome_code"]]["incident_type"] in names
    )  # fmt: skip
    years = Counter(int(row["incident_date"][:4]) for row in rows)
    with tenant.use(oregon.organisation_id):
        events = Event.objects.filter(external_id__in=[row["record_id"] for row in rows])
        types = dict(events.filter(type__in=names.values()).values_list("type").annotate(Count("id")))
        assert types == dict(expected)
        assert dict(events.values_list("local_date__year").annotate(Count("id"))) == dict(years)
        assert not events.filter(type="").exists()


def test_negative_lags_odd_severities_and_unknown_codes_are_flagged_in_the_log(oregon: Oregon) -> None:
    rows, terms = table(LOG), {row["outcome_code"] for row in table(TAXONOMY)}
    severities = {"", "0.0", "1.0", "2.0", "3.0", "4.0"}
    expected = {
        ("lag_negative", False): sum(lag(row) < 0 for row in rows),
        ("lag_long", False): sum(lag(row) > 3650 for row in rows),
        ("value_unexpected", False): sum(row["severity"] not in severities for row in rows),
        ("code_unknown", False): sum(bool(row["outcome_code"]) and row["outcome_code"] not in terms for row in rows),
        ("missing", False): sum(not row["outcome_code"] for row in rows),
    }
    assert expected[("lag_negative", False)] == 15
    assert problems(oregon.log) == expected


def test_the_narratives_update_the_same_records_and_their_bad_rows_stay_out(oregon: Oregon) -> None:
    known = {row["record_id"] for row in table(LOG)}
    rows = table(NARRATIVES)
    good = [row for row in rows if not is_refused(row)]
    told = oregon.narratives
    assert (told["read"], told["rejected"]) == (len(rows), len(rows) - len(good)) == (8_352, 11)
    assert told["updated"] == sum(row["record_id"] in known for row in good)
    assert told["created"] == sum(row["record_id"] not in known for row in good)
    with tenant.use(oregon.organisation_id):
        assert Event.objects.count() == 35_762 + told["created"]
        words = dict(Event.objects.exclude(words="").values_list("external_id", "words"))
    by_id = {row["record_id"]: row for row in good}
    assert set(words) == {
        key for key, row in by_id.items() if row["action_notes"].strip() or row["outcome_notes"].strip()
    }
    some = [key for n, key in enumerate(sorted(words)) if n % 97 == 0]
    assert all(" ".join(by_id[key]["outcome_notes"].split()) in " ".join(words[key].split()) for key in some)
    with oregon.rejects.open(encoding="utf-8-sig", newline="") as file:
        left_out = {row["record_id"] for row in csv.DictReader(file)}
    assert left_out == {row["record_id"] for row in rows if is_refused(row)}


def test_the_year_2105_the_impossible_lags_and_the_duplicates_are_found(oregon: Oregon) -> None:
    rows = table(NARRATIVES)
    seen: set[tuple[str, str]] = set()
    twice = short = 0
    for row in rows:
        account = (row["action_notes"].strip(), row["outcome_notes"].strip())
        short += len("\n\n".join(part for part in account if part)) < 60 and not is_refused(row)
        if is_refused(row) or not any(account):
            continue
        twice += account in seen
        seen.add(account)
    found = problems(oregon.narratives)
    assert found[("in_future", True)] == 1
    assert found[("lag_negative", True)] == sum(lag(row) < 0 for row in rows) - 1 == 10
    assert found[("words_twice", False)] == twice
    assert found[("words_short", False)] == short


def test_nothing_was_started_by_forty_thousand_events(oregon: Oregon) -> None:
    assert waiting(oregon.organisation_id) == []
    with tenant.use(oregon.organisation_id):
        kinds = set(Entry.objects.values_list("kind", flat=True))
        assert kinds == {"organisation.founded", "services.imported", "exposure.imported", "events.imported"}
        assert set(Event.objects.values_list("source", flat=True)) == {"history"}


def test_both_files_again_add_and_change_nothing(oregon: Oregon) -> None:
    with tenant.use(oregon.organisation_id):
        code = oregon_code(oregon)
        before = (Event.objects.count(), Event.objects.aggregate(Sum("version")), SourceRow.objects.count())
    log = imported(LOG, "oregon-log", code, services=FACILITIES)
    narratives = imported(NARRATIVES, "oregon-narratives", code)
    assert (log["created"], log["updated"], log["unchanged"]) == (0, 0, 35_762)
    assert (narratives["created"], narratives["updated"], narratives["unchanged"]) == (0, 0, 8_341)
    assert (log["services_opened"], log["exposure_months"], narratives["services_opened"]) == (0, 0, 0)
    with tenant.use(oregon.organisation_id):
        after = (Event.objects.count(), Event.objects.aggregate(Sum("version")), SourceRow.objects.count())
    assert after == before


def oregon_code(oregon: Oregon) -> str:
    from heedful.foundation.people.models import Organisation

    return Organisation.objects.values_list("code", flat=True).get(pk=oregon.organisation_id)


def test_the_import_is_fast_enough_to_wait_for(oregon: Oregon) -> None:
    # A floor for a busy machine; the benchmark says what it really does.
    assert oregon.rows_per_second > 150
