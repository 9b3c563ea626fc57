"""Each donor or country of a commitment by itself, beside the others."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.amount_words import period, prices, single
from dashboard.commitment import Commitment
from dashboard.measured import Measured
from dashboard.moves import less
from dashboard.panels import Column, Table
from dashboard.shown import rounded
from dashboard.words import years
from layouts.explained import explain
from layouts.peers import came
from layouts.pieces import panel
from layouts.tables import table


def members(told: Commitment, terms: str, source: str) -> list[html.Section]:
    """Each donor or country by itself, against its target. terms: address of the file of terms; of an indicator without
    a figure by year the number is explained here."""
    found = told.measured
    held = [one for one in found.standings if one.value is not None]
    if len(found.standings) < 2:
        return []
    judged = 0 if _otherwise(told) else sum(one.met is not None for one in held)
    floor = found.rule.floor
    aim = "the target" if floor is None else f"{single(floor, '%')}, which was asked of each"
    changed = _changed(told)
    verb = came("" if found.rule.kind == "indicator" else found.rule.stage, bool(found.part))
    title = f"{sum(one.met is True for one in held)} of {judged} {verb} {aim}" if judged else "Each by itself"
    title = f"{title}: what changed since {_base(told)}" if changed else title
    whole = " Before the baseline is taken off" if found.rule.baseline != "none" and not (judged or changed) else ""
    whole = " The changes add up to what all delivered together" if changed else whole
    drawn = Table(f"{title}: name, {'change, levels' if changed else 'year, value'}", *_table(told, bool(judged)))
    under = f"{len(held)} of {len(drawn.rows)} with a figure.{_dac(told)}{whole}{_otherwise(told)}"
    body = [html.Div(table(rounded(drawn)), className="few-rows")]
    body += [explain(told, terms)] if terms and found.measured and found.rule.kind == "indicator" else []
    return [panel("members", title, under, body, source)]


def _otherwise(told: Commitment) -> str:
    """That members promised other figures than all of them together, by which alone they can be judged."""
    codes = {one.code for one in told.measured.standings}
    parts = (child.pledge for child in told.children if child.pledge.maker_code in codes)
    others = any(part.rule and part.rule.has_target and part.rule.low != told.measured.rule.low for part in parts)
    words = " What each promised by itself is another figure: its own commitment, among the parts, is measured by it"
    return words if others and told.measured.rule.kind == "share" else ""


def _dac(told: Commitment) -> str:
    """Who is counted where the members of the DAC of a year are."""
    ends = {one.year for one in told.measured.standings}
    dac = told.measured.rule.donors == ("DAC",) and len(ends) == 1
    return f" Members of the DAC at the end of {ends.pop()}." if dac else ""


def _base(told: Commitment) -> str:
    return years(told.measured.rule.baseline_since, told.measured.rule.baseline_until)


def _changed(told: Commitment) -> bool:
    """Whether each donor's own level of the base years is known, so that its change can be told."""
    held = [one for one in told.measured.standings if one.value is not None]
    amounts = told.measured.rule.kind == "flows" and told.measured.rule.baseline == "level"
    return amounts and bool(held) and all(one.base is not None for one in held)


def _changes(told: Commitment) -> tuple[tuple[Column, ...], tuple[tuple[Any, ...], ...]]:
    """The largest rise first; those without a figure last. An amount and the level it is compared with stand by it."""
    found = told.measured
    unit, when = prices(found.rule, found.unit), period(found)
    names = ("change", f"Change since {_base(told)}"), ("base", f"Level of {_base(told)}"), ("value", f"In {when}")
    columns = Column("name", "Name"), *(Column(key, words, "number", unit) for key, words in names)
    rows = [(told.names("donor", one.code), less(one.value, one.base), one.base, one.value) for one in found.standings]
    return columns, tuple(sorted(rows, key=lambda row: (row[1] is None, -(row[1] or 0), row[0])))


def _met(found: Measured, met: bool | None) -> str | None:
    """A lower bound shows who reached the target, never who did not."""
    done = came("" if found.rule.kind == "indicator" else found.rule.stage, False)
    return None if met is None else done if met else "not shown" if found.part else f"not {done}"


def _table(told: Commitment, judged: bool) -> tuple[tuple[Column, ...], tuple[tuple[Any, ...], ...]]:
    """The largest first, those without a figure last; of a sum over a period the years that it is of."""
    if _changed(told):
        return _changes(told)
    found = told.measured
    dimension = "recipient" if found.rule.kind == "indicator" or found.rule.recipients else "donor"
    summed = period(found) if found.rule.kind == "flows" and found.rule.counts == "sum" else ""
    unit = "" if found.unit == "countries" else prices(found.rule, found.unit)
    columns = [Column("name", "Name"), Column("year", "Years") if summed else Column("year", "Year", "year")]
    columns += [Column("value", "Value", "number", unit), *([Column("met", "Target")] if judged else [])]
    ordered = sorted(found.standings, key=lambda one: (one.value is None, -(one.value or 0), one.code))
    rows = [(told.names(dimension, one.code), summed or one.year, one.value, _met(found, one.met)) for one in ordered]
    return tuple(columns), tuple(row[: len(columns)] for row in rows)
