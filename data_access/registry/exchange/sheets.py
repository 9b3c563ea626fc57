"""The sheets of a registry file, their columns, and how a CSV file of each is called."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.registry.columns import COLUMNS, FORUM_COLUMNS, INITIATIVE_COLUMNS, MAKER_COLUMNS, Column


@dataclass(frozen=True)
class Sheet:
    """One sheet. kind: of the records in it."""

    name: str
    kind: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Its name in an archive of CSV files."""
        return f"{self.name.lower()}.csv"

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


COMMITMENTS = Sheet("Commitments", "pledge", COLUMNS)
FORA = Sheet("Fora", "forum", FORUM_COLUMNS)
MAKERS = Sheet("Makers", "maker", MAKER_COLUMNS)
INITIATIVES = Sheet("Initiatives", "initiative", INITIATIVE_COLUMNS)
SHEETS = (COMMITMENTS, FORA, MAKERS, INITIATIVES)
GUIDE, LISTS = "Guide", "Lists"
READ = {sheet.name: sheet for sheet in SHEETS}
SILENT = (GUIDE, LISTS)  # of the template: not read, and nothing is said of it
