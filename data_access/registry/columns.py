"""The columns in which a pledge is written: in spreadsheets, in the embedded files, in revisions. One list for all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.amounts import ABSENCES, DENOMINATORS, MONEY
from dashboard.links import LINKS
from dashboard.pledges import ADDITIONAL, CONFIDENCES, KINDS, MAKER_KINDS, SOURCE_KINDS, STATUSES
from dashboard.records import FORUM_KINDS

YES, NO = "yes", "no"
GAPS = ("numeric", "range", *ABSENCES)
METHODS = ("level", "trend")
GOALS = tuple("12345678")
CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CAD",
    "AUD",
    "CHF",
    "NOK",
    "SEK",
    "DKK",
    "NZD",
    "KRW",
    "CNY",
    "INR",
    "ZAR",
    "THB",
)
MONEY_UNITS = tuple(f"{code} million{each}" for code in CURRENCIES for each in ("", " per year"))
UNITS = (  # besides money and shares: what is counted
    *DENOMINATORS,
    "percent", "percent of increase", "percent of promise", "percent of need", "percent increase",
    "percent increase per year", "percent change", "percent cut", "percent price cut", "percent cut in deaths",
    "percent coverage", "percent of births with skilled attendance", "percent contraceptive prevalence",
    "percent PMTCT coverage", "percent completion", "percent improvement", "percent internet users",
    "USD per capita", "million people", "million treatments per year", "people", "people trained", "health workers",
    "obstetricians", "lives", "cases", "units", "targets", "countries", "commitments", "gender parity index",
    "compliance score",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column. words: what goes into it. options: the only values it takes; several: more than one, apart by `;`.

    names: the sheet of records whose names it takes (`Makers`). longest: characters."""

    name: str
    words: str
    options: tuple[str, ...] = ()
    several: bool = False
    names: str = ""
    needed: bool = False
    longest: int = 300


COLUMNS: tuple[Column, ...] = (
    Column("id", "Its address: small letters, digits and hyphens; never changed later", needed=True, longest=80),
    Column("parent", "The id of the collective commitment that this one is part of", longest=80),
    Column("title", "What was promised, in one line", needed=True),
    Column("maker", "Who promised: a name of the sheet Makers", names="Makers", needed=True),
    Column("kind", "Money, or a policy", KINDS, needed=True),
    Column("forum", "Where it was made: a name of the sheet Fora", names="Fora"),
    Column("initiative", "What it belongs to: a name of the sheet Initiatives", names="Initiatives"),
    Column("place", "The town"),
    Column("made", "When: 2010, 2010-06 or 2010-06-26"),
    Column("goals", "Goals it serves, 1 to 8, apart by semicolons", GOALS, several=True),
    Column("targets", "MDG targets it serves, as 8.B, apart by semicolons"),
    Column("amount_low", "The figure promised; of a range its lower end"),
    Column("amount_high", "The same figure again; of a range its upper end"),
    Column("unit", "What the figure counts, as USD million or % GNI", (*MONEY_UNITS, *UNITS)),
    Column("prices", "The price basis as stated, as constant 2004"),
    Column("usd_at_time", "The same in whole US dollars at the rate of the day, where stated"),
    Column("since", "First year in which it is to be paid or done"),
    Column("until", "Last year"),
    Column("deadline", "By when it is due"),
    Column("baseline_value", "The figure from which it counts"),
    Column("baseline_year", "The year of that figure"),
    Column("baseline_unit", "Its unit, where it is not that of the promise", (*MONEY_UNITS, *UNITS)),
    Column("baseline_method", "How it is meant", METHODS),
    Column("additional", "Whether it is new money; empty where nothing is said", ADDITIONAL[:-1]),
    Column("measures", "What would show that it is kept", longest=600),
    Column("links", f"Ties to other records, as restates:un-oda-07-gni; kinds: {', '.join(LINKS)}", longest=2000),
    Column("delivered_low", "What was delivered, as reported; of a range the lower end"),
    Column("delivered_high", "The same figure again; of a range the upper end"),
    Column("delivered_unit", "What that figure counts", (*MONEY_UNITS, *UNITS)),
    Column("delivered_absence", "Where there is no figure: why", tuple(ABSENCES)),
    Column("delivered_as_of", "The date of that figure"),
    Column("delivered_by", "Who reported it"),
    Column("delivered_counts", "What their figure counts, as disbursed or signed"),
    Column("gap", "Whether a gap can be given; else why not", GAPS, needed=True),
    Column("remarks", "What a reader must know", longest=4000),
    Column("checked", "What a check of this record found, and whether it was mended or kept", longest=2000),
    Column("unverified", "What rests on memory and on no source; empty where nothing does"),
    Column("source_title", "The document or page on which the record rests"),
    Column("source_page", "The page in it"),
    Column("source_kind", "Who wrote it", SOURCE_KINDS, needed=True),
    Column("source_address", "Its address on the web", longest=1000),
    Column("further_sources", "One a line: of | kind | title | page | address; of: promise, delivery", longest=8000),
    Column("statuses", "Of a policy, one a line: step | date | note | kind | title | page | address; steps: "
           + ", ".join(STATUSES), longest=8000),
    Column("confidence", "How sure the record is", CONFIDENCES, needed=True),
    Column("sexes", "Whether it concerns women and girls, or can be told apart by sex", (YES, NO), needed=True),
    Column("rule", "The counting rule, as the page of the commitment writes it", longest=20_000),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
NAMES = tuple(BY_NAME)

FORUM_COLUMNS = (
    Column("id", "Small letters, digits and hyphens; never changed later", needed=True, longest=80),
    Column("name", "One name, used in every commitment", needed=True),
    Column("kind", "What kind of forum", FORUM_KINDS, needed=True),
    Column("place", "The town"),
    Column("date", "2010, 2010-06 or 2010-06-26; empty where it is no single event"),
)
MAKER_COLUMNS = (
    Column("id", "Capital letters, digits, hyphens; never changed later", needed=True, longest=80),
    Column("name", "One name, used in every commitment", needed=True),
    Column("kind", "What kind of maker", MAKER_KINDS, needed=True),
    Column("code", "The code in flows: GBR, 1601, or a group as G8; empty where there is none", longest=40),
)
INITIATIVE_COLUMNS = (
    Column("id", "Small letters, digits and hyphens; never changed later", needed=True, longest=80),
    Column("name", "One name, used in every commitment", needed=True),
)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAKER_ID = re.compile(r"[A-Z0-9+]+(-[A-Z0-9+]+)*")


def is_unit(text: str) -> bool:
    """Whether a unit is known: money in any currency, or one of the list."""
    return text in UNITS or bool(MONEY.fullmatch(text))
