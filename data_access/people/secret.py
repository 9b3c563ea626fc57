"""The secret of the server: of its own in the data folder, or given by the environment."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from dashboard.config import Misconfigured
from dashboard.secret import LEAST, weak

FILE = "secret"


def of_server(home: Path, given: str = "") -> bytes:
    """The secret given, or that of the data folder, made where there is none, readable by its owner alone. Where the
    folder cannot be written to: one of this process. Raises Misconfigured for one that could be guessed."""
    if given:
        return checked(given)
    file = home / FILE
    with suppress(OSError):
        _make(file)
    try:
        return checked(file.read_text("ascii").strip())
    except (OSError, UnicodeDecodeError):
        return secrets.token_bytes(LEAST)


def checked(text: str) -> bytes:
    """Its bytes. Raises Misconfigured, without the value."""
    if weak(text):
        raise Misconfigured(weak(text))
    return text.encode()


def _make(file: Path) -> None:
    """By one process, whole, while others look on: linked into place, never over one that is there."""
    if file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = file.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    made.touch(0o600)
    made.write_text(secrets.token_hex(LEAST), "ascii")
    try:
        os.link(made, file)
    except FileExistsError:
        pass
    finally:
        made.unlink()
