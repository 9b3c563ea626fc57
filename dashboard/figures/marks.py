"""What stands under a map: the legend, the strip of code buttons; and the areas a map draws from values by code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from dashboard.codes import Codes, Source
from dashboard.figures import places, style
from dashboard.figures.classes import Breaks, class_of
from dashboard.figures.maps import ABSENT, ZERO, Area
from dashboard.figures.money import STATES, Amount
from dashboard.parts import Choice, Choices, ClassCell, Legend, MarkLabel, Strip, StripCell

ISLANDS = "SIDS"
LIFE = "iati-goals"  # the source of activities: disbursed over their life; it also names countries that receive no aid


def recipients(codes: Codes) -> list[str]:
    """Recipients of aid in the sources of the DAC that a map can show, sorted."""
    lists = (source.picks.get("recipient", ()) for name, source in codes.sources.items() if name != LIFE)
    known = codes.members["recipient"]
    return sorted(code for code in frozenset[str]().union(*lists) if code in known and known[code].map_code)


def areas(
    codes: Codes,
    dimension: str,
    members: Iterable[str],
    values: Mapping[str, Amount],
    limits: Breaks,
    said: Callable[[str], str],
    picked: frozenset[str],
) -> list[Area]:
    """Every member that a map can show, in its class or as an absence. `said`: the hover of a code."""
    known, found = codes.members[dimension], []
    for code in members:
        member = known.get(code)
        if member and member.map_code in places.known():
            found.append(Area(code, member.map_code, level(values.get(code), limits), said(code), code in picked))
    return found


def told(measures: Mapping[str, str], source: Source) -> dict[str, str]:
    """The measures that a source can tell: no share of what was committed where its stages are states."""
    return {code: word for code, word in measures.items() if code != "share" or source.code not in STATES}


def level(value: Amount, limits: Breaks) -> int:
    """A class, or ZERO or ABSENT. What is below zero (repayments) is in the first class, under its break."""
    if value is None:
        return ABSENT
    return ZERO if value == 0 else class_of(value, limits)


def legend(labels: Sequence[str], palette: Sequence[str], outside: str, drawn: Sequence[Area] = ()) -> Legend:
    """Classes, then one entry for each kind of no-data. `outside`: what those without a value are not; `drawn`: the
    areas among which some have circles."""
    marks = [MarkLabel(mark="not-reported", label="not reported"), MarkLabel(mark="zero", label="zero")]
    marks += [MarkLabel(mark="outside", label=outside), MarkLabel(mark="disputed", label="status undetermined")]
    if places.circles(area.place for area in drawn):
        marks.append(MarkLabel(mark="small", label="too small to see"))
    cells = [ClassCell(label=label, colour=colour) for label, colour in zip(labels, palette, strict=False)]
    return Legend(kind="legend", classes=cells, marks=marks)


def islands(codes: Codes, drawn: Sequence[Area], palette: Sequence[str], worded: Callable[[str], str]) -> Strip:
    """Code buttons for small island developing States, coloured like the map. `worded`: value of a code in words."""
    group = codes.groups.get("recipient", {}).get(ISLANDS)
    members = group.members() if group else frozenset[str]()
    shown = sorted((area for area in drawn if area.code in members), key=lambda area: area.place)
    dim = any(area.picked for area in drawn)
    cells = [_cell(area, palette, f"{codes.name('recipient', area.code)}: {worded(area.code)}", dim) for area in shown]
    return Strip(kind="strip", key="recipient", caption="Small island developing States, by code", cells=cells)


def _cell(area: Area, palette: Sequence[str], label: str, dim: bool) -> StripCell:
    fill = {ZERO: style.ZERO, ABSENT: style.ABSENT}.get(area.level) or palette[area.level]
    colour = style.lightened(fill) if dim and not area.picked and area.level < len(palette) else fill
    absent = area.level == ABSENT
    ink = style.ABSENT_MARK if absent else style.readable(colour)
    return StripCell(
        code=area.code, text=area.place, label=label, colour=colour, ink=ink, picked=area.picked, absent=absent
    )


def choices(key: str, label: str, words: Mapping[str, str], on: str) -> Choices:
    """A row of words of which one is on."""
    listed = [Choice(code=code, label=text, on=code == on) for code, text in words.items()]
    return Choices(kind="choices", key=key, label=label, choices=listed)


def above_zero(values: Iterable[Amount]) -> list[Decimal]:
    """Values that can be in a class above nothing, largest first."""
    return sorted((value for value in values if value is not None and value > 0), reverse=True)
