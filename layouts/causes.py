"""The waterfall of a commitment: against either end of a range, what each step is made of, the shortfall by donor."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import causes as by_cause
from dashboard.amount_words import figure, single
from dashboard.causes import NAMES, Causes
from dashboard.commitment import Commitment
from dashboard.commitment_words import by_cause as cause_title
from dashboard.commitment_words import headline, left
from dashboard.figures.steps import EDGE, HEIGHT, ROW, waterfall
from dashboard.moves import Move
from dashboard.panels import Figure
from dashboard.ranges import Range
from dashboard.shown import rounded
from dashboard.words import usd
from layouts.away import Taken
from layouts.explained import explain
from layouts.filled import planted
from layouts.pieces import absent, folded, panel, twin
from layouts.pieces import figure as drawn
from layouts.tables import table

LEAST = 44  # pixels of a row of a long waterfall
LEFT = "What these leave between what was promised and what was delivered; where more was delivered, what is above it."
NOT_SPLIT = (
    "How the amount is split between its donors was not agreed, as far as the register holds: the shortfall is not "
    "opened by donor. What each changed since the base year stands under “Each by "
    "itself”."
)
INCOMES_OF_OTHERS = (
    "The promise is counted as the amount that it names. Accounts of others, below, name a step for donors' incomes "
    "that came out otherwise than was projected when they promised; those projections are not held here."
)
ROUNDED = "Parts may not add up because of rounding; the file has every digit."


def waterfalls(told: Commitment, found: Causes, explained: str, file: str, taken: Taken) -> html.Section:
    """explained, file: addresses of the terms and of the steps, as files."""
    body = [
        html.Div(_figures(told, found), className="body"),
        planted(html.Div([html.H3("What each step is made of", className="part-of"), _steps(told, found)])),
        twin(rounded(by_cause.table(found))),
        *_by_donor(told, found),
        *_onward(found),
        html.P([html.A("The steps as a file (CSV)", href=file, download=""), f". {ROUNDED}"], className="note"),
        explain(told, explained),
    ]
    return panel("cause", *titles(told, found), body, taken=taken)


def titles(told: Commitment, found: Causes) -> tuple[str, str]:
    """Title and subtitle."""
    basis = f", in {found.prices.removeprefix('US ')}" if found.onward else ""
    under = f"By cause. {found.prices[:1].upper()}{found.prices[1:]}. {left(found)}"
    return f"{cause_title(found, told)}{basis}", under


def _figures(told: Commitment, found: Causes) -> list[Any]:
    made: list[Any] = []
    for name, words, chart, height, sentence in figures(told, found):
        made += [*([html.H3(words, className="part-of")] if words else []), drawn(name, chart, height, sentence)]
    return made


def figures(told: Commitment, found: Causes) -> list[tuple[str, str, Figure, int, str]]:
    """One figure; of a range two, each under the end that it is against: name, heading, figure, pixels of its height,
    sentence."""
    sentence = headline(told).text
    if not found.high:
        return [("cause", "", *_figure(found, False), sentence)]
    due = told.measured.due if isinstance(told.measured.due, Range) else Range(found.rows[0].end, found.high[0].end)
    made = []
    for name, high, end in (("cause", False, due.low), ("cause-high", True, due.high)):
        words = f"Against the {'high' if high else 'low'} end: {single(end, told.measured.unit)}"
        made.append((name, words, *_figure(found, high), f"{words}. {sentence}"))
    return made


def _figure(found: Causes, high: bool) -> tuple[Figure, int]:
    """Both figures of a range have one length for one dollar."""
    rows = by_cause.drawn(found, high)
    height = 2 * EDGE + max(min(HEIGHT - 2 * EDGE, ROW * len(rows)), LEAST * len(rows))
    chart = waterfall(rows, by_cause.whole(found, high), height=height)
    ends = [float(end) for row in (*found.rows, *found.high) for end in (row.start, row.end)]
    chart["layout"]["xaxis"]["range"] = [min(0.0, *ends), max(ends) or 1.0]
    return chart, height


def _onward(found: Causes) -> list[Any]:
    """What was delivered at constant prices, and the same at current ones: another unit, so a figure apart."""
    if not found.onward:
        return []
    words = f"What was delivered, from {found.prices} to {by_cause.CURRENT}"
    steps, height = by_cause.drawn_onward(found), 2 * EDGE + LEAST * len(found.onward)
    how = " ".join(one.how for one in found.moves if one.cause == "prices")
    drawn_so = drawn("cause-onward", waterfall(steps, None, height=height), height, words)
    return [
        html.H3(words, className="part-of"),
        drawn_so,
        html.P(how, className="note"),
        twin(rounded(by_cause.table_onward(found))),
    ]


def _steps(told: Commitment, found: Causes) -> html.Dl:
    """Causes that have a step or ought to have one; those that have no part in it in one line."""
    held = [one for one in found.moves if not (found.onward and one.cause == "prices")]
    untold = [one for one in held if one.cause == "denominator" and not _tells(one) and _named_by_others(told)]
    every = [html.Div([html.Dt(NAMES[one.cause]), html.Dd(_not_computed())]) for one in untold]
    every += [html.Div([html.Dt(NAMES[one.cause]), html.Dd(_step(one))]) for one in held if _tells(one)]
    none = " ".join(one.how for one in held if not _tells(one) and one not in untold)
    every.append(html.Div([html.Dt(by_cause.NOT_SEEN if found.part else "Shortfall"), html.Dd(LEFT)]))
    every += [html.Div([html.Dt("Not a cause here"), html.Dd(none)])] if none else []
    return html.Dl(every, className="told-as meta")


def _named_by_others(told: Commitment) -> bool:
    """Whether an account of others takes the gap apart with a step of income."""
    return any(row.cause == "denominator" for one in told.vintages for row in one.rows)


def _not_computed() -> list[Any]:
    return [absent("not_measurable", "not computed here"), html.Small(INCOMES_OF_OTHERS)]


def _tells(one: Move) -> bool:
    return one.absence is not None or one.low is not None


def _step(one: Move) -> list[Any]:
    if one.absence is not None or one.low is None or one.high is None:
        kind = one.absence.value if one.absence else "not_measurable"
        return [absent(kind, one.absence.words if one.absence else ""), html.Small(one.how)]
    ends = sorted((one.low, one.high))
    sign = "+" if ends[0] > 0 else ""
    said = figure(Range(*ends), "USD") if ends[0] != ends[1] else usd(ends[0])
    return [html.B(f"{sign}{said}"), html.Small(one.how)]


def _by_donor(told: Commitment, found: Causes) -> list[Any]:
    if not found.shares:
        several = len(told.measured.standings) > 1 and told.measured.rule.baseline == "level"
        return [html.P(NOT_SPLIT, className="note")] if several else []
    made = by_cause.by_donor(found)
    what = "What is not seen" if found.part else "The shortfall"
    return [folded(f"{what} opened by its {len(found.shares)} donors", table(rounded(made)))]
