"""The floors of the house, and the sizes that keep its rooms readable."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {
    "dashboard": {
        "dash", "dash_bootstrap_components", "flask", "sqlalchemy", "diskcache", "duckdb",
        "data_access", "layouts", "callbacks", "app",
    },
    "data_access": {"dash", "dash_bootstrap_components", "flask", "plotly", "layouts", "callbacks", "app"},
    "layouts": {"sqlalchemy", "diskcache", "duckdb", "data_access", "callbacks", "app"},
    "callbacks": {"app"},
}  # fmt: skip
FLOORS = [(floor, path) for floor in FORBIDDEN for path in sorted((ROOT / floor).rglob("*.py"))]
OURS = [path for _, path in FLOORS] + [ROOT / "app.py", ROOT / "gunicorn.conf.py"]
OURS += [path for folder in ("tests", "benchmarks", "tools") for path in sorted((ROOT / folder).rglob("*.py"))]
ESCAPES = re.compile(r"TODO|FIXME|XXX|# type: ignore|# noqa|# pragma: no cover|xfail")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(path: Path) -> set[str]:
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(("floor", "path"), FLOORS, ids=lambda v: name(v) if isinstance(v, Path) else v)
def test_no_floor_reaches_for_what_lies_above_it(floor: str, path: Path) -> None:
    assert not imports(path) & FORBIDDEN[floor]


def test_the_environment_is_read_in_one_place() -> None:
    served = [path for _, path in FLOORS] + [ROOT / "app.py", ROOT / "gunicorn.conf.py"]
    reads = re.compile(r"\bos\.(environ|getenv)\b|from os import")
    assert [name(path) for path in served if reads.search(path.read_text("utf-8"))] == ["dashboard/config.py"]


@pytest.mark.parametrize("path", OURS, ids=name)
def test_a_module_is_a_few_screens(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= (400 if path.is_relative_to(ROOT / "tests") else 250)


@pytest.mark.parametrize("path", OURS, ids=name)
def test_a_function_fits_one_screen(path: Path) -> None:
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions(path) if node.end_lineno}
    assert not {name: lines for name, lines in long.items() if lines > 40}


def test_a_callback_is_a_shell() -> None:
    """A function that Dash calls hands on to tested functions: 22 lines at most."""
    bodies = {
        f"{name(path)}:{node.name}": node.end_lineno - node.body[0].lineno + 1
        for path in sorted((ROOT / "callbacks").glob("*.py"))
        for node in functions(path)
        if any("callback" in ast.unparse(decorator) for decorator in node.decorator_list) and node.end_lineno
    }
    assert bodies and not {where: lines for where, lines in bodies.items() if lines > 22}


@pytest.mark.parametrize("path", [path for path in OURS if path != Path(__file__)], ids=name)
def test_nothing_is_waved_through(path: Path) -> None:
    assert not ESCAPES.search(path.read_text("utf-8"))


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert not [name(path) for path in OURS if path.stem in ("utils", "helpers", "misc", "common", "manager")]
