"""Every table that a registry's database holds: of records, people, contributions, surveys."""

from __future__ import annotations

from data_access.contributions import tables as contributions
from data_access.people import tables as people
from data_access.registry.tables import metadata
from data_access.surveying import tables as surveying

__all__ = ["KNOWN", "metadata"]
KNOWN = (contributions, people, surveying)  # modules that add their tables to those of the registry
