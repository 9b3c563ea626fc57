"""The 90 columns of some rows of a made-up release, drawn by numpy and written as text, the same for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.pools import Members, Pools
from benchmarks.texts import UNITS, Column, money, taken, written

FLOWS = {"11": "ODA Grants", "13": "ODA Loans", "14": "Other Official Flows (non Export Credit)",
         "19": "Equity Investment", "30": "Private Development Finance"}  # fmt: skip
INCOMES = [
    ("10016", "LDCs"), ("10017", "Other LICs"), ("10018", "LMICs"), ("10019", "UMICs"), ("10024", "Part I unallocated"),
]  # fmt: skip
REGIONS = [("10001", "Africa"), ("10004", "America"), ("10007", "Asia"), ("10010", "Europe"), ("10012", "Oceania")]
AGENCIES = ["Ministry of Foreign Affairs", "Agency for International Cooperation", "Development Bank",
            "Ministry of Health", "Ministry of Education", "Regional governments", "Miscellaneous",
            "Public universities"]  # fmt: skip
CURRENCIES = ["302", "918", "701", "12", "8", "10", "11", "301", "801", "742"]
RATES = [1.0, 0.753, 98.0, 0.61, 6.1, 7.4, 0.97, 1.09, 1.04, 1100.0]  # invented: units per US dollar, every year
MARKERS = ("", "0", "1", "2")


class Draw:
    """Chance for so many rows."""

    def __init__(self, seed: int, rows: int) -> None:
        self.rows, self._chance = rows, np.random.default_rng(seed)

    def uniform(self) -> Any:
        return self._chance.random(self.rows)

    def whole(self, least: int, most: int) -> Any:
        return self._chance.integers(least, most, self.rows)

    def normal(self, middle: float, spread: float) -> Any:
        return self._chance.normal(middle, spread, self.rows)

    def of(self, words: list[str] | tuple[str, ...], weights: list[float] | None = None) -> Column:
        return taken(words, self._chance.choice(len(words), self.rows, p=weights))

    def said(self, share: float, column: Column) -> Column:
        """The column where chance has it, blank elsewhere."""
        return pc.if_else(pa.array(self.uniform() < share), column, "")


def columns(made_of: Pools, seed: int, first: int, years: Any) -> dict[str, Column]:
    """Text by column for rows of these years; `first` is the number of the first. Columns left out are blank."""
    draw = Draw(seed, len(years))
    found: dict[str, Column] = {"Year": written(years)}
    donor = in_pairs(made_of.donors.draw(draw.uniform()))
    recipient = _recipient(made_of, donor, draw)
    found |= _who(made_of, donor, draw) | _where(made_of, recipient, draw) | _kept(draw, first, years)
    purpose = _purpose(made_of, donor, recipient, draw)
    found |= _what(made_of.purposes, purpose) | _texts(made_of, draw)
    loans = pc.equal(found["FlowCode"], "13").to_numpy(zero_copy_only=False)
    return found | _amounts(draw, years, donor, loans) | _terms(draw, loans) | _marks(draw, donor + purpose)


def in_pairs(drawn: Any) -> Any:
    """Two reports on one activity, one after the other, say the same."""
    return drawn[np.arange(len(drawn)) // 2 * 2]


def _recipient(made_of: Pools, donor: Any, draw: Draw) -> Any:
    """Places of recipients: a third of each donor's are its own favourites."""
    drawn, own = made_of.recipients.draw(draw.uniform()), draw.uniform() < 0.35
    return in_pairs(np.where(own, (drawn + donor * 11) % len(made_of.recipients.codes), drawn))


def _purpose(made_of: Pools, donor: Any, recipient: Any, draw: Draw) -> Any:
    """Places of purposes: most of what a donor gives a recipient is for a dozen purposes of the two."""
    nth = (draw.uniform() ** 3 * 12).astype("int64")
    theirs = ((donor * 180 + recipient) * 12 + nth) * 0.6180339887 % 1
    return made_of.purposes.draw(np.where(draw.uniform() < 0.88, theirs, draw.uniform()))


