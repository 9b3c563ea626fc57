"""Files that nobody vouches for are read in a child process of narrow means: memory, processor time, no network.

The child is a fresh interpreter that runs `main(arguments, say)` of a module; what it says, one JSON line at a time,
comes back through a pipe. A child that is killed, runs out of its means or falls silent becomes one Fault; the process
that asked is never harmed. Used by every reader whose format has an attack of its own (XML, Parquet, JSON).
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from data_access.ingest.faults import Fault

ROOT = Path(__file__).resolve().parents[2]
BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from data_access.ingest import limited; limited.run(sys.argv[2:])"
MEGABYTE = 1 << 20
CHUNK = 1 << 18
OUT_OF_MEMORY, FAILED = 71, 70  # exit codes of a child that ends by its own word
WORD, LAST_WORDS = b"!", 300  # what marks a child's last word, and its longest
PR_SET_PDEATHSIG, CLONE_NEWUSER, CLONE_NEWNET = 1, 0x10000000, 0x40000000  # of Linux


@dataclass(frozen=True)
class Limits:
    """memory: address space in bytes. cpu: seconds of processor time. quiet: seconds without a word. line: bytes of one
    message."""

    memory: int = 1024 * MEGABYTE
    cpu: int = 120
    quiet: float = 60.0
    line: int = 4 * MEGABYTE


def messages(module: str, arguments: Sequence[str], name: str, limits: Limits | None = None) -> Iterator[bytes]:
    """What `main(arguments, say)` of `module` says, line by line, without the line break.

    name: the file, as faults call it. Raises Fault where the child does not come to a good end: LIMIT-01 memory,
    LIMIT-02 processor time, LIMIT-03 silence, LIMIT-04 too long a message, LIMIT-05 any other end."""
    limits, last = limits or Limits(), b""
    child = _started([str(limits.memory), str(limits.cpu), module, *arguments])
    try:
        for line in _lines(child, name, limits):
            last = line
            if not line.startswith(WORD):
                yield line
        code = child.wait(timeout=limits.quiet)
    except subprocess.TimeoutExpired:
        raise _silent(name, limits) from None
    finally:
        child.kill()
        child.communicate()
    if code:
        raise _ended(name, code, last, limits)


def run(arguments: Sequence[str]) -> None:
    """In the child: narrow the means, then read. Whatever goes wrong is one line for the parent, never a traceback."""
    memory, cpu, module, *rest = arguments
    _narrow(resource.RLIMIT_CORE, 0)
    _narrow(resource.RLIMIT_FSIZE, 0)  # what is read goes through the pipe; no file is written
    _narrow(resource.RLIMIT_NOFILE, 32)
    _narrow(resource.RLIMIT_CPU, int(cpu), 5)
    _apart()
    code, out = 0, sys.stdout.buffer
    try:
        main = importlib.import_module(module).main
        _narrow(resource.RLIMIT_AS, int(memory))  # after the import: what libraries map is not the file's doing
        main(rest, lambda said: out.write(orjson.dumps(said) + b"\n"))
    except MemoryError:
        code = OUT_OF_MEMORY
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more
    except Exception as wrong:
        code = FAILED
        out.write(WORD + f"{type(wrong).__name__}: {wrong}"[:LAST_WORDS].replace("\n", " ").encode("utf-8", "replace"))
    out.flush()
    os._exit(code)


def _narrow(limit: int, most: int, more: int = 0) -> None:
    """To `most`, and `more` before the end is no longer asked for; never wider than what we have been given."""
    held = resource.getrlimit(limit)[1]
    hard = most + more if held == resource.RLIM_INFINITY else min(most + more, held)
    resource.setrlimit(limit, (min(most, hard), hard))


def mortal(parent: int = 0) -> None:
    """In a child: end when the parent ends, however that was, where the system lets us; at once if it has already."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent and os.getppid() != parent:
        os._exit(1)


def _apart() -> None:
    """No network and no life beyond the parent's, where the system lets us; elsewhere the other limits still hold."""
    mortal()
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError, OSError):
        if libc.unshare(CLONE_NEWNET):  # not ours to ask for: in a user namespace of our own it is
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _started(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    # No shell is between and the arguments are ours: what a file is called cannot become a command.
    command = [sys.executable, "-I", "-c", BOOT, str(ROOT), *arguments]
    surroundings = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing, env=surroundings)


def _lines(child: subprocess.Popen[bytes], name: str, limits: Limits) -> Iterator[bytes]:
    if child.stdout is None:
        return
    pipe, rest = child.stdout.fileno(), b""
    while True:
        if not select.select([pipe], [], [], limits.quiet)[0]:
            raise _silent(name, limits)
        read = os.read(pipe, CHUNK)
        if not read:
            break
        *whole, rest = (rest + read).split(b"\n")
        if len(rest) > limits.line:
            raise _fault(name, f"makes a record of more than {limits.line:,} bytes", "04")
        yield from whole
    if rest:
        yield rest


def _silent(name: str, limits: Limits) -> Fault:
    return _fault(name, f"could not be read: no progress in {limits.quiet:g} seconds", "03")


def _ended(name: str, code: int, last: bytes, limits: Limits) -> Fault:
    if code in (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV):
        megabytes = limits.memory // MEGABYTE
        return _fault(name, f"needs more than the {megabytes:,} MB of memory that reading may take", "01")
    if code == -signal.SIGXCPU:
        return _fault(name, f"needs more than the {limits.cpu:,} s of processor time that reading may take", "02")
    told = f"exit code {code}" if code > 0 else f"signal {-code}"
    told = last[1:].decode("utf-8", "replace") if code == FAILED and last.startswith(WORD) else told
    return _fault(name, f"stopped its reader ({told})", "05")


def _fault(name: str, reason: str, kind: str) -> Fault:
    return Fault(name, 0, "", name, reason, "repair the file, or split it into smaller ones", code=f"LIMIT-{kind}")
