"""Fifty figures of random pages, made again by an analyst who has nothing but the pages and the files they offer.

EXPLAINED says how many (50), CHANCE with which seed (printed). Which figures: of commitments' own pages, of the pages
of their makers, recipients and fora, of gaps, of Goals, the overview and needs; shares, sums, levels, indicators.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from dash import Dash

from tests.analyst import Analyst, is_shown_as, lines, printed, rounded
from tests.visits import Element, Visitor

COUNT = int(os.environ.get("EXPLAINED", "50"))
SEED = int(os.environ.get("CHANCE", "2015"))
NAMES = ("due", "delivered", "gap", "share of due")
COLUMNS = {"due": "Due", "delivered": "Delivered", "gap": "Gap", "share of due": "Share"}
STAGES = ("Committed", "Disbursed")


class Reader:
    """At the pages, with an analyst."""

    def __init__(self, visitor: Visitor, chance: random.Random) -> None:
        self.visitor, self.chance, self.analyst = visitor, chance, Analyst(visitor.fetch)
        self.every = lines(visitor.fetch("/export/gaps.csv"))
        self.measured = [line for line in self.every if line["Delivered, low"]]

    def figures(self, id_: str) -> dict[str, list[Fraction]]:
        """The figures of a commitment, made again from the terms that a link on its page leads to."""
        links = [a.props.get("href", "") for a in self.visitor.page(f"/commitment/{id_}").every("a")]
        [link] = {  # the menu of a figure leads to the same file as the rungs do
            one
            for one in links
            if one.startswith("/export/commitment/") and "&stage=" not in one and "&prices=" not in one
        }
        return self.made(link)

    def made(self, link: str) -> dict[str, list[Fraction]]:
        """Those of a file of terms, which are what it prints."""
        file = lines(self.visitor.fetch(link))
        found = self.analyst.figures(file)
        for name, ends in found.items():
            assert printed(file, name) == ends, (link, name)
        return found


@pytest.fixture(scope="module")
def visitor(real: Dash) -> Visitor:
    return Visitor(real.server.test_client())


def of_commitment(reader: Reader) -> bool:
    """What its own page shows in large, and all that its file says follows from it."""
    line = reader.chance.choice(reader.measured)
    page = reader.visitor.page(f"/commitment/{line['Commitment']}")
    [head] = [one.text for one in page.every("summary") if one.text.startswith("Explain this number: ")]
    found = reader.figures(line["Commitment"])
    assert is_shown_as(found["delivered"][0], head.partition(": ")[2]), (line["Commitment"], head)
    for rung in page.every("li"):  # of the ladder
        links = [a.props.get("href", "") for a in rung.every("a")]
        for link in [one for one in links if one.startswith("/export/commitment/") and "&stage=" in one]:
            [shown] = [span.text for span in rung.every("span") if span.props.get("class") == "v"]
            assert is_shown_as(reader.made(link)["delivered"][0], shown), (line["Commitment"], link, shown)
    return True


def of_gaps(reader: Reader) -> bool:
    """A cell of the file of gaps."""
    line, name = reader.chance.choice(reader.measured), reader.chance.choice(NAMES)
    share = name == "share of due"  # told in per cent, with two decimals
    ends = [line[f"{COLUMNS[name]}, {end}{' (per cent)' if share else ''}"] for end in ("low", "high")]
    if not any(ends):
        return False
    found = reader.figures(line["Commitment"])
    if share:
        each = zip(sorted(found[name]), ends if len(found[name]) > 1 else ends[:1], strict=True)
        assert all(is_shown_as(value, told, percent=True) for value, told in each), line
    else:
        assert {Fraction(end) for end in ends} == set(found[name]), (line["Commitment"], name)
    return True


def of_list(kind: str) -> Callable[[Reader], bool]:
    """A figure in the list of a forum's, a donor's or a recipient's page."""

    def looked(reader: Reader) -> bool:
        picked = reader.chance.choice(CODES[kind]) if kind in CODES else _forum(reader)
        page = reader.visitor.page(f"/{kind}/{picked}")
        cells = list(_measured(page))
        if not cells:
            return False
        id_, measured, delivery = reader.chance.choice(cells)
        found = reader.figures(id_)
        assert is_shown_as(found["delivered"][0], measured), (kind, picked, id_, measured)
        if re.match(r"[\d.−]+%", delivery) and "share of due" in found:
            assert is_shown_as(found["share of due"][0], delivery, percent=True), (kind, picked, id_, delivery)
        return True

    return looked


