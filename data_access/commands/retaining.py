"""`retention`: how long things are kept of people, and the command that takes away what is past."""

from __future__ import annotations

import argparse
from dataclasses import fields

from dashboard.config import settings
from dashboard.retention import VARIABLES, Retention, words
from data_access.commands.arguments import Commands, home, home_option
from data_access.people.forgetting import applied
from data_access.people.letters import Post
from data_access.registry.opening import open_registry

OPERATOR = "operator"


def add(commands: Commands) -> None:
    """Make the commands known."""
    actions = commands.add_parser("retention", help="how long things are kept of people").add_subparsers(
        required=True, metavar="action"
    )
    shown = actions.add_parser("show", help="prints the spans, each with the variable that sets it")
    shown.set_defaults(run=show)
    taken = actions.add_parser("apply", help="takes away what is past; for a daily job of the machine")
    taken.set_defaults(run=apply)
    for each in (shown, taken):
        home_option(each)


def show(given: argparse.Namespace) -> int:
    """Exit code 0."""
    for one in fields(Retention):
        span = getattr(settings().kept, one.name)
        print(f"{VARIABLES[one.name][0]}: {words(span) if span else 'kept for good'}")
    return 0


def apply(given: argparse.Namespace) -> int:
    """Exit code 0."""
    read, folder = settings(), home(given)
    registry = open_registry(folder, read.registry)
    try:
        post = Post(folder / "outbox", read.smtp, read.sender)
        gone = applied(registry, folder, post, read.kept, OPERATOR)
    finally:
        registry.close()
    said = ", ".join(f"{count} {what if count != 1 else what[:-1]}" for what, count in gone.items())
    print(f"What is past was taken away: {said}; sessions, marks and attempts.")
    return 0
