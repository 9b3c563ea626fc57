"""What the maps of donors and of recipients share: areas, labels, hover, note and table of a measure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dashboard.captions import INCLUDED, UNSTATED, differing, period, unstated, wider
from dashboard.figures import classes, marks, money
from dashboard.figures.behind import of_codes
from dashboard.figures.maps import Area
from dashboard.figures.measures import HUNDRED, Measured, told
from dashboard.figures.money import Amount
from dashboard.panels import Column, Table
from dashboard.words import listed, number, percent, scale_of, the, usd

CODE = Column("code", "Code", "code")
LEADS = {
    "amount": "",
    "head": "Per inhabitant, ",
    "gni": "As a share of GNI, ",
    "share": "As a share of what was committed, ",
}
VALUES = {
    "head": Column("head", "Disbursed per inhabitant", "number", "US dollars"),
    "gni": Column("gni", "Disbursed as a share of GNI", "number", "per cent"),
    "share": Column("share", "Disbursed, share of committed", "number", "per cent"),
}


def members(asked: Measured) -> list[str]:
    """Those of this source; of recipients also those of the lists of the DAC, as far as a map can show them."""
    present = set(asked.amounts).union(asked.source.picks.get(asked.dimension, ()))
    if asked.dimension == "recipient":
        present = present.union(marks.recipients(asked.codes))
    known = asked.codes.members[asked.dimension]
    return sorted(code for code in present if code in known and known[code].map_code)


def mapped(asked: Measured) -> dict[str, Amount]:
    """Values of those that a map can show."""
    return {code: asked.values.get(code) for code in members(asked)}


def areas(asked: Measured) -> list[Area]:
    """Every member on the map, with its hover."""
    picked = money.chosen(asked.codes, asked.selection, asked.dimension)
    basis = f"{asked.source.title}, {period(asked.source, asked.span)}"

    def said(code: str) -> str:
        committed, disbursed = asked.amounts.get(code, (None, None))
        lines = [f"<b>{asked.codes.name(asked.dimension, code)}</b>"]
        lines += [worded(asked, asked.values.get(code))] if asked.measure != "amount" else []
        lines += [f"Committed {money.exact(committed)}"] if "committed" in asked.source.stages else []
        return "<br>".join([*lines, f"Disbursed {money.exact(disbursed)}", basis])

    return marks.areas(asked.codes, asked.dimension, members(asked), asked.values, asked.limits, said, picked)


def worded(asked: Measured, value: Amount, sentence: bool = False) -> str:
    """A value of the measure in words, with its unit."""
    if value is None:
        return money.NOT_REPORTED
    if asked.measure == "amount":
        return usd(value, sentence)
    if asked.measure == "head":
        return f"${number(value, 0) if abs(value) >= HUNDRED else number(value, 2)} per inhabitant"
    of = "of GNI" if asked.measure == "gni" else "of what was committed"
    return f"{_percent(value)} {of}"


def leaders(asked: Measured, values: Mapping[str, Amount], of: str) -> str:
    """The three largest and how many there are, as a sentence: `As a share of GNI, Tuvalu (8%), ... lead 150 donors.`

    Empty where no value can be told."""
    told = ((value, code) for code, value in values.items() if value is not None and code != UNSTATED)
    known = sorted(told, key=lambda pair: (-pair[0], pair[1]))
    first = [f"{the(asked.codes.name(asked.dimension, code))} ({_brief(asked, value)})" for value, code in known[:3]]
    if not known:
        return ""
    lead = f"{LEADS[asked.measure]}{listed(first)}"
    few = "is the only " + of.removesuffix("s") if len(known) == 1 else f"are the only {of}"
    return f"{lead[:1].upper()}{lead[1:]} {f'lead {len(known)} {of}' if len(known) > 3 else few}."


def _brief(asked: Measured, value: Decimal) -> str:
    """A value without its basis, which the sentence names once."""
    return usd(value, True) if asked.measure == "amount" else worded(asked, value).split(" ")[0]


def _percent(value: Decimal) -> str:
    """Of values in per cent: two decimals under one, one under ten, whole above."""
    size = abs(value)
    return f"{number(value, 2 if size < 1 else 1 if size < 10 else 0)}%"


def labels(asked: Measured) -> list[str]:
    """The words of the classes."""
    return classes.plain(asked.limits, "%") if asked.measure in ("gni", "share") else classes.dollars(asked.limits)


def together(asked: Measured, values: Mapping[str, Amount], verb: str) -> str:
    """What those that have an amount make: ` All 158 together received $204 billion.`; empty for other measures."""
    known = [value for value in values.values() if value is not None]
    if asked.measure != "amount" or len(known) < 2:
        return ""
    whole = sum(known, Decimal(0))
    who = "Both" if len(known) == 2 else f"All {len(known)}"
    if values.get(UNSTATED) is not None:
        who = "They and those not stated"
    return f" {who} together {verb} {scale_of([whole]).text(whole, True)}."


def note(asked: Measured, others: str) -> str:
    """The trap first: what `disbursed` means; then how much no map can show. `others`: who they are."""
    said = ["Disbursed is over an activity’s life."] if asked.source.code == marks.LIFE else []
    reach = (differing(asked.source, asked.span, asked.selection), unstated(asked.codes, asked.source, asked.selection))
    if more := wider(asked.source, asked.selection).removesuffix(INCLUDED):
        said.append(f"{more[:1].upper()}{more[1:]} are included, so figures exceed ODA.")
    if asked.measure == "share" and not said:
        said.append("A year’s disbursements pay for earlier commitments too, so the share is not a delivery rate.")
    said += [words for words in (money.alone(asked.source, ""), *reach) if words]
    known = asked.codes.members[asked.dimension]
    off = [
        disbursed
        for code, (_, disbursed) in asked.amounts.items()
        if disbursed and not (code in known and known[code].map_code)
    ]
    whole = sum((disbursed for _, disbursed in asked.amounts.values() if disbursed), Decimal(0))
    nobody = asked.amounts.get(UNSTATED, (None, None))[1]
    if nobody and whole > 0:
        said.append(f"For {percent(nobody / whole)} of the total the {asked.dimension} is not stated.")
    if off and whole > 0:
        part = percent(sum(off, Decimal(0)) / whole)
        said.append(f"{others}, {part} of the total, cannot stand on a map; the table lists them.")
    return " ".join(said)


def picked_words(asked: Measured) -> str:
    """What those picked have, for the sentence; empty where none is picked."""
    shown = set(members(asked)) | set(asked.amounts)
    picked = sorted(money.chosen(asked.codes, asked.selection, asked.dimension) & shown)
    if not picked or len(picked) > 4:
        return ""
    words = [
        f"{asked.codes.name(asked.dimension, code)}: {worded(asked, asked.values.get(code), True)}" for code in picked
    ]
    return f" Picked: {listed(words)}."


def table(asked: Measured, heading: str, caption: str) -> Table:
    """Exact values, largest first; those that no map can show too."""
    measure = VALUES.get(asked.measure)
    columns = [CODE, Column("name", heading)]
    columns += [measure] if measure else []
    stages = [("committed", money.COMMITTED), ("disbursed", money.DISBURSED)]
    shown = [(at, column) for at, (stage, column) in enumerate(stages) if stage in asked.source.stages]
    order = sorted(asked.amounts, key=lambda code: _order(asked.values.get(code)), reverse=True)
    rows = []
    for code in order:
        lead: list[object] = [code, asked.codes.name(asked.dimension, code)]
        lead += [asked.values.get(code)] if measure else []
        rows.append((*lead, *(asked.amounts[code][at] for at, _ in shown)))
    picked = told(asked.selection, asked.measure)
    rows_of = of_codes(asked.codes, picked, asked.source, asked.span, asked.dimension, order)
    return money.narrowed(
        Table(caption, (*columns, *(column for _, column in shown)), tuple(rows), rows_of), asked.source
    )


def _order(value: Amount) -> tuple[bool, Decimal]:
    return (value is not None, value or Decimal(0))
