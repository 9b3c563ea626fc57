"""A Goal's indicator over the years: the median recipient or the countries picked, and the path to the target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from dashboard.captions import receiving
from dashboard.figures import style
from dashboard.figures.empties import nothing
from dashboard.figures.indicators import BASELINE, DEADLINE
from dashboard.figures.lines import Line, chart, nice
from dashboard.figures.paths import GIVEN, MEMBERS, MIDDLE, MOST, Progress, aim, ask, first, path, thin
from dashboard.panels import Column, Drawing, Figure, Panel, Table
from dashboard.parts import Choice, Choices, Part
from dashboard.words import listed, number, percent, rounded, the

HEIGHT = 300
LOOKS = (  # of up to five countries: dark enough for their labels, and told apart by the stroke too
    (style.OUTCOME[4], "solid"),
    (style.OUTCOME[3], "dash"),
    (style.INK_2, "solid"),
    (style.MUTED, "dash"),
    (style.INK, "longdash"),
)
INKS = {"Women": (style.OUTCOME[4], "solid"), "Men": (style.OUTCOME[3], "dash")}


def draw(asked: Progress) -> Drawing:
    words = _subtitle(asked)
    line = f"Source: {asked.series.source}"
    lines = {name: held for name, held in asked.lines.items() if held}
    if not lines:
        why = f"{asked.series.name} is not reported for this selection, which is not zero."
        return nothing(asked.selection, "progress", line, words, why)
    return Drawing(
        title=_title(asked),
        subtitle=words,
        sentence=_sentence(asked),
        source_line=line,
        figures={"progress": _figure(asked)},
        parts=_choices(asked),
        note=_note(asked),
        terms=("median", "target path", "split by sex", "not reported"),
        table=_table(asked, words),
        values=asked.series.code,
    )


def _title(asked: Progress) -> str:
    """How the line moved, where it is one line of the same countries throughout; else the indicator's name."""
    name, held = first(asked)
    begin, last = held[min(held)], held[max(held)]
    steady = not asked.counts or 10 * min(asked.counts.values()) >= 9 * max(asked.counts.values())
    if len(asked.lines) > 1 or not steady or begin <= 0 or said(begin) == said(last):
        return _neutral(asked)
    subject = "The median" if name == MIDDLE else f"In {the(name)} the indicator"
    subject = "ODA of the DAC members together" if name == MEMBERS else subject
    verb = "rose" if last > begin else "fell"
    span, target = f"{min(held)} to {max(held)}", asked.series.target
    if asked.series.unit.startswith("%"):
        title = f"{subject} {verb} from {_said(asked, begin)}% to {_said(asked, last)}%"
        return _fitting(asked, f"{title}, {span}", title)
    if last <= 0:
        return _fitting(asked, f"{subject} fell to zero, {span}")
    title = f"{subject} {verb} {percent(abs(last - begin) / begin)}"
    if target and target.part is not None and min(held) == BASELINE and aim(asked) is not None:
        return _fitting(
            asked,
            f"{title}; the target was {percent(_less(target.part))}",
            f"{title}, {span}",
        )
    return _fitting(asked, f"{title}, {span}", title)


def _less(part: Fraction) -> Decimal:
    return 1 - Decimal(part.numerator) / part.denominator


def _fitting(asked: Progress, *titles: str) -> str:
    return next((title for title in titles if len(title) <= 70), _neutral(asked))


def _neutral(asked: Progress) -> str:
    return asked.series.name if len(asked.series.name) <= 70 else "Progress towards the target"


def _subtitle(asked: Progress) -> str:
    _, held = next(iter(asked.lines.items()), ("", {}))
    years = f"{min(held)}–{max(held)}" if held else f"{BASELINE}–{asked.selection.until}"
    if asked.keys:
        who = listed(list(asked.lines), MOST)
    elif MEMBERS in asked.lines:
        who = "members of the DAC together"
    elif asked.series.code.startswith(GIVEN):
        who = "median of donors"
    else:
        who = f"median of {receiving(asked.codes, asked.selection).removeprefix('all ')}"
    dotted = (
        f". Dotted: straight path to target {asked.series.target.name}" if path(asked) and asked.series.target else ""
    )
    return f"{asked.series.name}, {asked.series.unit}, {who}, {years}{dotted}"


def said(value: Decimal) -> str:
    """Three significant digits at most, never more than the value has."""
    text = number(rounded(value), max(0, -int(rounded(value).as_tuple().exponent)))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _said(asked: Progress, value: Decimal) -> str:
    """Shares of income with the two decimals they are published with, as the headline and the map say them."""
    return number(value, 2) if asked.series.code.startswith(GIVEN) else said(value)


