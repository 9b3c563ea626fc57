"""The Creditor Reporting System of the OECD: activity files of all layouts since the first, read as one source."""

from __future__ import annotations

from data_access.ingest.crs.describe import SOURCE, describe, files
from data_access.ingest.crs.filling import fill
from data_access.ingest.crs.plain import plain
from data_access.ingest.readers import Reader

READER = Reader(SOURCE, fill, describe, plain, files, by_folder=True)
