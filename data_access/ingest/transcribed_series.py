"""Series by which single promises are measured, taken over by hand from published tables: the figures that those
promises name, no more. The files stand in `transcribed/`, laid out as geo, time, value; `world` is all countries."""

from __future__ import annotations

from typing import NamedTuple

from data_access.ingest.one_series import FOLDER, Series

WDI = "World Bank, World Development Indicators, through open-numbers"
WDI_LICENCE = "CC BY 4.0 (World Bank)"
UNAIDS = "UNAIDS, AIDSinfo, through open-numbers"
UNAIDS_LICENCE = "UNAIDS terms: reuse with attribution"
FACTS = "facts; no licence needed"


class Taken(NamedTuple):
    """Where figures were taken over from, and which version of it."""

    series: Series
    published: str
    retrieved: str


def _taken(
    code: str, stem: str, words: tuple[str, str, str, str], better: str, whence: tuple[str, str, str, str],
    sex: str = "total",
) -> Taken:  # fmt: skip
    """words: name, unit, definition, source; whence: licence, carrier, code there, version."""
    name, unit, definition, source = words
    licence, carrier, column, version = whence
    series = Series(code, name, unit, "", sex, better, source, definition, licence, f"{FOLDER}{stem}.csv", stem)
    return Taken(series, f"{carrier}{column}", f"{version}, figures taken over by hand")


def _wdi(
    code: str, stem: str, column: str, name: str, unit: str, better: str, definition: str, by: str = "geo",
    version: str = "01a34e8b54", sex: str = "total",
) -> Taken:  # fmt: skip
    carrier = "github.com/open-numbers/ddf--open_numbers--world_development_indicators: datapoints/"
    file = f"ddf--datapoints--{column}--by--{by}--time.csv"
    return _taken(
        code, stem, (name, unit, definition, WDI), better, (WDI_LICENCE, carrier, file, f"commit {version}"), sex
    )


def _unaids(code: str, stem: str, column: str, name: str, unit: str, definition: str, sex: str = "total") -> Taken:
    carrier = "github.com/open-numbers/ddf--unaids--aidsinfo: "
    file = f"ddf--datapoints--{column}--by--area--year.csv"
    return _taken(
        code, stem, (name, unit, definition, UNAIDS), "up", (UNAIDS_LICENCE, carrier, file, "commit 1bb5ee72cd"), sex
    )


