"""`registry rule`: the counting rule of a commitment, what another would count, and saving it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.config import settings
from dashboard.counting import UNMEASURED, Problem, Rule
from dashboard.rule_edits import differences, edited
from dashboard.rule_form import read, write
from dashboard.rule_preview import Preview, lines
from dashboard.rules import read as read_written
from dashboard.rules import sentence
from data_access.commands.arguments import BadInput, Commands, home, home_option, whole
from data_access.cube import Cube
from data_access.library import Library
from data_access.measuring.found import Found
from data_access.measuring.kept import Kept
from data_access.measuring.naming import names
from data_access.measuring.proposing import amiss, preview
from data_access.registry.opening import open_registry
from data_access.registry.rule_saving import save, version
from data_access.registry.store import Registry
from data_access.registry.writing import LONGEST, Noted, Refused, unsigned

DONE = 0
LARGEST = 100_000  # bytes of a file with a rule


def add(actions: Commands) -> None:
    """Make the action known to `registry`."""
    words = "prints a commitment's counting rule; with --set what another would count; with --save keeps it"
    made = actions.add_parser("rule", help=words)
    made.add_argument("id", help="of the commitment, as in its address")
    made.add_argument(
        "--set", nargs="+", default=[], metavar="FILE|KEY=VALUE", help="a file with a rule, or fields as an address has"
    )
    made.add_argument("--why", default="", help="the reason; without it nothing is saved")
    made.add_argument("--who", default="", help="who makes the change; without it nothing is saved")
    made.add_argument("--save", action="store_true", help="keep the rule; else nothing is saved")
    made.add_argument("--from-version", type=whole, default=None, help="the version that was seen, as printed")
    home_option(made)
    made.set_defaults(run=rule)


def rule(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where the rule cannot be used or saved, a sentence on standard error."""
    if given.save and not given.set:
        raise BadInput("registry rule --save needs --set with what is to be saved.")
    registry = open_registry(home(given), settings().registry)
    library = Library(home(given), fixed=settings().edition)
    try:
        return _ruled(given, registry, library.cube())
    except Refused as why:
        raise BadInput(str(why)) from why
    finally:
        library.close()
        registry.close()


def _ruled(given: argparse.Namespace, registry: Registry, cube: Cube) -> int:
    held = registry.held()
    if given.id not in held.pledges:
        raise BadInput(f"{given.id} is not a commitment of the register; registry export lists those it holds.")
    pledge, seen = held.pledges[given.id], version(registry, given.id)
    print(f"{pledge.title}\n{given.id}, rule version {seen}, state {held.state}")
    _print_rule("Rule", pledge.rule, cube)
    if not given.set:
        return DONE
    new = _asked(pledge.rule, given.set, cube)
    _print_rule("New rule", new, cube)
    for one in differences(pledge.rule, new):
        print(f"  {one.key}: {one.before or '(empty)'} -> {one.after or '(empty)'}")
    if new == pledge.rule:
        raise BadInput(f"The rule of {given.id} is as it was; nothing was saved.")
    if given.save:  # before anything is measured: who is refused need not wait
        _check_noted(given, seen)
    register = Kept().register(cube, held.state, held.pledges)
    _print_effect(preview(cube, held, register, given.id, new))
    if not given.save:
        print(f"Nothing was saved. To save: --save --from-version {seen}, with --who and --why.")
        return DONE
    noted = Noted(given.who, given.why)
    state, number = save(registry, given.id, new, noted, seen if given.from_version is None else given.from_version)
    print(f"Saved: rule version {number}. The registry is now in state {state}.")
    print("Measuring the commitments under the new rule ...", file=sys.stderr)
    measure(registry, cube)
    return DONE


def _check_noted(given: argparse.Namespace, seen: int) -> None:
    check_signed(given, "A rule")
    if given.from_version not in (None, seen):
        raise BadInput(
            f"The rule of {given.id} has changed since it was shown: you saw version {given.from_version}, and it is "
            f"at version {seen}; please look at it again and repeat the edit."
        )


def check_signed(given: argparse.Namespace, what: str) -> None:
    """Raises BadInput where --who and --why are not as a change needs them."""
    if not given.why.strip() or not given.who.strip():
        raise BadInput(f"{what} is saved by somebody for a reason; please give --who and --why. Nothing was saved.")
    if unsigned(Noted(given.who, given.why)):
        why = f"hold one line of at most {LONGEST} characters each, without signs that cannot be seen"
        raise BadInput(f"--who and --why {why}. Nothing was saved.")


def _asked(kept: Rule | None, given: list[str], cube: Cube) -> Rule:
    """The rule that files and fields ask for, one after the other. Raises BadInput with every fault."""
    terms, wrong = write(kept) if kept else {}, list[Problem]()
    for one in given:
        key, sign, value = one.partition("=")
        if sign and not Path(one).is_file():
            terms, odd = edited(terms, [(key, value)])
            wrong += odd
        else:
            terms = _file(Path(one))
    found, more = read(terms, cube.codes)
    _refuse((*wrong, *more, *(amiss(cube, found) if found else ())))
    return found or UNMEASURED


def _file(path: Path) -> dict[str, str]:
    if not path.is_file():
        raise BadInput(f"{path} is neither a file nor KEY=VALUE.")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{path} is larger than {LARGEST:,} bytes; a rule is a JSON object.")
    try:
        found, wrong = read_written(path.read_text("utf-8"))
    except UnicodeDecodeError as odd:
        raise BadInput(f"{path} is not text in UTF-8.") from odd
    _refuse(wrong)
    return write(found) if found else {}


def _refuse(wrong: Sequence[Problem]) -> None:
    if wrong:
        more = len(wrong) - 1
        rest = f" {more} more fault{'s were' if more > 1 else ' was'} found." if more else ""
        raise BadInput(f"{wrong[0].sentence}{rest}")


def _print_rule(head: str, one: Rule | None, cube: Cube) -> None:
    if one is None:
        print(f"{head}: none is kept.")
        return
    print(f"{head}: {sentence(one, names(cube))}\n  {one.write()}")


def _print_effect(found: Preview) -> None:
    """The same lines as the page."""
    for line in lines(found):
        print(f"{line.name}: {line.before}" if line.same else f"{line.name}: {line.before} -> {line.after}")
    if found.moved is None:
        print("Overlaps could not be told in time.")
    for one in found.moved or ():
        print(f"Counted by {one.other.id} too: {_dollars(one.before)} -> {_dollars(one.after)}")
    for words, held in (("would appear", found.appear), ("would go", found.vanish)):
        for finding in held:
            print(f"Finding {words}: {finding.words}")


def _dollars(value: object) -> str:
    return "nothing" if value is None else f"{value} US dollars"


def measure(registry: Registry, cube: Cube) -> None:
    """Measures every commitment and runs the checks: done here, what servers show next takes nobody's time."""
    held = registry.held()
    Kept().register(cube, held.state, held.pledges)
    checks = Found().begin(cube, held, registry, cube.edition)
    if checks is not None:
        checks.join()
