"""The heat matrix of makers and Goals, with its legend: shares in colour, counts outlined, every absence marked."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.amount_words import MARKS
from dashboard.codes import GOALS
from dashboard.figures import style
from dashboard.matrix import LABELS, NUMBERS, Cell, Matrix, Row, fill
from dashboard.outcomes import JUDGED, STATES
from dashboard.register_terms import Asked
from layouts.filled import el, planted
from layouts.parts import mark

SHORT = {
    "1": "Poverty", "2": "Education", "3": "Gender", "4": "Child", "5": "Maternal", "6": "Diseases", "7": "Environ.",
    "8": "Partnership",
}  # fmt: skip
SEEN = {
    "reported": "number",
    "own": "reported",
    "shown": "shown",
    "part": "part",
    "years": "years",
    "unloaded": "unloaded",
}


def matrix(drawn: Matrix, asked: Asked) -> html.Div:
    heads = [el.th("Maker", scope="col", className="l"), el.th("Commit- ments", scope="col", className="n")]
    heads += [_goal(goal) for goal in NUMBERS]
    rows = [_row(row, asked) for row in drawn.rows]
    said = "Makers by Goals: delivered or committed share, or how many came to what was due, or why it cannot be told"
    table = html.Table(
        [el.caption(said, className="heard-only"), el.thead(el.tr(heads)), el.tbody(rows)], className="mx"
    )
    box = {"tabIndex": 0, "role": "region", "aria-label": said}
    hint = el.p("The table goes on to the right: move it sideways to see all eight Goals.", className="mx-hint")
    return planted(html.Div([hint, html.Div(table, className="mxw", **box), _legend()]))


def _goal(goal: str) -> Any:
    named = [mark(f"goal-{goal}"), el.span(goal), el.span(SHORT[goal])]
    return el.th(named, scope="col", title=GOALS[goal])


def _row(row: Row, asked: Asked) -> Any:
    query = asked.toggled("maker", row.maker).write()
    name = el.a(row.name, href=f"/commitments?{query}", **{"data-search": query})
    cells = [_cell(cell, row, goal, asked) for goal, cell in zip(NUMBERS, row.cells, strict=True)]
    return el.tr([el.th(name, scope="row", className="l"), el.td(str(row.count), className="n"), *cells])


def _cell(cell: Cell, row: Row, goal: str, asked: Asked) -> Any:
    said = f"{row.name}, Goal {goal}: {cell.said or 'no commitment in the register'}"
    if cell.kind == "none":
        return el.td(el.span(el.span(said, className="heard-only"), className="cell none"))
    query = asked.change(maker=(row.maker,), goal=(goal,)).write()
    look: dict[str, Any] = {"className": f"cell {'ab' if cell.kind == 'absent' else cell.kind}"}
    if cell.committed:
        look["className"] += " rung"
    inside: list[Any] = [el.b(cell.main), el.small(cell.small)]
    if cell.kind == "share" or cell.committed:
        colour, ink = fill(cell)
        look["style"] = {"background": colour, "color": ink}
    if cell.kind == "absent":
        inside = [mark(mark_of(cell.state), ""), el.small(cell.small)]
    about = {"href": f"/commitments?{query}", "data-search": query, "title": said, "aria-label": said}
    return el.td(el.a(inside, **look, **about))


def mark_of(state: str) -> str:
    """What has figures and no verdict has a mark of its own."""
    return SEEN.get(state) or MARKS[state]


def _legend() -> Any:
    classes = [
        el.li([el.i(style={"background": colour}), el.span(words)])
        for colour, words in zip(style.SHARE, LABELS, strict=True)
    ]
    committed = {"background": style.COMMITTED}
    classes.append(el.li([el.i(className="rung", style=committed), el.span("committed alone, any share")]))
    marks = [
        el.li([el.i(mark(mark_of(state)), className="sw"), el.span(words)])
        for state, words in STATES.items()
        if state not in JUDGED
    ]
    marks.append(el.li([el.i(className="sw sw-none"), el.span("no commitment in the register")]))
    return el.div([el.ul(classes, className="classes"), el.ul(marks, className="marks")], className="legend")
