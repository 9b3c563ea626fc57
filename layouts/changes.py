"""The page of changes: what moved between two editions and between two states of the register, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dash import html

from dashboard import changes as told
from dashboard.changes import BY, MEANS, PRICES, STEPS, Moved
from dashboard.codes import Codes
from dashboard.methods import METHODS
from dashboard.page_terms import Terms
from dashboard.selection import Refusal
from dashboard.words import Scale, scale_of
from layouts.filled import planted
from layouts.forms import forms
from layouts.pages import CHANGES_PATH
from layouts.parts import mark
from layouts.pieces import commitment, folded, foot, panel, refused, twin
from layouts.termbar import Offer, bar

TITLE = "Changes"
SHOWN = 16
CENT = Decimal("0.01")
SAID = (
    "Steps sum to the difference of the two totals, to the last digit; what no step explains is shown. Figures are "
    "rounded; the table is exact. Sources are never added together."
)
ANOTHER = (
    "An edition is made by every load: the command python -m data_access load, with a reader and a file, makes a "
    "new one beside the others, and the page of data lists those that are kept. Dropped editions cannot be compared."
)
LATEST = (
    "A state of the register is made by every edit and every import: python -m data_access registry import, with a "
    "file."
)


@dataclass(frozen=True)
class Record:
    """A commitment that differs between two states: what was done to it, the fields that differ, and the figure it had
    and has, in words; empty where its rule did not change."""

    id: str
    title: str
    action: str
    parts: str
    figures: str = ""


@dataclass(frozen=True)
class View:
    """What the page shows. editions, states: by name their words, the last made first. pair, states_pair: the earlier
    and the later, empty where there is none. rows: of the editions, or why there are none."""

    terms: Terms
    editions: Mapping[str, str]
    pair: tuple[str, str]
    shown: Mapping[str, str]
    offers: Mapping[str, Mapping[str, str]]
    rows: Sequence[Moved] | str
    differ: str
    states: Mapping[str, str]
    states_pair: tuple[str, str]
    records: Sequence[Record]
    more: int = 0


def content(view: View, every: Sequence[Refusal], codes: Codes, names: Mapping[str, str], pinned: str) -> list[Any]:
    """names: labels of the members compared."""
    body = [
        html.Div(refused(every), className="chips") if every else "",
        html.H1(_headline(view), className="told-head"),
        html.P(_lead(view), className="lead"),
        _editions(view, codes, names, pinned),
        _register(view, pinned),
    ]
    main = html.Main(body, id="content", className="wrap register reckoned changes-of", **{"data-title": TITLE})
    return [_bar(view), main, foot(SAID, pinned)]


def _bar(view: View) -> Any:
    words = dict(told.WORDS)
    offers = {"from": view.editions, "to": view.editions, **view.offers, "by": BY, "prices": PRICES}
    offers |= {"method": {name: name.capitalize() for name in METHODS}} if view.shown.get("by") == "goal" else {}
    if len(view.states) > 1:
        words |= {"was": "Earlier state of the register", "is": "Later state"}
        offers |= {"was": view.states, "is": view.states}
    menus = {key: (words[key], [Offer(*pair) for pair in offers[key].items()]) for key in words if offers.get(key)}
    return bar(
        CHANGES_PATH, view.terms, menus, shown={**view.shown, "was": view.states_pair[0], "is": view.states_pair[1]}
    )


def _headline(view: View) -> str:
    if not view.pair[0]:
        return "One edition is kept here, so nothing can be compared"
    if isinstance(view.rows, str):
        return "These two editions cannot be compared"
    still = sum(row.still for row in view.rows)
    rows = BY[view.shown["by"]].lower()
    if still == len(view.rows):
        return f"Nothing moved for any of the {len(view.rows)} {rows}"
    return f"{len(view.rows) - still} of {len(view.rows)} {rows} moved"


def _lead(view: View) -> str:
    if not view.pair[0]:
        return ANOTHER
    return f"From edition {view.pair[0]} to edition {view.pair[1]}. {view.differ}"


def _editions(view: View, codes: Codes, names: Mapping[str, str], pinned: str) -> Any:
    if not view.pair[0]:
        return ""
    title = f"By {view.shown['by']}, step by step"
    if isinstance(view.rows, str):
        return panel("moved", title, "", [html.P(view.rows)])
    source = codes.sources[view.shown["source"]].title if view.shown["source"] in codes.sources else ""
    moving = [row for row in view.rows if not row.still]
    scale = scale_of([value for row in moving for value in (row.before, row.after) if value is not None])
    unit = f"{scale.unit[1]}s of US dollars" if scale.unit[1] else "US dollars"
    subtitle = f"{view.shown['stage'].capitalize()}, {PRICES[view.shown['prices']].lower()}, {unit}"
    steps = html.Dl(
        [html.Div([html.Dt(STEPS[name]), html.Dd(words)]) for name, words in MEANS.items()], className="told-as"
    )
    inside: list[Any] = [_table(moving[:SHOWN], names, scale)] if moving else [html.P("Every total is as it was.")]
    if len(moving) > SHOWN:
        inside.append(folded(f"{len(moving) - SHOWN} more", _table(moving[SHOWN:], names, scale)))
    inside += [
        folded("What each step holds", steps),
        twin(told.table(view.rows, names, subtitle), "All as an exact table"),
        forms("changes", pinned, "Every step as a file"),
    ]
    return panel("moved", title, subtitle, [planted(html.Div(inside))], f"Source: {source}")


def _table(rows: Sequence[Moved], names: Mapping[str, str], scale: Scale) -> html.Div:
    used = [
        name for name in STEPS if name in ("years", "revision", "unexplained") or any(row.steps[name] for row in rows)
    ]
    heads = ["", "Earlier", *(STEPS[name] for name in used), "Later"]
    head = html.Thead(html.Tr([html.Th(words or "Name", scope="col") for words in heads]))
    body = html.Tbody([_row(row, names, used, scale) for row in rows])
    caption = html.Caption("Earlier total, steps, later total", className="heard-only")
    return html.Div(html.Table([caption, head, body], className="listing gap-rows"), className="wide")


def _row(row: Moved, names: Mapping[str, str], used: Sequence[str], scale: Scale) -> html.Tr:
    noted = [f"{row.appeared} newly reported"] * bool(row.appeared) + [f"{row.gone} no longer reported"] * bool(
        row.gone
    )
    first = html.Th([names.get(row.code, row.code), *([html.Small(", ".join(noted))] if noted else [])], scope="row")
    steps = [_cell(STEPS[name], _signed(row.steps[name], scale)) for name in used]
    return html.Tr(
        [first, _cell("Earlier", _total(row.before, scale)), *steps, _cell("Later", _total(row.after, scale))]
    )


def _total(value: Decimal | None, scale: Scale) -> Any:
    return mark("not-reported", "not reported") if value is None else scale.plain(value)


def _signed(value: Decimal, scale: Scale) -> str:
    if value and abs(value) < CENT:
        return "under a cent"
    return "0" if not value else f"+{scale.plain(value)}" if value > 0 else scale.plain(value)


def _cell(words: str, inside: Any) -> html.Td:
    return html.Td(inside, className="number", **{"data-l": words})


def _register(view: View, pinned: str) -> Any:
    title = "The register of commitments"
    before, after = view.states_pair
    if not before:
        said = f"One state of the register is kept here, {after}, so nothing can be compared. {LATEST}"
        return panel("records", title, "", [html.P(said)])
    subtitle = f"From state {before} ({view.states[before]}) to state {after} ({view.states[after]})"
    if not view.records:
        return panel("records", title, subtitle, [html.P("Both states hold the same commitments.")])
    rows = [
        html.Tr(
            [
                html.Th(commitment(one.id, one.title) if one.action != "withdrawn" else one.title, scope="row"),
                html.Td(one.action, **{"data-l": "What was done"}),
                html.Td(one.parts, **{"data-l": "What differs"}),
                html.Td(one.figures, **{"data-l": "Delivered"}),
            ]
        )
        for one in view.records
    ]
    heads = ("Commitment", "What was done", "What differs", "Delivered, by the rule before and now")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    caption = html.Caption("Commitments that differ", className="heard-only")
    box = html.Div(html.Table([caption, head, html.Tbody(rows)], className="listing"), className="wide")
    count = [html.P(f"{view.more} more differ; the pages of the commitments tell each revision.")] if view.more else []
    return panel("records", title, subtitle, [box, *count, forms("changes-register", pinned, "All of them as a file")])