def _who(made_of: Pools, donor: Any, draw: Draw) -> dict[str, Column]:
    named = _named("Donor", made_of.donors, donor)
    agency = (donor * 7 + made_of.donors.draw(draw.uniform()) % 12) % len(AGENCIES)
    names = pc.binary_join_element_wise(taken(AGENCIES, agency), named["DonorName"], ", ")
    private = np.array([int(code) >= 1600 for code in made_of.donors.codes])[donor]
    apart = np.array([900 <= int(code) < 1600 for code in made_of.donors.codes])[donor]
    shares = [0.9, 0.01, 0.06, 0.025, 0.005]
    kind = pc.if_else(pa.array(apart), "4", draw.of(["1", "2", "3", "7", "8"], shares))
    flow = pc.if_else(pa.array(private), "30", draw.of(["11", "13", "14", "19"], [0.86, 0.09, 0.035, 0.015]))
    return named | {
        "AgencyCode": written(agency + 1),
        "AgencyName": names,
        "bi_multi": pc.if_else(pa.array(private), "6", kind),
        "FlowCode": flow,
        "FlowName": taken(list(FLOWS.values()), pc.index_in(flow, pa.array(list(FLOWS)))),
        "Category": pc.if_else(pc.equal(flow, "14"), "21", pc.if_else(pc.equal(flow, "30"), "40", "10")),
        "Finance_t": pc.if_else(pc.equal(flow, "13"), "421", pc.if_else(pc.equal(flow, "19"), "510", "110")),
        "Aid_t": draw.of(["C01", "B03", "D02", "B01", "A01", "E01", ""], [0.5, 0.12, 0.13, 0.08, 0.03, 0.04, 0.1]),
    }


def _where(made_of: Pools, recipient: Any, draw: Draw) -> dict[str, Column]:
    region, income = recipient * 3 % len(REGIONS), recipient * 7 % len(INCOMES)
    return _named("Recipient", made_of.recipients, recipient) | {
        "RegionCode": taken([code for code, _ in REGIONS], region),
        "RegionName": taken([name for _, name in REGIONS], region),
        "IncomegroupCode": taken([code for code, _ in INCOMES], income),
        "IncomegroupName": taken([name for _, name in INCOMES], income),
        "Geography": draw.said(
            0.3, draw.of(["Nationwide", "Northern Province", "Région du Centre", "several districts"])
        ),
    }


def _kept(draw: Draw, first: int, years: Any) -> dict[str, Column]:
    """Identifiers: about two reports on each activity, in the year it began or later."""
    began = years - (draw.uniform() ** 3 * 6).astype("int32")
    number = (first + np.arange(draw.rows)) // 2 % 1_000_000
    six = pc.utf8_lpad(written(number), 6, "0")
    day = pc.utf8_lpad(written(draw.whole(1, 29)), 2, "0")
    month = pc.utf8_lpad(written(draw.whole(1, 13)), 2, "0")
    dated = pc.binary_join_element_wise(written(began), month, day, "-")
    ended = pc.binary_join_element_wise(written(began + draw.whole(1, 6)), month, day, "-")
    return {
        "CrsID": pc.binary_join_element_wise(written(began), six, ""),
        "ProjectNumber": pc.binary_join_element_wise("P", written(draw.whole(1000, 999_999)), six, "-"),
        "InitialReport": draw.of(["1", "3", "8", ""], [0.4, 0.45, 0.05, 0.1]),
        "commitmentdate": draw.said(0.7, dated),
        "ExpectedStartDate": draw.said(0.6, dated),
        "CompletionDate": draw.said(0.4, ended),
    }


def _what(purposes: Members, purpose: Any) -> dict[str, Column]:
    sectors = [code[:3] for code in purposes.codes]
    return _named("Purpose", purposes, purpose) | {
        "SectorCode": taken(sectors, purpose),
        "SectorName": taken(
            [f"Sector {code}: {name}" for code, name in zip(sectors, purposes.names, strict=True)], purpose
        ),
        "BudgetIdent": taken(purposes.codes, purpose),
    }


def _texts(made_of: Pools, draw: Draw) -> dict[str, Column]:
    title = in_pairs(draw.whole(0, len(made_of.titles)))
    channel = made_of.channels.draw(draw.uniform())
    named = {key: draw.said(0.8, column) for key, column in _named("Channel", made_of.channels, channel).items()}
    short = [text.upper()[11:61] for text in made_of.titles]
    numbered = pc.binary_join_element_wise(taken(made_of.titles, title), written(draw.whole(1, 400)), ", no. ")
    return named | {
        "ShortDescription": draw.said(0.95, taken(short, title)),
        "ProjectTitle": numbered,
        "LongDescription": draw.said(0.75, taken(made_of.stories, draw.whole(0, len(made_of.stories)))),
        "ChannelReportedName": draw.said(0.5, taken(made_of.channels.names, channel)),
        "ParentChannelCode": taken([f"{code[:2]}000" for code in made_of.channels.codes], channel),
    }