def _forum(reader: Reader) -> str:
    """That of a measured commitment, from the link on its page."""
    page = reader.visitor.page(f"/commitment/{reader.chance.choice(reader.measured)['Commitment']}")
    links = [urlsplit(a.props.get("href", "")).path for a in page.every("a")]
    return next((link.removeprefix("/forum/") for link in links if link.startswith("/forum/")), "monterrey-2002")


def _measured(page: Element) -> Iterator[tuple[str, str, str]]:
    """Id, figure and share of the commitments of a list that have one."""
    for row in page.every("tr"):
        links = [a.props.get("href", "") for a in row.every("a")]
        ids = [urlsplit(link).path.removeprefix("/commitment/") for link in links if link.startswith("/commitment/")]
        cells = {cell.props.get("data-l"): cell.text for cell in row.every("td")}
        if ids and re.search(r"\d", cells.get("Measured", "")):
            yield ids[0], cells["Measured"], cells.get("Delivery", "")


CODES = {
    "donor": ("GBR", "USA", "DEU", "FRA", "NOR", "JPN", "CAN", "SWE", "DNK", "ITA"),
    "recipient": ("KEN", "ETH", "UGA", "MOZ", "NGA", "TZA", "RWA", "GHA", "NPL", "BGD"),
}
PANELS = {
    "/": ("gap", "sources", "recipients", "goals", "years", "ranking"),
    "/goal/": ("gap", "recipients", "compare", "givers", "donors", "ranking", "purposes"),
}


def of_panel(reader: Reader) -> bool:
    """A line of the table of a panel: sums, their difference, share and amount a head, from the rows behind it."""
    start = reader.chance.choice(list(PANELS))
    path = start if start == "/" else f"/goal/{reader.chance.randint(1, 7)}"
    since = reader.chance.randint(2000, 2010)
    search = "?" + urlencode({"since": since, "until": since + reader.chance.randint(0, 5)})
    panel = reader.chance.choice(PANELS[start])
    held = list(_lines(reader.visitor.table(panel, path, search)))
    if not held:
        return False
    line, query = reader.chance.choice(held)
    sums = {stage: reader.analyst.rows(query, stage.lower()) for stage in STAGES}
    made = {name: value for name, value in _made(line, sums) if value is not None}
    assert {name: _plain(line[name]) for name in made} == made, (path, search, panel)
    return bool(made)


def _lines(table: Element) -> Iterator[tuple[dict[str, str], str]]:
    """Every line of a table that leads to rows, by heading, with the query string of these."""
    heads = [head.text for head in table.every("th")]
    for body in table.every("tbody"):
        held: dict[str, Any] = json.loads(body.props["data-fill"])
        for cells, query in zip(held["rows"], held.get("behind", []), strict=False):
            if query:
                yield {head: cell for head, cell in zip(heads, cells, strict=False) if cell is not None}, query


def _made(line: dict[str, str], sums: dict[str, Fraction | None]) -> Iterator[tuple[str, Fraction | None]]:
    """The figures of a line as its headings say they are made; None where rows of other rungs are behind it."""
    first, second = (sums[stage] for stage in STAGES)
    both = first is not None and second is not None
    people = _plain(line["Inhabitants"]) if "Inhabitants" in line else None
    made = {
        "Committed, US dollars": first,
        "Disbursed, US dollars": second,
        "Committed less disbursed, US dollars": first - second if both else None,
        "Disbursed, share of committed, per cent": _quotient(100 * second / first) if both and first else None,
        "Counted, strict mapping, US dollars": second,
        "Disbursed per inhabitant, US dollars": _quotient(second / people) if second is not None and people else None,
        "Amount, US dollars": sums.get(line.get("Step", "").capitalize()),
    }
    yield from ((name, value) for name, value in made.items() if name in line)


