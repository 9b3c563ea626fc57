"""A panel's table as a chart that a presentation program can edit: its data go with it, exact, none is drawn as a
picture. What the table does not report is an empty cell there too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.figures.style import FILL, GAP_UNDISBURSED
from dashboard.panels import Column, Table
from dashboard.register_rungs import of_source

MOST = 12  # bars of a ranking; the table of the panel has the rest
WITHOUT = ("rows", "sources", "compare")  # panels whose figures only a table tells whole
RUNGS = ("pledged", "committed", "budgeted", "disbursed")
LEFT_OUT = ("gap", "share", "whole", "people", "countries", "year")  # of series: they repeat or explain the others
KINDS = ("usd", "number")
MONEY = "US dollars"
DARK = 110  # of 255: a fill below it takes a white label
SEEN = Decimal("0.06")  # of the highest: a lower column is lower than its label
WHITE = f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>'
FEW = 3  # bars that would grow fat


@dataclass(frozen=True)
class Native:
    """kind: of the chart. series: heading -> values. base: whether the first series only lifts the others up.
    colours: of each category, where they differ within a series."""

    kind: XL_CHART_TYPE
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal | None, ...]], ...]
    base: bool = False
    cut: int = 0  # rows of the table that are not in the chart
    colours: tuple[str, ...] = ()


def native(name: str, table: Table) -> Native | None:
    """The chart of a panel's table; None where only a table can show it."""
    if name == "gap":
        return _waterfall(of_source(table))
    if not table.rows or name in WITHOUT:
        return None
    keys = [column.key for column in table.columns]
    drawn = [at for at, column in enumerate(table.columns) if column.kind in KINDS and column.key not in LEFT_OUT]
    if not drawn:
        return None
    if keys[0] == "year":
        return _taken(XL_CHART_TYPE.LINE_MARKERS, table, 0, drawn, len(table.rows))
    if "goal" in keys and "year" in keys:
        return _summed(table, keys, drawn)
    if name == "purposes":  # counted under each method: the first is the one that was picked
        told = replace(table, rows=tuple(row for row in table.rows if row[drawn[0]] is not None))
        return _taken(XL_CHART_TYPE.BAR_CLUSTERED, told, keys.index("name"), drawn[:1], MOST)
    units = {table.columns[at].unit for at in drawn}
    same = drawn if len(units) == 1 else drawn[:1]
    return _taken(XL_CHART_TYPE.BAR_CLUSTERED, table, keys.index("name") if "name" in keys else 0, same[:2], MOST)


def _taken(kind: XL_CHART_TYPE, table: Table, by: int, drawn: Sequence[int], most: int) -> Native:
    rows = table.rows[:most]
    series = tuple((_heading(table.columns[at]), tuple(row[at] for row in rows)) for at in drawn)
    return Native(kind, tuple(str(row[by]) for row in rows), series, cut=len(table.rows) - len(rows))


def _heading(column: Column) -> str:
    return f"{column.heading}, {column.unit}" if column.unit else column.heading


def _summed(table: Table, keys: list[str], drawn: Sequence[int]) -> Native:
    """Of each Goal the sum of its years; None where no year reports one."""
    names = list(dict.fromkeys(str(row[keys.index("name")]) for row in table.rows))
    series = []
    for at in drawn[:2]:
        told = {
            name: [r[at] for r in table.rows if r[keys.index("name")] == name and r[at] is not None] for name in names
        }
        sums = tuple(sum(told[name], Decimal(0)) if told[name] else None for name in names)
        series.append((_heading(table.columns[at]), sums))
    return Native(XL_CHART_TYPE.COLUMN_CLUSTERED, tuple(names), tuple(series))


def _waterfall(table: Table) -> Native | None:
    """Stacked columns over an unseen base: rungs stand on the ground, steps hang between them."""
    level = Decimal(0)
    told: list[tuple[str, Decimal, Decimal | None, Decimal | None]] = []
    for name, usd, *_ in table.rows:
        if usd is None:
            continue
        if name in RUNGS:
            level = usd
            told.append((str(name).capitalize(), Decimal(0), usd, None))
        else:
            told.append((str(name), min(level, level + usd), None, abs(usd)))
            level += usd
    if not told:
        return None
    names, bases, levels, steps = zip(*told, strict=True)
    series = (("Base", bases), ("US dollars", levels), ("Difference", steps))
    return Native(XL_CHART_TYPE.COLUMN_STACKED, tuple(map(str, names)), series, base=True)


