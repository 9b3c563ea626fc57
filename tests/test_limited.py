"""The child process in which hostile files are read: what becomes of it, and that nothing becomes of us."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import orjson
import pytest

from data_access.ingest.faults import Fault
from data_access.ingest.limited import MEGABYTE, Limits, messages
from tests.limited_children import PORT, WRITTEN

CHILDREN = "tests.limited_children"
NARROW = Limits(memory=400 * MEGABYTE, cpu=1, quiet=60, line=1_000_000)
IMPATIENT = Limits(quiet=3)


def said(way: str, limits: Limits = NARROW) -> list[object]:
    return [orjson.loads(line) for line in messages(CHILDREN, [way], "made.xml", limits)]


def test_what_a_child_says_arrives_in_order() -> None:
    assert said("end") == [["first", 1], {"text": "Côte d'Ivoire\n"}]


@pytest.mark.parametrize(
    ("way", "code", "reason"),
    [
        ("memory", "LIMIT-01", "needs more than the 400 MB of memory"),
        ("crash", "LIMIT-01", "needs more than"),
        ("kill", "LIMIT-05", "(signal 9)"),
        ("processor", "LIMIT-02", "needs more than the 1 s of processor time"),
        ("silence", "LIMIT-03", "no progress in 3 seconds"),
        ("length", "LIMIT-04", "more than 1,000,000 bytes"),
        ("failure", "LIMIT-05", "(ValueError: a sentence of two lines)"),
        ("exit", "LIMIT-05", "(exit code 9)"),
    ],
)
def test_a_child_that_comes_to_a_bad_end_is_one_sentence(way: str, code: str, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(Fault) as told:
        said(way, IMPATIENT if way == "silence" else NARROW)
    assert (told.value.file, told.value.code, told.value.severity) == ("made.xml", code, "file")
    assert reason in told.value.reason and "Traceback" not in str(told.value) and "\n" not in str(told.value)
    assert time.monotonic() - began < 60


def test_a_child_reaches_no_network_where_the_system_lets_us_forbid_it() -> None:
    with socket.create_server(("127.0.0.1", PORT)) as listener:
        listener.settimeout(0.2)
        answer = said("network")[-1]
        if answer == "connected":
            pytest.skip("this system gives no process a network of its own")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_child_writes_no_file() -> None:
    WRITTEN.unlink(missing_ok=True)
    with pytest.raises(Fault):
        said("file")
    assert not WRITTEN.exists() or not WRITTEN.read_bytes()


def test_a_reading_that_is_given_up_leaves_no_child_behind() -> None:
    reading = messages(CHILDREN, ["silence"], "made.xml", Limits(quiet=20))
    reading.close()
    reading = messages(CHILDREN, ["where"], "made.xml", Limits(quiet=20))
    pid = [orjson.loads(line) for line in reading][-1]
    assert not Path(f"/proc/{pid}").exists()