def _quotient(value: Fraction) -> Fraction:
    """To two decimals, or two digits of what is 0.005 or less, as files say of quotients."""
    places = 2
    while value and abs(value) <= Fraction(1, 200) and abs(value) * 10**places < 10:
        places += 1
    return rounded(value, places)


def _plain(cell: str) -> Fraction:
    return Fraction(cell.replace(",", "").replace("−", "-"))


def of_needs(reader: Reader) -> bool:
    """A recipient of the ranking: its indicator, its money a year and a head, from the values and rows behind them."""
    goal = reader.chance.randint(1, 7)
    page = reader.visitor.page("/needs", f"?goal={goal}")
    for table in page.every("table"):
        heads = [head.text for head in table.every("th")]
        bodies = [body for body in table.every("tbody") if body.props.get("data-as") == "exact"]
        if "Disbursed a year, US dollars" not in heads or not bodies:
            continue
        held = json.loads(bodies[0].props["data-fill"])
        able = [
            (dict(zip(heads, row, strict=False)), query)
            for row, query in zip(held["rows"], held["behind"], strict=True)
        ]
        row, query = reader.chance.choice([(row, query) for row, query in able if row["Place"] and query])
        terms = dict(part.split("=") for part in query.split("&"))
        years = int(terms.get("until", 2015)) - int(terms.get("since", 2000)) + 1  # an address leaves out the usual
        yearly = rounded((reader.analyst.rows(query) or Fraction(0)) / years)
        assert _plain(row["Disbursed a year, US dollars"]) == yearly, (goal, row)
        each = rounded(yearly / _plain(row["Population"]))
        assert _plain(row["A head and year, US dollars"]) == each, (goal, row)
        return True
    return False


LOOKS = {
    "commitment": (of_commitment, 16),
    "gaps": (of_gaps, 10),
    "forum": (of_list("forum"), 4),
    "donor": (of_list("donor"), 6),
    "recipient": (of_list("recipient"), 4),
    "panel": (of_panel, 10),
    "need": (of_needs, 4),
}


def test_both_readings_of_one_promise_are_made_again_from_their_own_files(visitor: Visitor) -> None:
    reader = Reader(visitor, random.Random(SEED))
    page = visitor.page("/commitment/gleneagles-2005-oda")
    [table] = [one for one in page.every("table") if "Two readings" in [cap.text for cap in one.every("caption")]]
    rows = {
        row.every("th").__next__().text: list(row.every("td")) for row in table.every("tr") if list(row.every("td"))
    }
    files = [a.props["href"] for cell in rows["Terms"] for a in cell.every("a")]
    assert len(files) == 2 and files[1].endswith("&prices=current")
    names = {"delivered": "The rise", "gap": "Gap", "due": "Due"}
    for at, file in enumerate(files):
        found = reader.made(file)
        assert all(is_shown_as(found[name][0], rows[words][at].text) for name, words in names.items())
        assert is_shown_as(found["share of due"][0], rows["Share of what was due"][at].text, percent=True)


def test_figures_of_random_pages_are_made_again_exactly_from_what_is_exported(visitor: Visitor) -> None:
    print(f"seed {SEED}, {COUNT} figures")
    chance = random.Random(SEED)
    reader = Reader(visitor, chance)
    names, weights = list(LOOKS), [weight for _, weight in LOOKS.values()]
    looked: Counter[str] = Counter()
    for name in names:  # some of each kind
        looked[name] += any(LOOKS[name][0](reader) for _ in range(20))
    for name in chance.choices(names, weights, k=4 * COUNT):
        looked[name] += looked.total() < COUNT and LOOKS[name][0](reader)
    print(dict(looked))
    assert looked.total() >= COUNT and all(looked[name] for name in names)
