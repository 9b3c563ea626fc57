"""XML of a workbook's part, element by element: no document types, no entities, no depth without end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from data_access.ingest.faults import Fault

DEEPEST = 64
LONGEST = 40_000  # characters of one text; a cell holds 32,767
Begin = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]


class _Forbidden(ValueError):
    pass


def walk(content: bytes, begin: Begin, end: End, name: str, part: str) -> None:
    """Tells of every element at its beginning (name without prefix, attributes) and at its end (name, its own text).

    Raises Fault with the part and its line where it is not well-formed, or holds what no workbook needs."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    texts: list[list[str]] = []

    def opened(tag: str, attributes: dict[str, str]) -> None:
        if len(texts) >= DEEPEST:
            raise _Forbidden(f"is nested more than {DEEPEST} deep")
        texts.append([])
        begin(tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def closed(tag: str) -> None:
        end(tag.rpartition(" ")[2], "".join(texts.pop()))

    def told(text: str) -> None:
        held = texts[-1]
        held.append(text)
        if len(text) + sum(map(len, held[:-1])) > LONGEST:
            raise _Forbidden(f"holds a text of more than {LONGEST:,} characters")

    def doctype(*_: object) -> None:
        raise _Forbidden("has a document type (DOCTYPE), which no workbook needs")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, told
    parser.StartDoctypeDeclHandler = doctype
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except Fault:  # of whoever is told of the elements
        raise
    except expat.ExpatError as wrong:
        raise _fault(name, part, wrong.lineno, f"is not well-formed ({expat.ErrorString(wrong.code)})") from None
    except _Forbidden as wrong:
        raise _fault(name, part, parser.CurrentLineNumber, str(wrong)) from None
    except (LookupError, ValueError):  # of the encoding that the part says it has
        raise _fault(name, part, 1, "is in an encoding that no workbook has") from None


def _fault(name: str, part: str, line: int, why: str) -> Fault:
    return Fault(
        name, 0, "", part, why, "save the file again in a spreadsheet program", "REG-XML-01", where=f"{part}:{line}"
    )
