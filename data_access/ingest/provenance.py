"""Where each published file comes from: carrier, licence, the version that was read. Rows of table `file`."""

from __future__ import annotations

from typing import NamedTuple

from data_access.ingest import crs_sectors, dac1, dac5, dportal, fx, groups, iati_goals, places
from data_access.ingest.series import COMPUTED, FOLDER, GAPMINDER, OECD, SERIES
from data_access.ingest.transcribed_series import TAKEN

PDDL = "PDDL"


class Origin(NamedTuple):
    """What of table `file` is not in the file itself."""

    source: str  # the source or the use it feeds
    published: str
    licence: str
    retrieved: str  # version as carried


COMMITS = {  # of series that are not of the usual version of Gapminder's tables
    "population": "commit afd410269d",
    "health_budget": "commit cf0884fd01, figures of some countries and years taken over by hand, each compared again",
    "contraceptives": "commit 3e747a39d9, figures of some countries taken over by hand, each compared again",
}
ORIGINS = {
    iati_goals.FILE: Origin(
        "iati-goals", "github.com/AidData-WM/public_datasets: sdg/SDG_IATI_v0.1_beta.zip", "ODC-By 1.0",
        "commit afaf88bc31",
    ),
    crs_sectors.FILE: Origin(
        "crs-sectors", "OECD.Stat CRS1, carried by github.com/akmiller01/p20_hum_cap: "
        "project_data/CRS1_educ_health.csv",
        OECD, "commit af1be0a4a4",
    ),
    **{
        layout.file: Origin(
            layout.source, f"OECD CRS, carried by github.com/IATI/D-Portal: dstore/csv/{layout.file[12:]}", OECD,
            "commit 4ac3861d44",
        )
        for layout in dportal.LAYOUTS
    },
    dac1.INCOME: Origin(
        "indicators", "OECD DAC1, carried by github.com/ONEcampaign/ukraine_oda_tracker: raw_data/gni.csv", OECD,
        "commit 742bcfc4df",
    ),
    dac1.RATIO: Origin(
        "indicators", "OECD DAC1, carried by github.com/ONEcampaign/oda-dashboard: topic_page/oda_gni_ts.csv", OECD,
        "commit 14a9ba6b2c",
    ),
    **{
        series.file: Origin(
            "indicators", "github.com/open-numbers/ddf--gapminder--systema_globalis: countries-etc-datapoints/"
            f"ddf--datapoints--{series.column}--by--geo--time.csv", GAPMINDER,
            COMMITS.get(series.series, "commit c63631abeb"),
        )
        for series in SERIES
        if series.file.startswith(FOLDER) and series.column != COMPUTED
    },
    **{one.series.file: Origin("indicators", one.published, one.series.licence, one.retrieved) for one in TAKEN},
    dportal.LABELS: Origin("codes", "github.com/IATI/D-Portal: dstore/csv/crs_funders.csv", "MIT", "commit 4ac3861d44"),
    places.LABELS: Origin("codes", "github.com/IATI/D-Portal: dstore/csv/crs_countries.csv", "MIT",
    "commit 4ac3861d44"),
    groups.FILE: Origin(
        "groups", "compiled for this site from the dates of membership", "facts; no licence needed", "2026-11"
    ),
    dac1.FILE: Origin(
        "dac1", "OECD DAC1, carried by github.com/ONEcampaign/ukraine_oda_tracker: raw_data/total_oda_current.csv",
        OECD,
        "commit 742bcfc4df",
    ),
    dac5.FILE: Origin(
        "dac5", "OECD DAC5, carried by github.com/open-numbers/ddf--oecd--dac: "
        "ddf--datapoints--total_oda--by--donor--sector--year.csv", OECD, "commit cc4d60292c",
    ),
    fx.RATES_FILE: Origin("exchange rates", "OECD, carried by PyPI pydeflate 1.0.1", OECD, "pydeflate 1.0.1"),
    fx.DEFLATORS_FILE: Origin(
        "deflators", "OECD, carried by github.com/ONEcampaign/ukraine_oda_tracker: raw_data/dac_2024-12-02.parquet",
        OECD, "commit 742bcfc4df",
    ),
    places.CONCORDANCE: Origin("codes", "PyPI bblocks-places 0.0.6", "MIT", "bblocks-places 0.0.6"),
    **{
        f"codes/dac/{name}.csv": Origin(
            "codes", f"github.com/datasets/dac-and-crs-code-lists: data/{name}.csv", PDDL, "commit 4bb5a5e72f"
        )
        for name in (
            "channel_codes", "dac_members", "multilateral_donors", "non_dac_donors", "private_donors", "recipients",
            "sector_categories", "sectors",
        )
    },
}  # fmt: skip
