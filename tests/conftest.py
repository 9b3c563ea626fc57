"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from dash import Dash
from hypothesis import settings

from callbacks.book import Book, Opened
from dashboard.config import Settings
from dashboard.pins import Pins
from data_access import editions
from data_access.cube import Cube
from data_access.library import Library, open_cube, open_file
from data_access.registry.opening import open_registry
from tests import postgres
from tests import small as made

settings.register_profile("shared", deadline=None)  # machines are shared: how long an example took says nothing
settings.load_profile("shared")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cube]:
    """The cube of the small edition that `tests/small.py` makes by code."""
    cube = open_file(made.write(tmp_path_factory.mktemp("small") / "2013-01-31.duckdb"))
    yield cube
    cube.close()


@pytest.fixture(scope="session")
def edition_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the embedded edition and nothing else, to be copied; built once for all workers of a run,
    which stand in a folder each beside it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "embedded"
    folder.mkdir(exist_ok=True)
    editions.ensure(folder)  # by one process while the others wait
    return folder


@pytest.fixture(scope="session")
def home(edition_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the tests' own with the embedded edition."""
    return Path(shutil.copytree(edition_home, tmp_path_factory.mktemp("own") / "home"))


@pytest.fixture(scope="session")
def embedded(home: Path) -> Iterator[Cube]:
    """The cube of the embedded edition."""
    cube = open_cube(home)
    yield cube
    cube.close()


@pytest.fixture(scope="session")
def book(home: Path) -> Iterator[Book]:
    """The register's book over the embedded edition and the embedded registry."""
    library, registry = Library(home), open_registry(home)
    yield Book(library, registry, "https://example.org")
    registry.close()
    library.close()


@pytest.fixture(scope="session")
def opened(book: Book) -> Opened:
    """It open at the current edition and state, every commitment measured."""
    return book.at(book.library.cube(), Pins())


@pytest.fixture(scope="session")
def real(home: Path) -> Dash:
    """The real app over the embedded edition."""
    from app import create_app

    return create_app(Settings(home=home, comments="open"))


@pytest.fixture(scope="module")
def peopled(edition_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dash]:
    """The real app over a register of its own, in which people of the tests of a module write, comment and answer."""
    from app import create_app

    own = shutil.copytree(edition_home, tmp_path_factory.mktemp("peopled") / "home")
    yield create_app(Settings(home=Path(own), address="http://localhost", comments="open"))
    for one in threading.enumerate():  # what measures or checks beside the answers comes to its end before the run does
        if one.name == "measuring" or "_make" in one.name:
            one.join(60)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of the tests' own; where there is none, tests that need it fail and say so."""
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgres_database(postgres_server: str) -> str:
    """The address of an empty database."""
    return postgres.database(postgres_server, f"registry-{uuid4().hex[:12]}")
