"""What narrows the list of commitments: a form of its terms, and what is picked, each with its way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.listing import Count
from dashboard.register_fields import FURTHER
from dashboard.register_terms import PICKS, SORTS, Asked
from layouts.filled import el, planted

LABELS = {
    "goal": "Goal",
    "maker": "Maker",
    "forum": "Forum",
    "forumkind": "Kind of forum",
    "kind": "Kind",
    "state": "Delivery",
    "measured": "Measured here",
    "additional": "Additional",
    "confidence": "Confidence",
    "made": "Year made",
    **{name: term.label for name, term in FURTHER.items()},
    "record": "Commitment",
    "text": "Text",
}
FIRST = ("goal", "maker", "forum", "state")  # the others stand one click away
BY_NAME = ("maker", "forum", "initiative")  # in the order of their names
Words = Mapping[str, Mapping[str, str]]


def sieve(asked: Asked, words: Words, counts: Mapping[str, Sequence[Count]]) -> html.Div:
    """counts: of each term, over all commitments that the other terms leave."""
    first = [_select(term, asked, words[term], counts[term]) for term in FIRST]
    rest = [term for term in PICKS if term not in FIRST]
    folded = el.details(
        [
            el.summary("More filters"),
            el.div([_select(term, asked, words[term], counts[term]) for term in rest], className="sieve-rest"),
        ],
        **({"open": "open"} if any(getattr(asked, term) for term in rest) else {}),
        className="folded",
    )
    text = {"type": "search", "name": "text", "value": asked.text, "maxlength": "100"}
    first.append(el.label([el.span("Text", className="about"), el.input(**text)]))
    kept = [("sort", asked.sort if asked.sort != SORTS[0] else ""), ("columns", ",".join(asked.columns))]
    kept.append(("record", ",".join(asked.record)))
    kept += vars(asked.pins).items()
    hidden = [el.input(type="hidden", name=name, value=value) for name, value in kept if value]
    first.append(el.button("Show", type="submit"))
    row = el.div(first, className="sieve-row")
    form = el.form([row, folded, *hidden], className="seek sieve", action="/commitments")
    return planted(html.Div(form, className="sieve-box", role="search", **{"aria-label": "Commitments"}))


def _select(term: str, asked: Asked, words: Mapping[str, str], counts: Sequence[Count]) -> Any:
    picked = getattr(asked, term)
    held = {one.code: one.all for one in counts} | {code: 0 for code in picked if code not in {c.code for c in counts}}
    order = list(held) if term in BY_NAME else [code for code in words if code in held]
    if term in BY_NAME:
        order.sort(key=lambda code: words.get(code, code).casefold())
    options = [el.option("All", value="")]
    if len(picked) > 1:  # an address may name several; the form keeps them together
        options.append(el.option(f"{len(picked)} picked", value=",".join(picked), selected="selected"))
    for code in order:
        about = {"selected": "selected"} if picked == (code,) else {}
        options.append(el.option(f"{words.get(code, code)} ({held[code]})", value=code, **about))
    return el.label([el.span(LABELS[term], className="about"), el.select(options, name=term)])


def chips(asked: Asked, words: Words) -> list[Any]:
    """What is picked; each chip is a link that lets it go."""
    together = len(asked.record) > 1  # named by a link: one chip for all of them
    picks = [(term, code) for term, code in asked.picked() if not (together and term == "record")]
    made = [_chip(asked, term, code, words) for term, code in picks]
    made += [_several(asked)] if together else []
    if not made:
        return []
    reset = Asked(sort=asked.sort, pins=asked.pins).write()
    made.append(html.Li(html.A("Reset", href=f"/commitments?{reset}", **{"data-search": reset})))
    return [planted(html.Ul(made, className="chips", role="list"))]


def _chip(asked: Asked, term: str, code: str, words: Words) -> html.Li:
    said = words.get(term, {}).get(code, code)
    query = asked.without(term, code).write()
    about = {"aria-label": f"Remove {LABELS[term]} {said}", "data-search": query}
    away = html.A("×", href=f"/commitments?{query}", className="let-go", **about)
    return html.Li([html.I(LABELS[term]), said, away], className="chip")


def _several(asked: Asked) -> html.Li:
    query = asked.change(record=()).write()
    about = {"aria-label": "Remove the commitments named", "data-search": query}
    away = html.A("×", href=f"/commitments?{query}", className="let-go", **about)
    return html.Li([html.I(LABELS["record"]), f"{len(asked.record)} named by the link", away], className="chip")
