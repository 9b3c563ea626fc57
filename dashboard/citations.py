"""How a thing that left is cited: a paragraph, BibTeX, RIS, CSL-JSON. All of them say the same of one `Carried`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.carried import Carried, cited, held
from dashboard.cite import NAME

SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces whatever stands before them: one alone would end the field
    "}": r"\textbraceright{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}  # of LaTeX
Written = Callable[[Carried, str, date], str]


@dataclass(frozen=True)
class Form:
    """words: what the reader is offered. mimetype: of the file. write: of a thing, the public address and the day."""

    words: str
    mimetype: str
    write: Written


def text(one: Carried, public: str, on: date) -> str:
    return f"{cited(one, public, on)}\n"


def bibtex(one: Carried, public: str, on: date) -> str:
    """An entry @misc; its key is the short mark of the address, so that the same view has the same key."""
    fields = {
        "author": f"{{{_latex(NAME)}}}",
        "title": f"{{{_latex(_title(one))}}}",
        "year": f"{issued(one, on).year}",
        "version": _latex(one.edition),
        "howpublished": f"\\url{{{public}{one.address}}}",
        "url": f"{public}{one.address}",
        "urldate": on.isoformat(),
        "note": _latex(_note(one)),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{mdg-{one.mark},\n{lines}\n}}\n"


def ris(one: Carried, public: str, on: date) -> str:
    """A record of type DATA; lines end with CRLF, as the format has it."""
    day = issued(one, on)
    pairs = (
        ("TY", "DATA"),
        ("ID", one.mark),
        ("AU", NAME),
        ("TI", _title(one)),
        ("PB", NAME),
        ("PY", f"{day.year}"),
        ("DA", f"{day:%Y/%m/%d}/"),
        ("ET", one.edition),
        ("UR", f"{public}{one.address}"),
        ("Y2", f"{on:%Y/%m/%d}/"),
        ("N1", _note(one)),
        ("ER", ""),
    )
    return "".join(f"{name}  - {_line(value)}\r\n" for name, value in pairs)


def csl(one: Carried, public: str, on: date) -> str:
    """A list of one item, as citation programs read it."""
    item: dict[str, Any] = {
        "id": f"mdg-{one.mark}",
        "type": "dataset",
        "title": _title(one),
        "author": [{"literal": NAME}],
        "publisher": NAME,
        "issued": {"date-parts": [_parts(issued(one, on))]},
        "accessed": {"date-parts": [_parts(on)]},
        "version": one.edition,
        "URL": f"{public}{one.address}",
        "note": _note(one),
    }
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


FORMS: Mapping[str, Form] = {
    "txt": Form("Text", "text/plain", text),
    "bib": Form("BibTeX", "application/x-bibtex", bibtex),
    "ris": Form("RIS", "application/x-research-info-systems", ris),
    "json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
}


def issued(one: Carried, otherwise: date) -> date:
    """The day in the edition's name; the day of reading where it has none."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", one.edition, re.ASCII)
    try:
        return date.fromisoformat(found[0]) if found else otherwise
    except ValueError:
        return otherwise


def _title(one: Carried) -> str:
    return one.title.rstrip(".")


def _note(one: Carried) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in (one.filters, one.source_line, held(one)) if part)


def _latex(words: str) -> str:
    return "".join(SPECIAL.get(letter, letter) for letter in _line(words))


def _line(words: str) -> str:
    return " ".join(words.split())


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]
