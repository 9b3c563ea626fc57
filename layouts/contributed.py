"""What stakeholders reported, replied and remarked, beside the figures of a commitment; and the ways to say more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.commitment import Commitment
from dashboard.contributed import LEGEND, MARK, STATUS, Spoken
from dashboard.report_series import SAID as SERIES
from dashboard.words import dated
from layouts.filled import el, planted
from layouts.parts import mark
from layouts.pieces import facts, outside, panel

SAID = "In the words of those who report, after moderation. What is measured never changes by it."
NOBODY = "Nobody has reported on this commitment or commented on it here."
NOBODY_THEN = "In the state of the register that is shown here nobody had reported on it or commented on it."
AWAY = "What stakeholders said of this commitment cannot be shown at the moment. Please open the page again later."
DECLINED = "A statement was made; its figure was not accepted."
LATER = (
    "This page shows the register in the state that its address names. What follows was accepted after that state came "
    "about; nothing else on this page takes it in."
)
AFTER = "Accepted after the state of the register that is shown here."
SOURCE = "Accepted contributions; reported figures stand apart from measured ones"


def contributed(told: Commitment) -> html.Section:
    """Reports, replies, comments, oldest first."""
    held = told.contributed
    rows: list[Any] = [_one(one) for one in held if one.kind != "comment"]
    comments: list[Any] = [_one(one) for one in held if one.kind == "comment"]
    body: list[Any] = []
    reports = [one for one in held if one.figure]
    if reports or any(one.kind == STATUS for one in held):
        body.append(legend())
    body += [el.p(SERIES, className="note")] if len(reports) > 1 else []
    body += [el.ul(rows, className="spoken")] if rows else []
    body += [el.h3("Comments", className="part-of"), el.ul(comments, className="spoken")] if comments else []
    none = [el.p(AWAY if told.away else NOBODY_THEN if told.rewritten else NOBODY, className="note")]
    body += [] if held else none
    body += _later(told.later)
    body.append(ways(told.pledge.id, told.pledge.kind))
    return panel("contributed", _title(held), SAID, [planted(html.Div(body))], SOURCE if held else "")


def _later(held: Sequence[Spoken]) -> list[Any]:
    """What was accepted after the state that the address names: apart, and in none of the figures of the page."""
    if not held:
        return []
    heading = el.h3("Accepted later than the state shown here", className="part-of")
    rows = el.ul([_one(one) for one in held], className="spoken is-later")
    return [heading, el.p(LATER, className="note"), rows]


def spoken(held: Sequence[Spoken]) -> Any:
    """A list of them; nothing where there are none."""
    return el.ul([_one(one) for one in held], className="spoken") if held else ""


def answer(finding: str, about: Sequence[str]) -> Any:
    """Where the makers of the commitments that a finding is about reply to it, and everybody comments."""
    links = [html.A("Comment", href=f"/my/comments/new?finding={finding}", rel="nofollow")]
    for id_ in about:
        path = f"/my/contributions/new?commitment={id_}&kind=statement&finding={finding}"
        words = "Reply on behalf of its maker" if len(about) == 1 else f"Reply on behalf of the maker of {id_}"
        links.append(html.A(words, href=path, rel="nofollow"))
    return [part for link in links for part in (link, " ")]


def _title(held: Sequence[Spoken]) -> str:
    reports = [one for one in held if one.kind in ("report", STATUS)]
    if not held:
        return "Reported by its maker, and comments"
    makers = list(dict.fromkeys(one.by for one in reports))
    if len(makers) == 1:
        return f"{makers[0]} reports on its implementation"
    return "Reports on its implementation" if reports else "Statements and comments"


def legend() -> Any:
    return el.p([_mark(), f" {LEGEND}"], className="legend reported-legend")


def _mark() -> Any:
    return mark(MARK, "reported by its maker:")


def _one(one: Spoken) -> Any:
    struck = el.s(one.amount) if one.replaced else el.b(one.amount)
    figure = [el.p([_mark(), " ", struck], className="spoken-figure")] if one.figure else []
    figure = [el.p([_mark(), " ", el.b(one.step)], className="spoken-figure")] if one.kind == STATUS else figure
    figure = [el.p(DECLINED)] if one.declined else [*figure, *_series(one)]
    figure = [*([el.p(el.b(AFTER))] if one.later else []), *figure]
    pairs: list[tuple[str, Any]] = [("Replies to", one.answers), ("Of it", one.sexes)]
    links = [outside(web, title) for title, web in one.documents] + [
        html.A(name, href=path) for path, name in one.files
    ]
    pairs.append(("Evidence", [part for link in links for part in (link, " ")] if links else ""))
    words = [el.p(line) for line in one.words.split("\n") if line.strip()]
    accepted = f"accepted {'in part ' if one.in_part else ''}{dated(one.at[:10])}"
    by = [part for part in (one.who, accepted) if part]
    about = facts(pairs)
    said = f"{'; '.join(by)}. {one.in_part}".strip()
    return el.li([el.h3(one.title), *figure, *words, about, el.p(said[:1].upper() + said[1:], className="note")],
                 id=f"contribution-{one.id}")  # fmt: skip


def _series(one: Spoken) -> list[Any]:
    """What a report replaces, and what replaced it."""
    said = [el.p(el.b(f"Replaced on {dated(one.replaced[:10])} by a later report of the same period."))]
    said = said if one.replaced else []
    return [*said, *([el.p(f"It replaces the report accepted {dated(one.replaces[:10])}.")] if one.replaces else [])]


def ways(id_: str, kind: str) -> Any:
    """Where its maker reports and everybody who is signed in comments; a page of its own, for those who sign in."""
    new = f"/my/contributions/new?commitment={id_}&kind="
    links = [("Report implementation", f"{new}report"), ("Propose a change", f"{new}change")]
    links += [("Report the status of the policy", f"{new}status")] if kind == "policy" else []
    links += [("Declare a tie", f"{new}link"), ("Comment", f"/my/comments/new?commitment={id_}")]
    made = [html.A(words, href=path, rel="nofollow") for words, path in links]
    return el.p([part for link in made for part in (link, " ")], className="ways contribute-ways")
