"""What runs in the limited child: one file, its messages. See `data_access.ingest.limited`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from data_access.ingest.faults import Fault
from data_access.ingest.xml.stream import Stream

TOLD = 1 << 20  # bytes between two words on how far the reading is


def main(arguments: Sequence[str], say: Callable[[Any], object]) -> None:
    """Arguments: the path and the name that faults use. A fault of the file is the last message."""
    path, name = arguments
    with Path(path).open("rb") as source:
        try:
            told = 0
            for message in Stream(name).read(source):
                say(message)
                if source.tell() - told >= TOLD:
                    say(["at", source.tell() - told])
                    told = source.tell()
            say(["at", source.tell() - told])
            say(["end"])
        except Fault as fault:
            say(["fault", fault.as_json()])
