"""Fixtures shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from dash import Dash
from hypothesis import settings

from callbacks.book import Book, Opened
from dashboard.config import Settings
from dashboard.pins import Pins
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
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the tests' own; the embedded edition is built in it at the first use, as at a first start."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def embedded(home: Path) -> Iterator[Cube]:
    """The cube of the embedded edition, built from `data_access/reference`."""
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

    return create_app(Settings(home=home))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of the tests' own; where there is none, tests that need it fail and say so."""
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgres_database(postgres_server: str) -> str:
    """The address of an empty database."""
    return postgres.database(postgres_server, f"registry-{uuid4().hex[:12]}")
