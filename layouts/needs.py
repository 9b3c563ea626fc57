"""The page of needs: recipients ranked by what they need of a Goal against what they receive for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dash import html

from dashboard import needs as ranking
from dashboard.amount_words import plain
from dashboard.codes import Codes
from dashboard.figures.compare import a_head
from dashboard.need_list import WEIGHTS, WORDS, table
from dashboard.needs import Needs, Placed
from dashboard.page_terms import Terms
from dashboard.selection import Refusal
from dashboard.words import ordinal, the, usd, years
from layouts.filled import planted
from layouts.forms import forms
from layouts.need_formula import formula
from layouts.pages import NEEDS_PATH, goal_path, short
from layouts.parts import mark
from layouts.pieces import folded, foot, panel, refused, to, twin
from layouts.termbar import Offer, bar, chips

TITLE = "Needs"
SHOWN = 25
SAID = (
    "The ranking compares places, not amounts: it says who is worse off and funded less than others, not how much is "
    "needed. What is not reported is no need and no zero. Figures are rounded; the table is exact."
)
HEADS = ("Place", "Recipient", "Indicator", "To the target", "A head and year", "Need", "Lack", "Score")


@dataclass(frozen=True)
class View:
    """held: the ranking, or why there is none. offers: by term, label of each value. shown: of terms with one value.
    own: countries that stand at the head of the table with their place."""

    terms: Terms
    shown: Mapping[str, str]
    offers: Mapping[str, Mapping[str, str]]
    held: Needs | str
    kept: str
    own: tuple[str, ...] = ()


def content(view: View, every: Sequence[Refusal], codes: Codes, pinned: str) -> list[Any]:
    """The page under its terms."""
    picked = chips(NEEDS_PATH, view.terms, {"recipient": view.offers["recipient"]})
    body = [
        html.Div([*picked, *refused(every)], className="chips") if picked or every else "",
        html.H1(_headline(view), className="told-head"),
        html.P(_lead(view, codes), className="lead"),
        formula(view.shown["need"], view.shown["funding"]),
        *_ranked(view, codes, pinned),
    ]
    main = html.Main(body, id="content", className="wrap register reckoned needs-of", **{"data-title": TITLE})
    return [_bar(view), main, foot(SAID, pinned)]


def _bar(view: View) -> Any:
    words = {**WORDS, **WEIGHTS}
    menus = {
        key: (words[key], [Offer(*pair) for pair in view.offers[key].items()]) for key in words if view.offers.get(key)
    }
    return bar(NEEDS_PATH, view.terms, menus, shown=view.shown)


def _headline(view: View) -> str:
    goal = f"Goal {short(view.shown['goal'])}"
    if isinstance(view.held, str) or not _able(view.held):
        return f"{goal}: need against funding"
    return f"{goal}: {len(_able(view.held))} recipients by need against funding"


def _able(held: Needs) -> list[Placed]:
    return [row for row in held.rows if row.place is not None]


def _lead(view: View, codes: Codes) -> list[Any]:
    goal = view.shown["goal"]
    page = html.A(f"The page of Goal {goal}", **to(goal_path(goal), view.kept))
    if isinstance(view.held, str):
        return [page, " has the maps of both."]
    held, source = view.held, codes.sources[view.held.source]
    target = "" if any(row.target is not None for row in held.rows) else " No target for 2015 is computed for it here."
    said = (
        f"{held.series.name} ({held.series.unit}), each country’s latest value of {ranking.NEAR} years, beside what "
        f"was disbursed for the Goal a head and year, {years(*held.years)}, current US dollars.{target} "
        f"Sources: {held.series.source}; {source.title}. "
    )
    return [said, page, " has the maps of both."]


def _ranked(view: View, codes: Codes, pinned: str) -> list[Any]:
    held = view.held
    if isinstance(held, str):
        return [html.Div(html.P(held), className="empty")]
    able = _able(held)
    rest = [row for row in held.rows if row.place is None]
    inside: list[Any] = _lifted(held, codes, view)
    inside += [_table(able[:SHOWN], codes, view)] if able else [html.P(_none(view))]
    if len(able) > SHOWN:
        inside.append(folded(f"{len(able) - SHOWN} more", _table(able[SHOWN:], codes, view)))
    if rest:
        inside.append(
            folded(f"{len(rest)} {'is' if len(rest) == 1 else 'are'} not ranked, and why", _without(rest, codes, view))
        )
    inside.append(twin(table(held, codes), f"All {len(held.rows)} as an exact table"))
    inside.append(forms("needs", pinned, "The table as a file"))
    title = _title(able, codes, view)
    return [panel("needs", title, "The worst off and least funded first", [planted(html.Div(inside))])]


def _title(able: Sequence[Placed], codes: Codes, view: View) -> str:
    """Whose place it is, of one country picked; else who comes first."""
    own = [row for row in able if row.code in view.own]
    if len(own) == 1:
        name = the(_name(codes, own[0]))
        return f"{name[:1].upper()}{name[1:]} is {ordinal(own[0].place or 0)} of {len(able)}"
    return f"{_name(codes, able[0])} comes first" if able else "Nobody can be ranked"


def _lifted(held: Needs, codes: Codes, view: View) -> list[Any]:
    """The countries picked, above the ranking in which each has its place too."""
    rows = [row for row in held.rows if row.code in view.own]
    placed = [row for row in rows if row.place is not None]
    absent_ = [row for row in rows if row.place is None]
    made: list[Any] = [_table(placed, codes, view, "Recipients picked, with their place among all")] if placed else []
    return made + [html.P(f"{_name(codes, row)} is not ranked: {why(row)}.", className="note") for row in absent_]


def _none(view: View) -> str:
    return (
        f"Under the method {view.shown['method']} no purpose that is reported serves this Goal, so nothing is known of "
        "its funding. Another goal mapping may tell."
    )


def _name(codes: Codes, row: Placed) -> str:
    return codes.name("recipient", row.code)


def _table(
    rows: Sequence[Placed], codes: Codes, view: View, words: str = "Recipients by need against funding"
) -> html.Div:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in HEADS]))
    caption = html.Caption(words, className="heard-only")
    body = html.Tbody([_row(row, codes, view) for row in rows])
    return html.Div(html.Table([caption, head, body], className="listing gap-rows ranked"), className="wide")


def _row(row: Placed, codes: Codes, view: View) -> html.Tr:
    link = html.A(_name(codes, row), **to(f"/recipient/{row.code}", view.kept))
    value = [plain(row.value) if row.value is not None else _absent(), html.Small(str(row.year))]
    return html.Tr(
        [
            _cell(0, str(row.place)),
            html.Th(link, scope="row"),
            _cell(2, value),
            _cell(3, _distance(row)),
            _cell(4, money_a_head(row.per_head) if row.per_head is not None else _absent()),
            _cell(5, _part(row.need)),
            _cell(6, _part(row.lack)),
            _cell(7, html.B(_part(row.score))),
        ],
        className="own" if row.code in view.own else "",
    )


def _absent() -> Any:
    return mark("not-reported", "not reported")


def _distance(row: Placed) -> Any:
    if row.distance is None:
        return mark("no-target", "no target is computed")
    return "reached" if row.distance <= 0 else plain(row.distance)


def _part(value: Decimal | None) -> str:
    return f"{value:.2f}" if value is not None else ""


def _cell(place: int, inside: Any) -> html.Td:
    return html.Td(inside, className="number", **{"data-l": HEADS[place]})


def _without(rows: Sequence[Placed], codes: Codes, view: View) -> html.Ul:
    return html.Ul(
        [
            html.Li([html.A(_name(codes, row), **to(f"/recipient/{row.code}", view.kept)), html.Small(why(row))])
            for row in rows
        ],
        className="reasons",
    )


def money_a_head(value: Decimal) -> str:
    """Dollars and cents; what is paid and less than half a cent is no zero."""
    return a_head(value) if value > 0 else usd(value)


def why(row: Placed) -> str:
    """What a recipient lacks to be ranked."""
    asked = (("the indicator", row.value), ("funding", row.usd), ("its population", row.people))
    lacks = [words for words, value in asked if value is None]
    return f"not reported: {', '.join(lacks)}"
