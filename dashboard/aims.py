"""What each Goal asked for, who is in greatest need of it, and what of Goal 8 is not measured; in our words."""

from __future__ import annotations

WORST = {  # who is in greatest need, by the series that says so
    "poverty": "where the share of people living on less than $3.00 a day is highest",
    "completion": "with the lowest primary completion rates",
    "parity": "with the lowest ratio of girls to boys in school",
    "under5": "with the highest under-five mortality",
    "maternal": "with the highest maternal mortality",
    "births": "where skilled staff attend the smallest share of births",
    "hiv": "with the highest share of adults with HIV",
    "malaria": "with the highest child mortality from malaria",
    "tb": "with the highest incidence of tuberculosis",
    "water": "where the smallest share of people has basic drinking water",
    "sanitation": "where the smallest share of people has basic sanitation",
}
TARGETS = {  # of the Millennium Development Goals, in our words
    "1": "Target 1.A: halve, between 1990 and 2015, the proportion of people whose income is below the poverty line.",
    "2": "Target 2.A: ensure that, by 2015, all children can complete a full course of primary schooling.",
    "3": "Target 3.A: eliminate gender disparity in primary and secondary education, and at all levels by 2015.",
    "4": "Target 4.A: reduce by two thirds, between 1990 and 2015, the under-five mortality rate.",
    "5": "Target 5.A: reduce by three quarters, between 1990 and 2015, the maternal mortality ratio.",
    "6": "Target 6.A: have halted by 2015, and begun to reverse, the spread of HIV/AIDS.",
    "7": "Target 7.C: halve, by 2015, the proportion of people without safe drinking water and basic sanitation.",
    "8": "Donors agreed to work towards 0.7 per cent of gross national income as official development assistance.",
}

ABSENT = (  # what else Goal 8 asks for
    "Aid to least developed countries, tied aid, trade, debt, medicines and information technology are not reported "
    "in this edition."
)
