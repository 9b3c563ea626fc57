"""Every source that can be loaded, by its code. A reader more is a line here."""

from __future__ import annotations

from data_access.ingest import crs, fts, iati
from data_access.ingest.readers import Reader
from data_access.ingest.tables_of_rows import ROWS

READERS: dict[str, Reader] = {reader.source: reader for reader in (crs.READER, iati.READER, fts.READER, *ROWS)}
