"""What callbacks are told comes from outside: of the expected type and size, or refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks import spoken
from callbacks.bodies import Refused
from callbacks.spoken import said

KINDS = {
    name: getattr(spoken, name)
    for name in ("Address", "Filters", "Clicks", "Click", "Named", "Marks", "Gestured", "Retried")
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_a_click_is_read() -> None:
    read = said(spoken.Gestured, {"key": "donor", "codes": ["FRA"], "add": True, "at": 1790000000000})
    assert (read.key, read.codes, read.add) == ("donor", ["FRA"], True)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"key": "donor", "codes": "FRA"},
        {"key": "donor", "codes": [1]},
        {"key": "donor", "codes": ["x" * 65]},
        {"key": "donor", "codes": ["FRA"] * 201},
        {"key": "donor", "codes": ["FRA"], "add": "yes"},
        {"key": "donor", "codes": ["FRA"], "role": "admin"},
        ["donor", "FRA"],
        "donor:FRA",
    ],
)
def test_what_is_no_click_is_refused(value: Any) -> None:
    with pytest.raises(Refused):
        said(spoken.Gestured, value)


@pytest.mark.parametrize("value", [None, "", "?goal=5", "x" * 8192])
def test_an_address_is_a_text_of_a_bounded_length(value: Any) -> None:
    assert said(spoken.Address, value) == value


@pytest.mark.parametrize("value", ["x" * 8193, 5, ["?goal=5"], {"goal": "5"}, True])
def test_what_is_no_address_is_refused(value: Any) -> None:
    with pytest.raises(Refused):
        said(spoken.Address, value)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
@given(ANYTHING)
def test_anything_else_is_read_or_refused_and_nothing_breaks(kind: Any, value: Any) -> None:
    try:
        said(kind, value)
    except Refused as refused:
        assert refused.status == 400
        assert str(refused).endswith(".")
