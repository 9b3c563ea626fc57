"""Every source that can be loaded, by its code. A reader more is a line here."""

from __future__ import annotations

from data_access.ingest import code_files, crs, fts, iati, indicator_files
from data_access.ingest.readers import Reader
from data_access.ingest.tables_of_rows import ROWS

ALL = (crs.READER, iati.READER, fts.READER, *ROWS, indicator_files.READER, code_files.READER)
READERS: dict[str, Reader] = {reader.source: reader for reader in ALL}
