"""`heedful demo`: starts database, web server and worker on this machine, and stops all of them at the end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import psycopg
import typer

from heedful.hosting import embedded, shape

HOST = "127.0.0.1"
PORTS_TRIED = 20
READY_SECONDS = 60
STOP_SECONDS = 15
START_PAGE = "/demo/"


class DemoError(Exception):
    """The demonstration cannot go on; the message says why."""


class Stopped(Exception):
    """Ctrl-C, or the system's request to end."""


def demo(*, port: int, folder: Path | None, reset: bool, scale: float = 1.0) -> None:
    """Run the demonstration until it is stopped. `scale` thins out ordinary events, for tests."""
    place = (folder or default_folder()).resolve()
    if reset:
        embedded.remove(place)
    with _stoppable(), contextlib.suppress(Stopped), contextlib.ExitStack() as stack:
        stack.callback(typer.echo, "Stopped.")
        typer.echo(f"Heedful demonstration; its data lies in {place}")
        with _step("database"):
            database = embedded.start(place)
        stack.callback(database.stop)
        chosen = free_port(port)
        environ = _environment(database.environ | _compiled(place), chosen)
        stack.callback(_note_settings(place, environ).unlink, missing_ok=True)
        _run(stack, environ, chosen, place / "log", scale)


def default_folder() -> Path:
    """The user's own place for programs' data."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "heedful" / "demo"


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((HOST, port))
                if port != first:
                    typer.echo(f"Port {first} is taken; using {port}.")
                return port
    raise DemoError(f"Ports {first} to {first + PORTS_TRIED - 1} are all taken: choose another with --port.")


def _environment(settings: dict[str, str], port: int) -> dict[str, str]:
    """Only the demonstration's settings: nothing of another installation's may leak in."""
    foreign = ("HEEDFUL_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | settings | {"HEEDFUL_DEMO": "true", "HEEDFUL_BASE_URL": f"http://{HOST}:{port}"}


def _compiled(place: Path) -> dict[str, str]:
    """Where Python may not keep what it compiled, each of the four processes compiles it all again: keep it here."""
    unkept = sys.dont_write_bytecode or not os.access(Path(__file__).parent, os.W_OK)
    return {"PYTHONPYCACHEPREFIX": str(place / "compiled")} if unkept and not sys.pycache_prefix else {}


def _note_settings(place: Path, environ: dict[str, str]) -> Path:
    """For commands from another terminal while it runs: `heedful --env-file FOLDER/settings.env ...`."""
    path = place / "settings.env"
    told = {name: value for name, value in environ.items() if name == "DATABASE_URL" or name.startswith("HEEDFUL_")}
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name}='{value}'\n" for name, value in sorted(told.items()))
    return path


def _run(stack: contextlib.ExitStack, environ: dict[str, str], port: int, logs: Path, scale: float) -> None:
    """Each process loads for seconds: what is wanted next starts while something else is still being done."""
    logs.mkdir(exist_ok=True)
    with _loading(environ, scale) as load:
        _shape(environ)
        serving = {name: value for name, value in environ.items() if name != "DATABASE_OWNER_URL"}
        web = _child(stack, serving, logs / "web.log", "serve", "--port", str(port), "--workers", "1")
        load()
    children = {"web server": web}
    address = f"http://{HOST}:{port}"
    with _step("web server"):
        _wait_until_healthy(f"{address}/healthz", children, logs)
    # Not beside it: both load for seconds, and somebody waits for the page.
    children["worker"] = _child(stack, serving, logs / "worker.log", "worker")
    typer.secho(f"\nOpen {address}{START_PAGE}\nCtrl-C stops everything.\n", bold=True)
    while True:
        _fail_if_ended(children, logs)
        time.sleep(1)


def _shape(environ: dict[str, str]) -> None:
    if not shape.is_current(environ["DATABASE_OWNER_URL"]):
        with _step("tables"):
            _command(environ, "migrate")
        shape.note(environ["DATABASE_OWNER_URL"])


@contextlib.contextmanager
def _loading(environ: dict[str, str], scale: float) -> Iterator[Callable[[], None]]:
    """What fills the database when it is called; its process is made ready before there are tables."""
    if _is_loaded(environ["DATABASE_OWNER_URL"]):
        yield lambda: None
        return
    command = [sys.executable, "-m", "heedful", "demo-data", "--scale", str(scale), "--when-told"]
    with contextlib.ExitStack() as stack:
        child = subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, start_new_session=True)
        stack.callback(_end, child)

        def load() -> None:
            typer.echo("demonstration organisation ...")
            child.communicate(b"now\n")
            if child.returncode:
                raise DemoError("The demonstration organisation could not be loaded; what is above says why.")

        yield load


def _is_loaded(url: str) -> bool:
    """The mark is the last thing that loading writes; an empty database has no place for it."""
    with psycopg.connect(url) as connection, contextlib.suppress(psycopg.errors.UndefinedTable):
        row = connection.execute("SELECT demo FROM access_installation").fetchone()
        return bool(row and row[0])
    return False


def _child(stack: contextlib.ExitStack, environ: dict[str, str], log: Path, *command: str) -> subprocess.Popen[bytes]:
    file = stack.enter_context(log.open("wb"))
    child = subprocess.Popen(
        [sys.executable, "-m", "heedful", *command],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=file,
        stderr=file,
        # Its own group: the terminal's Ctrl-C comes to us, and we stop the children in order.
        start_new_session=True,
    )
    stack.callback(_end, child)
    return child


def _end(child: subprocess.Popen[bytes]) -> None:
    """Stop a child and everything it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(STOP_SECONDS)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _command(environ: dict[str, str], *command: str) -> None:
    """Run one `heedful` command to its end; its own words are shown when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "heedful", *command],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise DemoError(f"`heedful {' '.join(command)}` failed. {done.stdout.strip()[-2000:]}")


def is_healthy(address: str) -> bool:
    """Whether the web server says that it is well."""
    return _answer(address) == 200


def _answer(address: str) -> int | None:
    """The code that an address of ours answers with, or None while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
    except OSError:
        return None


def _wait_until_healthy(address: str, children: dict[str, subprocess.Popen[bytes]], logs: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    code = None
    while time.monotonic() < deadline:
        _fail_if_ended(children, logs)
        code = _answer(address)
        if code == 200:
            return
        if code not in {None, 503}:
            break
        time.sleep(0.1)
    said = f"answers {code}" if code else f"did not answer within {READY_SECONDS} seconds"
    raise DemoError(f"The web server {said}; see {logs / 'web.log'}")


def _fail_if_ended(children: dict[str, subprocess.Popen[bytes]], logs: Path) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise DemoError(f"The {name} ended by itself; see the files in {logs}")


@contextlib.contextmanager
def _step(name: str) -> Iterator[None]:
    """Say what is done, and how long it took."""
    typer.echo(f"{name} ... ", nl=False)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        typer.echo("")
        raise
    typer.echo(f"{time.monotonic() - started:.1f} s")


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Turn Ctrl-C and a request to end into Stopped, once: a second one must not break the clearing up."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
