"""The real processes on this machine: a web server and a worker that can be killed, and phones that speak to them."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.test import Client

from heedful.foundation.people.models import Account
from tests.support.signing_in import sign_in


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Process:
    """One `heedful` command in a process group of its own, on the database of this test run."""

    command: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)
    running: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.running = subprocess.Popen(
            [sys.executable, "-m", "heedful", *self.command],
            env=os.environ | self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """As when the power goes: no goodbye, and nothing it had started lives on."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        self._signal(signal.SIGTERM)
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self.running is None:
            return
        try:
            os.killpg(self.running.pid, number)
        except ProcessLookupError:
            return
        try:
            self.running.wait(20)
        except subprocess.TimeoutExpired:
            return

    def cpu_seconds(self) -> float:
        """Of the process and all that it started, so far."""
        assert self.running is not None
        first = psutil.Process(self.running.pid)
        return sum(sum(one.cpu_times()[:2]) for one in [first, *first.children(recursive=True)])

    def memory(self) -> int:
        """Bytes that are its own, not shared."""
        assert self.running is not None
        first = psutil.Process(self.running.pid)
        return sum(one.memory_full_info().uss for one in [first, *first.children(recursive=True)])


def is_healthy(port: int) -> bool:
    try:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        asked.request("GET", "/healthz")
        status = asked.getresponse().status
        asked.close()
    except (OSError, http.client.HTTPException):
        return False
    return status == 200


class Lost(Exception):
    """No answer came: nobody knows whether it was done."""


class Phone:
    """One signed-in person over HTTP. Not for use by two threads at once."""

    def __init__(self, port: int, account: Account) -> None:
        self.port = port
        session = sign_in(Client(), account).cookies[settings.SESSION_COOKIE_NAME]
        self.cookies = {session.key: session.value}
        self.token = ""
        self.line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """One request; `Lost` when the line breaks, and the next one dials again."""
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        try:
            self.line.request(method, path, body or None, told)
            reply = self.line.getresponse()
            content = reply.read()
        except (OSError, http.client.HTTPException) as error:
            self.line.close()
            self.line = None
            raise Lost from error
        for said in reply.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(said).items()}
        return reply.status, content

    def send(self, report: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """A report as the phone delivers it: a fresh token once, then the body."""
        if not self.token:
            status, said = self.ask("GET", "/api/record/token")
            if status != 200:
                return status, {}
            self.token = json.loads(said)["token"]
        kind = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        status, said = self.ask("POST", "/api/record", json.dumps(report).encode(), **kind)
        return status, json.loads(said) if said.startswith(b"{") else {}

    def post(self, path: str, fields: Mapping[str, Any]) -> tuple[int, bytes]:
        body = urlencode(fields, doseq=True).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})
