"""An instance of the engine in memory, with the parts of one folder attached read-only as they are needed."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import duckdb

from data_access.parts import quoted

NEEDLESS = ("common_subplan", "projection_placement")  # steps of the planner that find nothing in our short questions


class Instance:
    """Safe for threads: each asks with a cursor of its own. Nothing outside the folder can be read or written through
    it, and no setting changed, once it stands."""

    def __init__(self, folder: Path, memory: str, threads: int) -> None:
        """memory: for what is kept of the files and what is worked out, such as `512MB`; threads: of each question."""
        self._folder, self._lock, self._attached = folder.resolve(), Lock(), set[str]()
        self.root = duckdb.connect(":memory:", config={"threads": threads, "temp_directory": ""})
        for setting in (
            f"memory_limit = '{memory}'",
            f"disabled_optimizers = '{','.join(NEEDLESS)}'",
            f"allowed_directories = [{quoted(str(self._folder))}]",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self.root.execute(f"SET {setting}")

    def attach(self, part: str) -> None:
        """Make a part known by its name. Raises duckdb.Error where its file is missing or is none.

        The engine is never asked to attach what it may have: where a file was that of an instance that is gone, it
        waits for ever for that one to be done."""
        path = self._folder / f"{part}.duckdb"
        with self._lock:
            if part not in self._attached:
                self.root.execute(f"ATTACH {quoted(str(path))} AS {_named(part)} (READ_ONLY)")
                self._attached.add(part)

    def detach(self, part: str) -> None:
        """Let go of a part's file. Questions that are being answered are answered first."""
        with self._lock:
            self._detach(part)

    def close(self) -> None:
        """Let go of all files. Raises duckdb.ResourceInUseException while a question is being answered."""
        with self._lock:
            for part in tuple(self._attached):
                self._detach(part)
            self.root.close()

    def _detach(self, part: str) -> None:
        self.root.execute(f"DETACH DATABASE IF EXISTS {_named(part)}")
        self._attached.discard(part)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own, under the same limits."""
        return self.root.cursor()


def _named(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'
