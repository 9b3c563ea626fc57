"""Where readers ask for a page of the register as it stood on a day."""

from __future__ import annotations

from typing import Any

from layouts.filled import el

AS_OF = "/as-of"


def asked(page: str) -> Any:
    """A form that needs no script. page: the path of the page that is shown."""
    return el.form(
        [
            el.label("As it stood at the end of the day (UTC)", htmlFor="as-of-day"),
            el.input(type="date", name="date", id="as-of-day", required=True),
            el.input(type="hidden", name="page", value=page),
            el.button("Show", type="submit"),
        ],
        action=AS_OF,
        method="get",
        className="as-of",
    )
