"""A bar of menus whose entries are links: each leads to the address with one value more, or one less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.page_terms import Terms
from layouts.filled import planted

ALL = "All"


@dataclass(frozen=True)
class Offer:
    """One entry of a menu. count: how many it would leave; empty where that is not told."""

    value: str
    words: str
    count: str = ""


def bar(
    path: str,
    terms: Terms,
    menus: Mapping[str, tuple[str, Sequence[Offer]]],
    resets: Sequence[str] = (),
    shown: Mapping[str, str] | None = None,
) -> Any:
    """menus: by key, a name and what is offered. resets: terms that a change lets go, such as the page. shown: of terms
    that hold exactly one value, the one that is shown."""
    only = shown or {}
    made = [
        _single(path, terms, key, name, offers, only[key])
        if key in only
        else _menu(path, terms, key, name, offers, resets)
        for key, (name, offers) in menus.items()
    ]
    return html.Section(html.Div(made, className="wrap"), className="filters termbar", **_named("Filters"))


def _named(words: str) -> dict[str, str]:
    return {"aria-label": words}


def _menu(path: str, terms: Terms, key: str, name: str, offers: Sequence[Offer], resets: Sequence[str]) -> html.Details:
    picked = terms.all(key)
    words = {offer.value: offer.words for offer in offers}
    said = words.get(picked[0], picked[0]) if len(picked) == 1 else f"{len(picked)} picked" if picked else ALL
    summary = html.Summary([html.Span(name, className="name"), html.Span(said, className="value")])
    every = _entry(path, terms.change(**{key: ()}), resets, ALL, "", not picked)
    entries = [
        _entry(path, terms.toggle(key, offer.value), resets, offer.words, offer.count, offer.value in picked)
        for offer in offers
    ]
    return html.Details(
        [summary, planted(html.Ul([every, *entries], className="choices-of picks-of"))],
        className="f pop",
        id=f"menu-{key}",
    )


def _single(path: str, terms: Terms, key: str, name: str, offers: Sequence[Offer], on: str) -> html.Details:
    """A menu in which one entry takes the place of another."""
    said = next((offer.words for offer in offers if offer.value == on), on)
    summary = html.Summary([html.Span(name, className="name"), html.Span(said, className="value")])
    entries = [
        _entry(path, terms.change(**{key: offer.value}), (), offer.words, offer.count, offer.value == on)
        for offer in offers
    ]
    return html.Details(
        [summary, planted(html.Ul(entries, className="choices-of picks-of"))], className="f pop", id=f"menu-{key}"
    )


def _entry(path: str, terms: Terms, resets: Sequence[str], words: str, count: str, on: bool) -> html.Li:
    counted = [html.Span(count, className="count-of")] if count else []
    box = html.I(className="tick on" if on else "tick", **{"aria-hidden": "true"})
    state = html.Span(", picked" if on else "", className="heard-only")
    leads = link(path, terms.change(**dict.fromkeys(resets, ())))
    return html.Li(html.A([box, html.Span(words), state, *counted], className="on" if on else "", **leads))


def link(path: str, terms: Terms) -> dict[str, str]:
    """A link to the same page under other terms."""
    query = terms.write()
    return {"href": f"{path}?{query}" if query else path, "data-search": query}


def chips(
    path: str,
    terms: Terms,
    words: Mapping[str, Mapping[str, str]],
    resets: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
) -> list[Any]:
    """What is picked, each with a link that lets it go; one link for all. words: by key the label of each value.
    names: of the keys, where these are not their own names."""
    picked = [(key, value) for key in words for value in terms.all(key)]
    if not picked:
        return []
    made = [
        _chip(path, terms, key, value, words[key].get(value, value), resets, (names or {}).get(key, key))
        for key, value in picked
    ]
    let_go: dict[str, tuple[str, ...]] = dict.fromkeys([*words, *resets], ())
    return [*made, html.A("Reset", className="reset", **link(path, terms.change(**let_go)))]


def _chip(path: str, terms: Terms, key: str, value: str, words: str, resets: Sequence[str], name: str) -> html.Span:
    without = terms.toggle(key, value).change(**dict.fromkeys(resets, ()))
    leads = link(path, without) | {"aria-label": f"Without {words}"}
    return html.Span([html.I(name.capitalize()), words, html.A("×", className="let-go", **leads)], className="chip")
