"""`build-reference`: the published files, compiled into the embedded figures."""

from __future__ import annotations

import argparse
from pathlib import Path

from data_access import editions
from data_access.commands.arguments import BadInput, Commands


def add(commands: Commands) -> None:
    """Make the command known."""
    made = commands.add_parser("build-reference", help=build_reference.__doc__)
    made.add_argument("path", type=Path, help="the folder of the published files")
    made.set_defaults(run=build_reference)


def build_reference(given: argparse.Namespace) -> None:
    """Compiles the published files into the embedded reference figures."""
    from data_access.compile import bar, compile_reference

    if not given.path.is_dir():
        raise BadInput(f"{given.path} is not a folder of published files.")
    with bar() as progress:
        compile_reference(given.path, editions.REFERENCE, progress)
