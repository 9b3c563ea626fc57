"""Which indicator series the edition holds, and what each means. Rows of table `series`."""

from __future__ import annotations

from data_access.ingest import dac1, transcribed_series
from data_access.ingest.one_series import COMPUTED, FOLDER, Series

__all__ = ["COMPUTED", "FOLDER", "GAPMINDER", "OECD", "SERIES", "TARGETS", "Series"]

GAPMINDER = "CC BY 4.0 (Gapminder)"
OECD = "OECD terms: reuse with attribution; CC BY 4.0 since 2024"
WHOLE = "The publisher gives it for both sexes together."
WDI = "World Bank, World Development Indicators, through Gapminder"


PRIMARY = "2.A Ensure that, by 2015, children everywhere will be able to complete a full course of primary schooling"
MATERNAL = "5.A Reduce by three quarters, between 1990 and 2015, the maternal mortality ratio"
DISEASES = "6.C Have halted by 2015 and begun to reverse the incidence of malaria and other major diseases"
WATER = (
    "7.C Halve, by 2015, the proportion of people without sustainable access to safe drinking water and basic "
    "sanitation"
)
TARGETS = {  # by series; the official list of targets and indicators, effective 15 January 2008
    "poverty": "1.A Halve, between 1990 and 2015, the proportion of people whose income is less than one dollar a day",
    "completion": PRIMARY,
    "out_of_school": PRIMARY,
    "parity": "3.A Eliminate gender disparity in primary and secondary education, preferably by 2005, and in all "
    "levels "
    "of education no later than 2015",
    "under5": "4.A Reduce by two thirds, between 1990 and 2015, the under-five mortality rate",
    "maternal": MATERNAL,
    "births": MATERNAL,
    "hiv": "6.A Have halted by 2015 and begun to reverse the spread of HIV/AIDS",
    "malaria": DISEASES,
    "tb": DISEASES,
    "water": WATER,
    "sanitation": WATER,
    "oda_gni": "0.7 per cent of gross national income as official development assistance (indicator 8.1)",
}


def _gapminder(
    code: str, stem: str, name: str, unit: str, goal: str, better: str, source: str, words: str, sex: str = "total"
) -> Series:
    said = f"{words} {WHOLE}" if sex == "total" and goal in "123456" and goal else words
    return Series(code, name, unit, goal, sex, better, source, said, GAPMINDER, f"{FOLDER}{stem}.csv", stem)


