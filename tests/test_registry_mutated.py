"""Registry files with bytes flipped, cut out, put in: they are kept as they say, or refused; nothing else happens."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.ingest.faults import Fault
from data_access.registry import opening
from data_access.registry.exchange import exporting, reader
from data_access.registry.exchange.understanding import understand
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from tests.registries import ALL, NOTED
from tests.test_tables_mutated import mutated
from tests.workbooks import SMALL, Made

FILES = int(os.environ.get("MUTATED", "150"))
INSIDE = (
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet3.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(opening.embedded, "fill", lambda connection: None)
        opened = open_registry(tmp_path_factory.mktemp("home"))
    opened.write(ALL, NOTED)
    yield opened
    opened.close()


def whole(folder: Path, chance: random.Random) -> Path:
    """Bytes of the file itself."""
    suffix = chance.choice((".xlsx", ".csv", ".zip"))
    path = folder / f"registry{suffix}"
    exporting.write(path, SMALL)
    path.write_bytes(mutated(path.read_bytes(), chance))
    return path


def inside(folder: Path, chance: random.Random) -> Path:
    """Bytes of a part, packed again as if nothing had been."""
    made, part = Made().packed(folder), chance.choice(INSIDE)
    return made.part(part, mutated(made.parts[part], chance)).save(folder / "registry.xlsx")


def text(folder: Path, chance: random.Random) -> Path:
    """Bytes of one of several CSV files."""
    path = folder / "registry.zip"
    exporting.write(path, SMALL)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, mutated(content, chance))
    return path


@pytest.mark.parametrize("make", [whole, inside, text], ids=lambda make: make.__name__)
def test_a_mutated_file_is_understood_or_refused(registry: Registry, tmp_path: Path, make: object) -> None:
    """Read in this process, so that thousands can be: what the child adds is that nothing of it can harm us."""
    assert callable(make)
    refused = 0
    for seed in range(FILES):
        path, said = make(tmp_path, random.Random(seed)), list[object]()
        reader.main([str(path), path.name], said.append)
        messages = [message for message in said if isinstance(message, list)]
        if any(message[0] == reader.FAULT for message in messages):
            fault = Fault(**messages[-1][1])
            refused += 1
            assert fault.reason and fault.remedy and "\n" not in str(fault)
            continue
        rows = [reader.row(message[1:]) for message in messages if message[0] == reader.ROW]
        outcome = understand(rows, path.name, registry.held())
        refused += bool(outcome.faults)
        assert all(fault.reason and fault.remedy and "\n" not in str(fault) for fault in outcome.faults)
    assert refused
