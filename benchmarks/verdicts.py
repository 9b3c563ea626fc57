"""The figures of a benchmark beside what is wanted of them, as one table at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Verdict:
    """One figure and its limit, "most" or "least"; None where nothing is promised. `detail`: what lies behind it."""

    name: str
    figure: float
    limit: float | None = None
    unit: str = "times"
    side: Literal["most", "least"] = "most"
    detail: str = ""

    @property
    def word(self) -> str:
        """met, missed, or empty where nothing is promised."""
        if self.limit is None:
            return ""
        within = self.figure <= self.limit if self.side == "most" else self.figure >= self.limit
        return "met" if within else "missed"


def print_verdicts(title: str, verdicts: Sequence[Verdict]) -> None:
    """The table, with `met` or `missed` on every line that has a promise."""
    table = Table(title=title, title_justify="left")
    for heading in ("what", "measured", "promised", "", "behind it"):
        table.add_column(heading, justify="right" if heading in ("measured", "promised") else "left")
    for told in verdicts:
        limit = "" if told.limit is None else f"at {told.side} {_number(told.limit)} {told.unit}"
        table.add_row(told.name, f"{_number(told.figure)} {told.unit}", limit, told.word, told.detail)
    Console(width=170).print(table)


def _number(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.2f}".removesuffix(".00")


def unpromised(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The same figures where nothing is promised of them."""
    return [replace(told, limit=None) for told in verdicts]
