"""What each source of flows is: its title, coverage, terms and what it can answer. Rows of table `source`."""

from __future__ import annotations

from typing import NamedTuple

OECD = "OECD terms: reuse with attribution; CC BY 4.0 since 2024"
OECD_BY = "OECD, Development Assistance Committee, Creditor Reporting System"
AIDDATA = "AidData-WM/public_datasets"


class Described(NamedTuple):
    """A row of table `source`; dimensions and stages comma-joined."""

    source: str
    title: str
    coverage: str
    dimensions: str
    stages: str
    disbursed_is: str
    licence: str
    released: str
    attribution: str
    address: str
    note: str
    since: int
    until: int
    compared_since: int


SOURCES = (
    Described(
        "iati-goals",
        "AidData, IATI activities of five publishers",
        "Activities that Germany (BMZ), Sweden, the United Kingdom (DFID), GAVI and the World Bank Group published "
        "to IATI, 2000–2015. It is not all aid: the World Bank Group alone is about two thirds of what was "
        "committed.",
        "donor,recipient,goal,sector,purpose,flow",
        "committed,disbursed",
        "what was disbursed or spent over the activity's whole life, shown in the activity's year",
        "ODC-By 1.0",
        "2015-09-25 (v0.1 beta)",
        "AidData, SDG_IATI v0.1 beta, from IATI activities of BMZ, DFID, GAVI, Sweden and the World Bank Group",
        "https://github.com/AidData-WM/public_datasets",
        "The year is the activity's own. Amounts in pounds and euros are converted at the DAC annual rate of that "
        "year. Disbursed includes what publishers call expenditure. The World Bank Group does not tell IDA from "
        "IBRD, so loans at market terms are among its figures. BMZ and the World Bank Group do not state the type of"
        " flow. Four activities name no DAC purpose. 284 whose country code was lost are Namibia's, by the country's"
        " name. Few Swedish activities are dated 2007; 2015 is incomplete.",
        2000, 2015, 2000,
    ),
    Described(
        "crs-sectors",
        "OECD CRS, education and health",
        "Official development assistance to education and health from all donors together, by recipient, 1995–2016.",
        "recipient,sector,flow",
        "committed,disbursed",
        "gross disbursements in the year",
        OECD,
        "OECD.Stat extract with figures to 2016",
        OECD_BY + ", table CRS1",
        "https://stats.oecd.org/Index.aspx?DataSetCode=CRS1",
        "Education is sectors 111–114, health 121–123 as published; population and reproductive health is not in it."
        " Donors are not told apart. Disbursements start in 2002.",
        1995, 2016, 2002,
    ),
    Described(
        "crs-donors",
        "OECD CRS, donors by recipient",
        "Disbursements by donor and recipient, 2012–2015, of the donors that each year's matrix holds.",
        "donor,recipient",
        "disbursed",
        "gross disbursements in the year, other official flows included",
        OECD,
        "D-Portal extracts, one a year",
        OECD_BY + ", matrices by D-Portal",
        "https://github.com/IATI/D-Portal",
        "Other official flows are included, so figures exceed official development assistance. Which donors the "
        "matrices hold differs by year (75, 62, 70 and 88): that of 2012 lacks the IBRD and other lenders at market "
        "terms, those of 2013 and 2014 lack the Russian Federation, Saudi Arabia, Türkiye and others. A change from "
        "year to year can be a change of donors.",
        2012, 2015, 2012,
    ),
    Described(
        "crs-purposes",
        "OECD CRS, recipients by purpose",
        "Disbursements by recipient and purpose, 2013–2015, of the donors in each year's matrix together.",
        "recipient,goal,sector,purpose",
        "disbursed",
        "gross disbursements in the year, other official flows included",
        OECD,
        "D-Portal extracts, one a year",
        OECD_BY + ", matrices by D-Portal",
        "https://github.com/IATI/D-Portal",
        "Other official flows are included. Money that donors code to a sector only has no purpose and is not "
        "allocated to a Goal. It is 50.3 billion US dollars of 695.9. In 2015 the matrix holds 138 million less than"
        " the one by donor. The matrix of 2012 uses another grouping and is left out. Donors are not told apart.",
        2013, 2015, 2013,
    ),
    Described(
        "dac1",
        "OECD DAC1, official development assistance",
        "Net official development assistance of 30 DAC members, 2010–2022, to all recipients together.",
        "donor,flow",
        "disbursed",
        "net official development assistance in the year; grant equivalent from 2018",
        OECD,
        "ONE Campaign extract with figures to 2022",
        "OECD, Development Assistance Committee, DAC1, extract by the ONE Campaign",
        "https://github.com/ONEcampaign/ukraine_oda_tracker",
        "Before 2010 amounts are at hand at constant prices only (an indicator). Members of 2022 for all years: "
        "Hungary and Lithuania are included before they joined; Estonia and the EU Institutions are not. The measure"
        " changes with the figures of 2018, from net disbursements to grant equivalents.",
        2010, 2022, 2010,
    ),
    Described(
        "dac5",
        "OECD DAC5, commitments by donor and sector",
        "Official development assistance that each donor committed to each sector, 2000–2014, to all recipients "
        "together.",
        "donor,sector,flow",
        "committed",
        "not reported",
        OECD,
        "extract with figures to 2014, at prices of 2014",
        "OECD, Development Assistance Committee, DAC5, extract by open-numbers",
        "https://github.com/open-numbers/ddf--oecd--dac",
        "Published at constant prices of 2014; current dollars are made back from them with deflators of a later "
        "release and are approximate. What the sub-sectors leave of their sector, rounding too, stands under the "
        "sector. Disbursements and recipients are not in it. Some donors report few years.",
        2000, 2014, 2000,
    ),
)  # fmt: skip
