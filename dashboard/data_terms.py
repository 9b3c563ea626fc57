"""What the page of data is asked to show. Its only written form is the query string of its address, like a selection's:
equal requests are written alike, defaults left out, and what is not known is refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from dashboard.codes import Codes, Source
from dashboard.coverage import BY, periods, rows_of
from dashboard.selection import KEYS_LIMIT, LENGTH_LIMIT, Refusal, shortened

SORTS = ("amount", "name")
WHOLE = "all"  # years
FINAL = "disbursed"  # the rung that is shown where nothing else is asked


@dataclass(frozen=True)
class Asked:
    """The source, rung, rows and years of the coverage, its order, and the edition (empty: the current one)."""

    source: str = ""
    stage: str = ""
    by: str = ""
    years: str = WHOLE
    sort: str = SORTS[0]
    edition: str = ""

    def write(self, codes: Codes) -> str:
        """The query string, without `?`; what would be shown anyway is left out."""
        usual = completed(Asked(), codes) if not self.source else completed(Asked(source=self.source), codes)
        first = completed(Asked(), codes).source
        kept = {
            "source": self.source if self.source != first else "",
            "stage": self.stage if self.stage != usual.stage else "",
            "by": self.by if self.by != usual.by else "",
            "years": self.years if self.years != WHOLE else "",
            "sort": self.sort if self.sort != SORTS[0] else "",
            "edition": self.edition,
        }
        return urlencode([(key, value) for key, value in kept.items() if value])

    def change(self, codes: Codes, **values: str) -> Asked:
        """The same with other values, as far as they go together: a rung or rows the source lacks are let go."""
        return completed(replace(self, **values), codes)


def completed(asked: Asked, codes: Codes) -> Asked:
    """With what is shown where nothing is said: of the first source with donors, disbursements by donor."""
    sources = codes.sources
    if not sources:
        return asked
    tells = [name for name, source in sources.items() if "donor" in source.dimensions]
    name = asked.source if asked.source in sources else next(iter([*tells, *sources]))
    source = sources[name]
    stage = asked.stage if asked.stage in source.stages else usual_stage(source)
    years = asked.years if asked.years in periods(source) else WHOLE
    return replace(asked, source=name, stage=stage, by=rows_of(source, asked.by), years=years)


def usual_stage(source: Source) -> str:
    return FINAL if FINAL in source.stages else source.stages[-1]


def read(query: str, codes: Codes) -> tuple[Asked, tuple[Refusal, ...]]:
    """What an address asks for, completed, and what of it could not be followed, each with a sentence."""
    text, found, refused = query.removeprefix("?"), dict[str, str](), list[Refusal]()
    if len(text) > LENGTH_LIMIT or text.count("&") >= KEYS_LIMIT:
        return completed(Asked(), codes), (Refusal("link", text[:20] + "…", "The link is too long to be followed."),)
    pairs = parse_qsl(text, keep_blank_values=True)
    for key, value in sorted(pairs, key=lambda pair: pair[0] != "source"):  # stages and rows are the source's
        sentence = f"{key} is given twice; the first is used." if key in found else _why_not(key, value, found, codes)
        if sentence:
            refused.append(Refusal(key, value, sentence))
        else:
            found[key] = value
    return completed(Asked(**found), codes), tuple(refused)


def _why_not(key: str, value: str, found: dict[str, str], codes: Codes) -> str:
    """Why a term cannot be followed, as a sentence; empty where it can."""
    said = f"{shortened(key)}={shortened(value)}"
    if key not in Asked.__dataclass_fields__:
        return f"{said} is not a term of this page and was ignored."
    source = codes.sources.get(completed(Asked(source=found.get("source", "")), codes).source)
    known = _known(source, codes)[key]
    if value in known:
        return ""
    of = f" of {source.title}" if source and key in ("stage", "by", "years") else ""
    return f"{said} is not known{of}; it can be {', '.join(known) or 'nothing'}."


def _known(source: Source | None, codes: Codes) -> dict[str, tuple[str, ...]]:
    """What each term can be, with the source that is shown."""
    rows = tuple(name for name in BY if source and name in source.dimensions)
    spans = (WHOLE, *periods(source)) if source else (WHOLE,)
    stages = source.stages if source else ()
    own = {"stage": stages, "by": rows, "years": spans}
    return own | {"source": tuple(codes.sources), "sort": SORTS, "edition": codes.editions}
