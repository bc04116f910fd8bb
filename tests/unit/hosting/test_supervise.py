"""The demonstration's supervisor: ports, and what its children may know."""

import socket
from pathlib import Path

import pytest

from heedful.hosting import supervise


def test_a_port_that_is_taken_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        chosen = supervise.free_port(port)
        assert chosen > port
        assert f"Port {port} is taken; using {chosen}." in capsys.readouterr().out


def test_no_setting_of_another_installation_leaks_into_the_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://production/heedful")
    monkeypatch.setenv("DATABASE_SUPERUSER_URL", "postgresql://production/postgres")
    monkeypatch.setenv("HEEDFUL_EMAIL_URL", "smtp://mail.example.org")
    monkeypatch.setenv("HEEDFUL_BASE_URL", "https://heedful.example.org")
    environ = supervise._environment({"DATABASE_URL": "postgresql:///demo"}, 8001)
    assert environ["DATABASE_URL"] == "postgresql:///demo"
    assert environ["HEEDFUL_BASE_URL"] == "http://127.0.0.1:8001"
    assert environ["HEEDFUL_DEMO"] == "true"
    assert "HEEDFUL_EMAIL_URL" not in environ
    assert "DATABASE_SUPERUSER_URL" not in environ


def test_an_unreachable_server_is_not_healthy() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert not supervise.is_healthy(f"http://127.0.0.1:{port}/healthz")


def test_the_default_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert supervise.default_folder() == tmp_path / "heedful" / "demo"
