"""Writes the reference pages that come from the code; with `--check` it says which of them are out of date."""

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from heedful.config import env
from heedful.loop.actions import rules as actions
from heedful.loop.audits import rules as audits
from heedful.loop.feedback import rules as feedback
from heedful.loop.incidents import rules as incidents
from heedful.loop.reviews import rules as reviews

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Settings

<!-- Made by `make docs` from `heedful.config.env.Settings`. Do not edit. -->

Heedful reads its settings from environment variables. A variable that is wrong or missing is named at the start,
all of them at once, each with its mend. `heedful doctor` shows whether the settings work.

Each secret may be kept in a file instead: `NAME_FILE` names the file that holds the value of `NAME`.

| Variable | Default | What it is |
|---|---|---|
"""


def settings_page() -> str:
    """docs/reference/settings.md"""
    lines = []
    for name, field in env.Settings.model_fields.items():
        needed = field.is_required()
        default = "**needed**" if needed else _shown(field.default)
        example = f" Example: `{field.examples[0]}`" if field.examples and "`" not in str(field.examples[0]) else ""
        secret = " Secret." if name in env.SECRETS else ""
        lines.append(f"| `{env.variable(name)}` | {default} | {field.description}{secret}{example} |")
    return HEAD + "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    return "" if value in (None, []) else f"`{str(value).lower() if isinstance(value, bool) else value}`"


STANDS = """# Where things stand

<!-- Made by `make docs` from the tables of transitions in each stage's `rules`. Do not edit. -->

What can be done with a thing as it stands, and where that leads. The same tables decide what a page offers and what is
refused; whatever is not drawn here is refused with its reason.
"""
Table = Mapping[tuple[StrEnum, StrEnum], StrEnum]
# What it is, a sentence about it, and its table. The first row begins where a new one stands.
TABLES: tuple[tuple[str, str, Table], ...] = (
    (
        "An event",
        "A decision never waits for a correction: what was sent back can be triaged as it stands.",
        {(status, move): after for status, moves in incidents.TRANSITIONS.items() for move, after in moves.items()},
    ),
    ("A review", "It closes only when every question is answered.", dict(reviews.TRANSITIONS)),
    (
        "A theme",
        "It opens again by itself when a verdict says that a change made no difference, or that it got worse.",
        dict(reviews.THEME_TRANSITIONS),
    ),
    ("An action", "Done is not verified: somebody else checks it.", dict(actions.TRANSITIONS)),
    ("A check of practice", "A sample is never drawn twice; two people cancel.", dict(audits.TRANSITIONS)),
    (
        "A bulletin",
        "Whatever is written anew is a draft again. What went out never changes.",
        dict(feedback.BULLETIN_TRANSITIONS),
    ),
)


def stands_page() -> str:
    """docs/reference/states.md"""
    parts = [f"## {name}\n\n{said}\n\n```mermaid\n{diagram(table)}\n```\n" for name, said, table in TABLES]
    return "\n".join([STANDS, *parts])


def diagram(table: Table) -> str:
    """A table of transitions as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(table))[0]}"]
    lines += [f"    {before} --> {after}: {move.replace('_', ' ')}" for (before, move), after in table.items()]
    return "\n".join(lines)


PAGES = {"docs/reference/settings.md": settings_page, "docs/reference/states.md": stands_page}


def stale(root: Path = ROOT) -> list[str]:
    """Pages whose text is not what the code says."""
    return [name for name, page in PAGES.items() if _read(root / name) != page()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    if "--check" in sys.argv:
        old = stale()
        for name in old:
            sys.stdout.write(f"{name} is out of date: run `make docs` and commit it.\n")
        return bool(old)
    for name, page in PAGES.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
