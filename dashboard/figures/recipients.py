"""The map of recipients: what each received, in four measures, with the small island developing States under it."""

from __future__ import annotations

from decimal import Decimal

from dashboard.captions import goals as goals_worded
from dashboard.captions import names, period, prices, publishing, scope, subtitle, unheard
from dashboard.figures import amounts, marks, money, style
from dashboard.figures.behind import behind
from dashboard.figures.compare import a_head
from dashboard.figures.empties import nothing
from dashboard.figures.maps import world
from dashboard.figures.measures import Measured, measured, told
from dashboard.panels import Drawing, Panel
from dashboard.questions import Answers
from dashboard.selection import ABOUT, Selection
from dashboard.words import listed, percent, the, usd

MEASURES = {"amount": "Amount", "head": "Per head", "gni": "% of GNI", "share": "Share disbursed"}
NEUTRAL = {
    "amount": "Disbursed, by recipient",
    "head": "Disbursed per inhabitant, by recipient",
    "gni": "Disbursed as a share of national income, by recipient",
    "share": "Disbursed as a share of commitments, by recipient",
}
TEN, ENOUGH, LONGEST = 10, 20, 70


def ask(answers: Answers, selection: Selection) -> Measured:
    """What every recipient received under the selection without the recipients picked.

    Raises Unanswerable where no source tells it apart."""
    return measured(answers, selection, "recipient", selection.received, preferred(selection))


def preferred(selection: Selection) -> tuple[str, ...]:
    """All donors and all years where nothing is picked; else the sources that tell apart what is picked."""
    if selection.goal or selection.purpose or selection.sector:
        return ("iati-goals",) if selection.donor else ("crs-sectors", "crs-purposes", "iati-goals")
    if selection.donor:
        return ("iati-goals", "crs-donors")
    return ("crs-sectors", "iati-goals", "crs-donors", "crs-purposes")


def draw(asked: Measured) -> Drawing:
    """The map; empty where the source holds no row."""
    words = _subtitle(asked)
    if not asked.amounts:
        why = unheard(asked.codes, asked.source, asked.selection)
        return nothing(asked.selection, "recipients", money.source_line(asked.source), words, why)
    palette = style.SHARE if asked.measure == "share" else style.MONEY
    areas = amounts.areas(asked)
    return Drawing(
        title=_title(asked),
        subtitle=words,
        sentence=_sentence(asked),
        source_line=money.source_line(asked.source),
        figures={"map": world(areas, palette, "recipient", bool(asked.selection.recipient))},
        parts=(
            marks.choices("received", "Shown as", marks.told(MEASURES, asked.source), asked.measure),
            marks.legend(amounts.labels(asked), palette, "not a recipient", areas),
            marks.islands(asked.codes, areas, palette, lambda code: amounts.worded(asked, asked.values.get(code))),
        ),
        note=amounts.note(asked, "Regional and unspecified recipients"),
        terms=("disbursed", "committed", "not reported", f"{told(asked.selection, asked.measure).prices} prices"),
        table=amounts.table(asked, "Recipient", NEUTRAL[asked.measure]),
        rows=behind(asked.selection, asked.source, asked.span),
    )


def _subtitle(asked: Measured) -> str:
    shown = told(asked.selection, asked.measure).without("recipient")
    if asked.measure == "head":
        when = f"{period(asked.source, asked.span)}{' together' if asked.span[0] < asked.span[1] else ''}"
        parts = ["Disbursed", *scope(asked.codes, asked.source, shown), when, f"per inhabitant of {asked.year}"]
        return f"{', '.join(parts)}. {prices(shown, asked.codes)}"
    measure = {
        "amount": "Disbursed",
        "gni": "Disbursed as a share of gross national income of the same years",
        "share": "Disbursed as a share of what was committed",
    }[asked.measure]
    return subtitle(measure, asked.codes, asked.source, shown, asked.span)


def _title(asked: Measured) -> str:
    if asked.selection.recipient:
        said = _picked(asked)
        return said if said and len(said) <= LONGEST else NEUTRAL[asked.measure]
    mapped = marks.above_zero(amounts.mapped(asked).values())
    whole = sum((disbursed for _, disbursed in asked.amounts.values() if disbursed), Decimal(0))
    if asked.measure != "amount" or len(mapped) < ENOUGH or whole <= 0:
        return NEUTRAL[asked.measure]
    part = percent(sum(mapped[:TEN], Decimal(0)) / whole)
    candidates = [f"Ten recipients drew {part} of {what}" for what in _what(asked)]
    return next((title for title in candidates if len(title) <= LONGEST), NEUTRAL["amount"])


def _picked(asked: Measured) -> str:
    """What those picked received: `Kenya received $3.31 billion`; empty of groups, whose members change with the
    years, of shares, and where one has no value."""
    picked = asked.selection.recipient
    values = [asked.values.get(code) for code in picked]
    known = [value for value in values if value is not None and value > 0]
    grouped = any(code in asked.codes.groups.get("recipient", {}) for code in picked)
    if grouped or not picked or len(known) < len(picked) or asked.measure not in ("amount", "head"):
        return ""
    names = listed([the(asked.codes.name("recipient", code)) for code in picked], 3)
    who = f"{names[:1].upper()}{names[1:]}"
    if asked.measure == "head":
        return f"{who} received {a_head(known[0])} per inhabitant" if len(known) == 1 else ""
    whole = sum(known, Decimal(0))
    return f"{who} received {usd(whole, True)}{' together' if len(known) > 1 else ''}"


def _what(asked: Measured) -> list[str]:
    """What the recipients drew a part of, from the most telling to the shortest."""
    selection = asked.selection
    givers = listed([the(asked.codes.name("donor", code)) for code in selection.donor], 2)
    goal = goals_worded(selection).split(" under")[0]
    picked = any(selection.picked(dimension) for dimension in ABOUT)
    if asked.source.code == "crs-sectors":  # it holds one flow alone, so a flow picked takes nothing from it
        sectors = listed(names(asked.codes, "sector", selection.sector), 2)
        return [f"{sectors or 'education and health'} aid"]
    if asked.source.code == "iati-goals" and not selection.donor:
        of = f" for {goal}" if goal else ""
        every = [f"what {publishing(asked.source, selection)} disbursed{of}"]
        return every if picked or not goal else [*every, f"what was disbursed for {goal}"]
    words = [f"what {givers} disbursed for {goal}"] if givers and goal and not picked else []
    words += [f"what {givers} disbursed"] if givers and not goal and not picked else []
    words += [f"what was disbursed for {goal}"] if goal and not givers and not picked else []
    return [*words, "what was disbursed"]


def _sentence(asked: Measured) -> str:
    values = amounts.mapped(asked)
    lead = amounts.leaders(asked, values, "recipients") or "No recipient’s value can be told under this selection."
    together, picked = amounts.together(asked, values, "received"), _picked(asked)
    each = "" if picked and len(asked.selection.recipient) == 1 else amounts.picked_words(asked)
    return (f"{picked}. " if picked else "") + lead + together + each


PANEL = Panel("recipients", "recipient", {"map": 0}, ask, draw)