MONEY = "estimated_hiv_resource_availability_for_low_and_middle_income_countries_in_constant_2016_usd_"
TAKEN = (
    _wdi(
        "oda_ldc_gni", "net_oda_to_least_developed_countries_percent_of_gni", "dc_oda_tldc_gn_zs",
        "Net aid to least developed countries, share of income", "% of gross national income", "up",
        "Net official development assistance that a donor gave to least developed countries itself, over its gross "
        "national income. What multilateral organizations passed on is not in it: the shares that the OECD publishes "
        "with that part are higher. Taken over for 2001 to 2015.",
    ),
    _wdi(
        "pmtct", "pregnant_women_with_hiv_receiving_medicines_percent", "sh_hiv_pmtc_zs",
        "Pregnant women with HIV who receive medicines", "% of pregnant women with HIV", "up",
        "Estimated share of pregnant women living with HIV who receive antiretroviral medicines to prevent passing it "
        "on. To 2009 single-dose nevirapine counts, from 2010 it does not. Taken over for the world, Myanmar and Viet "
        "Nam.", "global and geo", sex="female",
    ),
    _wdi(
        "hiv_children", "children_newly_infected_with_hiv", "sh_hiv_incd_14", "Children newly infected with HIV",
        "children", "down", "Estimated number of children aged 0–14 newly infected with HIV in the year, rounded as "
        "published. Taken over for the world, 2000 to 2018.", "global",
    ),
    _wdi(
        "illiteracy", "adults_who_cannot_read_and_write_percent", "se_adt_litr_zs", "Adults who cannot read and write",
        "% of people aged 15 and over who cannot read and write", "down", "100 less the adult literacy rate that is "
        "published. Taken over for the world, 2000 to 2015.", "global",
    ),
    _wdi(
        "pre_primary", "pre_primary_gross_enrolment_percent", "se_pre_enrr", "Pre-primary enrolment, gross",
        "% of the age group", "up", "Children in pre-primary school, whatever their age, over those of the official "
        "age. Taken over for the world, 2000 to 2015.", "global", "43e14b39a2",
    ),
    _wdi(
        "internet", "individuals_using_the_internet_percent", "it_net_user_zs", "People who use the Internet",
        "% of population", "up", "Estimated share of people who used the Internet in the last three months (indicator "
        "8.16; International Telecommunication Union). Taken over for the world, 2005 to 2015.", "global",
        "057b728034",
    ),
    _wdi(
        "stunting", "stunting_of_children_under_five_percent", "sh_sta_stnt_zs", "Stunting of children under five",
        "% of children under five", "down", "Children whose height for age is more than two standard deviations below "
        "the median of the WHO standards. Surveys: many years are missing. Taken over for Zambia.",
    ),
    _wdi(
        "nets", "children_under_five_sleeping_under_treated_nets_percent", "sh_mlr_nets_zs",
        "Children under five who sleep under treated nets", "% of children under five", "up",
        "Children under five who slept under an insecticide-treated net the night before the survey (indicator 6.7). "
        "Surveys: many years are missing. Taken over for Africa, 2000 to 2015.",
    ),
    _wdi(
        "malaria_treatment", "children_with_fever_receiving_antimalarial_medicine_percent", "sh_mlr_tret_zs",
        "Children with fever who receive antimalarial medicine", "% of children under five with fever", "up",
        "Children under five with fever who received any antimalarial medicine (indicator 6.8), whenever it was given. "
        "Surveys: many years are missing. Taken over for Africa, 2000 to 2005.",
    ),
    _unaids(
        "hiv_money", "money_for_hiv_in_low_and_middle_income_countries_2016_us", f"{MONEY}total",
        "Money for HIV in low- and middle-income countries", "US dollars of 2016",
        "Estimated money available for HIV in the year from all sources, domestic and international. Taken over for "
        "all these countries together (code of the world).",
    ),
    _unaids(
        "hiv_money_us", "money_for_hiv_from_the_united_states_2016_us", f"{MONEY}united_states_bilateral",
        "Money for HIV from the United States", "US dollars of 2016",
        "Estimated money from the United States for HIV in low- and middle-income countries, bilateral. Contributions "
        "to the Global Fund are not in it, nor are tuberculosis and malaria.",
    ),
    _unaids(
        "hiv_knowledge", "young_women_who_know_how_hiv_spreads_percent",
        "knowledge_about_hiv_prevention_in_young_people_females_young_people_15_24_yes_to_all_questions",
        "Young women who know how HIV spreads", "% of women aged 15–24",
        "Women aged 15–24 who answered all questions on the prevention of HIV rightly (indicator 6.3). Surveys: many "
        "years and countries are missing. Taken over for 2000 to 2005.", "female",
    ),
    _taken(
        "art_people", "people_receiving_antiretroviral_medicines",
        ("People who receive HIV treatment", "people", "People who receive antiretroviral medicines at the end of the "
         "year, rounded as published. Taken over for the world, 2005, 2010 and 2015.", "UNAIDS"), "up",
        (FACTS, "UNAIDS: fact sheet 2016; for 2005, ", "UNAIDS as cited by avert.org, 25 November 2015", "2016"),
    ),
    _taken(
        "guinea_worm", "guinea_worm_cases",
        ("Cases of Guinea-worm disease", "cases", "People who fell ill, as reported by the country; 2015 is "
         "provisional. Taken over for the four countries where the disease stayed, 2011 to 2015.", "WHO"), "down",
        (FACTS, "WHO: dracunculiasis, epidemiology; WHO Collaborating Center at CDC: ", "Guinea Worm Wrap-Up 233, 238",
         "2013 to 2016"),
    ),
    _taken(
        "debt_relief", "hipc_completion_point_reached",
        ("Completion point under the debt initiative", "1 where it was reached", "Whether a heavily indebted poor "
         "country had reached its completion point, after which debt is cancelled without further conditions; at the "
         "year in which it did, or at 2015.", "International Development Association and International Monetary Fund"),
        "up",
        (FACTS, "IDA and IMF: HIPC Initiative and MDRI, Statistical Update, ", "15 March 2016, table 1 and annex I",
         "2016; years as generally known, the number of countries as in the publication"),
    ),
)  # fmt: skip
SERIES = tuple(one.series for one in TAKEN)
