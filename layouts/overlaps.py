"""The page of overlaps: gross and net totals, a matrix of the money that two commitments both count, and the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dash import html

from dashboard.overlap_file import totals_table
from dashboard.overlap_list import FACETS, STANDINGS, Key, Page, Pair, Sum
from dashboard.overlap_matrix import Matrix
from dashboard.page_terms import Terms
from dashboard.selection import Refusal
from dashboard.words import usd, usd_exact, years
from layouts.filled import planted
from layouts.overlap_matrix import finding_link, matrix, rows_link
from layouts.pager import pager
from layouts.pages import OVERLAPS_PATH, short
from layouts.pieces import commitment, foot, panel, refused, twin
from layouts.termbar import Offer, bar, chips

TITLE = "Overlaps"
NOTHING = Decimal(0)
CHECKING = "The checks are being run; please try again in some seconds."
NAMES = {"maker": "Maker", "goal": "Goal", "standing": "Computed and declared"}
RESETS = ("page",)
ABOUT = (
    "Two commitments overlap where their counting rules take the same rows: that money is counted as the delivery of "
    "both. What is computed from the rows stands beside what the register declares."
)
SAID = (
    "Overlaps are sums over the rows that two rules both take, in current US dollars, over all years of both rules, "
    "before any baseline is taken off. Commitments that are not measured by rows (shares of income, indicators, "
    "series, and what cannot be measured) are not compared."
)
MEANS = (
    ("Gross", "what each commitment counts, added up: money that two of them count is in it twice, money that three "
     "count three times"),
    ("Net", "the same rows, each in it once, however many commitments count it"),
    ("Counted again", "gross less net: what the gross figure holds beyond the first time. It is not the sum of the "
     "pairs below: money that three commitments count makes three pairs"),
)  # fmt: skip
APART = (
    "Only commitments that read one source at one stage are added, as the rows of two sources can be the same money. "
    "Gross and net tell here of overlaps alone: no repayment is taken off for them. Neither figure says what was "
    "promised or what is new. The filters of this page do not change them."
)
HEADS = ("Two commitments", "Both count", "Each counts in all", "Declared", "Finding")


@dataclass(frozen=True)
class Said:
    """What the page is told beside its figures. makers: name by id. pinned: the permalink. behind: queries of the page
    of rows, by pair. checked: whether the checks have been run, so that findings are known."""

    terms: Terms
    refused: Sequence[Refusal]
    makers: Mapping[str, str]
    pinned: str
    behind: Mapping[Key, str]
    checked: bool = True


def content(page: Page, drawn: Matrix, sums: Sequence[Sum], said: Said) -> list[Any]:
    labels = _labels(page, said)
    picked = chips(OVERLAPS_PATH, said.terms, labels, RESETS, NAMES)
    file = f"/export/overlaps.csv?{said.pinned.partition('?')[2]}"
    body = [
        html.Div([*picked, *refused(said.refused)], className="chips") if picked or said.refused else "",
        html.H1(_headline(page, bool(picked)), className="told-head"),
        html.P(ABOUT, className="lead"),
        *([] if said.checked else [html.P(f"No finding is shown yet. {CHECKING}", className="note", role="status")]),
        _totals(sums),
        matrix(drawn, said.behind, said.terms.pins),
        _list(page, said),
        html.P(html.A("These pairs as a file (CSV)", href=file), className="file"),
    ]
    main = html.Main(body, id="content", className="wrap register reckoned overlaps-of", **{"data-title": TITLE})
    return [_bar(page, said.terms, labels), main, foot(SAID, said.pinned)]


def untold(why: str, pinned: str) -> list[Any]:
    """Where nothing could be computed."""
    inner = html.Div(html.P(why, role="status"), className="err")
    main = html.Main([html.H1(TITLE), inner], id="content", className="wrap register", **{"data-title": TITLE})
    return [main, foot(SAID, pinned)]


def _labels(page: Page, said: Said) -> dict[str, dict[str, str]]:
    makers = {id_: said.makers.get(id_, id_) for id_ in (*page.facets["maker"], *said.terms.all("maker"))}
    return {
        "maker": dict(sorted(makers.items(), key=lambda pair: pair[1])),
        "goal": {goal: short(goal) for goal in "12345678"},
        "standing": STANDINGS,
    }


def _bar(page: Page, terms: Terms, labels: Mapping[str, Mapping[str, str]]) -> Any:
    menus = {}
    for facet in FACETS:
        counts = page.facets[facet]
        offers = [
            Offer(value, words, f"{counts.get(value, 0):,}")
            for value, words in labels[facet].items()
            if value in counts or value in terms.all(facet)
        ]
        menus[facet] = (NAMES[facet], offers)
    return bar(OVERLAPS_PATH, terms, menus, RESETS)


def _headline(page: Page, chosen: bool) -> str:
    count = sum(bool(pair.usd) for pair in page.passing)
    which = " picked" if chosen else ""
    if not count:
        return f"No two commitments{which} are found to count the same money"
    return (
        f"{count:,} pairs of commitments{which} count the same money"
        if count > 1
        else (f"One pair of commitments{which} counts the same money")
    )


def _totals(sums: Sequence[Sum]) -> html.Section:
    """Gross and net, of each source and stage by itself."""
    if not sums:
        none = html.P("No commitment of this state is measured by rows, so none can overlap.", className="note")
        return panel("totals", "Gross and net", "", [none])
    heads = ("Source and stage", "Commitments", "Gross", "Net", "Counted again")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in heads]))
    caption = html.Caption("Gross and net of each source and stage", className="heard-only")
    rows = [_sum(one, heads) for one in sums]
    listing = html.Table([caption, head, html.Tbody(rows)], className="listing gap-rows placed")
    terms = html.Dl([html.Div([html.Dt(name), html.Dd(f"{words}.")]) for name, words in MEANS], className="told-as")
    body = [planted(html.Div([html.Div(listing, className="wide"), terms, html.P(APART, className="note")]))]
    widest = max(sums, key=lambda one: (one.again, one.gross))
    exact = twin(totals_table(sums), "Gross and net, exact")
    return panel("totals", _title(widest), _basis(widest, len(sums) - 1), [*body, exact])


def _title(one: Sum) -> str:
    """What the set with the most money counted again comes to."""
    if not one.again:
        return "No money is counted more than once"
    amounts = f"{usd(one.gross, sentence=True)} gross and {usd(one.net, sentence=True)} net"
    return f"{one.commitments} commitments count {amounts}"


def _basis(one: Sum, others: int) -> str:
    """Of what set that is."""
    more = f"; {others} more {'sets' if others > 1 else 'set'} below, each by itself" if others else ""
    of = f"The commitments of the register whose rules read {one.title} ({one.stage}, {years(one.since, one.until)})"
    return f"{of}; current US dollars{more}"


def _sum(one: Sum, heads: Sequence[str]) -> html.Tr:
    sharing = f"{one.sharing} share money" if one.sharing else "none shares money"
    cells = [
        _cell(heads[1], [str(one.commitments), html.Small(sharing)]),
        *(
            _cell(name, html.B(usd(value)) if value else "none", usd_exact(value))
            for name, value in zip(heads[2:], (one.gross, one.net, one.again), strict=True)
        ),
    ]
    about = html.Small(f"{one.stage}, {years(one.since, one.until)}")
    return html.Tr([html.Th([one.title, about], scope="row"), *cells])


def _cell(head: str, inside: Any, exact: str = "") -> html.Td:
    more = {"title": exact} if exact else {}
    return html.Td(inside, className="number", **{"data-l": head}, **more)


def _list(page: Page, said: Said) -> html.Section:
    """The pairs of one page, the largest first."""
    if not page.rows:
        none = html.P("No pair passes these filters; each filter above says how many the others leave.")
        return panel("pairs", "No pair", "", [html.Div(none, className="empty")])
    first = page.rows[0]
    of = len(page.passing)
    start = next(place for place, pair in enumerate(page.passing, 1) if pair is first)
    shown = f"{start:,} to {start + len(page.rows) - 1:,} of {of:,}" if of > len(page.rows) else f"all {of:,}"
    count = html.P(f"Shown: {shown}. The file below holds all of them.", className="count-line", role="status")
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in HEADS]))
    caption = html.Caption("Pairs of commitments that count the same money", className="heard-only")
    rows = [_row(pair, said) for pair in page.rows]
    listing = html.Table([caption, head, html.Tbody(rows)], className="listing gap-rows placed pairs-of")
    subtitle = (
        "Pairs that share rows, and pairs that the register ties; the most money first, what cannot be compared last. "
        "Current US dollars"
    )
    pages = pager(OVERLAPS_PATH, said.terms, page.page, page.pages, "Pages of pairs")
    body = [count, planted(html.Div(listing, className="wide")), pages]
    return panel("pairs", _counted(page), subtitle, body, "Declared links of the register; overlaps from shared rows")


def _counted(page: Page) -> str:
    """How computed and declared stand to each other, in counts."""
    counts = dict.fromkeys(STANDINGS, 0)
    for pair in page.passing:
        counts[pair.standing] += 1
    held = [f"{counts[key]:,} {words[:1].lower()}{words[1:]}" for key, words in STANDINGS.items() if counts[key]]
    pairs = f"{len(page.passing):,} pair{'s' if len(page.passing) > 1 else ''}"
    return f"{pairs}: {'; '.join(held)}"


def _row(pair: Pair, said: Said) -> html.Tr:
    kept, query = said.terms.pins, said.behind.get(pair.key, "")
    names = [
        html.Span([f"{word}: ", commitment(one.id, one.title, kept)], className="one-of")
        for word, one in (("First", pair.first), ("Second", pair.second))
    ]
    span = [html.Small(years(*pair.years))] if pair.years else []
    money: Any = ["cannot be compared", html.Small(pair.why)] if pair.usd is None else "nothing"
    if pair.usd:
        money = [rows_link(pair, query, usd(pair.usd)), *span]
    each = [html.Div(f"{word}: {usd(value)}") for word, value in zip(("First", "Second"), pair.counted, strict=True)
            if value is not None]  # fmt: skip
    ties = [html.Div(f"{words[:1].upper()}{words[1:]}.") for words in pair.ties] or ["No tie is declared."]
    found = finding_link(pair, kept) or ("none" if said.checked else "not known yet")
    return html.Tr(
        [
            html.Th(names, scope="row"),
            html.Td(money, className="number", title=usd_exact(pair.usd) if pair.usd else "", **{"data-l": HEADS[1]}),
            html.Td(each or "not computed", **{"data-l": HEADS[2]}),
            html.Td(ties, **{"data-l": HEADS[3]}),
            html.Td(found, **{"data-l": HEADS[4]}),
        ]
    )
