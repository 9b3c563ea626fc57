"""Whoever stops in the middle of a request or of an answer is let go."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from threading import Timer
from time import monotonic
from types import ModuleType, SimpleNamespace

import pytest

FILE = Path(__file__).parent.parent / "gunicorn.conf.py"


@pytest.fixture
def conf() -> ModuleType:
    loader = SourceFileLoader("served_by", str(FILE))
    spec = spec_from_loader("served_by", loader)
    assert spec
    made = module_from_spec(spec)
    loader.exec_module(made)
    return made


@pytest.fixture
def met(conf: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[socket.socket, socket.socket]]:
    """The ends of a connection, as the server and its reader hold them; the server waits a second at most."""
    monkeypatch.setattr(conf, "STALLED", dict.fromkeys(conf.STALLED, 1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        log = SimpleNamespace(error_log=logging.getLogger("stalled"))
        conf.when_ready(SimpleNamespace(LISTENERS=[SimpleNamespace(sock=listener)], log=log))
        with socket.create_connection(listener.getsockname()) as reader:
            ours, _ = listener.accept()
            cut = Timer(30, reader.shutdown, (socket.SHUT_RDWR,))  # who waits for ever is told that nobody is there
            cut.start()
            with ours:
                yield ours, reader
            cut.cancel()


def test_half_a_request_does_not_hold_a_thread(met: tuple[socket.socket, socket.socket]) -> None:
    ours, reader = met
    reader.sendall(b"GET / HTTP/1.1\r\n")
    assert ours.recv(100) == b"GET / HTTP/1.1\r\n"
    with pytest.raises(BlockingIOError):
        ours.recv(100)


def test_a_reader_who_takes_nothing_does_not_hold_a_thread(met: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(BlockingIOError):
        met[0].sendall(bytes(50_000_000))


def test_a_reader_who_takes_a_few_bytes_now_and_then_does_not_hold_a_thread(
    met: tuple[socket.socket, socket.socket], conf: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, reader = met
    monkeypatch.setattr(conf, "TAKEN", 1)
    conf.pre_request(None, SimpleNamespace(method="GET", unreader=SimpleNamespace(sock=ours)))
    begun = monotonic()
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(ours.sendall, bytes(50_000_000))
        while not sent.done() and monotonic() - begun < 20:
            reader.recv(10)
        with pytest.raises(TimeoutError):
            sent.result()
    assert monotonic() - begun < 10


def test_strangers_who_stall_or_send_what_is_no_request_write_nothing_to_the_log(conf: ModuleType) -> None:
    def line(fault: Exception | None, words: str = "A fault") -> logging.LogRecord:
        return logging.LogRecord("", logging.ERROR, "", 0, words, (), (type(fault), fault, None) if fault else None)

    assert conf.told(line(OSError("disk"))) and not conf.told(line(BlockingIOError(11, "again")))
    assert not conf.told(line(TimeoutError("timed out")))
    assert conf.told(line(None)) and not conf.told(line(None, "Invalid request from ip=192.0.2.7: Invalid HTTP Header"))
