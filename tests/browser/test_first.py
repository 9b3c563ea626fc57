"""What a reader has before the scripts have run, and that it gives way without anything moving."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

Open = Callable[..., Page]
WIDTHS = [1440, 390]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_words_stand_where_the_page_has_them(
    contexts: Callable[..., BrowserContext], reader: Open, served: str, width: int
) -> None:
    bare = contexts(width, java_script_enabled=False).new_page()
    bare.goto(f"{served}/goal/5")
    early = bare.locator("#first .hero").bounding_box()
    assert bare.locator("#first noscript a, #first p a[href^='/export/']").count() >= 5
    bare.close()
    page = reader("/goal/5", width)
    late = page.locator(".hero").bounding_box()
    assert early and late and early["height"] == late["height"]
    assert abs(early["y"] - late["y"]) <= 12, "the row of chips may take a line more"
    assert page.locator("#first").count() == 0
