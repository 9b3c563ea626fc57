"""FTS flows as CSV: the flat export (one column for each property of the source and destination objects) and HDX's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing

from data_access.ingest.fts.contribution import Contribution, blank, several
from data_access.ingest.published import Published, Refuse

FLAT = (
    "id", "versionId", "updatedAt", "status", "boundary", "amountUSD", "date", "description", "originalCurrency",
    "originalAmount", "parentFlowId", "sourceObjects_Organization.name", "sourceObjects_Organization.organizationTypes",
    "destinationObjects_Location.name", "destinationObjects_UsageYear.name", "destinationObjects_Organization.name",
)  # fmt: skip
HDX = (
    "id", "updatedAt", "status", "boundary", "amountUSD", "date", "description", "originalCurrency", "originalAmount",
    "srcOrganization", "srcOrganizationTypes", "destLocations", "destUsageYearStart", "destUsageYearEnd",
    "destOrganization",
)  # fmt: skip


def read(file: Published, refuse: Refuse) -> Iterator[Contribution]:
    """Flows of a CSV in either layout. Raises Fault where the layout is another; `refuse` is told of broken lines."""
    with closing(file.records()) as records:
        hdx = "srcOrganization" in next(records, (1, list[str]()))[1]
    made = _hdx if hdx else _flat
    for line, cells in file.rows(HDX if hdx else FLAT, refuse):
        yield made(file, line, cells)


def _flat(file: Published, line: int, cells: Mapping[str, str]) -> Contribution:
    return Contribution(
        file.name, line, "", file.now.text(), cells["id"].strip(), blank(cells["versionId"]), blank(cells["updatedAt"]),
        cells["status"].strip(), cells["boundary"].strip(), cells["amountUSD"], blank(cells["date"]),
        several(cells["destinationObjects_UsageYear.name"], ";"),
        several(cells["sourceObjects_Organization.name"], ";"),
        several(cells["sourceObjects_Organization.organizationTypes"], ";"),
        several(cells["destinationObjects_Location.name"], ";"),
        blank(cells["destinationObjects_Organization.name"]), blank(cells.get("destinationObjects_Plan.name", "")),
        blank(cells["description"]), blank(cells["parentFlowId"]), blank(cells["originalCurrency"]),
        blank(cells["originalAmount"]),
    )  # fmt: skip


def _hdx(file: Published, line: int, cells: Mapping[str, str]) -> Contribution:
    span = [cells["destUsageYearStart"], cells["destUsageYearEnd"]]
    donor = blank(cells["srcOrganization"])  # names hold commas, as the list of several would
    return Contribution(
        file.name, line, "", file.now.text(), cells["id"].strip(), "", blank(cells["updatedAt"]),
        cells["status"].strip(), cells["boundary"].strip(), cells["amountUSD"], blank(cells["date"]),
        tuple(dict.fromkeys(year for year in span if blank(year))), (donor,) if donor else (),
        several(cells["srcOrganizationTypes"], ","), several(cells["destLocations"], ","),
        blank(cells["destOrganization"]), blank(cells.get("destPlan", "")), blank(cells["description"]), "",
        blank(cells["originalCurrency"]), blank(cells["originalAmount"]),
    )  # fmt: skip
