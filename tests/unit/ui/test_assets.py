"""The build of the assets: what it makes, when it does nothing, and that nothing points to another host."""

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path, hook: ModuleType) -> Path:
    """The inputs of the build, without its outputs."""
    for name in ("package.json", "package-lock.json", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / hook.UI / "styles", tmp_path / hook.UI / "styles")
    return tmp_path


def test_what_was_built_belongs_to_the_present_inputs(hook: ModuleType) -> None:
    assert hook.is_current(ROOT / hook.VENDOR, hook.fingerprint(ROOT)), "run: python hatch_build.py"


def test_nothing_is_built_twice_and_a_changed_style_is_built_again(
    hook: ModuleType, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = copy / hook.VENDOR
    shutil.copytree(ROOT / hook.VENDOR, vendor)
    steps: list[str] = []
    for name in ("install", "compile_styles", "copy_scripts", "write_icons", "write_licences"):
        monkeypatch.setattr(hook, name, lambda *_, step=name: steps.append(step))
    (vendor / hook.STAMP).write_text(hook.fingerprint(copy))
    assert not hook.build(copy) and steps == []
    tokens = copy / hook.UI / "styles" / "_tokens.scss"
    tokens.write_text(tokens.read_text() + "\n// changed\n")
    assert hook.build(copy) and steps[:2] == ["install", "compile_styles"]


def test_a_missing_output_is_built_again(hook: ModuleType, copy: Path) -> None:
    vendor = copy / hook.VENDOR
    shutil.copytree(ROOT / hook.VENDOR, vendor)
    (vendor / "icons.json").unlink()
    assert not hook.is_current(vendor, (vendor / hook.STAMP).read_text())


def test_the_lock_file_holds_hashes_and_no_addresses_to_fetch_from() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert all("integrity" in one for name, one in packages.items() if name)


def test_the_style_sheet_brings_no_font_no_crown_and_no_foreign_address(hook: ModuleType) -> None:
    css = (ROOT / hook.VENDOR / "heedful.css").read_text()
    assert not [word for word in ("GDS Transport", "@font-face", "url(", "@import") if word in css]


def test_licences_travel_with_the_files(hook: ModuleType) -> None:
    folder = ROOT / hook.VENDOR / "LICENSES"
    assert "MIT License" in (folder / "govuk-frontend.txt").read_text()
    assert "ISC License" in (folder / "lucide.txt").read_text()
