"""`build-reference` and `compile-registry`: published files, compiled into what the product comes with."""

from __future__ import annotations

import argparse
from pathlib import Path

from data_access import editions
from data_access.commands.arguments import BadInput, Commands

KEPT = 10  # sentences of the check that are printed; the records hold all


def add(commands: Commands) -> None:
    """Make the commands known."""
    for name, run in (("build-reference", build_reference), ("compile-registry", compile_registry)):
        made = commands.add_parser(name, help=run.__doc__)
        made.add_argument("path", type=Path, help="the folder of the published files")
        made.set_defaults(run=run)


def build_reference(given: argparse.Namespace) -> None:
    """Compiles the published files into the embedded reference figures."""
    from data_access.compile import bar, compile_reference

    if not given.path.is_dir():
        raise BadInput(f"{given.path} is not a folder of published files.")
    with bar() as progress:
        compile_reference(given.path, editions.REFERENCE, progress)


def compile_registry(given: argparse.Namespace) -> None:
    """Compiles the folder of commitments into the embedded registry; says what was mended or kept."""
    from data_access.registry import embedded
    from data_access.registry.compile import compile_registry as compiled

    if not (given.path / "pledges.csv").is_file():
        raise BadInput(f"{given.path} holds no pledges.csv.")
    try:
        count, said = compiled(given.path, embedded.FOLDER, editions.REFERENCE)
    except ValueError as wrong:
        raise BadInput(f"{wrong} Nothing was written.") from wrong
    print(f"{count} records; of {len(said)} something was mended or kept, which the record says.")
    for sentence in said[:KEPT]:
        print(f"  {sentence}")
