"""`heedful demo` as somebody runs it: in an empty folder, to the start page, a sign-in, and Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from heedful.hosting import embedded, shape, supervise

PORT = 18_600
SECONDS = 420
OWN = ("HEEDFUL_", "DATABASE_", "DJANGO_", "TEST_")


class Demonstration:
    """One started `heedful demo`, the leader of its own process group as in a terminal."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "kept"
        self.port = supervise.free_port(PORT)
        command = ["demo", "--folder", str(self.place), "--port", str(self.port), "--scale", "0"]
        with (folder / "said.txt").open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "heedful", *command],
                cwd=folder,
                env={name: value for name, value in os.environ.items() if not name.startswith(OWN)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.said = folder / "said.txt"

    def wait_for(self, words: str) -> str:
        """Until it says so; an end before that is a failure, with all it said."""
        deadline = time.monotonic() + SECONDS
        while words not in self.said.read_text():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.2)
        return self.said.read_text()

    def interrupt(self) -> int:
        """Ctrl-C: the terminal sends it to the whole group."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(60)

    def clear(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
        embedded.remove(self.place)


@pytest.fixture
def demonstration() -> Iterator[Demonstration]:
    with tempfile.TemporaryDirectory() as folder:
        started = Demonstration(Path(folder))
        try:
            yield started
        finally:
            started.clear()


def descendants(pid: int) -> set[int]:
    """Every process that this one started, and those that they started."""
    below: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/task/*/children"):
        if path.parts[2] == str(pid):
            children = {int(child) for child in path.read_text().split()}
            below |= children.union(*(descendants(child) for child in children))
    return below


def is_there(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


class Browser:
    """Keeps cookies and follows redirects."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.address = ""

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(self.base + path))

    def send(self, page: str, path: str, **values: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:2000]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **values}).encode()
        return self._open(urllib.request.Request(self.base + path, body, {"Referer": self.base + path}))

    def _open(self, request: urllib.request.Request) -> str:
        with self.opener.open(request, timeout=60) as answer:
            self.address = urllib.parse.urlsplit(answer.url).path
            return str(answer.read().decode())


def code_of(page: str, key: str) -> str:
    found = re.search(rf'data-demo-code="{key}">(\d{{6}})<', page)
    assert found, page[:2000]
    return found[1]


def test_the_demonstration_starts_signs_somebody_in_and_leaves_nothing_behind(demonstration: Demonstration) -> None:
    said = demonstration.wait_for("Ctrl-C stops everything.")
    assert f"Open http://127.0.0.1:{demonstration.port}/demo/" in said
    browser = Browser(demonstration.port)
    start = browser.get("/demo/")
    password = re.search(r"<dt>Password</dt><dd>([^<]+)</dd>", start)
    assert password
    asked = browser.send(
        browser.get("/account/login/"), "/account/login/", login="larkrise/amira", password=password[1]
    )
    home = browser.send(asked, browser.address, code=code_of(browser.get("/demo/"), "amira"))
    assert "Amira Haldenby" in home
    assert "Amira Haldenby" in browser.get("/")

    started = {demonstration.process.pid, *descendants(demonstration.process.pid)}
    started.add(int((embedded.home_of(demonstration.place) / "data" / "postmaster.pid").read_text().split()[0]))
    assert len(started) >= 4  # itself, the database, the web server with its process, the worker
    assert demonstration.interrupt() == 0
    assert "Stopped." in demonstration.said.read_text()
    assert not [pid for pid in started if is_there(pid)]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", demonstration.port)) != 0
    assert not (demonstration.place / "settings.env").exists()


def test_a_database_is_made_anew_only_when_what_shapes_it_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    url = os.environ["TEST_DATABASE_OWNER_URL"]
    assert not shape.is_current(url)
    shape.note(url)
    assert shape.is_current(url)
    monkeypatch.setattr(shape, "SHAPERS", (*shape.SHAPERS, "cli.py"))
    assert not shape.is_current(url)
