"""Writes the reference pages that come from the code; with `--check` it says which of them are out of date."""

import sys
from pathlib import Path

from heedful.config import env

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


PAGES = {"docs/reference/settings.md": settings_page}


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
