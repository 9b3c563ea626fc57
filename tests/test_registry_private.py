"""The file of the registry holds addresses of people and drafts: nobody else on the machine reads it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import text

from data_access import editions, parts
from data_access.backup.restoring import restore
from data_access.backup.writing import write
from data_access.people import secret
from data_access.registry import engines, opening
from data_access.registry.opening import FILE, open_registry


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """New files can be read by everybody, unless who makes them says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(home: Path) -> dict[str, str]:
    return {one.name: oct(S_IMODE(one.stat().st_mode))[2:] for one in home.glob(f"{FILE}*")}


def test_it_is_made_for_the_server_alone_with_all_that_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    home = tmp_path / "home"
    registry = open_registry(home)
    assert modes(home) == dict.fromkeys((FILE, f"{FILE}-wal", f"{FILE}-shm"), "600")
    assert S_IMODE(home.stat().st_mode) == 0o700
    write(home, registry, tmp_path / "kept.zip", lambda _: None)
    registry.close()
    restore(tmp_path / "kept.zip", tmp_path / "again", "", lambda _: None)
    assert set(modes(tmp_path / "again").values()) == {"600"}
    assert S_IMODE((tmp_path / "again").stat().st_mode) == 0o700


@pytest.mark.parametrize("make", [editions._folders, parts.clean, lambda home: secret._make(home / "secret")])
def test_the_data_folder_is_for_the_server_alone_whatever_makes_it_first(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    make(tmp_path / "home")
    assert S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_one_that_everybody_could_read_no_longer_is_and_what_its_group_may_stays(tmp_path: Path) -> None:
    file = tmp_path / FILE
    for mode, then in ((0o644, "640"), (0o600, "600"), (0o664, "660")):
        file.touch()
        file.chmod(mode)
        engine = engines.in_file(file)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        engine.dispose()
        assert modes(tmp_path)[FILE] == then
