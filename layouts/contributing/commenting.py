"""The form of a comment: what it is about, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.contributed import Spoken
from layouts.contributing.mine import pager
from layouts.contributing.pieces import paragraphs, when
from layouts.filled import el

SAID = (
    "Your comment is read by a moderator first. Once accepted everybody can read it, without your name unless you "
    "consent to be named on your page. A comment never changes a figure."
)

ANYBODY = (
    "Your comment is read by a moderator first. Once accepted everybody can read it, without any name: please write "
    "none. Nothing is kept of you but what you write here. A comment never changes a figure."
)


def lead(title: str, path: str) -> list[Any]:
    """What a comment is about."""
    return [el.p(["About: ", html.A(title, href=path)], className="about-of"), el.p(SAID)]


def without(title: str, path: str, sign_in: str) -> list[Any]:
    """The same for people without an account."""
    return [
        el.p(["About: ", html.A(title, href=path)], className="about-of"),
        el.p(ANYBODY),
        el.p(["If you have an account, ", html.A("sign in to comment under it", href=sign_in), "."]),
    ]


def thanks() -> list[Any]:
    """Once it was sent."""
    way = html.A("all comments", href="/comments")
    return [el.p(["Once a moderator has accepted it, your comment stands among ", way, "."])]


def remarks(held: Sequence[Spoken], titles: Mapping[str, str], total: int, page: int, size: int) -> list[Any]:
    """Comments that were accepted. titles: of commitments, by id."""
    rows = [
        el.li([el.p(_about(one, titles)), *paragraphs(one.words), el.p(_by(one), className="note")]) for one in held
    ]
    listed = el.ul(rows, className="spoken") if rows else el.p("No comment has been accepted yet.", className="note")
    said = "Comments of readers, read by a moderator before they are shown. They never change a figure."
    return [el.p(said), listed, *pager(total, page, size, "/comments")]


def _about(one: Spoken, titles: Mapping[str, str]) -> list[Any]:
    if one.of.startswith("/"):
        return ["About ", html.A("this view of the figures", href=one.of)]
    if one.of in titles:
        return ["About ", html.A(titles[one.of], href=f"/commitment/{one.of}")]
    return ["About ", html.A("a finding", href=f"/findings?finding={one.of}")]


def _by(one: Spoken) -> str:
    return f"{one.who}; accepted {when(one.at)}."