SERIES = (
    _gapminder(
        "poverty", "extreme_poverty_percent_people_below_300_a_day", "People living on less than $3.00 a day",
        "% of population", "1", "down", "World Bank, Poverty and Inequality Platform, through Gapminder",
        "Share of people whose income or consumption is below $3.00 a day at 2021 international prices: not the line "
        "of "
        "$1.25 a day on which target 1.A was reported.",
    ),
    _gapminder(
        "completion", "primary_completion_rate_total_percent_of_relevant_age_group", "Primary completion rate",
        "% of relevant age group", "2", "up", WDI, "New entrants to the last grade of primary education, as a share of "
        "children of that age; above 100 where older or younger children enter.",
    ),
    _gapminder(
        "out_of_school", "children_out_of_school_primary", "Children out of school, primary age", "children", "2",
        "down", WDI, "Children of primary school age who are enrolled in neither primary nor secondary school.",
    ),
    _gapminder(
        "parity", "ratio_of_girls_to_boys_in_primary_and_secondary_education_perc",
        "Girls to boys in primary and secondary education", "girls per boy", "3", "up", WDI,
        "Gender parity index: gross enrolment of girls over that of boys; 1 is parity.", "ratio",
    ),
    _gapminder(
        "under5", "under_five_mortality_from_cme_per_1000_born", "Under-five mortality rate", "per 1,000 live births",
        "4",
        "down", "UN Inter-agency Group for Child Mortality Estimation, through Gapminder",
        "Children who die before their fifth birthday, per 1,000 live births.",
    ),
    _gapminder(
        "maternal", "maternal_mortality_ratio_per_100000_live_births", "Maternal mortality ratio",
        "per 100,000 live births", "5", "down", "WHO, UNICEF, UNFPA, World Bank and historical sources, through "
        "Gapminder",
        "Women who die of causes related to pregnancy or birth, per 100,000 live births. Most years are missing.",
        "female",
    ),
    _gapminder(
        "births", "births_attended_by_skilled_health_staff_percent_of_total", "Births attended by skilled health staff",
        "% of births", "5", "up", WDI, "Deliveries attended by trained staff. Surveys: many years are missing.",
        "female",
    ),
    _gapminder(
        "hiv", "adults_with_hiv_percent_age_15_49", "Adults with HIV, aged 15–49", "% of adults", "6", "down",
        "UNAIDS, through Gapminder", "Estimated share of people aged 15–49 who live with HIV, to 2011.",
    ),
    _gapminder(
        "malaria", "malaria_deaths_in_children_1_59_months_per_1000_births", "Malaria deaths of children, 1–59 months",
        "per 1,000 live births", "6", "down", "WHO, through Gapminder",
        "Deaths of children aged 1–59 months attributed to malaria, per 1,000 live births.",
    ),
    _gapminder(
        "tb", "all_forms_of_tb_incidence_per_100000_estimated", "Tuberculosis incidence", "per 100,000 people", "6",
        "down", "WHO, through Gapminder", "Estimated new and relapse cases of all forms of tuberculosis in the year.",
    ),
    _gapminder(
        "water", "at_least_basic_water_source_overall_access_percent", "People using at least basic drinking water",
        "% of population", "7", "up", "WHO and UNICEF, Joint Monitoring Programme, through Gapminder",
        "From 2000: 'at least basic' is not the 'improved source' on which target 7.C was reported.",
    ),
    _gapminder(
        "sanitation", "at_least_basic_sanitation_overall_access_percent", "People using at least basic sanitation",
        "% of population", "7", "up", "WHO and UNICEF, Joint Monitoring Programme, through Gapminder",
        "From 2000: 'at least basic' is not the 'improved facility' on which target 7.C was reported.",
    ),
    Series(
        "oda_gni", "Official development assistance, share of income", "% of gross national income", "8", "total", "up",
        "OECD DAC1, extract by the ONE Campaign",
        "Headline ODA of each year over gross national income, two decimals; net flows to 2017, grant equivalents from "
        "2018. 2025 is preliminary. Later release: the United Kingdom 2013 is 0.70 here, 0.72 as first published.",
        OECD, dac1.RATIO, "ODA/GNI (right-axis)",
    ),
    _gapminder(
        "oda_gni_2008", "aid_given_percent_of_gni", "Official development assistance, share of income, an earlier "
        "release", "% of gross national income", "8", "up", "OECD, through Gapminder",
        "The same measure as an earlier release gave it, to 2008: kept to compare releases.",
    ),
    Series(
        "oda_received_gni", "Net ODA received, share of income", "% of gross national income", "8", "total", "", WDI,
        "Net ODA received per inhabitant over income per inhabitant (Atlas method, rounded to 10 dollars): an "
        "approximation "
        "(indicators 8.4 and 8.5 for landlocked and small island States). The table that is published under this name "
        "is "
        "left out: its figures are several times too high and look like shares of investment (Kenya 2005: 22.9 for "
        "4.1).",
        GAPMINDER, f"{FOLDER}aid_received_per_person_current_us.csv", COMPUTED,
    ),
    _gapminder(
        "oda_received_head", "aid_received_per_person_current_us", "Net ODA received per inhabitant",
        "current US dollars", "8", "", WDI, "Net official development assistance received, per inhabitant.",
    ),
    Series(
        "oda", "Official development assistance", "current US dollars", "8", "total", "up",
        "OECD DAC1, extract by the ONE Campaign", "Headline ODA: net to 2017, grant equivalent from 2018. DAC is the "
        "sum of "
        "the 30 members of 2022 (Hungary and Lithuania before they joined too; without Estonia and the EU "
        "Institutions).",
        OECD, dac1.FILE, "value",
    ),
    Series(
        "oda_constant", "Official development assistance at constant prices", "US dollars of 2025", "8", "total", "up",
        "OECD DAC1, extract by the ONE Campaign", "As published. The extract "
        "does not state the base year of its prices and exchange rates: 2025 is inferred from the figures. Net flows "
        "to 2017, grant "
        "equivalents from 2018.",
        OECD, dac1.RATIO, "ODA (left-axis)",
    ),
    Series(
        "gni", "Gross national income", "current US dollars", "", "total", "",
        "OECD DAC1, extract by the ONE Campaign; "
        "other countries: World Bank, through Gapminder", "DAC members, 2010–2022: as in DAC1; DAC is the sum of 30. "
        "Other "
        "countries: income per inhabitant (Atlas method, rounded to 10 dollars) times population, an approximation.",
        OECD, dac1.INCOME, "gni",
    ),
    _gapminder(
        "gni_head", "gnipercapita_atlasmethod_current_us", "Gross national income per inhabitant",
        "current US dollars", "",
        "up", WDI, "Atlas method, rounded to 10 dollars.",
    ),
    _gapminder(
        "gni_ppp", "total_gni_ppp_current_international", "Gross national income at purchasing power parity",
        "current international dollars", "", "", WDI, "At purchasing power parity.",
    ),
    _gapminder(
        "population", "population_total", "Population", "persons", "", "", "Gapminder, from United Nations figures",
        "Inhabitants at mid-year.",
    ),
    _gapminder(
        "health_budget", "government_health_spending_of_total_gov_spending_percent",
        "Health, share of government spending", "% of government spending", "", "up",
        "WHO, Global Health Expenditure Database, through Gapminder",
        "Domestic general government health expenditure as a share of general government expenditure: grants from "
        "abroad are not in it. Taken over for the States of Africa, for 2001, 2005 and 2010 to 2015.",
    ),
    _gapminder(
        "contraceptives", "contraceptive_use_percent_of_women_ages_15_49", "Contraceptive prevalence",
        "% of women aged 15–49", "", "up", WDI, "Women aged 15–49, married or in union, who use any method "
        "(indicator 5.3). Surveys: many years are missing. Taken over for the six countries that promised a rate.",
        "female",
    ),
    *transcribed_series.SERIES,
)  # fmt: skip
