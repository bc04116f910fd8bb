"""Reads reference cases and turns the R call that made each into the call of ours that must agree with it."""

import csv
import json
import math
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from heedful.stats import charts

HERE = Path(__file__).resolve().parent / "vectors"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "reference"

QIC_CHARTS = {"i": charts.i, "c": charts.c, "g": charts.g, "t": charts.t, "run": charts.run}
QIC_RATIOS = {"u": charts.u, "up": charts.u_prime, "p": charts.p, "pp": charts.p_prime}
DIRECTIONS = {"increase": "up", "decrease": "down", "neutral": "neutral"}


@dataclass(frozen=True)
class Case:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def about(self) -> dict:
        return json.loads((self.folder / "case.json").read_text())

    @cached_property
    def call(self) -> str:
        return self.about["call"].split("#")[0]

    @cached_property
    def inputs(self) -> list[dict[str, str]]:
        return _rows(self.folder / "input.csv")

    @cached_property
    def expected(self) -> list[dict[str, str]]:
        return _rows(self.folder / "expected.csv")

    def column(self, name: str) -> list[float]:
        return [number(row[name]) for row in self.inputs]

    def argument(self, name: str) -> str | None:
        found = re.search(
            rf'[(,]\s*{name}\s*=\s*("[^"]*"|c\([^)]*\)|as\.Date\([^)]*\)|ptd_target\([^)]*\)|[\w.]+)', self.call
        )
        return found.group(1).strip('"') if found else None

    def indices(self, name: str) -> list[int]:
        return [int(found) for found in re.findall(r"\d+", self.argument(name) or "")]


def number(text: str) -> float:
    return math.nan if text in ("", "NA", "NaN") else float(text)


def own_cases(prefixes: tuple[str, ...]) -> list[Case]:
    """The committed cases."""
    return [Case(folder) for folder in sorted(HERE.iterdir()) if folder.name.startswith(prefixes)]


def cases_beside(prefixes: tuple[str, ...]) -> list[Case]:
    """The cases of the reference folder beside the repository that are not committed here; none if it is absent."""
    if not BESIDE.is_dir():
        return []
    folders = [found.parent for found in sorted(BESIDE.rglob("case.json"))]
    return [
        Case(folder) for folder in folders if folder.name.startswith(prefixes) and not (HERE / folder.name).exists()
    ]


def qic_chart(case: Case) -> charts.Chart | None:
    """Our chart for a qicharts2 case; None if we have no such chart."""
    kind = case.argument("chart") or "run"
    if kind not in QIC_CHARTS | QIC_RATIOS:
        return None
    counts = case.column(re.match(r"qic\(\s*\w+\s*,\s*(\w+)", case.call).group(1))
    options = {
        "parts": case.indices("part"),
        "exclude": [place - 1 for place in case.indices("exclude")],
        "freeze": next(iter(case.indices("freeze")), None),
    }
    if kind in QIC_CHARTS:
        return QIC_CHARTS[kind](counts, **options)
    exposure = case.column(case.argument("n"))
    return QIC_RATIOS[kind](counts, exposure, multiply=float(case.argument("multiply") or 1), **options)


def ptd_chart(case: Case) -> charts.XmrChart:
    """Our chart for an NHSRplotthedots case."""
    rebases = set(re.findall(r"\d{4}-\d{2}-\d{2}", case.call))
    target = re.search(r"ptd_target\(([\d.eE+-]+)\)", case.call)
    return charts.xmr(
        case.column("value"),
        direction=DIRECTIONS[case.argument("improvement_direction") or "increase"],
        parts=[place for place, row in enumerate(case.inputs) if row["date"] in rebases],
        fix_after=next(iter(case.indices("fix_after_n_points")), None),
        target=float(target.group(1)) if target else None,
        screen=case.argument("screen_outliers") != "FALSE",
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))
