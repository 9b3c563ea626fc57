"""Parameters of the interface for programs: what each may be, read strictly, refused by key and value.

Programs are told of every fault: what a page would leave out with a word to its reader is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, create_model
from pydantic.fields import FieldInfo

from dashboard.codes import STAGES
from dashboard.finding_list import FACETS
from dashboard.questions import Unanswerable
from dashboard.register_terms import PICKS
from dashboard.selection import (
    CODES_LIMIT,
    DIMENSIONS,
    FIRST_YEAR,
    KEYS_LIMIT,
    LAST_YEAR,
    LENGTH_LIMIT,
    TERMS,
    TEXT_LIMIT,
    Refusal,
    shortened,
)
from dashboard.surveys.leaving import MOMENT, PUBLISHED

FORMATS = {"json": "application/json", "csv": "text/csv"}
BY = (*DIMENSIONS, "year")
SELECTED = (*DIMENSIONS, "since", "until", "source", "prices", "method", "membership", "edition")
OF_SOURCES = (*SELECTED[:-1], "by", "stages", "stage")  # what may be more than a source tells
PINS = ("edition", "registry")
OF_PLEDGES = (*PICKS, "record", "text")
OF_GAPS = ("commitment", "donor", "goal", "forum")
OF_NEEDS = ("goal", "series", "method", "recipient", "need", "funding")
OF_RESULTS = ("question", PUBLISHED)
PAGED = ("limit", "after", "format")
USUAL = 100  # rows of an answer where no limit is given
MOST = 400  # rows of an answer
LIMITS: dict[str, tuple[int, str]] = {  # what a program meets: how many, of what
    "rows": (MOST, "rows in one answer; all others follow under its link next"),
    "characters": (LENGTH_LIMIT, "characters of an address behind the question mark"),
    "keys": (KEYS_LIMIT, "parameters of an address"),
    "codes": (CODES_LIMIT, "codes of one dimension"),
    "text": (TEXT_LIMIT, "characters of a text that is searched for"),
    "questions": (2, "questions that a process of the server answers at once; others are told to come again (503)"),
}
WORD = r"[A-Za-z0-9_.+-]{1,64}"
Listed = Annotated[str, StringConstraints(pattern=rf"^({WORD}(,{WORD})*)?$")]
Word = Annotated[str, StringConstraints(pattern=rf"^{WORD}$")]
Weight = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}([.][0-9]{1,3})?$")]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class Wrong(ValueError):
    """Parameters that cannot be followed, each with a sentence."""

    def __init__(self, refused: Sequence[Refusal]) -> None:
        super().__init__(" ".join(refusal.sentence for refusal in refused))
        self.refused = tuple(refused)


class Unanswered(Unanswerable):
    """A question that no source can answer: a sentence, and the parameters that ask it."""

    def __init__(self, why: str, asked: Sequence[tuple[str, str]]) -> None:
        super().__init__(why)
        self.refused = tuple(Refusal(key, shortened(value), why) for key, value in asked if key in OF_SOURCES)


def _several(words: Sequence[str]) -> Any:
    either = "|".join(words)
    return Annotated[str, StringConstraints(pattern=rf"^(({either})(,({either}))*)?$")]


def _words(name: str) -> Any:
    return Literal[TERMS[name]]


def _said(about: str, example: Any, otherwise: Any = None, **more: Any) -> FieldInfo:
    found: FieldInfo = Field(otherwise, description=about, examples=[example], **more)
    return found


def _codes(of: str, example: str) -> tuple[Any, FieldInfo]:
    return Listed, _said(f"Codes of {of}, or of groups of them, joined by commas. None: all of them.", example, "")


FIELDS: dict[str, tuple[Any, FieldInfo]] = {
    "goal": _codes("Goals, 1 to 8 and unallocated", "5"),
    "donor": _codes("donors", "GBR,FRA"),
    "recipient": _codes("recipients", "KEN"),
    "sector": _codes("sectors, three digits", "122"),
    "purpose": _codes("purposes, five digits", "12262"),
    "flow": _codes("types of flow; 10 is official development assistance", "10"),
    "gender": _codes("the gender marker", "2"),
    "since": (Year, _said("First year.", 2005, 2000)),
    "until": (Year, _said("Last year, included.", 2010, 2015)),
    "source": (Word, _said("The source to read. None: the one that answers best; the answer names it.", "crs-donors")),
    "prices": (_words("prices"), _said("Prices of the day, or those of the base year.", "constant", "current")),
    "method": (_words("method"), _said("Goal mapping: which share of a purpose serves a Goal.", "shared", "strict")),
    "membership": (
        _words("membership"),
        _said("Members of a group: those of each year, or those of its present list.", "today", "then"),
    ),
    "edition": (Word, _said("The edition to read. None: the current one; links to further rows name it.", None)),
    "registry": (Word, _said("The state of the register of commitments. None: the current one.", None)),
    "by": (_several(BY), _said("What totals are told apart by, joined by commas. None: one total.", "donor,year")),
    "stages": (_several(STAGES), _said("Rungs to sum. None: those of the source.", "committed,disbursed")),
    "stage": (Literal[STAGES], _said("One rung. None: rows of every rung.", "disbursed")),
    "text": (
        Annotated[str, StringConstraints(max_length=TEXT_LIMIT)],
        _said("A text that titles or descriptions hold, whatever the case of its letters.", "malaria", ""),
    ),
    "series": (Word, _said("The indicator of a Goal. None: the one that its page opens with.", "maternal")),
    "need": (Weight, _said("Weight of need, below a thousand.", "2", "1")),
    "funding": (Weight, _said("Weight of lack of funding, below a thousand.", "0.5", "1")),
    "survey": (Word, _said("The id of a survey.", "donors-implementation")),
    "question": (Word, _said("One question of a survey. None: all of them.", "delivery")),
    "published": (
        Annotated[str, StringConstraints(pattern=rf"^({MOMENT})?$")],
        _said(
            "When the results were published, in UTC. None: those that stand; links to further rows name it. Results "
            "that were published anew since are refused.",
            None,
            "",
        ),
    ),
    "country": (Word, _said("One country or donor. None: all of them.", "KEN")),
    "limit": (Annotated[int, Field(ge=1, le=MOST)], _said("Rows of an answer.", 50, USUAL)),
    "after": (
        Annotated[str, StringConstraints(max_length=200)],
        _said("The place behind which the answer begins, as `next` of the answer before names it.", None, ""),
    ),
    "format": (
        Literal[tuple(FORMATS)],
        _said("json or csv; it holds whatever the header Accept says. None: as Accept says.", "json"),
    ),
}
OF_SERIES = {  # years of values: all that are held, as MDG baselines lie before the years of flows
    "since": (Year, _said("First year. None: the first that is held.", 1990, FIRST_YEAR)),
    "until": (Year, _said("Last year, included. None: the last that is held.", 2015, LAST_YEAR)),
}
FIELDS |= {
    name: (Listed, _said(f"Codes of {name}, joined by commas. None: all of them.", None, ""))
    for name in (*DIMENSIONS, *OF_PLEDGES, *OF_GAPS, *FACETS)
    if name not in FIELDS
}


@cache
def model(names: tuple[str, ...]) -> type[BaseModel]:
    """The parameters of those names, all of them optional; no other is taken."""
    own = OF_SERIES if "country" in names else {}
    fields: dict[str, Any] = {name: own.get(name, FIELDS[name]) for name in names}
    return create_model("Parameters", __config__=ConfigDict(extra="forbid"), **fields)


def read(query: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Every parameter of those names with its value; an empty text where none is given nor usual. Raises Wrong."""
    given = _pairs(query)
    try:
        held = model(names).model_validate(given)
    except ValidationError as error:
        raise Wrong([_refusal(one, names) for one in error.errors()[:10]]) from None
    return {name: "" if value is None else value for name, value in held}


def _pairs(query: str) -> dict[str, str]:
    if len(query) > LENGTH_LIMIT or query.count("&") >= KEYS_LIMIT:
        why = f"An address has at most {LENGTH_LIMIT} characters and {KEYS_LIMIT} parameters."
        raise Wrong([Refusal("query", query[:20] + "…", why)])
    found = dict[str, str]()
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key in found:
            raise Wrong([Refusal(shortened(key), shortened(value), f"{shortened(key)} is given twice.")])
        found[key] = value
    return found


def _refusal(error: Any, names: Sequence[str]) -> Refusal:
    key, value = str(error["loc"][0]), str(error["input"])
    if error["type"] == "extra_forbidden":
        why = f"{shortened(key)} is no parameter here; there are {', '.join(names)}."
    elif error["type"] == "string_pattern_mismatch":
        why = f"{shortened(key)}={shortened(value)} cannot be read. {FIELDS[key][1].description}"
        why += f" Each is of {', '.join(BY if key == 'by' else STAGES)}, once." if key in ("by", "stages") else ""
    else:
        why = f"{shortened(key)}={shortened(value)} cannot be read: {error['msg'][0].lower()}{error['msg'][1:]}."
    return Refusal(shortened(key), shortened(value), why)
