"""A PostgreSQL of the tests' own: Debian's programs, a data folder of its own, a free port of this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

SUPERUSER = "postgres"
PATIENCE = 60.0  # seconds until it answers, on a slow machine
MISSING = "PostgreSQL is missing: tools/postgresql installs it where apt may; on Debian: apt-get install postgresql"


def programs() -> Path:
    """Where `initdb` and `postgres` are; the newest, where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.fail(MISSING)
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


@contextmanager
def server(within: Path | None = None) -> Iterator[str]:
    """The address of a server that lives as long as the context, without a database's name. within: a folder for its
    own; else that of the machine."""
    where, folder = programs(), Path(tempfile.mkdtemp(prefix="registry-of-tests-", dir=within))
    try:
        who = {} if os.getuid() else _as_another(folder)
        made = subprocess.run(
            [where / "initdb", "-D", folder / "data", "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            capture_output=True, text=True, cwd=folder, check=False, timeout=PATIENCE, **who,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        port = _free()
        settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
        given = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("w") as log:
            child = subprocess.Popen(
                [where / "postgres", "-D", folder / "data", *given], stdout=log, stderr=log, cwd=folder, **who
            )
        try:
            address = f"postgresql://{SUPERUSER}@127.0.0.1:{port}"
            _answering(address, child, folder / "log")
            yield address
        finally:
            _end(folder / "data" / "postmaster.pid")
            child.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def killed(address: str) -> Iterator[None]:
    """The server is killed at once, with all that it was doing; it is there again at the end, on the same port."""
    with psycopg.connect(f"{address}/postgres") as connection:
        [folder] = connection.execute("SHOW data_directory").fetchone() or [""]
    file = Path(folder) / "postmaster.pid"
    server = int(file.read_text().split()[0])
    command = Path(f"/proc/{server}/cmdline").read_bytes().rstrip(b"\0").decode().split("\0")
    os.kill(server, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(server, 0)
    try:
        yield
    finally:
        who = {} if os.getuid() else _as_another(file.parent.parent)
        log = file.parent.parent / "log"
        with log.open("a") as out:
            child = subprocess.Popen(command, stdout=out, stderr=out, cwd=file.parent.parent, **who)
        _answering(address, child, log)


def _end(file: Path) -> None:
    """A fast shutdown of whichever server runs over the folder now, and its end where that takes too long."""
    with suppress(FileNotFoundError, ProcessLookupError):  # it has ended by itself
        server = int(file.read_text().split()[0])
        os.kill(server, signal.SIGINT)
        until = time.monotonic() + PATIENCE
        while file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        if file.exists():
            os.kill(server, signal.SIGKILL)


@contextmanager
def stopped(address: str) -> Iterator[None]:
    """The server and every process of it stand still: it neither answers nor refuses."""
    server, processes = _processes(address)
    try:
        for pid in (server, *processes):
            _signal(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in (server, *processes):
            _signal(pid, signal.SIGCONT)


def _processes(address: str) -> tuple[int, list[int]]:
    """Of the server itself, and of all that it started."""
    with psycopg.connect(f"{address}/postgres") as connection:
        found = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
        held = Path(f"/proc/{found[0][0]}/status").read_text()
    server = int(next(line for line in held.splitlines() if line.startswith("PPid:")).split()[1])
    return server, [pid for (pid,) in found if Path(f"/proc/{pid}").exists()]


def _signal(pid: int, which: signal.Signals) -> None:
    """The process of the connection that listed them is gone by now."""
    with suppress(ProcessLookupError):
        os.kill(pid, which)


def database(address: str, name: str) -> str:
    """The address of a new, empty database."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{address}/{name}"


def _as_another(folder: Path) -> dict[str, int]:
    """PostgreSQL does not run for root. Debian's package brings an account; where that was lost, nobody's will do."""
    try:
        account = pwd.getpwnam(SUPERUSER)
    except KeyError:
        account = pwd.getpwnam("nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid}


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answering(address: str, child: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert child.poll() is None, log.read_text()
        try:
            psycopg.connect(f"{address}/postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError(f"PostgreSQL does not answer: {log.read_text()}")
