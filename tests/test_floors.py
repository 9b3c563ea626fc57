"""The floors of the house, and the sizes that keep its rooms readable.

Each rule is one test that names every breach: a test for each file and rule takes longer than what it looks at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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


def test_no_floor_reaches_for_what_lies_above_it() -> None:
    assert len(FLOORS) > 300
    assert {name(path): up for floor, path in FLOORS if (up := imports(path) & FORBIDDEN[floor])} == {}


def test_the_lowest_floor_reaches_up_by_name_in_its_command_line_alone() -> None:
    """What is named in a string no other check sees. `python -m dashboard` hands over to the floor of its commands, and
    is imported by nothing."""
    reaches = re.compile(r"\b(runpy|importlib|import_module|__import__)\b")
    paths = [path for floor, path in FLOORS if floor == "dashboard" and reaches.search(path.read_text("utf-8"))]
    assert [name(path) for path in paths] == ["dashboard/__main__.py"]


def test_the_environment_is_read_in_one_place() -> None:
    served = [path for _, path in FLOORS] + [ROOT / "app.py", ROOT / "gunicorn.conf.py"]
    reads = re.compile(r"\bos\.(environ|getenv)\b|from os import")
    assert [name(path) for path in served if reads.search(path.read_text("utf-8"))] == ["dashboard/config.py"]


def test_a_module_is_a_few_screens() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in OURS}
    most = {path: 400 if path.is_relative_to(ROOT / "tests") else 250 for path in OURS}
    assert {name(path): found for path, found in lines.items() if found > most[path]} == {}


def test_a_function_fits_one_screen() -> None:
    every = [(path, node, (node.end_lineno or 0) - node.lineno + 1) for path in OURS for node in functions(path)]
    assert len(every) > 3000
    assert [f"{name(path)}:{node.lineno}: {node.name}, {lines}" for path, node, lines in every if lines > 40] == []


def test_a_callback_is_a_shell() -> None:
    """A function that Dash calls hands on to tested functions: 22 lines at most."""
    bodies = {
        f"{name(path)}:{node.name}": node.end_lineno - node.body[0].lineno + 1
        for path in sorted((ROOT / "callbacks").glob("*.py"))
        for node in functions(path)
        if any("callback" in ast.unparse(decorator) for decorator in node.decorator_list) and node.end_lineno
    }
    assert bodies and not {where: lines for where, lines in bodies.items() if lines > 22}


def test_nothing_is_waved_through() -> None:
    others = [path for path in OURS if path != Path(__file__)]
    assert [name(path) for path in others if ESCAPES.search(path.read_text("utf-8"))] == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    assert not [name(path) for path in OURS if path.stem in ("utils", "helpers", "misc", "common", "manager")]
