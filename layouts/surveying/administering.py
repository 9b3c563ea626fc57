"""Surveys for administrators: write one, invite makers, open and close it, see how far they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.forms import Field, Typed
from dashboard.words import dated
from layouts.filled import el
from layouts.people.fields import EMPTY, button, form, listing, summary

WRITTEN = (
    Field("written", "The survey, as TOML", "lines", longest=65_000,
          hint="Sections, questions, conditions and languages; the two that ship show every kind of question."),
)  # fmt: skip
MOVES = {
    "open": "Open it",
    "close": "Close it",
    "publish": "Publish the results",
    "unpublish": "Take the results back",
    "remind": "Remind those who have not submitted",
}
RESULTS = {False: "as only administrators see them", True: "as everybody sees them"}
STAYS = (
    "Once it was opened, ids, under which answers are filed, have to stay; once somebody answered, the words of "
    "questions and of the answers to choose from as well. While its results are published nothing changes."
)
DEADLINE = (Field("deadline", "Last day to answer (UTC)", "date", longest=10, hint="As 2027-03-31."),)


SEVERAL = (Field("makers", "Several makers to invite", "lines", longest=10_000, hint="One on each line, by name."),)


def inviting(makers: Mapping[str, str]) -> tuple[Field, ...]:
    """The form that invites one more maker."""
    return (Field("maker", "Maker to invite", "choice", choices=makers),)


def surveys(
    rows: Sequence[tuple[str, str, str, str]], shipped: Sequence[tuple[str, str]], once: str, typed: Typed
) -> Any:
    """rows: id, title, state, last day. shipped: id and title of those that ship and are not kept yet."""
    made = [[html.A(title, href=f"/admin/surveys/{id_}"), state, until] for id_, title, state, until in rows]
    ship = [
        el.div([el.b(title), " ", button("Take it", "/admin/surveys/take", once, survey=id_)]) for id_, title in shipped
    ]
    return [
        listing(("Survey", "State", "Last day (UTC)"), made, "There is no survey yet.", "Surveys"),
        *([el.h2("Surveys that ship"), *ship] if ship else []),
        el.h2("Write one"),
        form(WRITTEN, "/admin/surveys", once, "Keep this survey", typed),
    ]


def survey(id_: str, written: str, facts: Mapping[str, Any], once: str, typed: Mapping[str, Typed]) -> list[Any]:
    """One survey. facts: state, deadline, actions, makers (id -> name, of those not invited), progress (rows), results
    (their address, where they are public)."""
    here = f"/admin/surveys/{id_}"
    moves = [button(MOVES[action], f"{here}/{action}", once) for action in facts["actions"]]
    ends = facts["deadline"] and facts["state"] in ("draft", "open")
    until = [f", to be answered until the end of {dated(facts['deadline'])} (UTC)"] if ends else []
    moved = next((typed[action] for action in MOVES if action in typed), EMPTY)
    return [
        summary([], moved.problems),
        el.p(["This survey is ", el.b("a draft" if facts["state"] == "draft" else facts["state"]), *until, "."]),
        el.p(["Results: ", html.A(RESULTS[bool(facts["results"])], href=facts["results"] or f"{here}/results")]),
        el.div(moves, className="moves-of"),
        el.h2("Who is invited"),
        listing(
            ("Maker", "Answers", "Questions answered", "Last worked on (UTC)"),
            facts["progress"],
            "Nobody is invited yet.",
            "Invited",
        ),
        form(inviting(facts["makers"]), f"{here}/invite", once, "Invite", typed.get("invite", EMPTY)),
        form(SEVERAL, f"{here}/invite-several", once, "Invite all of these", typed.get("invite-several", EMPTY)),
        el.h2("Last day"),
        form(DEADLINE, f"{here}/deadline", once, "Set the last day", typed.get("deadline", EMPTY)),
        el.h2("Its words"),
        el.p(STAYS),
        form(
            WRITTEN,
            f"{here}/written",
            once,
            "Keep these words",
            typed.get("written", EMPTY),
            values={"written": written},
        ),
    ]
