"""The files of an installation agree with the settings class, the commands and each other."""

import re
from pathlib import Path

import yaml
from typer.main import get_command

from heedful.cli import app
from heedful.config import env

ROOT = Path(__file__).resolve().parents[3]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
EXAMPLE = dict(
    line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if re.match(r"[A-Z_]+=", line)
)
OURS = {name: service for name, service in COMPOSE["services"].items() if name != "db"}


def test_the_settings_class_knows_every_variable_of_the_compose_file() -> None:
    given = {name for service in OURS.values() for name in service["environment"]}
    assert given
    assert given <= env.variables()


def test_the_example_sets_every_variable_that_the_compose_file_asks_for() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    assert asked == set(EXAMPLE)


def test_the_settings_class_knows_every_variable_of_the_example() -> None:
    ours = {name for name in EXAMPLE if not name.startswith("POSTGRES_")}
    assert ours <= env.variables()


def test_the_example_gives_nobody_a_ready_made_secret() -> None:
    assert {name for name, value in EXAMPLE.items() if value} == {
        "HEEDFUL_BASE_URL",
        "HEEDFUL_TRUSTED_PROXY_COUNT",
        "HEEDFUL_FROM_EMAIL",
    }


def test_every_command_of_the_compose_file_exists() -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    used = {service["command"][1] for service in OURS.values() if "command" in service}
    used |= {service["healthcheck"]["test"][2] for service in OURS.values() if "healthcheck" in service}
    assert used <= commands


def test_the_serving_processes_know_only_the_role_that_serves() -> None:
    for name in ("web", "worker"):
        assert "DATABASE_OWNER_URL" not in OURS[name]["environment"]
        assert "DATABASE_BACKUP_URL" not in OURS[name]["environment"]
        assert "DATABASE_SUPERUSER_URL" not in OURS[name]["environment"]


def test_nothing_runs_as_root_or_may_become_it() -> None:
    for service in OURS.values():
        assert service["user"] != "0:0"
        assert service["read_only"] is True
        assert "no-new-privileges:true" in service["security_opt"]


def test_the_locks_pin_every_package_by_hash_and_name_no_registry() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text()
        assert "http" not in text
        assert "--index" not in text
        pins = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", text, re.M | re.S)
        assert len(pins) > 50
        assert all("--hash=sha256:" in pin for pin in pins)


def test_the_test_lock_holds_the_same_versions_as_the_runtime_lock() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.M))

    assert pins("requirements.lock") <= pins("requirements-test.lock")
