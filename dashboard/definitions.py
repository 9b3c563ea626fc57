"""Every term a panel uses, in plain English. `DEFINITIONS[term]` is one or two sentences for the reader."""

from __future__ import annotations

DEFINITIONS: dict[str, str] = {
    "pledged": "Announced at a conference, summit or other forum. A pledge states an intention and does not bind.",
    "committed": "A firm obligation in writing, with the funds behind it. It is booked whole in the year it is signed, "
    "even if it is paid over several years.",
    "disbursed": "Released to the recipient, or spent on its behalf. Amounts are gross: repayments are not taken off, "
    "except in the source DAC1.",
    "gap": "What was committed less what was disbursed, in the same source and the same years. More disbursed than "
    "committed is possible, since payments also serve earlier commitments.",
    "share": "What was disbursed, divided by what was committed. Where both are of the same activities over their life "
    "it says how far these have been paid; where both are of the same years it is not a delivery rate.",
    "current prices": "Amounts as they were in their own year, in United States dollars at that year’s exchange rate.",
    "constant prices": "Amounts restated in the dollars of one base year, by the deflators of the Development "
    "Assistance Committee. They combine the change of prices and of exchange rates.",
    "goal mapping": "There is no official list that assigns aid to the Goals. Each activity is assigned by its purpose "
    "code under a named method; what no code covers is shown as not allocated.",
    "strict": "A purpose code counts whole for one Goal, or not at all.",
    "shared": "A purpose code can count for several Goals, in stated shares that sum to one.",
    "Muskoka": "The shares agreed for the Muskoka Initiative of 2010, which cover maternal and child health: "
    "Goals 4 and 5.",
    "unallocated": "Amounts whose purpose code is not assigned to any Goal under the method picked. It says nothing "
    "about their use.",
    "row": "One amount at one stage, as one place of a file tells it. Where a record spreads an amount over several "
    "purposes or recipients, each part is a row, and the parts sum to the amount.",
    "not reported": "No figure in the source. Shown by two dots and never read as zero.",
    "zero": "Reported, and the amount is nil. It is a number and is summed.",
    "official development assistance": "Flows from official agencies to developing countries and multilateral "
    "institutions, for development and on concessional terms (ODA).",
    "gross national income": "What residents of a country earn in a year, at home and abroad (GNI).",
    "0.7 per cent target": "The United Nations target that developed countries give 0.7 per cent of their gross "
    "national income as official development assistance.",
    "source": "Where an amount was read. Two sources can report the same activity, so their totals are never added up.",
    "five publishers": "The World Bank, the United Kingdom (DFID), Germany (BMZ), Sweden and Gavi: the organisations "
    "in the AidData release of IATI data. It is a part of all aid.",
    "activity": "A project or programme as its publisher records it. Its amounts stand under one year of the activity; "
    "what was disbursed is counted over its life.",
    "donor": "A Government, institution or foundation that provides funds.",
    "recipient": "A developing country or territory that receives funds. What is given to a region as a whole is "
    "listed as regional.",
    "purpose": "The five-digit code that says which sector an activity serves, from the list of the Development "
    "Assistance Committee.",
    "sector": "The first three digits of the purpose code, such as 112 for basic education.",
    "least developed countries": "The States on the list kept by the United Nations, as it stood in the year shown.",
    "per head": "An amount divided by the number of inhabitants.",
    "indicator": "A measure of people’s lives by country and year, near the official list of the Goals’ indicators. "
    "It shows what is needed, not what was paid for.",
    "median": "The middle country when all are put in order. Half of the countries lie above, half below; it is not "
    "weighted by population.",
    "target path": "A straight line from the first year to the value the target asks for in 2015.",
    "split by sex": "The indicator for women and for men, or their ratio, where the source publishes it.",
    "gender marker": "What a donor says of an activity’s aim: gender equality is its principal aim, a significant one, "
    "or not targeted. It marks a whole activity and is not data split by sex.",
    "unexplained": "What the parts of a step do not add up to. It is shown whenever it is not zero.",
}


def meaning(term: str) -> str:
    """The definition of a term, a sentence. Raises KeyError where it has none."""
    return DEFINITIONS[term]
