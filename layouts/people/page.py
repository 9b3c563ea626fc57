"""The page around what needs a person: the masthead of every page, who is signed in, one column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dash import html
from markupsafe import escape

from dashboard.people import ADMINISTRATOR, CONTRIBUTOR, MODERATOR, Person
from layouts.filled import el
from layouts.markup import markup
from layouts.shell import FONTS, NAME, masthead, nav, preloads, ways_in


@dataclass(frozen=True)
class Head:
    """What a page asks for: addresses of styles and scripts. out: the mark of the form that signs out."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...] = ()
    out: str = ""


def page(title: str, inside: Iterable[Any], who: Person | None, head: Head, said: str = "") -> str:
    """The whole document. said: what was just done, shown on top."""
    told = [el.p(said, className="did", role="status")] if said else []
    body = [
        html.A("Skip to the content", href="#content", className="skip"),
        masthead(nav(None, ""), None),
        mine(who, head.out),
        el.main([html.Div([*told, html.H1(title), *inside], className="wrap")], className="people", identity="content"),
        ways_in(signed=who is not None),
    ]
    written = markup([el.div(body, className="shell")])
    styles = "".join(f'<link rel="stylesheet" href="{escape(one)}">' for one in head.styles)
    scripts = "".join(f'<script src="{escape(one)}" defer></script>' for one in head.scripts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)} · {NAME}</title>{preloads((f'/fonts/{name}', 'font') for name in FONTS)}"
        f'<link rel="icon" href="/_favicon.ico">{styles}{scripts}</head>\n<body>{written}</body></html>'
    )


def mine(who: Person | None, out: str) -> Any:
    """Who is signed in, with the ways that are open to them, and the way out."""
    if who is None:
        return None
    ways = [("My page", "/my"), ("My contributions", "/my/contributions")]
    ways += [("Surveys", "/my/surveys")] if CONTRIBUTOR in who.roles else []
    ways += [("Moderation", "/moderate")] if MODERATOR in who.roles else []
    ways += [("The record", "/admin/record")] if {MODERATOR, ADMINISTRATOR} & who.roles else []
    ways += [("People", "/admin/people"), ("All surveys", "/admin/surveys")] if ADMINISTRATOR in who.roles else []
    links = [html.A(words, href=path) for words, path in ways]
    leave = el.form(
        [el.input(type="hidden", name="once", value=out), el.button("Sign out", type="submit", className="as-link")],
        method="post",
        action="/sign-out",
    )
    named = el.span(["Signed in as ", html.B(who.name)], className="whom")
    whose = {"data-who": sha256(who.id.encode()).hexdigest()[:16]}  # under which a browser keeps what they type
    return el.nav([el.div([named, *links, leave], className="wrap")], className="mine", **_named("Your pages"), **whose)


def _named(words: str) -> Mapping[str, str]:
    return {"aria-label": words}
