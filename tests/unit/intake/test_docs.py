"""The page about maps names everything that a map can say, and the examples in the pages work."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from heedful.intake import file_words, mapping, maptext, vocabulary, wording
from heedful.intake.sheets.limits import Limits

DOCS = Path(__file__).resolve().parents[3] / "docs"
REFERENCE = (DOCS / "reference" / "import-map.md").read_text(encoding="utf-8")
MODELS = (
    mapping.EventMap, mapping.Fields, mapping.Text, mapping.Day, mapping.Code, mapping.Checks, mapping.Lookup,
    mapping.Services, mapping.Described, mapping.ServicesFile, mapping.Exposure,
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_every_setting_of_a_map_is_on_its_page(model: type[BaseModel]) -> None:
    named = set(re.findall(r"`([a-z_0-9]+)`|`(\w+):", REFERENCE))
    words = {word for pair in named for word in pair} | set(re.findall(r"\{(\w+):", REFERENCE))
    assert set(model.model_fields) - words == set()


def test_every_problem_of_a_row_is_on_its_page() -> None:
    told = REFERENCE.partition("## What a row is told")[2]
    assert set(re.findall(r"`(\w+)`", told)) - {"earliest", "expected"} == set(wording.PROBLEMS)


def test_the_example_in_the_guide_is_a_good_map(tmp_path: Path) -> None:
    guide = (DOCS / "how-to" / "import-events.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    path = tmp_path / "map.yaml"
    path.write_text(example, encoding="utf-8")
    assert isinstance(maptext.parsed(path), dict)
    mapping.refuse_unknown_codes(mapping.load(path), vocabulary.codes())


def test_every_refusal_of_a_file_and_every_limit_is_on_the_page_about_files() -> None:
    page = (DOCS / "reference" / "files.md").read_text(encoding="utf-8")
    assert set(file_words.REFUSALS) - set(re.findall(r"`(\w+)`", page)) == set()
    limits = Limits()
    megabytes = (limits.packed_bytes, limits.unpacked_bytes, limits.text_file_bytes, limits.text_bytes)
    counts = (limits.rows, limits.columns, limits.cells, limits.characters_per_cell, limits.sheets, limits.marks)
    for number in (
        *(size // 1_000_000 for size in megabytes),
        *counts,
        limits.parts,
        limits.text.bytes_unpacked // 10**6,
    ):
        assert f" {number:,} " in page
