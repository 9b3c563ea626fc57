"""No test waits for ever: what tests wait for has a limit, and processes of theirs are ended whatever fails."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import at_once, begun, until

HERE = Path(__file__).parent
ASKING = ("subprocess.run", "urllib.request.urlopen")  # which take a limit by name
WAITING = ("join", "wait", "communicate")  # which wait for ever where nothing is given
LIMITED = ("both.wait",)  # barriers that have a limit of their own
BEGINNING = ("waiting.py", "postgres.py", "reading.py")  # what begins processes, and ends them whatever fails


def endless(text: str) -> Iterator[str]:
    """Calls in a module's text that may wait for ever."""
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        name, named = ast.unparse(call.func), {word.arg for word in call.keywords}
        given = named & {"timeout", None} if name in ASKING else call.args or named
        if not given and (name in ASKING or name.rpartition(".")[2] in WAITING) and name not in LIMITED:
            yield f"{call.lineno}: {name}"


def test_no_test_waits_without_a_limit_or_begins_a_process_that_nobody_ends() -> None:
    texts = {path: path.read_text("utf-8") for path in HERE.rglob("*.py")}
    assert len(texts) > 100
    assert {path.name: found for path, text in texts.items() if (found := list(endless(text)))} == {}
    begin = {path.name for path, text in texts.items() if "subprocess.Popen(" in text and path != Path(__file__)}
    assert begin == set(BEGINNING)


@pytest.mark.parametrize("call", ["thread.join()", "child.wait()", "subprocess.run(command, check=True)"])
def test_what_may_wait_for_ever_is_found(call: str) -> None:
    assert list(endless(call)) == [f"1: {call.partition('(')[0]}"]
    assert not list(endless(call.replace("()", "(5)").replace("True)", "True, timeout=5)")))


def test_a_process_does_not_outlive_what_is_done_with_it_nor_its_time() -> None:
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    began = time.monotonic()
    with pytest.raises(ZeroDivisionError), begun(sleeping) as process:
        _ = 1 // 0
    assert process.returncode == -9
    with begun(sleeping, 0.1) as process:
        assert process.wait(30) == -9
    assert time.monotonic() - began < 30


def test_what_never_happens_and_who_never_ends_fails() -> None:
    until(lambda: True)
    with pytest.raises(AssertionError, match="it never happened"):
        until(lambda: False, 0.02)
    done = list[int]()
    at_once(lambda: done.append(1), lambda: done.append(2))
    assert sorted(done) == [1, 2]
    with pytest.raises(AssertionError, match="it never happened"):
        at_once(lambda: time.sleep(1), seconds=0.02)
