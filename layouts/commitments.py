"""The page of all commitments: the headline, the matrix, when they were made, what can be told, and the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.commitment import Entry
from dashboard.figures import fora
from dashboard.listing import Count, Page, by_year
from dashboard.matrix import Matrix, title
from dashboard.outcomes import JUDGED, STATES, unloaded
from dashboard.outcomes import told as in_counts
from dashboard.register_terms import Asked
from dashboard.restated import net
from dashboard.selection import Refusal
from layouts.filled import el, planted
from layouts.forms import forms
from layouts.goal_register import WHOSE
from layouts.matrix import mark_of, matrix
from layouts.parts import mark
from layouts.pieces import figure, folded, foot, panel, refused, to, twin
from layouts.promises import chooser, listed, pager
from layouts.sieve import chips, sieve

SAID = (
    "Amounts stand in the currency of the promise and are never added: currencies and units mix, and a commitment of "
    "several makers holds theirs. A commitment that names two Goals stands under both. Two dots (..) mean not reported."
)
OF_GOAL = 12  # commitments under the panels of a Goal
SHOWN = 10  # entries of a summary before the rest is folded


def page(
    found: Sequence[Entry],
    shown: Page,
    drawn: Matrix,
    asked: Asked,
    words: Mapping[str, Mapping[str, str]],
    counts: Mapping[str, Sequence[Count]],
    tallies: Mapping[str, Sequence[Count]],
    every: int,
    wrong: Sequence[Refusal],
    pinned: str,
) -> list[Any]:
    """found: those that match; counts: for the form; tallies: of those that match, by term; every: in the register."""
    body = [
        *refused(wrong),
        html.H1("Commitments"),
        html.P(_opening(found, every), className="lead"),
        sieve(asked, words, counts),
        *chips(asked, words),
    ]
    if not found:
        body.append(_nothing(asked))
    else:
        side = [_when(found, asked), _states(tallies["state"], asked, len(found))]
        top = html.Div([_matrix(drawn, asked), html.Div(side, className="side")], className="two wide-left")
        body += [top, _list(found, shown, asked, every, pinned), _summaries(tallies, asked, words)]
    about = {"data-title": "Commitments"}
    return [html.Main(body, id="content", className="wrap register", **about), foot(SAID, pinned)]


def _opening(found: Sequence[Entry], every: int) -> str:
    held = [entry for entry in found if entry.outcome.measured]
    less = f" ({net(held)})" if net(held) else ""
    states = in_counts(Counter(entry.state for entry in found))
    which = f"The register holds {every} commitments" if len(found) == every else f"{len(found)} of {every} commitments"
    lacking = Counter(entry.outcome.why for entry in found if unloaded(entry.outcome))
    need = (why.replace("It needs", f"{count} need{'s' if count == 1 else ''}") for why, count in lacking.items())
    why_not = "".join(f"{sentence} " for sentence in need)
    return (
        f"{which}. Delivery is measured for {len(held)} of them{less} from the data at hand: "
        f"{states}. {why_not}"
        f"For each of the others its page says why not, and what others reported."
    )


def _nothing(asked: Asked) -> html.Div:
    query = Asked(pins=asked.pins).write()
    way = html.A("Show all commitments", href=f"/commitments?{query}", **{"data-search": query})
    said = html.P("No commitment of the register matches everything that is picked.")
    return html.Div([mark("not-reported"), said, html.P(way, className="ways")], className="empty")


def _matrix(drawn: Matrix, asked: Asked) -> html.Section:
    words = (
        "Delivered or committed share of what was due, by maker and Goal, where one commitment is compared with it; "
        "where several are, how many delivered (met) or committed what was due. Small figures: of all in the cell. "
        "Each cell opens its commitments"
    )
    more = drawn.makers - len(drawn.rows)
    source = "Register of commitments and the figures of this edition. Shares are never averaged."
    source += f" The {len(drawn.rows)} makers with the most commitments; {more} more are in the list." if more else ""
    return panel("matrix", title(drawn), words, [matrix(drawn, asked)], source)


def _when(found: Sequence[Entry], asked: Asked) -> html.Section:
    years = by_year(found)
    under = f"Commitments by the year made. Filled: financial; outlined: policy.{fora.before(years)}"
    head = fora.title(years, len(found))
    body = [figure("fora", fora.figure(years), fora.HEIGHT, head), twin(fora.table(years))]
    return panel("when", head, under, body, "Register of commitments")


def _states(states: Sequence[Count], asked: Asked, whole: int) -> html.Section:
    counts = {one.code: one.all for one in states}
    top = max(counts.values())
    rows = []
    for state, words in STATES.items():
        if state not in counts:
            continue
        query = asked.toggled("state", state).write()
        width = {"width": f"{100 * counts[state] / top:.1f}%"}
        bar = el.span(el.span(style=width, className=f"s-{state}"), className="b")
        name = el.a(words, href=f"/commitments?{query}", **{"data-search": query})
        sign = mark(mark_of(state), "") if state not in JUDGED else el.i(className=f"sw s-{state}")
        rows.append(el.li([sign, el.b(f"{counts[state]}"), el.span([name, bar])]))
    told = sum(counts.get(state, 0) for state in JUDGED)
    body = [planted(html.Ul(rows, className="absrows"))]
    return panel("states", f"{told} of {whole} can be compared with what was due", "", body, "Register of commitments")


def _list(found: Sequence[Entry], shown: Page, asked: Asked, every: int, pinned: str) -> html.Section:
    whole = "&".join(part for part in pinned.split("&") if not part.startswith("page="))  # not this page of the list
    acts = forms("commitments", whole, "These as a file")
    told = html.P(html.B(f"{len(found)} of {every} commitments"), role="status")
    count = html.Div([told, html.Div([acts, chooser(asked)], className="acts-of")], className="counted")
    body = [count, listed(shown.entries, asked.pins.write(), asked), pager(shown, asked)]
    name = {"forum": "forum", "made": "date", "share": "delivered share"}
    sort = asked.sort.removeprefix("-")
    under = f"Sorted by {name.get(sort, sort)}. Amounts as pledged, in the currency of the pledge"
    return panel("list", "All commitments" if len(found) == every else "These commitments", under, body)


def _summaries(tallies: Mapping[str, Sequence[Count]], asked: Asked, words: Any) -> html.Section:
    """Counts by forum, maker, Goal and kind of forum; no amounts."""
    named = (("forum", "By forum"), ("maker", "By maker"), ("goal", "By Goal"), ("forumkind", "By kind of forum"))
    tables = [_summary(term, head, tallies[term], asked, words[term]) for term, head in named]
    under = "How many commitments, how many are measured here, how many delivered what was due, how many committed it"
    return panel("summary", "In counts", under, [html.Div(tables, className="summaries")], "Register of commitments")


def _summary(term: str, head: str, counts: Sequence[Count], asked: Asked, words: Mapping[str, str]) -> html.Div:
    rows = [_line(term, one, asked, words) for one in counts if one.code]
    first, rest = _table(rows[:SHOWN], head), rows[SHOWN:]
    more = [folded(f"{len(rest)} more", _table(rest, head))] if rest else []
    return html.Div([html.H3(head), first, *more])


def _table(rows: Sequence[Any], head: str) -> html.Div:
    heads = [
        el.th(word, scope="col")
        for word in (head.removeprefix("By ").capitalize(), "All", "Measured", "Delivered", "Committed")
    ]
    caption = el.caption(f"Commitments {head.lower()}", className="heard-only")
    return planted(html.Div(el.table([caption, el.thead(el.tr(heads)), el.tbody(rows)], className="tally-of")))


def _line(term: str, one: Count, asked: Asked, words: Mapping[str, str]) -> Any:
    query = asked.toggled(term, one.code).write()
    name = el.a(words.get(one.code, one.code), href=f"/commitments?{query}", **{"data-search": query})
    numbers = [el.td(f"{count}") for count in (one.all, one.measured, one.met, one.committed)]
    return el.tr([el.th(name, scope="row"), *numbers])


def of_goal(found: Sequence[Entry], goal: str, query: str, kept: str) -> html.Section:
    """Under the panels of a Goal: its commitments, the measured ones first, and the way to all."""
    measured = [entry for entry in found if entry.outcome.measured]
    shown = [*measured, *(entry for entry in found if not entry.outcome.measured)][:OF_GOAL]
    title = f"{len(found)} commitments to Goal {goal}, {len(measured)} of them measured"
    states = in_counts(Counter(entry.state for entry in found))
    less = f"Measured are {net(measured)}. " if net(measured) else ""
    under = f"{WHOSE}. {less}{states[:1].upper()}{states[1:]}. Amounts as pledged, in the currency of the pledge"
    under += "; measured ones first"
    way = html.A(f"All {len(found)} commitments to Goal {goal}, with filters", **to(f"/commitments?{query}"))
    body = [listed(shown, kept), planted(html.P(way, className="ways"))]
    made = panel("of-goal", title, under, body, "Register of commitments and the figures of this edition")
    return html.Div(made, className="register")
