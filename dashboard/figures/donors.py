"""The map of donors: ODA against 0.7% of national income, or what each disbursed; Europe beside the world."""

from __future__ import annotations

from decimal import Decimal

from dashboard.captions import UNSTATED, subtitle
from dashboard.figures import amounts, dots, marks, money, style, targets
from dashboard.figures.behind import behind
from dashboard.figures.empties import nothing
from dashboard.figures.maps import world_and_europe
from dashboard.figures.measures import Measured, measured
from dashboard.panels import Drawing, Figure, Panel
from dashboard.questions import Answers
from dashboard.selection import DIMENSIONS, Selection
from dashboard.words import percent

MEASURES = {"gni": "% of GNI", "amount": "Amount", "head": "Per head", "share": "Share disbursed"}
NEUTRAL = {
    "amount": "Disbursed, by donor",
    "head": "Disbursed per inhabitant of the donor",
    "share": "Disbursed as a share of commitments, by donor",
}
FILTERS = (*(name for name in DIMENSIONS if name != "donor"), "source")
NEARLY = Decimal("0.995")  # from here a share rounds to the whole that it is not
WHOLE = (
    "ODA as a share of national income is known for all aid together, not for what is picked; so the amount is shown."
)


def ask(answers: Answers, selection: Selection) -> Measured | targets.Kept:
    """What every donor gave under the selection without the donors picked.

    The share of national income is known for all aid together: where something narrower is picked, the amount
    stands in for it. Raises Unanswerable where no source tells the selection apart."""
    measure = selection.provided
    if measure == "gni":
        if not narrowed(selection):
            return targets.kept(answers, selection)
        measure = "amount"
    return measured(answers, selection, "donor", measure, preferred(selection, measure))


def narrowed(selection: Selection) -> bool:
    """Whether something is picked that national income cannot follow."""
    return any(getattr(selection, name) for name in FILTERS)


def preferred(selection: Selection, measure: str) -> tuple[str, ...]:
    """All donors where a source tells them apart; the five publishers where a Goal or purpose is picked."""
    if measure == "share" or selection.goal or selection.purpose or selection.sector:
        return ("iati-goals",)
    if selection.recipient:
        return ("crs-donors", "iati-goals")
    return ("dac1", "crs-donors", "iati-goals")


def draw(asked: Measured | targets.Kept) -> Drawing:
    """The map, and the strip of dots under it where the measure is a share."""
    if isinstance(asked, targets.Kept):
        return targets.draw(asked, MEASURES)
    words = _subtitle(asked)
    if not asked.amounts:
        return nothing(asked.selection, "donors", money.source_line(asked.source), words)
    palette = style.SHARE if asked.measure == "share" else style.MONEY
    areas = amounts.areas(asked)
    figures = {"map": world_and_europe(areas, palette, "donor", bool(asked.selection.donor))}
    if asked.measure == "share":
        figures["strip"] = _strip(asked)
    stand_in = [WHOLE] if asked.selection.provided == "gni" else []
    measures = {code: word for code, word in MEASURES.items() if code != "gni" or not narrowed(asked.selection)}
    return Drawing(
        title=_title(asked),
        subtitle=words,
        sentence=_sentence(asked),
        source_line=money.source_line(asked.source),
        figures=figures,
        parts=(
            marks.choices("provided", "Shown as", marks.told(measures, asked.source), asked.measure),
            marks.legend(amounts.labels(asked), palette, "not a donor in this source"),
        ),
        note=" ".join([*stand_in, amounts.note(asked, "Multilateral and other donors")]).strip(),
        terms=("disbursed", "committed", "not reported", f"{asked.selection.prices} prices"),
        table=amounts.table(asked, "Donor", NEUTRAL[asked.measure]),
        rows=behind(asked.selection, asked.source, asked.span),
    )


def _strip(asked: Measured) -> Figure:
    """Shares of each donor that has one, multilateral ones too, with all that was committed as the line."""
    picked = money.chosen(asked.codes, asked.selection, "donor")
    shown = [
        dots.Dot(
            code,
            asked.codes.name("donor", code),
            value,
            style.SHARE[marks.level(value, asked.limits)] if value else style.ZERO,
            f"<b>{asked.codes.name('donor', code)}</b><br>{amounts.worded(asked, value)}",
            code in picked,
        )
        for code, value in sorted(asked.values.items())
        if value is not None and value >= 0
    ]
    target = dots.Target(Decimal(100), "all that was committed")
    return dots.strip(shown, "donor", "%", target, [dot.code for dot in shown] if len(shown) <= 6 else ())


def _subtitle(asked: Measured) -> str:
    measure = {
        "amount": "Disbursed",
        "head": f"Disbursed per inhabitant of the donor ({asked.year})",
        "share": "Disbursed as a share of what was committed",
    }[asked.measure]
    return subtitle(measure, asked.codes, asked.source, asked.selection.without("donor"), asked.span)


def _title(asked: Measured) -> str:
    given = marks.above_zero(disbursed for code, (_, disbursed) in asked.amounts.items() if code != UNSTATED)
    whole = sum((disbursed for _, disbursed in asked.amounts.values() if disbursed), Decimal(0))
    if asked.measure != "amount" or len(given) < 20 or whole <= 0:
        return NEUTRAL[asked.measure]
    part = sum(given[:10], Decimal(0)) / whole
    return f"Ten donors gave {percent(part)} of what was disbursed" if part < NEARLY else NEUTRAL["amount"]


def _sentence(asked: Measured) -> str:
    lead = amounts.leaders(asked, asked.values, "donors") or "No donor’s value can be told under this selection."
    return lead + amounts.together(asked, asked.values, "disbursed") + amounts.picked_words(asked)


PANEL = Panel("donors", "donor", {"map": 0, "strip": dots.HEIGHT}, ask, draw)
