"""A private PostgreSQL server on a socket that nobody else can open; started as root it gives up root first."""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from heedful.hosting.binaries import Binaries

SUPERUSER = "postgres"
START_SECONDS = 60
STOP_SECONDS = 60


class ClusterError(Exception):
    """The private server cannot be used; the message says why."""


@dataclass(frozen=True)
class Account:
    """The operating system's account that runs the server."""

    name: str
    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()


def server_account() -> Account:
    """Ourselves; as root (PostgreSQL refuses root) the account `postgres`, or else `nobody`."""
    if os.geteuid() != 0:
        return Account("", os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise ClusterError("PostgreSQL does not run as root, and there is no account `postgres` or `nobody` to run it as.")


class Cluster:
    """One data folder and the server on it. `home` is ours; `home/data` belongs to the account that runs the server."""

    def __init__(self, home: Path, binaries: Binaries, *, durable: bool) -> None:
        self.home = home
        self.data = home / "data"
        self.log = home / "log" / "postgres.log"
        self.account = server_account()
        self.durable = durable
        self.binaries = binaries

    @property
    def socket(self) -> Path:
        """A short private folder: a socket's path may not be longer than about 100 characters."""
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"heedful-socket-{self.account.uid}-{digest}"

    def url(self, user: str, database: str) -> str:
        return f"postgresql://{user}@/{database}?host={self.socket}"

    def start(self) -> None:
        """Make the data folder if there is none, and start the server if it does not run."""
        self._make_folders()
        self._make_reachable()
        if not (self.data / "PG_VERSION").exists():
            self._init()
        if not self.is_running():
            self._launch()

    def is_running(self) -> bool:
        try:
            with psycopg.connect(make_conninfo(self.url(SUPERUSER, "postgres"), connect_timeout=3)):
                return True
        except psycopg.OperationalError:
            return False

    def stop(self) -> None:
        """Stop the server, whoever started it; returns when it has gone."""
        pid = self._pid()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while self._pid() is not None and time.monotonic() < deadline:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            time.sleep(0.05)
        if self._pid() is not None:
            raise ClusterError(f"The database server (process {pid}) did not stop within {STOP_SECONDS} seconds.")
        shutil.rmtree(self.socket, ignore_errors=True)

    def remove(self) -> None:
        """Stop the server and delete everything it kept."""
        self.stop()
        for folder in (self.home, self.socket):
            shutil.rmtree(folder, ignore_errors=True)

    def _make_folders(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        if not self.account.is_me and not _is_public(self.home):
            raise ClusterError(
                f"{self.home} lies in a private folder that the account {self.account.name} cannot enter."
            )
        for folder in (self.data, self.log.parent, self.socket):
            folder.mkdir(mode=0o700, exist_ok=True)
            owner = folder.stat().st_uid
            if folder.is_symlink() or owner not in {os.geteuid(), self.account.uid}:
                raise ClusterError(f"{folder} belongs to somebody else. Remove it, or ask them to.")
            os.chown(folder, self.account.uid, self.account.gid)
            folder.chmod(0o700)

    def _make_reachable(self) -> None:
        """As root, copy the wheel's programs when they lie in a folder the server's account cannot enter."""
        if self.account.is_me or not self.binaries.wheel or _is_public(self.binaries.folder):
            return
        install = self.binaries.folder.parent
        package = install.parent
        copy = self.home / "programs"
        if not (copy / package.name / install.name).exists():
            partial = self.home / "programs.partial"
            shutil.rmtree(partial, ignore_errors=True)
            skip = shutil.ignore_patterns("*.a", "include", "pkgconfig")
            shutil.copytree(install, partial / package.name / install.name, symlinks=True, ignore=skip)
            shutil.copytree(package.parent / f"{package.name}.libs", partial / f"{package.name}.libs", symlinks=True)
            shutil.rmtree(copy, ignore_errors=True)
            partial.rename(copy)
        self.binaries = Binaries(self.binaries.version, copy / package.name / install.name / "bin", wheel=True)

    def _init(self) -> None:
        # The wheel has no ICU, and not every system has C.UTF-8: use PostgreSQL's own where there is one.
        own = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = own if self.binaries.version >= 17 else ["--locale=C.UTF-8"]
        options = ["--auth=trust", "--encoding=UTF8", "--username", SUPERUSER, *locale]
        if not self.durable:
            options.append("--no-sync")
        done = subprocess.run(
            self._as_account([self.binaries.path("initdb"), "-D", str(self.data), *options]),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )
        if done.returncode:
            raise ClusterError(f"The database could not be made: {done.stderr.strip() or done.stdout.strip()}")

    def _launch(self) -> None:
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.socket), "max_connections": "60"}
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [self.binaries.path("postgres"), "-D", str(self.data)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # Its own session: Ctrl-C must reach it last, from stop().
            process = subprocess.Popen(
                self._as_account(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )
        finally:
            os.close(log)
        self._wait_until_ready(process)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.is_running():
                return
            if process.poll() is not None:
                break
            time.sleep(0.05)
        said = self.log.read_text(errors="replace").strip().splitlines()[-3:] if self.log.exists() else []
        raise ClusterError("The database server did not start: " + " / ".join(said))

    def _pid(self) -> int | None:
        """The running server's process, from its own note; None when it does not run."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        # After a crash of the machine the number may belong to another program.
        command = Path(f"/proc/{pid}/cmdline")
        foreign = command.exists() and str(self.data).encode() not in command.read_bytes()
        return None if foreign else pid

    def _as_account(self, command: list[str]) -> list[str]:
        if self.account.is_me:
            return command
        setpriv = shutil.which("setpriv")
        if setpriv:
            ids = [f"--reuid={self.account.uid}", f"--regid={self.account.gid}", "--clear-groups"]
            return [setpriv, *ids, *command]
        runuser = shutil.which("runuser")
        if runuser:
            return [runuser, "-u", self.account.name, "--", *command]
        raise ClusterError("PostgreSQL does not run as root; install util-linux (setpriv), or do not start as root.")


def _is_public(folder: Path) -> bool:
    """Whether every account may enter the folder."""
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.resolve().parents))


def public_home(name: str, key: Path) -> Path:
    """A folder for a server that root starts: in a place every account may enter, one per key."""
    digest = hashlib.sha256(str(key.resolve()).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"heedful-{name}-{digest}"  # noqa: S108  (ownership is checked)
