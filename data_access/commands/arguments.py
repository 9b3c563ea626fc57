"""What every command shares: how arguments are read, and what is said where they cannot be followed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn, TypeAlias

from dashboard.config import settings


class BadInput(ValueError):
    """What was typed cannot be followed; the message is a sentence."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}; --help says what can be asked.\n")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # what a command is added to


def home_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", default="", help="the data folder; else IIF_HOME")


def home(given: argparse.Namespace) -> Path:
    """The data folder that is meant."""
    return Path(given.home) if given.home else settings().home


def whole(text: str) -> int:
    """A whole number of an argument."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number.")
    return int(text)
