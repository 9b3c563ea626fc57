"""Callback arguments come from outside: of the expected type and size, or refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.bodies import Refused
from callbacks.validate import codes_list, gesture, text, years

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_a_click_is_read() -> None:
    read = gesture({"key": "donor", "codes": ["FRA"], "add": True, "at": 1790000000000})
    assert read and (read.key, read.codes, read.add) == ("donor", ["FRA"], True)


@pytest.mark.parametrize(
    "value",
    [
        {"key": "donor"},
        {"key": "donor", "codes": "FRA"},
        {"key": "donor", "codes": [1]},
        {"key": "donor", "codes": ["x" * 65]},
        {"key": "donor", "codes": ["FRA"] * 201},
        {"key": "password", "codes": ["FRA"]},
        {"key": "donor", "codes": ["FRA"], "add": "yes"},
        {"key": "donor", "codes": ["FRA"], "role": "admin"},
        ["donor", "FRA"],
        "donor:FRA",
    ],
)
def test_what_is_no_click_is_refused(value: Any) -> None:
    with pytest.raises(Refused):
        gesture(value)


@pytest.mark.parametrize(("value", "read"), [(None, ()), ("", ()), ("FRA", ("FRA",)), (["FRA", "GBR"], ("FRA", "GBR"))])
def test_a_filters_codes_are_read(value: Any, read: tuple[str, ...]) -> None:
    assert codes_list(value) == read


@pytest.mark.parametrize(("value", "read"), [(None, None), ([2000, 2010], (2000, 2010)), ([2010, 2000], (2000, 2010))])
def test_a_range_of_years_is_read_in_order(value: Any, read: tuple[int, int] | None) -> None:
    assert years(value) == read


@pytest.mark.parametrize("value", [[2000], [2000, 2005, 2010], ["2000", "2010"], [2000.5, 2010], [-1, 9999], True])
def test_what_is_no_range_of_years_is_refused(value: Any) -> None:
    with pytest.raises(Refused):
        years(value)


@given(ANYTHING)
def test_anything_else_is_read_or_refused_and_nothing_breaks(value: Any) -> None:
    for reader in (text, codes_list, years, gesture):
        try:
            reader(value)
        except Refused as refused:
            assert refused.status == 400
            assert str(refused).endswith(".")
