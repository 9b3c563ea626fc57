"""Children that end badly, each in its own way, for the tests of `data_access.ingest.limited`."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WRITTEN = Path("/tmp/written-by-a-limited-child")
PORT = 47811  # where the test listens


def main(arguments: Sequence[str], say: Callable[[Any], object]) -> None:
    """Says two things, then does what it is told to."""
    say(["first", 1])
    say({"text": "Côte d'Ivoire\n"})
    WAYS[arguments[0]](say)


def _fill_memory(_: Callable[[Any], object]) -> None:
    held = [bytearray(1 << 24) for _ in range(1000)]
    raise AssertionError(len(held))


def _turn(_: Callable[[Any], object]) -> None:
    while True:
        pass


def _say_too_much(say: Callable[[Any], object]) -> None:
    say("x" * 3_000_000)


def _fail(_: Callable[[Any], object]) -> None:
    raise ValueError("a sentence\nof two lines")


def _connect(say: Callable[[Any], object]) -> None:
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=2)
        say("connected")
    except OSError as wrong:
        say(type(wrong).__name__)


def _write(say: Callable[[Any], object]) -> None:
    WRITTEN.write_text("x" * 10)
    say("written")


WAYS: dict[str, Callable[[Callable[[Any], object]], None]] = {
    "end": lambda say: None,
    "memory": _fill_memory,
    "processor": _turn,
    "silence": lambda say: time.sleep(60),
    "length": _say_too_much,
    "failure": _fail,
    "crash": lambda say: os.kill(os.getpid(), signal.SIGSEGV),
    "kill": lambda say: os.kill(os.getpid(), signal.SIGKILL),
    "exit": lambda say: os._exit(9),
    "network": _connect,
    "file": _write,
    "where": lambda say: say(os.getpid()),
}