def _amounts(draw: Draw, years: Any, donor: Any, loans: Any) -> dict[str, Column]:
    """US dollar millions. Disbursements are thin before 2002; corrections are negative; some amounts are nought."""
    committed = _units(draw, loans)
    paid = _paid(draw, committed)
    has_committed, has_paid = draw.uniform() < 0.62, draw.uniform() < np.where(years < 2002, 0.12, 0.82)
    has_paid |= ~has_committed & (draw.uniform() < 0.97)  # few rows say neither
    deflator = (0.35 + 0.65 * (years - 1973) / 43) * 100
    rate = np.array(RATES)[donor % len(RATES)]
    tied = draw.uniform()
    made = {
        "usd_commitment": (committed, has_committed),
        "usd_disbursement": (paid, has_paid),
        "usd_received": ((paid * 0.2).astype("int64"), has_paid & loans),
        "usd_interest": ((paid * 0.03).astype("int64"), has_paid & loans),
        "usd_amountuntied": (committed, has_committed & (tied < 0.6)),
        "usd_amounttied": (committed, has_committed & (tied > 0.85)),
        "usd_IRTC": ((committed * 0.1).astype("int64"), has_committed & (tied < 0.05)),
        "commitment_national": ((committed * rate).astype("int64"), has_committed),
        "disbursement_national": ((paid * rate).astype("int64"), has_paid),
        "usd_outstanding": ((committed * 0.7).astype("int64"), has_committed & loans),
    }
    for name in ("commitment", "disbursement", "received"):
        units, said = made[f"usd_{name}"]
        made[f"usd_{name}_defl"] = ((units / deflator * 100).astype("int64"), said)
    found = {name: money(units, said) for name, (units, said) in made.items()}
    return found | {"CurrencyCode": taken(CURRENCIES, donor % len(CURRENCIES))}


def _units(draw: Draw, loans: Any) -> Any:
    """Amounts in hundred-millionths of a million: a long tail, few or many decimals."""
    size = np.exp(draw.normal(-2.4, 2.1) + loans * 2.5).clip(0, 5_000)
    step = 10 ** draw.whole(0, 6)
    units = np.rint(size * UNITS).astype("int64") // step * step
    return _signed(draw, units)


def _paid(draw: Draw, committed: Any) -> Any:
    """Disbursements: about half of what was committed, sometimes several times as much."""
    units = (np.abs(committed) * np.exp(draw.normal(-0.7, 1.0))).astype("int64")
    units = np.where(draw.uniform() < 0.7, units // 10_000 * 10_000, units)
    return _signed(draw, units)


def _signed(draw: Draw, units: Any) -> Any:
    """1% nought, 2% corrections."""
    sign = draw.uniform()
    return np.where(sign < 0.01, 0, np.where(sign > 0.98, -units, units))


def _terms(draw: Draw, loans: Any) -> dict[str, Column]:
    lent = pa.array(loans)
    made = {
        "typerepayment": draw.of(["1", "2", "4"]),
        "numberrepayment": draw.of(["1", "2", "4"]),
        "interest1": written(draw.whole(0, 8) * 500),
        "interest2": draw.of(["0", "500"]),
        "repaydate1": draw.of(["2012-06-01", "2018-12-15"]),
        "repaydate2": draw.of(["2031-06-01", "2044-12-15"]),
    }
    found = {name: pc.if_else(lent, column, "") for name, column in made.items()}
    return found | {"grantelement": pc.if_else(lent, written(draw.whole(25, 90)), "100")}


def _marks(draw: Draw, theme: Any) -> dict[str, Column]:
    """Markers; a theme has one mark on gender equality, as a rule."""
    often, seldom = [0.3, 0.45, 0.2, 0.05], [0.55, 0.4, 0.04, 0.01]
    ruled = pc.if_else(pa.array(draw.uniform() < 0.7), taken(MARKERS, theme * 7 % 10 // 3), draw.of(MARKERS, often))
    policy = ("Environment", "Trade", "Pdgg", "RMNCH", "DRR", "Nutrition", "Disability")
    rio = ("biodiversity", "climateMitigation", "climateAdaptation", "desertification", "DIG")
    found = {"Gender": ruled} | {name: draw.of(MARKERS, seldom) for name in (*policy, *rio)}
    found |= {name: draw.of(["", "1"], [0.9, 0.1]) for name in ("FTC", "PBA", "InvestmentProject")}
    return found | {"CapitalExpend": draw.said(0.05, written(draw.whole(1, 100)))}


def _named(what: str, members: Members, places: Any) -> dict[str, Column]:
    return {f"{what}Code": taken(members.codes, places), f"{what}Name": taken(members.names, places)}
