"""The ladder of a commitment: four rungs side by side, each with its figure, source and date, or why it has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dash import html

from dashboard.commitment_words import Gap
from dashboard.contributed import MARK, Spoken
from dashboard.report_series import standing
from dashboard.reported_rungs import by_rung
from dashboard.rungs import Rung
from dashboard.words import listed
from layouts.parts import mark
from layouts.pieces import absent

ONE = Decimal(1)
NO_GAP = ("none", "no verdict", "at most")  # no shortfall is told


def ladder(rungs: Sequence[Rung], file: str, money: bool = True, said: Sequence[Spoken] = ()) -> html.Div:
    """file: address of the terms of the rule, to which a rung adds its stage. money: of what is no promise of money,
    rungs that nothing is told of are one line. said: accepted contributions; what the maker itself reported of a rung
    stands there with its own mark, and no bar, as does what others did, beside what is measured."""
    theirs = {rung.stage: _last(rung.stage, said) for rung in rungs}
    untold = [rung for rung in rungs if rung.absence is not None and rung.stage != "pledged"]
    own = {words for one in said if one.figure and one.delivery for words in by_rung(one.delivery).values()}
    rungs = [replace(rung, reported="") if rung.reported in own else rung for rung in rungs]  # its maker's: told once
    blank = [] if money else [rung for rung in untold if not theirs[rung.stage] and not rung.reported]
    if len(blank) < 2:
        return html.Div(_rungs(rungs, file, theirs))
    kept = [rung for rung in rungs if rung not in blank]
    return html.Div([_rungs(kept, file, theirs), html.P(_untold(blank), className="note")])


def _last(stage: str, said: Sequence[Spoken]) -> Spoken | None:
    """The report that reaches furthest, of those of a rung that stand."""
    every = [one for one in standing(said) if one.figure and one.fields.get("rung") == stage and not one.later]
    return max(every, key=lambda one: (one.fields["until"], one.fields["since"], one.at), default=None)


def _untold(blank: Sequence[Rung]) -> str:
    names = listed([rung.stage for rung in blank], len(blank))
    return f"No money is counted for it: what was {names} is not reported."


def _rungs(rungs: Sequence[Rung], file: str, theirs: Mapping[str, Spoken | None]) -> html.Ol:
    longest = max([ONE, *(rung.part for rung in rungs if rung.part is not None)])
    return html.Ol([_rung(rung, longest, file, theirs[rung.stage]) for rung in rungs], className="ladder")


def _rung(rung: Rung, longest: Decimal, file: str, theirs: Spoken | None) -> html.Li:
    known = bool(rung.figure)
    terms = html.A("Terms", href=f"{file}&stage={rung.stage}", download="", **{"aria-label": f"Terms, {rung.stage}"})
    swatch = html.I(className=f"key-{rung.stage}" if known else "key-none", **{"aria-hidden": "true"})
    value: Any = [html.B(rung.figure), html.Small(f" {rung.share}") if rung.share else ""]
    if rung.absence is not None:
        value = absent(rung.absence.value, rung.absence.words) if theirs is None else _theirs(theirs)
    also = [html.P(_theirs(theirs))] if theirs and rung.absence is None else []
    also += [html.P([mark(MARK, "as reported:"), f" As reported: {rung.reported}"])] if rung.reported else []
    return html.Li(
        [
            html.Span([swatch, rung.stage.capitalize()], className="r"),
            html.Span(value, className="v" if known else "na"),
            html.Span(_bar(rung, longest), className="bar", **{"aria-hidden": "true"}),
            html.Div(
                [html.P([rung.under, *([" ", terms] if known and rung.stage != "pledged" else [])]), *also],
                className="under",
            ),
        ]
    )


def _theirs(one: Spoken) -> list[Any]:
    return [
        mark(MARK, "reported by its maker:"),
        f" {one.amount}{f', {one.period}' if one.period else ''}; by {one.by}",
    ]


def _bar(rung: Rung, longest: Decimal) -> list[Any]:
    if rung.part is None or rung.part < 0:
        return []
    width = f"{float(100 * rung.part / longest):.2f}%"
    return [html.Span(className=f"key-{rung.stage}", style={"width": width})]


def gaps(every: Sequence[Gap]) -> html.Dl:
    """The three gaps, each with its basis or its reason."""
    return html.Dl([_gap(one) for one in every], className="gaps")


def _gap(one: Gap) -> html.Div:
    said: Any = html.B(one.said, className="no-gap" if one.said.startswith(NO_GAP) else "") if one.said else ""
    if one.absence is not None:
        said = absent(one.absence.value, one.absence.words)
    basis = [html.Small(one.basis)] if one.basis else []
    return html.Div([html.Dt([one.name, html.Small(one.means)]), html.Dd([said, *basis])])
