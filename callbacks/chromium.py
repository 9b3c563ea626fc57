"""Chromium in a process group of its own, spoken to over two pipes. It reaches no network: whatever a page asks for is
answered from here, or refused. Nothing of it outlives the block that it is used in."""

from __future__ import annotations

import base64
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from io import FileIO
from time import monotonic
from typing import Any

import orjson

from dashboard.cite import NAME

HOST = "http://briefing.invalid"  # of nobody; its pages are those given
BEHIND = 10  # niceness: readers come first
LEAVING = 5.0  # seconds for the system to take away what was killed
READ, WRITE = 3, 4  # file descriptors at which Chromium listens and speaks
LAUNCH = (  # in the child, before it becomes Chromium; first out of the way of each other
    "import fcntl, os, sys; r, w = (fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3]); "
    f"os.dup2(r, {READ}); os.dup2(w, {WRITE}); os.nice({BEHIND}); os.execv(sys.argv[3], sys.argv[3:])"
)
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # it shows a page of ours, without a network; containers withhold the rights that the sandbox needs
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--mute-audio",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    f"--user-agent={NAME}",  # a PDF names it as what made the page
)
Files = Callable[[str], tuple[bytes, str] | None]  # path -> content and its kind


class Died(RuntimeError):
    """Chromium ended, or does not speak as it should."""


class Tab:
    """One page of a running Chromium."""

    def __init__(self, ears: int, mouth: int, until: float, files: Files) -> None:
        """until: by `monotonic`, after which nothing is waited for."""
        self._ears, self._mouth, self._until, self._files = ears, mouth, until, files
        self._held, self._number, self._session = b"", 0, ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Fetch.enable", patterns=[{"urlPattern": "*"}])

    def ask(self, method: str, **parameters: Any) -> Mapping[str, Any]:
        """The answer to one command. Raises Died, TimeoutError."""
        number = self._say(method, parameters)
        while True:
            heard = self._hear()
            if heard.get("method") == "Fetch.requestPaused":
                self._answer(heard["params"])
            elif heard.get("id") == number:
                if "error" in heard:
                    raise Died(f"{method}: {heard['error'].get('message', '')}")
                return dict(heard["result"])

    def value(self, expression: str) -> Any:
        """What a script says, once it has it. Raises Died, TimeoutError."""
        told = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise Died(str(told["exceptionDetails"].get("text", "")))
        return told["result"].get("value")

    def _say(self, method: str, parameters: Mapping[str, Any]) -> int:
        self._number += 1
        words = {"id": self._number, "method": method, "params": parameters}
        left = orjson.dumps(words | ({"sessionId": self._session} if self._session else {})) + b"\0"
        while left:
            self._wait(self._mouth, select.POLLOUT)
            try:
                left = left[os.write(self._mouth, left) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Died(str(error)) from error
        return self._number

    def _hear(self) -> dict[str, Any]:
        parts = [self._held]
        while b"\0" not in parts[-1]:
            self._wait(self._ears, select.POLLIN)
            parts.append(os.read(self._ears, 1 << 20))
            if not parts[-1]:
                raise Died("It ended.")
        words, _, self._held = b"".join(parts).partition(b"\0")
        try:
            return dict(orjson.loads(words))
        except (ValueError, TypeError) as error:
            raise Died("It said what is not understood.") from error

    def _wait(self, pipe: int, event: int) -> None:
        waiting = select.poll()
        waiting.register(pipe, event)
        if not waiting.poll(max(0.0, self._until - monotonic()) * 1000):
            raise TimeoutError("Chromium took too long.")

    def _answer(self, asked: Mapping[str, Any]) -> None:
        """What the page asks for, if it is one of ours; else it is refused, as if there were no network."""
        address = str(asked["request"]["url"])
        found = self._files(address.removeprefix(HOST)) if address.startswith(f"{HOST}/") else None
        if found is None:
            self._say("Fetch.failRequest", {"requestId": asked["requestId"], "errorReason": "AccessDenied"})
            return
        content, kind = found
        said = {"requestId": asked["requestId"], "responseCode": 200, "body": base64.b64encode(content).decode()}
        self._say("Fetch.fulfillRequest", said | {"responseHeaders": [{"name": "Content-Type", "value": kind}]})


@contextmanager
def tab(executable: str, limit: float, files: Files) -> Iterator[Tab]:
    """A page of a Chromium that is started for it and gone with it. limit: seconds for all that is done with it.
    files: what is at a path of the page's own host. Raises Died, TimeoutError, OSError."""
    until = monotonic() + limit
    with ExitStack() as gone:
        folder = gone.enter_context(tempfile.TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True))
        theirs, mouth = _pipe(gone)
        ears, said = _pipe(gone)
        child = subprocess.Popen(
            _command(executable, folder, theirs.fileno(), said.fileno()),
            pass_fds=(theirs.fileno(), said.fileno()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=folder,
            env={"HOME": folder, "TMPDIR": folder, "PATH": os.defpath, "LANG": "C.UTF-8"},
        )
        gone.callback(_end, child)
        theirs.close()
        said.close()
        os.set_blocking(mouth.fileno(), False)
        yield Tab(ears.fileno(), mouth.fileno(), until, files)


def _command(executable: str, folder: str, theirs: int, said: int) -> list[str]:
    started = (sys.executable, "-I", "-S", "-c", LAUNCH, str(theirs), str(said))
    return [*started, executable, *FLAGS, f"--user-data-dir={folder}/profile", "about:blank"]


def _pipe(gone: ExitStack) -> tuple[FileIO, FileIO]:
    """Where one reads and where one writes; closed at the end if they are not before."""
    ends = os.pipe()
    return gone.enter_context(FileIO(ends[0], "r")), gone.enter_context(FileIO(ends[1], "w"))


def _end(child: subprocess.Popen[bytes]) -> None:
    """It and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        child.wait(LEAVING)