def place(slide: Any, one: Native, box: tuple[int, int, int, int], sentence: str) -> Any:
    """The chart on a slide. box: left, top, width, height in English Metric Units; sentence: what it says to those who
    listen."""
    data = CategoryChartData(number_format=number_format(one))
    data.categories = one.categories
    for heading, values in one.series:
        data.add_series(heading, [None if value is None else float(value) for value in values])
    frame = slide.shapes.add_chart(one.kind, *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", sentence)
    _dress(frame.chart, one)
    return frame


def number_format(one: Native) -> str:
    """Of labels and axis: the cells behind them keep every digit."""
    known = [abs(value) for _, values in one.series for value in values if value is not None]
    largest, sign = max(known, default=Decimal(0)), '"$"' if MONEY in str(one.series[-1:]) or one.base else ""
    for least, words in ((10**9, '#,##0.00,,," bn"'), (10**6, '#,##0.0,," m"'), (10**3, "#,##0")):
        if largest >= least:
            return sign + words
    whole = all(value == value.to_integral_value() for value in known)
    return sign + ("#,##0" if whole else "#,##0.00" if largest < 10 else "#,##0.0")


def _dress(chart: Any, one: Native) -> None:
    chart.font.size = Pt(12)
    chart.has_title = False
    chart.has_legend = not one.base and len(one.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = (
        number_format(one),
        False,
    )
    if one.kind == XL_CHART_TYPE.BAR_CLUSTERED:
        chart.category_axis.reverse_order = True
    chart.value_axis.visible = one.kind == XL_CHART_TYPE.LINE_MARKERS  # else each bar says its value
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # below what lies under zero
    chart.category_axis.format.line.color.rgb = RGBColor(0x86, 0x92, 0x9E)
    plot = chart.plots[0]
    if one.kind != XL_CHART_TYPE.LINE_MARKERS:
        plot.gap_width, plot.overlap = (45, 120)[len(one.categories) <= FEW], 100 if one.base else -5
    colours = [*FILL.values()]
    for at, series in enumerate(plot.series):
        _colour(series, one, at, colours)


def _colour(series: Any, one: Native, at: int, colours: list[str]) -> None:
    heading = series.name.split(",")[0].lower()
    colour = FILL.get(heading, FILL["disbursed"] if at == 0 else FILL["committed"])
    if one.base and at == 0:
        series.format.fill.background()
        return
    if one.base:
        colour = GAP_UNDISBURSED if at == 2 else FILL["committed"]
    filled = series.format.line if one.kind == XL_CHART_TYPE.LINE_MARKERS else series.format.fill
    if one.kind == XL_CHART_TYPE.LINE_MARKERS:
        filled.color.rgb = RGBColor.from_string(colour[1:].upper())
        series.smooth = False
        return
    filled.solid()
    filled.fore_color.rgb = RGBColor.from_string(colour[1:].upper())
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, number_format(one), False
    labels.font.size = Pt(11)
    labels.position = XL_LABEL_POSITION.CENTER if one.base else XL_LABEL_POSITION.OUTSIDE_END
    if one.base:
        _rungs(series, one)


def _rungs(series: Any, one: Native) -> None:
    """Each column in its own colour, with a label that can be read on it."""
    least = SEEN * max((abs(value) for _, values in one.series for value in values if value is not None), default=0)
    colours = one.colours or tuple(FILL.get(name.lower(), "") for name in one.categories)
    for at, (colour, value) in enumerate(zip(colours, series.values, strict=True)):
        if not colour or value is None:
            continue
        point, rgb = series.points[at], RGBColor.from_string(colour[1:].upper())
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb
        if abs(Decimal(value)) <= least:
            _on_paper(point.data_label)
        elif sum(rgb) < 3 * DARK:
            _sized(point.data_label).color.rgb = RGBColor(255, 255, 255)


def _sized(label: Any) -> Any:
    label.font.size = Pt(11)
    return label.font


def _on_paper(label: Any) -> None:
    """A label that is higher than its column stands on white, or the column would strike it through."""
    _sized(label)
    element = label._get_or_add_dLbl()
    element.find(qn("c:txPr")).addprevious(parse_xml(WHITE))
