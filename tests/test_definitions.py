"""Every term a panel offers to explain has a plain definition."""

from __future__ import annotations

import pytest

from dashboard.catalogue import PANELS
from dashboard.definitions import DEFINITIONS, meaning
from dashboard.questions import Unanswerable
from dashboard.selection import Selection

SELECTIONS = [
    Selection(),
    Selection(goal=("5",)),
    Selection(prices="constant", method="shared"),
    Selection(source="crs-donors"),
]


@pytest.mark.parametrize("name", PANELS)
@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda s: s.write() or "all")
def test_every_term_of_a_panel_is_defined(embedded, name: str, selection: Selection) -> None:
    try:
        drawing = PANELS[name].draw(PANELS[name].ask(embedded, selection))
    except Unanswerable:
        return
    assert not [term for term in drawing.terms if term not in DEFINITIONS]


@pytest.mark.parametrize("term", DEFINITIONS)
def test_a_definition_is_one_to_three_plain_sentences(term: str) -> None:
    words = meaning(term)
    assert words[0].isupper() and words.endswith(".")
    assert 1 <= words.count(". ") + 1 <= 4
    assert len(words) < 300


def test_no_two_terms_share_a_definition() -> None:
    assert len(set(DEFINITIONS.values())) == len(DEFINITIONS)


def test_a_term_without_definition_is_refused() -> None:
    with pytest.raises(KeyError):
        meaning("delivery rate")
