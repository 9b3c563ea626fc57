"""One cell that cannot be kept, and what its publisher is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """One cell that cannot be kept."""

    column: str
    value: str
    reason: str  # continues the value: "is not a date"
    remedy: str
    code: str

    def __str__(self) -> str:
        return f'{self.column}: "{self.value}" {self.reason}; {self.remedy}'
