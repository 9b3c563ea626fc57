"""The forms of contributions as data: fields by kind, what goes into each, and what is wrong with what was typed.

A draft keeps whatever was typed; what is submitted has to hold together. What is wrong is a sentence with reason and
way out, beside its field.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from dashboard.amounts import DENOMINATORS
from dashboard.fields_together import FIGURE, TOGETHER, UNIT
from dashboard.forms import Field, Problem, read
from dashboard.links import LINKS, TEXT_LINKS
from dashboard.pledges import DATE, STATUSES

WEB = re.compile(r"https?://[^\s\"<>\\^`{|}]+")
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
RUNGS = {"committed": "committed", "budgeted": "budgeted", "disbursed": "disbursed"}
TIES = {kind: words for kind, words in LINKS.items() if kind not in TEXT_LINKS}
STEPS = {step: step.replace("_", " ") for step in STATUSES}
DOCUMENTS = {"official": "official", "academic": "academic", "ngo": "civil society", "press": "press"}
DATES = "2010, 2010-06 or 2010-06-26"
SAME_UNIT = "In the same unit; leave it empty where it is not told apart."
ROWS = 20  # links of evidence


def _figure(text: str) -> str:
    return "" if FIGURE.fullmatch(text) else "This is not a number; write digits with one point, as 1250.5."


def _date(text: str) -> str:
    return "" if DATE.fullmatch(text) else f"This is not a date; write {DATES}."


def _web(text: str) -> str:
    return "" if WEB.fullmatch(text) else "This is not an address that starts with https:// or http://."


def _code(text: str) -> str:
    return "" if CODE.fullmatch(text) else "Write the last part of its address, as muskoka-2010-canada."


def _unit(text: str) -> str:
    known = UNIT.fullmatch(text) or text in DENOMINATORS
    return "" if known else "Write money as USD million, or a share as % GNI."


def _currency(text: str) -> str:
    return "" if re.fullmatch("[A-Z]{3}", text, re.ASCII) else "Write three capital letters, as USD."


def _evidence(text: str) -> str:
    held = evidence(text)
    wrong = next((address for _, address in held if not WEB.fullmatch(address)), "")
    if wrong:
        return f"{wrong[:80]} is not an address that starts with https:// or http://; write a title, a bar | and it."
    bare = next((address for title, address in held if title == address), "")
    if bare:
        return f"{bare[:80]} has no title; write the title of the document before it, and a bar | between the two."
    return f"{len(held)} documents are named; please keep to {ROWS}." if len(held) > ROWS else ""


def _plain(text: str) -> str:
    return "Please leave out brackets, semicolons and bars." if set(text) & set("();|") else ""


EVIDENCE = Field(
    "evidence", "Evidence on the web", "lines", False, 4000, check=_evidence,
    hint="One document a line: its title, a bar |, and its address, as Annual report 2013 | https://example.org/2013",
)  # fmt: skip
NARRATIVE = Field(
    "narrative", "In words", "lines", longest=4000, hint="Shown in public as your statement once accepted."
)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "report": (
        Field("since", "Period from", hint=DATES, longest=10, check=_date),
        Field("until", "Period to", hint="Its last year, month or day.", longest=10, check=_date),
        Field("rung", "What the money is", "choice", False, hint="Needed beside an amount.", choices=RUNGS),
        Field("amount", "Amount", "text", False, 24, "Digits with one point, as 1250.5.", check=_figure),
        Field("unit", "Its currency and scale", "text", False, 40, "USD million, EUR million, % GNI.", check=_unit),
        replace(NARRATIVE, label="What was done"),
        Field("women", "Of the amount, for women and girls", "text", False, 24, SAME_UNIT, check=_figure),
        Field("men", "Of the amount, for men and boys", "text", False, 24, SAME_UNIT, check=_figure),
        EVIDENCE,
    ),
    "statement": (
        Field("finding", "Finding", "choice"),  # its choices are those of the commitment
        replace(NARRATIVE, label="Your reply", hint="Shown in public beside the finding once accepted."),
        EVIDENCE,
    ),
    "link": (
        Field("tie", "What ties it", "choice", choices=TIES),
        Field("target", "To which commitment", longest=80, hint="The last part of its address.", check=_code),
        Field("amount", "Amount in common", "text", False, 24, "In whole units of the currency.", check=_figure),
        Field("currency", "Currency of it", "text", False, 3, "Three capital letters, as USD.", check=_currency),
        Field("note", "Note", "text", False, 300, "What ties them, in one line.", check=_plain),
    ),
    "status": (
        Field("step", "Step reached", "choice", choices=STEPS),
        Field("date", "When", hint=DATES, longest=10, check=_date),
        Field("note", "What happened", "text", False, 300, "In one line.", check=_plain),
        Field("source_kind", "Kind of document", "choice", choices=DOCUMENTS),
        Field("source_title", "Title of the document", longest=300, check=_plain),
        Field("source_page", "Page in it", "text", False, 40, check=_plain),
        Field("source_address", "Its address on the web", "text", False, 1000, check=_web),
    ),
    "comment": (Field("narrative", "Comment", "lines", longest=2000, hint="Plain text, public once accepted."),),
}  # fmt: skip
WHY = Field("why", "Why", hint="The reason for the change, in one line, and where it is written.", longest=300)

# columns by which a commitment is measured: who changes them says on which document it rests
BARS: Mapping[str, str] = {
    "amount_low": "amount", "amount_high": "upper end of the amount", "unit": "unit", "prices": "prices",
    "since": "beginning of its period", "until": "end of its period", "deadline": "deadline",
    "baseline_value": "baseline", "baseline_year": "year of the baseline", "baseline_unit": "unit of the baseline",
    "baseline_method": "method of the baseline", "rule": "counting rule",
}  # fmt: skip
CLAIMS: Mapping[str, str] = {  # what its maker says of a promise: a document is named for it as well
    "title": "title", "goals": "Goals", "made": "day on which it was made", "additional": "answer to whether it is new",
}  # fmt: skip
TRACED = {**BARS, **CLAIMS}  # columns whose change is told under the headline of a commitment, with what stood there
BESIDE = (
    replace(
        EVIDENCE,
        hint=f"Needed where what is due, the title, the Goals, the date or what is new would change. {EVIDENCE.hint}",
    ),
    WHY,
)  # what the form of a change holds beside the columns of the record


def problems(
    kind: str, fields: Mapping[str, str], today: str, files: Collection[str] = (), own: str = ""
) -> tuple[Problem, ...]:
    """What keeps a contribution from being submitted. today: ISO 8601; nothing is reported of the time after it. files:
    ids of those that go with it. own: the unit of the commitment, in which it can be reported on."""
    if kind == "new":
        return ()  # its fields are the columns of a record, which the register checks
    if kind == "change":
        return tuple(_changed(fields, files))
    asked = [replace(one, kind="text") if not one.choices and one.kind == "choice" else one for one in FIELDS[kind]]
    asked = [in_unit(one, own) if (kind, one.name) == ("report", "unit") else one for one in asked]
    found = read(asked, {one.name: [fields.get(one.name, "")] for one in asked}).problems
    bad = {one.field for one in found}
    together = TOGETHER.get(kind)
    more = together({one.name: fields.get(one.name, "") for one in asked}, today, own) if together else ()
    return (*found, *(one for one in more if one.field not in bad))


def in_unit(of: Field, own: str) -> Field:
    """The field of a unit that takes that of a commitment as well."""
    known = f"Write {own}, in which the commitment is, money as USD million, or a share as % GNI."
    return replace(of, check=lambda text: known if text != own and _unit(text) else "") if own else of


def unkept(problems_: Sequence[Problem], fields: Sequence[Field], values: Mapping[str, str]) -> tuple[Problem, ...]:
    """Of what is wrong with a form, what keeps even a draft from being kept: texts that are too long."""
    long = {one.name for one in fields if len(values[one.name]) > one.longest}
    return tuple(one for one in problems_ if one.field in long)


def evidence(text: str) -> tuple[tuple[str, str], ...]:
    """Title and address of each line."""
    told = (line.rpartition("|") for line in text.splitlines() if line.strip())
    return tuple((title.strip() or address.strip(), address.strip()) for title, _, address in told)


def _changed(fields: Mapping[str, str], files: Collection[str]) -> Iterator[Problem]:
    said = {one.name: [fields.get(one.name, "")] for one in BESIDE}
    yield from read(BESIDE, said).problems
    altered = [BARS[key] for key in BARS if key in fields]
    if altered and not files and not fields.get("evidence"):
        yield Problem("evidence", f"By the {altered[0]} the commitment is measured: please name the document for this.")
    claimed = [CLAIMS[key] for key in CLAIMS if key in fields]
    if claimed and not altered and not files and not fields.get("evidence"):
        yield Problem("evidence", f"The {claimed[0]} says what was promised: please name the document for this.")
    if not set(fields) - {one.name for one in BESIDE}:
        yield Problem("", "Nothing is changed yet: please change a field of the record.")
