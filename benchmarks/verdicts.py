"""The figures of a benchmark beside what is wanted of them, as one table at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Verdict:
    """One promise: a figure and its limit, "most" or "least"; `detail` says what lies behind the figure."""

    name: str
    figure: float
    limit: float
    unit: str = "times"
    side: Literal["most", "least"] = "most"
    detail: str = ""

    @property
    def met(self) -> bool:
        return self.figure <= self.limit if self.side == "most" else self.figure >= self.limit


def print_verdicts(title: str, verdicts: list[Verdict]) -> None:
    """The table, with `met` or `missed` on every line."""
    table = Table(title=title, title_justify="left")
    for heading in ("what", "measured", "promised", "", "behind it"):
        table.add_column(heading, justify="right" if heading in ("measured", "promised") else "left")
    for told in verdicts:
        limit = f"at {told.side} {_number(told.limit)} {told.unit}"
        word = "met" if told.met else "missed"
        table.add_row(told.name, f"{_number(told.figure)} {told.unit}", limit, word, told.detail)
    Console(width=160).print(table)


def _number(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.2f}".removesuffix(".00")
