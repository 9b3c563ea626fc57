"""The command line: questions of the pages without them, and the operator's work. `python -m data_access --help`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from dashboard.config import Misconfigured
from dashboard.questions import Busy, Unanswerable
from data_access import editions
from data_access.commands import (
    asking,
    backing,
    compiling,
    exporting,
    fetching,
    keeping,
    loading,
    people,
    registering,
    retaining,
)
from data_access.commands.arguments import BadInput, Parser

# each adds its own; in the order of --help
COMMANDS = (asking, exporting, loading, keeping, registering, people, retaining, backing, fetching, compiling)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit code 0, or what the command gives; 2 where what was typed cannot be followed, with one
    line on standard error."""
    given = _parser().parse_args(arguments)
    code = 0
    try:
        code = given.run(given) or 0
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (BadInput, Unanswerable, Busy, TimeoutError, Misconfigured, editions.NoEdition, OSError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m data_access", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for module in COMMANDS:
        module.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
