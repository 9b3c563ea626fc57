"""What stakeholders said of a commitment and moderators accepted, as everybody reads it: beside the figures, never in
them. Persons are named only where they consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.amounts import Amount
from dashboard.contribution_effect import FIGURE, NARRATIVE
from dashboard.contribution_fields import FIELDS, evidence
from dashboard.contributions import KINDS, Contribution
from dashboard.decided import state_words
from dashboard.measured import Measured
from dashboard.pledges import Delivery
from dashboard.report_periods import counted
from dashboard.statements import figure
from dashboard.words import dated

MARK, STATUS = "reported", "status"
SAID = ("report", "statement", STATUS, "comment")  # kinds of which something is said beside the record
UNNAMED = "A reader, not named"
LEGEND = "reported by its maker; stands apart from what is measured"


@dataclass(frozen=True)
class Spoken:
    """One accepted contribution. of: what it is about, its id or address. at: when it was accepted, UTC; by: the maker
    on whose behalf, empty for a comment of a person; named: the person, where they consent. words: empty where they
    were not accepted. figure: the amount, of a report whose figure was accepted. answers: the words of the finding it
    replies to. files: address and name, where the words that they go with were accepted. in_part: which parts were
    accepted and which not, of what was accepted in part. replaced: when a later report of the same period replaced it,
    empty while it stands; replaces: when the one that it replaces was accepted; both of reports with a figure, as
    `report_series` tells. later: accepted after the state of the register that is looked at came about."""

    id: str
    kind: str
    of: str
    at: str
    by: str = ""
    named: str = ""
    words: str = ""
    figure: Amount | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    answers: str = ""
    files: Sequence[tuple[str, str]] = ()
    in_part: str = ""
    replaced: str = ""
    replaces: str = ""
    later: bool = False

    @property
    def title(self) -> str:
        """`Report on implementation, 2011 to 2013`; `Status of a policy: funded, 2013`."""
        if self.kind == STATUS:
            return f"{KINDS[self.kind].capitalize()}: {self.step[:1].lower()}{self.step[1:]}"
        return f"{KINDS[self.kind].capitalize()}{f', {self.period}' if self.period else ''}"

    @property
    def period(self) -> str:
        """`2011 to 2013`, of a report; empty of all else."""
        since, until = self.fields.get("since", ""), self.fields.get("until", "")
        return since if since == until else f"{since} to {until}"

    @property
    def step(self) -> str:
        """Of a policy, the step that it has reached and when: `Funded, 2013`."""
        held = self.fields.get("step", "").replace("_", " ").capitalize()
        return f"{held}, {dated(self.fields['date'])}" if held else ""

    @property
    def who(self) -> str:
        """`On behalf of Germany`, with the person where they consent; of a comment of nobody named, a reader."""
        said = [f"On behalf of {self.by}"] if self.by else []
        return "; ".join([*said, *([self.named] if self.named else [])]) or (UNNAMED if self.kind == "comment" else "")

    @property
    def amount(self) -> str:
        """`CAD 950.5 million disbursed`, with every digit as reported; empty where there is none."""
        return f"{figure(self.figure)} {self.fields.get('rung', '')}".rstrip() if self.figure else ""

    @property
    def declined(self) -> bool:
        """Whether it is a report with a figure that was not accepted."""
        return self.kind == "report" and bool(self.fields.get("amount")) and self.figure is None

    @property
    def delivery(self) -> Delivery | None:
        """As the record would hold it; None where no figure was accepted."""
        return None if self.figure is None else delivery(self.fields, self.by)

    @property
    def sexes(self) -> str:
        """What of the figure is told apart by sex, in its unit."""
        held = {"women and girls": self.fields.get("women"), "men and boys": self.fields.get("men")}
        unit = self.fields.get("unit", "")
        of = " for" if self.fields.get("rung") else ","  # money is for somebody, people are counted
        told = [f"{figure(_amount(value, unit))}{of} {who}" for who, value in held.items() if value and self.figure]
        return "; ".join(told)

    @property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """Title and address of each link of evidence; of a step of a policy its one document."""
        if self.kind == STATUS:
            page = f", {self.fields['source_page']}" if self.fields.get("source_page") else ""
            return ((f"{self.fields['source_title']}{page}", self.fields.get("source_address", "")),)
        return evidence(self.fields.get("evidence", ""))


def spoken(
    one: Contribution,
    by: str,
    named: str = "",
    answers: str = "",
    files: Sequence[tuple[str, str]] = (),
) -> Spoken | None:
    """An accepted contribution as it is shown; None where nothing of it is said beside the record."""
    step = one.decided
    if step is None or not step.parts or one.kind not in SAID:
        return None
    version = next(held for held in one.versions if held.number == step.version)
    known = {each.name for each in FIELDS[one.kind]} - {NARRATIVE}
    words = version.fields.get(NARRATIVE, "") if NARRATIVE in step.parts else ""
    words = version.fields.get("note", "") if one.kind == STATUS else words
    fields = {name: value for name, value in version.fields.items() if name in known}
    counted = _amount(fields["amount"], fields["unit"]) if FIGURE in step.parts else None
    in_part = state_words(one) if one.state == "accepted_in_part" else ""
    files = files if words or one.kind == STATUS else ()
    return Spoken(one.id, one.kind, one.of, step.at, by, named, words, counted, fields, answers, files, in_part)


def delivery(fields: Mapping[str, str], by: str) -> Delivery:
    """What a report says was delivered, as a record would hold it. by: the name of the maker."""
    return Delivery(_amount(fields["amount"], fields["unit"]), fields["until"], by, counted(fields))


def _amount(value: str, unit: str) -> Amount:
    point = Decimal(value)  # with the decimals that were typed
    return Amount(point, point, unit)


def beside(found: Measured, held: Sequence[Spoken]) -> tuple[tuple[int, Decimal, str], ...]:
    """Reported figures that the chart of the years can show: of one year, of the rung that is counted, in the unit and
    at the prices counted. Year, value in that unit, and what it is in words."""
    return tuple(
        (int(one.fields["until"][:4]), value, f"{one.by}: {one.amount}")
        for one in held
        if one.figure
        and not one.replaced
        and one.fields.get("rung", "") in ("", found.rule.stage)
        and one.fields["since"][:4] == one.fields["until"][:4]
        for value in _value(found, one.figure)
    )


def _value(found: Measured, of: Amount) -> tuple[Decimal, ...]:
    money = of.whole()
    if money and of.currency == "USD" and found.unit == "USD" and found.rule.prices == "current":
        return money[:1]
    income = found.rule.kind == "share" and found.rule.weights == "gni" and of.unit == "% GNI"
    return (of.low,) if income and of.low is not None else ()
