"""Writes docs/reference/measures.md from the definitions: `python -m heedful.loop.measures.reference`."""

from pathlib import Path

import sqlglot
from django.conf import settings

from heedful.foundation.policies import taxonomy
from heedful.loop.measures import analysis
from heedful.loop.measures.catalogue import EARLY, HAPPENED, WELCOME, Measure, measures, per
from heedful.loop.measures.definitions import compiled

HEAD = """# Measures

<!-- Made by `python -m heedful.loop.measures.reference` from `heedful.loop.measures`. Do not edit. -->

Each measure is defined once, in `measures/definitions.py`, as an Ibis expression. Pages, tables and whatever reads a
figure later compile the same expression. What it says, in words:

- An event counts once, in the month of its `local_date`: the day on the clock of its service. A report that is linked
  as a duplicate of another does not count.
- **Went wrong**: every event, except those told only as {early} or {welcome}. One that was also called
  {happened} went wrong.
- **Near misses and worries** (`early`): told as {early}, and not as something that went wrong.
- A service's months start with its first event of any sort, and end with the month in which it closed. Between them a
  month without an event is a nought.
- Imported events count like others. Removed events do not.
- Everybody counts the events that they may open: not those of other services, of cases kept to a few people, or of a
  case from which they are shut out. The expression runs over `incidents.queries.visible_to(viewer)` and nothing else.
- **A rate** is a count over the exposure of the service's own measure. Without exposure for each of the last
  {recent} months, and for {least} in all, there is a count and never a rate. A viewer of one team has counts only.
"""


def page() -> str:
    head = HEAD.format(
        early=_either(EARLY),
        welcome=_either(WELCOME),
        happened=_either(HAPPENED),
        recent=analysis.RECENT,
        least=analysis.LEAST_MONTHS,
    )
    return "\n".join([head, *_measures(), "", *_exposures(), "", *_charts(), "", *_sql()]) + "\n"


def _measures() -> list[str]:
    rows = [f"| `{one.slug}` | {one.label} | {_counts(one)} | {_better(one)} |" for one in measures().values()]
    return ["## What is counted", "", "| Measure | Name | Counts | Better |", "|---|---|---|---|", *rows]


def _counts(one: Measure) -> str:
    if one.slug == "all":
        return "everything that went wrong"
    if one.group == "type":
        return f"went wrong, and its type is `{one.slug}`"
    return "see above" if one.slug == "early" else f"was called `{one.slug}`, whatever else it was called"


def _better(one: Measure) -> str:
    return "fewer" if one.better == "fewer" else "neither way: never called better or worse"


def _exposures() -> list[str]:
    found = [given for term in taxonomy("exposure_measures") if (given := per(term.slug))]
    rows = [f"| `{one.measure}` | {one.label} | {one.stored_in_one} | {one.per:,} |" for one in found]
    return ["## What rates are set against", "", "| Exposure | Name | Stored units in one | A rate is per |",
            "|---|---|---|---|", *rows]  # fmt: skip


def _charts() -> list[str]:
    a = analysis
    rows = [
        f"| fewer than {a.FEW_A_YEAR} a year | no chart: the days | |",
        f"| fewer than {a.LEAST_MONTHS} months | dots without judgement | |",
        f"| fewer than {a.LEAST_RUN:g} a month | days between (t) | {a.CHANCE['t']:.0%} |",
        f"| {a.LEAST_RATE:g} a month and more, with exposure | rate (Laney's u') | {a.CHANCE['u_prime']:.0%} |",
        f"| otherwise, fewer than {a.LEAST_XMR:g} a month | run chart of counts | {a.CHANCE['run']:.0%} |",
        f"| otherwise | XmR of counts | {a.CHANCE['xmr']:.0%} |",
    ]
    return [
        "## Which chart",
        "",
        "The first line that fits. “Wrong” is the share of charts in which nothing happens that would still be said to",
        f"differ now, that is in the last {a.RECENT} months: measured by simulation, rounded up, held by a test.",
        "",
        "| Data | Chart | Wrong |",
        "|---|---|---|",
        *rows,
    ]


def _sql() -> list[str]:
    text = sqlglot.parse_one(compiled("cases", "early")[0], read="postgres").sql("postgres", pretty=True)
    return [
        "## As it runs",
        "",
        "The cases behind `early`, compiled to PostgreSQL. `measured_events` is what the viewer may see.",
        "",
        "```sql",
        text,
        "```",
    ]


def _either(slugs: tuple[str, ...]) -> str:
    return " or ".join(f"`{slug}`" for slug in slugs)


def main() -> None:
    if not settings.configured:
        settings.configure(USE_I18N=False)  # needs no database, no secret and no language
    path = Path(__file__).resolve().parents[4] / "docs" / "reference" / "measures.md"
    path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
