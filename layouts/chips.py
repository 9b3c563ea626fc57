"""What is picked, said in a row of chips, each of which lets go of what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.codes import Codes
from dashboard.heard import PERIOD, REFUSED, RESET
from dashboard.selection import DIMENSIONS, TERMS, Refusal, Selection
from dashboard.words import listed, years
from layouts.filters import MEMBERSHIP_WORDS, METHOD_WORDS, picked_words

ONE = {
    "goal": "Goal",
    "donor": "Donor",
    "recipient": "Recipient",
    "sector": "Sector",
    "purpose": "Purpose",
    "flow": "Flow type",
    "gender": "Gender marker",
    "years": "Years",
    "source": "Source",
    "prices": "Prices",
    "method": "Goal mapping",
    "membership": "Group membership",
    "stage": "Stage",
    "text": "Text",
    "edition": "Edition",
}
ONE |= {name: name.capitalize() for name in DIMENSIONS if name not in ONE}
EACH = 3  # codes of one dimension that get a chip each; more share one


def chips(selection: Selection, codes: Codes, refused: Sequence[Refusal] = (), goal: str = "") -> list[Any]:
    """The row; where nothing is picked it says so, so that the page does not move when something is."""
    made = [
        chip
        for dimension in DIMENSIONS
        if not (goal and dimension == "goal")
        for chip in _picked(dimension, selection, codes)
    ]
    made += [_chip(key, "", words) for key, words in terms(selection, codes).items()]
    made += [_refusal(refusal) for refusal in refused]
    if not made:
        return [html.Span(f"Showing all donors and recipients, {years(selection.since, selection.until)}")]
    reset = html.Button("Reset", type="button", className="reset", **{"data-key": RESET, "data-code": "all"})
    return [html.Span("Showing"), *made, reset]


def terms(selection: Selection, codes: Codes) -> dict[str, str]:
    """The terms that are not as usual, by key, in words. How a panel is viewed is said by the panel."""
    usual, said = Selection(), dict[str, str]()
    if (selection.since, selection.until) != (usual.since, usual.until):
        said[PERIOD] = years(selection.since, selection.until)
    if selection.source:
        said["source"] = codes.sources[selection.source].title
    if selection.prices != usual.prices:
        said["prices"] = f"of {codes.base_year}"
    if selection.method != usual.method:
        said["method"] = METHOD_WORDS[selection.method][0]
    if selection.membership != usual.membership:
        said["membership"] = MEMBERSHIP_WORDS[selection.membership][0].lower()
    if selection.stage != usual.stage:
        said["stage"] = selection.stage
    if selection.text:
        said["text"] = f"“{selection.text}”"
    if selection.edition:
        said["edition"] = selection.edition
    return said


def in_words(selection: Selection, codes: Codes) -> str:
    """The selection in one line, for those who listen."""
    names = [
        listed([picked_words(dimension, code, selection, codes) for code in selection.picked(dimension)])
        for dimension in DIMENSIONS
        if selection.picked(dimension)
    ]
    return "; ".join([*(names or ["all donors and recipients"]), years(selection.since, selection.until)])


def _picked(dimension: str, selection: Selection, codes: Codes) -> list[html.Span]:
    picked = selection.picked(dimension)
    words = [picked_words(dimension, code, selection, codes) for code in picked]
    if len(picked) > EACH:
        return [_chip(dimension, ",".join(picked), listed(words, most=EACH))]
    return [_chip(dimension, code, said) for code, said in zip(picked, words, strict=True)]


def _chip(key: str, code: str, words: str) -> html.Span:
    usual = TERMS[key][0] if key in TERMS else ""
    spoken = {"data-key": key, "data-code": code or usual, "aria-label": f"Let go of {ONE[key]} {words}"}
    lift = html.Button("×", type="button", **spoken)
    return html.Span([html.I(ONE[key]), words, lift], className="chip")


def _refusal(refusal: Refusal) -> html.Span:
    spoken = {"data-key": REFUSED, "data-code": refusal.key, "aria-label": f"Dismiss: {refusal.sentence}"}
    return html.Span(
        [html.I("Ignored"), refusal.sentence, html.Button("×", type="button", **spoken)], className="chip bad"
    )
