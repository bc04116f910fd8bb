"""Every runtime dependency has its reasons on paper."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_runtime_dependency_has_a_decision_record() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["demo"]]
    names = {match.group() for entry in wanted if (match := re.match(r"[A-Za-z0-9-]+", entry))}
    records = "\n".join(path.name for path in (ROOT / "docs" / "adr").glob("*.md"))
    # Two packages of one maker that come and go together share a record.
    names.discard("django-pgtrigger")
    assert sorted(name for name in names if f"-{name}.md" not in records) == []


def test_decision_records_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
