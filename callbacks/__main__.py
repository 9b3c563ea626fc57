"""The command line of what the pages make. `python -m dashboard --help`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from callbacks import brief_command
from data_access.commands.arguments import Parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    parser = Parser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    brief_command.add(commands)
    given = parser.parse_args(arguments)
    return int(given.run(given))


if __name__ == "__main__":
    sys.exit(main())
