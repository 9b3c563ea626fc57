"""`people` and `audit`: accounts, invitations, letters, the record. The first administrator is made here alone."""

from __future__ import annotations

import argparse
import smtplib
import sys
from collections.abc import Callable

from sqlalchemy import Connection

from dashboard.config import settings
from dashboard.people import CONTRIBUTOR, ROLES
from data_access import audit as record
from data_access.commands.arguments import BadInput, Commands, home, home_option
from data_access.people import accounts, invitations, keeping
from data_access.people.accounts import ACTIVE, DISABLED, Account
from data_access.people.invitations import NotInvited
from data_access.people.inviting import link, send
from data_access.people.keeping import NotDone
from data_access.people.letters import Post
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Refused

OPERATOR = "operator"


def add(commands: Commands) -> None:
    """Make the commands known."""
    made = commands.add_parser("people", help="accounts and invitations")
    actions = made.add_subparsers(required=True, metavar="action")
    one = actions.add_parser("invite", help="makes an invitation, prints its link and writes the letter")
    one.add_argument("mail")
    _role(one)
    one.set_defaults(run=invite)
    listed = actions.add_parser("list", help="lists accounts and open invitations")
    listed.set_defaults(run=list_people)
    found = [one, listed]
    for name, state in (("disable", DISABLED), ("enable", ACTIVE)):
        found.append(actions.add_parser(name, help=f"{name}s an account"))
        found[-1].add_argument("mail")
        found[-1].set_defaults(run=_setting(state))
    gone = actions.add_parser("erase", help="erases an account, whose person asks for it; it cannot be undone")
    gone.add_argument("mail")
    gone.set_defaults(run=erase)
    found.append(gone)
    for name, do in (("grant", keeping.grant), ("revoke", keeping.revoke)):
        found.append(actions.add_parser(name, help=f"{name}s a role; their sessions end"))
        found[-1].add_argument("mail")
        _role(found[-1])
        found[-1].set_defaults(run=_granting(do))
    post = actions.add_parser("mail", help="delivers the letters that wait in the outbox")
    post.set_defaults(run=deliver)
    audits = commands.add_parser("audit", help="the record of what people did")
    checked = audits.add_subparsers(required=True, metavar="action").add_parser("verify", help="checks every row")
    checked.add_argument("--holds", default="", help="the digest of a row that was noted down: it must still be there")
    checked.set_defaults(run=verify)
    for each in (*found, post, checked):
        home_option(each)


def invite(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where it cannot be made."""
    registry = _opened(given)
    try:
        maker = registry.read(lambda held: _maker(held, given))
        mark = registry.put(lambda held: invitations.invite(held, given.mail, given.role, maker, OPERATOR))
        words = registry.read(lambda held: invitations.in_words(held, given.role, maker))
    except (NotInvited, Refused) as why:
        raise BadInput(str(why)) from why
    finally:
        registry.close()
    send(_post(given), settings().address, given.mail, mark, words)
    print(link(settings().address, mark))
    return 0


def list_people(given: argparse.Namespace) -> int:
    """Exit code 0."""
    registry = _opened(given)
    people, invited = registry.read(lambda held: (accounts.every(held), invitations.every(held)))
    registry.close()
    for one in people:
        makers = f" for {', '.join(sorted(one.person.makers))}" if one.person.makers else ""
        roles = ", ".join(role for role in ROLES if role in one.person.roles) or "no role"
        print(f"{one.mail}  {one.person.name}  {roles}{makers}  {one.state}  since {one.at}")
    for each in invited:
        print(f"{each.mail}  invited as {each.role}{f' for {each.maker}' if each.maker else ''} until {each.ends}")
    return 0


def erase(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where there is none, or it is the last administrator's."""
    done = _with_account(given, lambda held, one: keeping.erase(held, one.person.id, OPERATOR))
    _post(given).forget(given.mail)
    return done


def deliver(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where the server of mail cannot be reached."""
    post = _post(given)
    try:
        went = post.deliver()
    except (OSError, smtplib.SMTPException) as error:
        raise BadInput(f"The server of mail does not take letters ({type(error).__name__}); they wait.") from error
    waiting, lost = len(post.waiting()), len(post.refused())
    said = "was refused for good and lies" if lost == 1 else "were refused for good and lie"
    refused = f" {lost} {said} there too." if lost else ""
    letters, wait = "letter" if went == 1 else "letters", "waits" if waiting == 1 else "wait"
    print(f"{went} {letters} went, {waiting} {wait} in {post.outbox}.{refused}")
    return 0


def verify(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where a row is not as it was written, with a sentence."""
    registry = _opened(given)
    broken, (number, digest) = record.verify(registry), record.head(registry)
    cut = bool(given.holds) and not record.holds(registry, given.holds)
    registry.close()
    if broken or cut:
        print(broken.why if broken else f"No row has the digest {given.holds}: rows were taken away.", file=sys.stderr)
        return 2
    print(f"{number} row{'' if number == 1 else 's'}, each as it was written; the last has the digest {digest}.")
    return 0


def _setting(state: str) -> Callable[[argparse.Namespace], int]:
    def run(given: argparse.Namespace) -> int:
        return _with_account(given, lambda held, one: keeping.set_state(held, one.person.id, state, OPERATOR))

    return run


def _granting(do: Callable[[Connection, str, str, str, str], None]) -> Callable[[argparse.Namespace], int]:
    def run(given: argparse.Namespace) -> int:
        return _with_account(
            given, lambda held, one: do(held, one.person.id, given.role, _maker(held, given), OPERATOR)
        )

    return run


def _with_account(given: argparse.Namespace, do: Callable[[Connection, Account], None]) -> int:
    registry = _opened(given)

    def found(connection: Connection) -> None:
        held = accounts.by_mail(connection, given.mail)
        if held is None:
            raise NotDone("There is no account with this address.")
        do(connection, held)

    try:
        registry.put(found)
    except (NotDone, NotInvited, Refused) as why:
        raise BadInput(str(why)) from why
    finally:
        registry.close()
    print("Saved.")
    return 0


def _role(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", choices=ROLES, default=CONTRIBUTOR)
    parser.add_argument("--maker", default="", help="id or name of the maker that a contributor speaks for")


def _maker(connection: Connection, given: argparse.Namespace) -> str:
    """Its id, by id or name, in whatever case."""
    if not given.maker:
        return ""
    for id_, name in invitations.makers(connection).items():
        if given.maker.casefold() in (id_.casefold(), name.casefold()):
            return id_
    raise NotInvited(f"The register has no maker {given.maker}.")


def _post(given: argparse.Namespace) -> Post:
    return Post(home(given) / "outbox", settings().smtp, settings().sender)


def _opened(given: argparse.Namespace) -> Registry:
    return open_registry(home(given), settings().registry)
