"""FTS flows: what counts, once, in whose name, in which year; from each of the three layouts."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data_access.ingest.catalogue import READERS
from data_access.ingest.fts.sheets import FLAT, HDX
from data_access.ingest.fts_json import CHUNK
from tests.built import SHARED, needs_shared
from tests.filled import Filled, filled

FLOW = {
    "id": "1000", "versionId": "1", "updatedAt": "2012-03-28T15:43:00Z", "status": "paid", "boundary": "incoming",
    "amountUSD": "374000", "date": "2000-01-01T00:00:00Z", "description": "Household food security",
    "sourceObjects_Organization.name": "Denmark, Government of",
    "sourceObjects_Organization.organizationTypes": "Governments", "destinationObjects_Location.name": "Sudan",
    "destinationObjects_UsageYear.name": "2000", "destinationObjects_Organization.name": "World Food Programme",
}  # fmt: skip
HDX_FLOW = {
    "id": "228238", "updatedAt": "2021-03-01", "status": "commitment", "boundary": "incoming", "amountUSD": "606796",
    "date": "2021-02-25", "srcOrganization": "Luxembourg, Government of", "srcOrganizationTypes": "Government",
    "destLocations": "AFG", "destUsageYearStart": "2020", "destUsageYearEnd": "2020",
}  # fmt: skip


def sheet(folder: Path, *flows: dict[str, str], name: str = "fts_2000.csv", hdx: bool = False) -> Path:
    headings, usual = (HDX, HDX_FLOW) if hdx else (FLAT, FLOW)
    with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows({**usual, **flow} for flow in flows)
    return folder / name


def thing(kind: str, name: str, *types: str) -> dict[str, Any]:
    return {"type": kind, "id": "1", "name": name, "organizationTypes": list(types)}


def flow(**given: Any) -> dict[str, Any]:
    return {
        "id": "158080", "amountUSD": 118868, "status": "commitment", "boundary": "incoming", "versionId": 1,
        "date": "2016-03-31T00:00:00Z", "updatedAt": "2017-05-09T14:49:37Z", "description": "Secondment",
        "sourceObjects": [thing("Organization", "Switzerland, Government of", "Government")],
        "destinationObjects": [
            thing("Organization", "World Food Programme", "UN agency"), thing("Location", "Afghanistan"),
            thing("UsageYear", "2020"),
        ], **given,
    }  # fmt: skip


def page(folder: Path, *flows: Any, name: str = "fts_page.json", **meta: Any) -> Path:
    answer = {"status": "ok", "data": {"incoming": {"flowCount": 1}, "flows": list(flows)}, "meta": meta}
    (folder / name).write_text(json.dumps(answer), encoding="utf-8")
    return folder / name


def kept(found: Filled) -> list[tuple[Any, ...]]:
    return found.rows("SELECT item, stage, year, donor, recipient, usd FROM flow ORDER BY item")


def test_a_flow_of_the_flat_export_is_one_row_with_its_record_word_for_word(tmp_path: Path) -> None:
    found = filled("fts", sheet(tmp_path, {}))
    assert kept(found) == [("1000", "disbursed", 2000, "DNK", "SDN", Decimal(374000))]
    [(line, item, title, agency, channel, raw, joined)] = found.rows(
        "SELECT r.line, r.item, r.title, r.agency, r.channel, r.raw, f.record FROM record r JOIN flow f USING (record)"
    )
    assert (line, item, title, agency) == (2, "1000", "Household food security", "Denmark, Government of")
    assert (channel, joined) == ("World Food Programme", 1)
    assert raw == (tmp_path / "fts_2000.csv").read_text(encoding="utf-8-sig").splitlines()[1]


def test_the_three_layouts_say_the_same(tmp_path: Path) -> None:
    assert kept(filled("fts", sheet(tmp_path, {}, hdx=True))) == [
        ("228238", "committed", 2020, "LUX", "AFG", Decimal(606796))
    ]
    found = filled("fts", page(tmp_path, flow()))
    assert kept(found) == [("158080", "committed", 2020, "CHE", "AFG", Decimal(118868))]
    [(line, raw)] = found.rows("SELECT line, raw FROM record")
    assert (line, json.loads(raw)) == (1, flow())


@pytest.mark.parametrize(
    ("status", "stage"), [("pledge", "pledged"), ("commitment", "committed"), ("paid", "disbursed")]
)
def test_a_status_is_a_rung_and_the_word_is_kept(tmp_path: Path, status: str, stage: str) -> None:
    found = filled("fts", sheet(tmp_path, {"status": status}))
    assert found.rows("SELECT stage, kind FROM flow") == [(stage, status)]


def test_internal_and_outgoing_flows_are_kept_apart_as_records_and_told(tmp_path: Path) -> None:
    flows = [{"id": str(n), "boundary": boundary} for n, boundary in enumerate(("incoming", "internal", "outgoing"), 1)]
    found = filled("fts", sheet(tmp_path, *flows))
    assert [row[0] for row in kept(found)] == ["1"]
    assert found.rows("SELECT item FROM record ORDER BY 1") == [("1",), ("2",), ("3",)]
    assert (found.report.read, found.report.kept, found.report.refused) == (3, 3, 0)
    for boundary in ("internal", "outgoing"):
        words = f"1 flow of boundary {boundary}, paid: 374,000 US dollars, kept as records and not counted."
        assert words in found.report.notes


def test_a_flow_counts_once_in_its_latest_version_whatever_the_order_of_files(tmp_path: Path) -> None:
    old = sheet(tmp_path, {"versionId": "1", "amountUSD": "5"}, name="fts_a.csv")
    new = sheet(tmp_path, {"versionId": "2", "amountUSD": "7"}, {"id": "2"}, name="fts_b.csv")
    for files in ((old, new), (new, old)):
        found = filled("fts", *files)
        assert [(row[0], row[5]) for row in kept(found)] == [("1000", 7), ("2", 374000)]
        assert (found.report.repeated, found.report.kept) == (1, 2)


def test_among_equal_versions_the_one_updated_last_counts(tmp_path: Path) -> None:
    flows = [{"updatedAt": "2012-03-28", "amountUSD": "5"}, {"updatedAt": "2013-01-01", "amountUSD": "9"}]
    assert [row[5] for row in kept(filled("fts", sheet(tmp_path, *flows)))] == [9]


def test_a_flow_listed_under_two_countries_counts_once_and_is_of_neither(tmp_path: Path) -> None:
    shared = {"destLocations": "JOR,PSE"}
    found = filled("fts", sheet(tmp_path, shared, shared, hdx=True))
    assert [row[4:] for row in kept(found)] == [("998", Decimal(606796))]
    assert "1 flow given a second time: not counted again." in found.report.notes
    assert "Flows to several countries together, which count as unspecified: 1." in found.report.notes


@pytest.mark.parametrize(
    ("name", "kind", "donor"),
    [
        ("Czech Republic, Government of", "Governments", "CZE"), ("Türkiye, Government of", "Governments", "TUR"),
        ("China, Government of", "Governments", "other-states"),
        ("European Commission's Humanitarian Aid and Civil Protection Department", "Inter-governmental", "918"),
        ("Central Emergency Response Fund", "Pooled fund", "1020"), ("World Bank", "Inter-governmental", "44000"),
        ("United Nations Mine Action Service", "UN agency", "992"), ("A Fund", "Pooled Funds", "other-multilateral"),
        ("Qatar Charity", "Private organization/foundation", "other-private"), ("Oxfam GB", "NGOs", "other-private"),
        ("", "", "unstated"), ("NA", "NA", "unstated"),
    ],
)  # fmt: skip
def test_every_donor_has_a_member_and_none_is_dropped(tmp_path: Path, name: str, kind: str, donor: str) -> None:
    given = {"sourceObjects_Organization.name": name, "sourceObjects_Organization.organizationTypes": kind}
    found = filled("fts", sheet(tmp_path, given))
    assert [row[3] for row in kept(found)] == [donor]
    assert found.report.codes == {}


def test_several_donors_of_one_flow_are_what_they_have_in_common(tmp_path: Path) -> None:
    two = [thing("Organization", f"{name}, Government of", "Government") for name in ("Norway", "Chad")]
    mixed = [two[0], thing("Organization", "Oxfam GB", "NGO")]
    found = filled("fts", page(tmp_path, flow(id="1", sourceObjects=two), flow(id="2", sourceObjects=mixed)))
    assert [row[3] for row in kept(found)] == ["other-states", "unstated"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Congo, The Democratic Republic of the", "COD"), ("occupied Palestinian territory", "PSE"), ("", "998"),
        ("Serbia and Montenegro (until 2006-2009)", "88"), ("Sudan; Kenya", "998"),
    ],
)  # fmt: skip
def test_who_receives(tmp_path: Path, name: str, place: str) -> None:
    assert [row[4] for row in kept(filled("fts", sheet(tmp_path, {"destinationObjects_Location.name": name})))] == [
        place
    ]


@pytest.mark.parametrize(
    ("years", "date", "year"),
    [("2000", "2001-05-05", 2000), ("2004; 2002", "2001-05-05", 2002), ("", "2001-05-05", 2001)],
)
def test_the_year_is_the_first_of_use_else_that_of_the_date(tmp_path: Path, years: str, date: str, year: int) -> None:
    given = {"destinationObjects_UsageYear.name": years, "date": date}
    assert [row[2] for row in kept(filled("fts", sheet(tmp_path, given)))] == [year]


def test_a_page_of_any_length_is_read_flow_by_flow(tmp_path: Path) -> None:
    flows = [flow(id=str(n), amountUSD=n, description="é" * (n % 977)) for n in range(1, 1500)]
    path = page(tmp_path, *flows)
    assert path.stat().st_size > 4 * CHUNK
    found = filled("fts", path)
    assert found.rows("SELECT count(*), sum(usd) FROM flow") == [(1499, Decimal(1499 * 750))]
    assert [json.loads(raw) for (raw,) in found.rows("SELECT raw FROM record ORDER BY record")] == flows


def test_corrections_and_zeros_are_kept(tmp_path: Path) -> None:
    found = filled("fts", sheet(tmp_path, {"id": "1", "amountUSD": "-5.25"}, {"id": "2", "amountUSD": "0"}))
    assert [row[5] for row in kept(found)] == [Decimal("-5.25"), Decimal(0)]


def test_a_description_over_two_lines_keeps_the_lines_of_what_follows(tmp_path: Path) -> None:
    found = filled("fts", sheet(tmp_path, {"description": "Water\r\nand soil"}, {"id": "2"}))
    assert found.rows("SELECT item, line FROM flow ORDER BY 2") == [("1000", 2), ("2", 4)]
    assert found.rows("SELECT raw FROM record WHERE line = 2")[0][0].count("Water\r\nand soil") == 1


def test_the_source_says_that_its_rungs_exclude_each_other(tmp_path: Path) -> None:
    found = filled(
        "fts", sheet(tmp_path, {"status": "pledge"}, {"id": "2", "destinationObjects_UsageYear.name": "2003"})
    )
    told = READERS["fts"].describe(found.part, [tmp_path / "fts_2000.csv"])
    assert (told.since, told.until, told.stages) == (2000, 2003, "pledged,disbursed")
    assert "exclude each other" in told.note
    assert "no longer listed as committed" in told.disbursed_is


@needs_shared
@pytest.mark.shared
def test_the_published_flows_of_2000_sum_to_the_known_figures_by_status() -> None:
    """The figures are of all boundaries: what counts and what is set apart together make them, to the cent."""
    found = filled("fts", SHARED / "pledges" / "fts_2000.csv")
    sums = dict(found.rows("SELECT stage, sum(usd) FROM flow GROUP BY 1"))
    apart = {"pledged": 856785, "committed": 19695346 + 8299375, "disbursed": 129185464 + 2629005}
    figures = {"pledged": 856785, "committed": 456485284, "disbursed": 1738023389}
    assert {stage: sums.get(stage, Decimal(0)) + usd for stage, usd in apart.items()} == figures
    assert found.rows("SELECT count(*) FROM record") == [(2834,)]
    assert found.report.codes == {}


@needs_shared
@pytest.mark.shared
def test_all_published_flows_load_together_and_those_in_two_files_count_once() -> None:
    folder = SHARED / "pledges"
    files = sorted(READERS["fts"].files(folder))
    assert [path.name for path in files] == [
        "fts_2000.csv",
        "fts_api_afg_2020.json",
        "fts_hdx_incoming_global_2020.csv",
    ]
    found = filled("fts", *files)
    assert found.rows("SELECT count(*), count(DISTINCT item) FROM record") == [(3989, 3989)]
    assert found.report.codes["FTS-PAGE-01"] == 1  # the second page of the answer is not at hand