def _sentence(asked: Progress) -> str:
    parts = []
    for name, held in asked.lines.items():
        if held:
            start, last = min(held), max(held)
            parts.append(f"{name}: {_said(asked, held[start])} in {start}, {_said(asked, held[last])} in {last}")
    goal = aim(asked)
    end = f" The target for {DEADLINE} is {said(goal)}." if goal is not None else ""
    return f"{asked.series.name}, {asked.series.unit}. {'; '.join(parts)}.{end}"


def _note(asked: Progress) -> str:
    notes = []
    if asked.counts:
        low, high = min(asked.counts.values()), max(asked.counts.values())
        of = f"{low} to {high} countries" if low != high else f"{low} countries"
        differ = "; those that report differ from year to year" if 10 * low < 9 * high else ""
        notes.append(f"A median of {of}, not weighted by population{differ}.")
    if asked.left_out:
        notes.append(f"{asked.left_out} more of those picked are not drawn; the map shows them.")
    target = asked.series.target
    if target and target.trap:
        notes.append(f"{target.trap} So no path to it is drawn.")
    elif target and thin(asked):
        notes.append(f"No path is drawn: the median of {BASELINE} is of {asked.counts[BASELINE]} countries.")
    if target is None:
        notes.append("No numeric target was set for this indicator.")
    given = asked.series.code.startswith(GIVEN)
    if not given and "ratio" not in asked.series.sexes and not {"female", "male"} & set(asked.series.sexes):
        notes.append("The source does not publish it by sex.")
    return " ".join(notes)


def _choices(asked: Progress) -> tuple[Part, ...]:
    if len(asked.others) < 2:
        return ()
    shown = [Choice(code=o.code, label=o.name, on=o.code == asked.series.code) for o in asked.others]
    return (Choices(kind="choices", key="series", label="Indicator", choices=shown),)


def _figure(asked: Progress) -> Figure:
    drawn = [(name, held) for name, held in asked.lines.items() if held]
    way = path(asked)
    goal = aim(asked)
    values = [float(v) for _, held in drawn for v in held.values()] + [float(v) for _, v in way]
    values += [float(goal)] if goal is not None else []
    ticks = nice(min([*values, 0.0]), max(values))
    texts = [f"{tick:,g}".replace("-", "−") for tick in ticks]
    lines = [_line(asked, at, name, held) for at, (name, held) in enumerate(drawn)]
    if way:
        said_goal = f"<b>Target {said(way[-1][1])}</b>"
        lines.append(Line("Target", style.INK_2, way, said_goal, ("", said_goal), style.INK, 1.25, "dot"))
    elif goal is not None:
        span = (min(min(held) for _, held in drawn), DEADLINE)
        words = f"<b>Target {said(goal)}</b>"
        flat = ((span[0], goal), (span[1], goal))
        lines.append(Line("Target", style.INK_2, flat, words, (words, words), style.INK, 1.25, "dot"))
    start = min(min(held) for _, held in drawn)
    return chart(lines, (start, DEADLINE), (ticks, texts), height=HEIGHT)


def _line(asked: Progress, at: int, name: str, held: Mapping[int, Decimal]) -> Line:
    points = tuple(sorted(held.items()))
    year, value = points[-1]
    colour, dash = INKS.get(name, LOOKS[at] if asked.keys else (style.OUTCOME_LINE, "solid"))
    head = "" if name in (MIDDLE, MEMBERS) else f"{name}<br>"
    hovers = [f"<b>{name}, {y}</b><br>{_said(asked, v)} {asked.series.unit}{_of(asked, y)}" for y, v in points]
    ends = f"{head}<b>{_said(asked, value)}</b> in {year}"
    return Line(name, colour, points, ends, tuple(hovers), colour, 2.5, dash, asked.keys.get(name, ""))


def _of(asked: Progress, year: int) -> str:
    return f"<br>Median of {asked.counts[year]} countries" if year in asked.counts else ""


def _table(asked: Progress, words: str) -> Table:
    columns = [Column("year", "Year", "year")]
    columns += [Column(f"value{at}", name, "number", asked.series.unit) for at, name in enumerate(asked.lines)]
    columns += [Column("countries", "Countries", "number")] if asked.counts else []
    years = sorted({year for held in asked.lines.values() for year in held})
    rows = []
    for year in years:
        tail: list[object] = [asked.counts.get(year)] if asked.counts else []
        rows.append((year, *(held.get(year) for held in asked.lines.values()), *tail))
    return Table(words, tuple(columns), tuple(rows))


PANEL = Panel("progress", "recipient", {"progress": HEIGHT}, ask, draw)
