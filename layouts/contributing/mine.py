"""The pages of a contributor: the list, the kinds there are, a contribution, what it would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.contribution_effect import Difference, traced
from dashboard.contributions import EDITED, KINDS, PUBLIC, Contribution, possible
from dashboard.delivered_apart import report_form
from dashboard.delivered_apart import told as delivered
from dashboard.forms import Typed
from dashboard.pledges import Pledge
from dashboard.rule_preview import Preview, lines
from layouts.contributing import pieces
from layouts.contributing.rule_cells import Read
from layouts.filled import el
from layouts.people.fields import button, identity, listing, summary

LIST = "/my/contributions"
MOVES: Mapping[str, str] = {"reopen": "Take it back to change it", "withdraw": "Withdraw it"}
MEASURED = (
    "Figures measured from official statistics never change by what is reported; both are shown, each with its mark."
)
EFFECT: Mapping[str, str] = {
    "report": f"{MEASURED} A figure that the register holds from another source is kept beside yours.",
    "statement": f"{MEASURED} Acceptance of a reply does not close the finding: whether it is closed as explained is a "
    "separate decision of the moderators, and your page tells it.",
    "comment": MEASURED,
}
DUE = "What is due would change; what was delivered, as measured, stays."
COUNTED = (
    "What is counted as delivered would change with the rule or the period; the official statistics that are counted "
    "stay as they are."
)
STAYS = "What is due and what was delivered, as measured, stay as they are."
TOLD = " Once accepted, the page of the commitment says what was changed, when, and on whose behalf."


def every(
    rows: Sequence[Contribution],
    total: int,
    page: int,
    size: int,
    titles: Mapping[str, str],
    makers: Mapping[str, str],
    speaks: bool,
) -> list[Any]:
    """titles: of commitments, makers: names, by id. speaks: for any of them."""
    cells = [
        (
            html.A(KINDS[one.kind].capitalize(), href=f"{LIST}/{one.id}"),
            html.A(titles.get(one.of, one.of), href=f"/commitment/{one.of}") if one.about == "commitment" else one.of,
            makers.get(one.maker, one.maker),
            pieces.state_badge(one),
            pieces.when(one.steps[-1].at),
        )
        for one in rows
    ]
    lead = "Open a commitment of yours in the register and choose what to report or to change."
    links = {
        "/my#commitments": "The commitments of those you speak for",
        "/my/commitments/new": "Add a commitment that it does not hold",
        "/my/commitments/file": "Many at once, as a file",
    }
    listed = el.ul([el.li(html.A(words, href=path)) for path, words in links.items()], className="ways-of")
    ways = [el.p(lead), listed] if speaks else []
    columns = ("Kind", "About", "On behalf of", "State", "Last step")
    return [
        *ways,
        listing(columns, cells, "Nothing has been contributed yet.", "Contributions"),
        *pager(total, page, size, LIST),
    ]


def pager(total: int, page: int, size: int, path: str, query: str = "") -> list[Any]:
    """Where a list goes on."""
    last = max(1, -(-total // size))
    if last == 1:
        return []
    ends = [("Newer", page - 1)] * (page > 1) + [("Older", page + 1)] * (page < last)
    links = [html.A(words, href=f"{path}?{query}{'&' if query else ''}page={at}") for words, at in ends]
    return [el.p([f"Page {page} of {last}. ", *(part for link in links for part in (link, " "))], className="pages-of")]


def kinds(pledge: Pledge, offered: Mapping[str, tuple[str, str]]) -> list[Any]:
    """What can be done about a commitment."""
    path = f"{LIST}/new?commitment={pledge.id}&kind="
    rows = [el.li([html.A(title, href=path + kind), el.p(lead)]) for kind, (title, lead) in offered.items()]
    return [*lead_of(pledge), el.ul(rows, className="choices-to")]


def lead(pledge: Pledge, words: str) -> list[Any]:
    return [*lead_of(pledge), el.p(words)]


def words(said: str) -> list[Any]:
    """What a form is for, above it; nothing where nothing is said."""
    return [el.p(said)] if said else []


def apart(kind: str, commitment: str) -> list[Any]:
    """In the form of a change: that what was delivered is told elsewhere, and where."""
    if kind != "change":
        return []
    way = html.A("Report implementation", href=report_form(commitment))
    said = "What was delivered is not changed here: it is reported, and stands apart from what is measured. "
    return [el.p([said, way, "."], className="note")]


def lead_of(pledge: Pledge) -> list[Any]:
    return [el.p(["Commitment: ", html.A(pledge.title, href=f"/commitment/{pledge.id}")], className="about-of")]


def head(one: Contribution, title: str, maker: str) -> list[Any]:
    """What it is, and why it was asked back."""
    asked = (
        [el.div([el.h2("The moderators ask"), *pieces.paragraphs(one.asked)], className="asked-of")]
        if one.asked
        else []
    )
    return [pieces.about(one, title, maker), *asked]


def told(one: Contribution, typed: Typed | None, labels: Mapping[str, str]) -> list[Any]:
    """What it says, where it cannot be changed now. typed: what came and could not be kept."""
    lost = (
        [el.h2("What you typed"), *pieces.paragraphs("\n".join(typed.values.values()))]
        if typed and typed.values
        else []
    )
    decided = pieces.decision(one) if one.state in (*PUBLIC, "rejected") else []
    return [summary((), typed.problems) if typed else None, *decided, pieces.said(one, labels), *lost]


def rest(one: Contribution, once: Callable[[], str], names: Mapping[str, str]) -> list[Any]:
    """Ways on, evidence, history."""
    hidden = {"seen": str(one.now.number)}
    moves = [
        button(words, f"{LIST}/{one.id}/move", once(), move=move, **hidden)
        for move, words in MOVES.items()
        if move in possible(one.state)
    ]
    return [*([el.div(moves, className="moves-of")] if moves else []), *pieces.history(one, names)]


def _amiss(page: str, name: str, label: str, sentence: str) -> list[Any]:
    """What is wrong with a field, with the way to it."""
    way = [html.A(label, href=f"{page}?check=yes#{identity(page, name)}"), ": "] if label else []
    return [*way, sentence]


def preview(
    one: Contribution,
    title: str,
    rows: Sequence[Difference],
    found: Preview | str | None,
    problems: Sequence[tuple[str, str, str]],
    once: str,
    labels: Mapping[str, str],
    before: Sequence[Any],
    read: Read,
    evidence: Sequence[Any] = (),
) -> list[Any]:
    """found: the effect; None where it cannot be submitted as it is. problems: field, its label, sentence. before: what
    was accepted earlier, as `earlier` shows it; read: a counting rule in words; evidence: links and files."""
    page = f"{LIST}/{one.id}"
    change = el.p(html.A("Change it", href=f"{page}{'?check=yes' if problems else ''}"))
    about = el.p(["About ", html.A(title, href=f"/commitment/{one.of}")], className="about-of", **{"data-kept": ""})
    if problems or found is None:
        said = el.ul([el.li(_amiss(page, *wrong)) for wrong in problems], className="plain-list")
        return [
            about,
            el.div([el.p("It cannot be submitted yet:"), said], className="amiss", role="alert"),
            *(apart("change", one.of) if delivered(one.now.fields) else []),
            change,
            pieces.said(one, labels),
            *evidence,
        ]
    send = button("Submit to the moderators", f"{page}/move", once, move="submit", seen=str(one.now.number))
    return [
        about,
        pieces.said(one, labels),
        *evidence,
        el.h2("In the record"),
        *pieces.differences(rows, read),
        el.h2("In the figures"),
        *pieces.effect(found),
        *_note(one, found),
        *before,
        *([send, change] if one.state in EDITED else []),
    ]


def _note(one: Contribution, found: Preview | str) -> list[Any]:
    """What the figures above mean for a proposal of its kind."""
    said = EFFECT.get(one.kind, "")
    if one.kind == "change" and not isinstance(found, str):
        moved = {line.name for line in lines(found) if not line.same}
        said = COUNTED if "Delivered" in moved else DUE if "Due" in moved else STAYS
        said += TOLD if traced(one.kind, one.now.fields) else ""
    return [el.p(said, className="note")] if said else []
