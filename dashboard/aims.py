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
    "Tied aid, trade and medicines are not reported in this edition; aid to least developed countries, relief of debt "
    "and use of the Internet are measured with the commitments below."
)

EVERY_TARGET = {  # of the Millennium Development Goals as revised in 2007, in our words
    "1.A": "Halve, between 1990 and 2015, the proportion of people whose income is below the poverty line",
    "1.B": "Achieve full and productive employment and decent work for all, women and young people included",
    "1.C": "Halve, between 1990 and 2015, the proportion of people who suffer from hunger",
    "2.A": "Ensure that, by 2015, all children can complete a full course of primary schooling",
    "3.A": "Eliminate gender disparity in primary and secondary education by 2005, and at all levels by 2015",
    "4.A": "Reduce by two thirds, between 1990 and 2015, the under-five mortality rate",
    "5.A": "Reduce by three quarters, between 1990 and 2015, the maternal mortality ratio",
    "5.B": "Achieve, by 2015, universal access to reproductive health",
    "6.A": "Have halted by 2015, and begun to reverse, the spread of HIV/AIDS",
    "6.B": "Achieve, by 2010, universal access to treatment for HIV/AIDS for all who need it",
    "6.C": "Have halted by 2015, and begun to reverse, the incidence of malaria and other major diseases",
    "7.A": "Build sustainable development into policies and programmes; reverse the loss of environmental resources",
    "7.B": "Reduce biodiversity loss, with a significant reduction in its rate by 2010",
    "7.C": "Halve, by 2015, the proportion of people without safe drinking water and basic sanitation",
    "7.D": "Achieve, by 2020, a significant improvement in the lives of at least 100 million slum dwellers",
    "8.A": "Develop an open, rule-based, predictable, non-discriminatory trading and financial system",
    "8.B": "Address the special needs of the least developed countries",
    "8.C": "Address the special needs of landlocked developing countries and small island developing States",
    "8.D": "Deal comprehensively with the debt problems of developing countries",
    "8.E": "With pharmaceutical companies, provide access to affordable essential medicines in developing countries",
    "8.F": "With the private sector, make available the benefits of new technologies, especially information and "
    "communications",
}
