"""The size ratchet: what is larger than it should be is listed in sizes.json, and may only shrink.

`python tools/sizes.py` checks; with `--write` it lowers the list to what is there now. It never raises it; only when
there is no list at all is one written whole.
"""

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "tools" / "sizes.json"


@dataclass(frozen=True)
class Limit:
    """Above `look` a thing must stand in the list; above `most` it must be split."""

    look: int
    most: int


LIMITS = {"function": Limit(30, 50), "file": Limit(300, 400), "template": Limit(100, 100)}
FOLDERS = ("src", "tools", "benchmarks")


def measure(root: Path = ROOT) -> Iterator[tuple[str, str, int]]:
    """Kind, name and number of lines of every function, file and template of ours."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if "migrations" in path.parts or "vendor" in path.parts or "node_modules" in path.parts:
                continue
            name = path.relative_to(root).as_posix()
            if path.suffix == ".py":
                text = path.read_text(encoding="utf-8")
                yield "file", name, text.count("\n")
                yield from (("function", f"{name}::{title}", lines) for title, lines in functions(text))
            elif path.suffix == ".html":
                yield "template", name, path.read_text(encoding="utf-8").count("\n")


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Qualified name and number of lines of each function in a file."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            title = prefix
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                title = f"{prefix}{child.name}."
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield title.rstrip("."), (child.end_lineno or child.lineno) - child.lineno + 1
            yield from walk(child, title)

    return walk(ast.parse(text), "")


def large(root: Path = ROOT) -> dict[str, int]:
    """What is above the line to look again at."""
    return {name: lines for kind, name, lines in measure(root) if lines > LIMITS[kind].look}


def problems(found: dict[str, int], allowed: dict[str, int]) -> list[str]:
    """What grew, what is new and large, and what shrank but still stands in the list."""
    said = []
    for name, lines in sorted(found.items()):
        if lines > _most(name):
            said.append(f"{name}: {lines} lines, at most {_most(name)}. Split it.")
        elif name not in allowed:
            said.append(f"{name}: {lines} lines. Make it shorter.")
        elif lines > allowed[name]:
            said.append(f"{name}: grew from {allowed[name]} to {lines} lines. Make it shorter.")
    slack = [name for name, lines in sorted(allowed.items()) if found.get(name, 0) < lines]
    return said + [f"{name}: is shorter now. Run `make sizes` and commit the list." for name in slack]


def lowered(found: dict[str, int], allowed: dict[str, int]) -> dict[str, int]:
    """The list with everything that shrank or went away."""
    return {name: min(lines, found[name]) for name, lines in sorted(allowed.items()) if name in found}


def _most(name: str) -> int:
    kind = "function" if "::" in name else "template" if name.endswith(".html") else "file"
    return LIMITS[kind].most


def main() -> int:
    allowed = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    found = large()
    if "--write" in sys.argv:
        allowed = lowered(found, allowed) if BASELINE.exists() else found
        BASELINE.write_text(json.dumps(allowed, indent=2) + "\n")
    said = problems(found, allowed)
    for line in said:
        sys.stdout.write(line + "\n")
    return bool(said)


if __name__ == "__main__":
    sys.exit(main())
