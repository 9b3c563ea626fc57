"""The page on privacy, and the record of what people did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dash import html

from layouts.filled import el
from layouts.people.fields import listing

COLUMNS = ("Row", "When (UTC)", "Who", "Did", "With", "Detail", "Digest")
PAGE = 100


@dataclass(frozen=True)
class Kept:
    """How long things are kept, in words; empty for those that are kept for good. anybody: may comment without an
    account."""

    idle: str
    whole: str
    attempts: str
    reset: str
    invitation: str
    invited: str
    letters: str
    files: str
    unused: str
    anybody: bool


class Numbered(Protocol):
    @property
    def number(self) -> int: ...


def privacy(kept: Kept) -> list[Any]:
    """For readers first, then for those who have an account."""
    return [
        html.H2("Readers"),
        html.P("Reading needs no account. No cookie is set, nobody is counted or followed, nothing is asked of any "
               "other site, and the server keeps no list of who asked for what."),
        html.H2("People who contribute, moderate or administer"),
        el.ul(
            [
                el.li(one)
                for one in (
                    "Your name and e-mail address, as long as you have an account. Your address is shown to "
                    "administrators alone; your name to moderators and administrators, and to everybody only if you "
                    "agree to it on your page. You can take that back.",
                    "Your password, as a hash from which it cannot be read; the key of your second device, sealed.",
                    f"One cookie while you are signed in. It ends {kept.idle} after its last use, {kept.whole} after "
                    "the sign-in, and when you sign out.",
                    "What you contributed and decided, and when. What moderators accept is public, on behalf of the "
                    "maker for whom you speak.",
                    "A record of actions: an identifier that stands for you, what was done, when. It holds no names, "
                    "addresses or texts, and is never changed.",
                    f"For {kept.attempts}, how often a sign-in failed, under digests from which neither address nor "
                    "network can be read.",
                    "Letters to you are kept only until they are delivered; those that cannot be, for "
                    f"{kept.letters}.",
                    f"Invitations are open for {kept.invitation}; the address in them is erased {kept.invited} after "
                    f"that. A link to set a password anew is good for {kept.reset}.",
                    *_more(kept),
                )
            ],
            className="means",
        ),
        html.H2("Leaving"),
        html.P("You can erase your account on your page, at once. Name, address, password, sessions and invitations "
               "are erased; what you contributed and decided stays on record under “former contributor”. Backups made "
               "before then hold the account until they are replaced."),
        html.H2("Files"),
        html.P("What a file tells of its maker (author, place, camera) is taken out where the format allows, before it "
               "is kept."),
    ]  # fmt: skip


def _more(kept: Kept) -> list[str]:
    """What is kept for as long as the operator chose."""
    files = f"Files of what was withdrawn or not accepted are erased {kept.files} after that." if kept.files else ""
    unused = f"An account with which nothing was done for {kept.unused} is erased." if kept.unused else ""
    anybody = "Of a comment without an account, its text alone is kept." if kept.anybody else ""
    return [one for one in (files, unused, anybody) if one]


def record(told: Sequence[Sequence[str]], rows: Sequence[Numbered]) -> list[Any]:
    """Newest first, a page at a time."""
    last = rows[-1].number if rows else 0
    older = [html.P(html.A("Older", href=f"/admin/record?before={last}"))] if last > 1 else []
    return [
        html.P("Every action of every person, each row bound to all rows before it by its digest. The operator checks "
               "the whole of it with “audit verify”."),
        listing(COLUMNS, told, "Nothing was done yet.", "The record"),
        *older,
    ]  # fmt: skip
