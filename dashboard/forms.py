"""Forms of people: their fields, and what is wrong with what was typed, said beside the field."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

ONCE = "once"  # the field that makes a form sent twice do one thing
LONGEST = 5000
JOINERS = "\u200c\u200d"  # that some scripts need: Persian, Sinhala
KEPT = f"\n{JOINERS}"
EMPTY = frozenset(f"\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0{JOINERS}")  # they show nothing alone


@dataclass(frozen=True)
class Field:
    """One field. kind: text, lines, mail, password, number, date, choice, check, hidden, code. choices: value -> words
    of a choice. longest: characters. hint: below the label. check: the sentence on what is wrong; empty for nothing."""

    name: str
    label: str = ""
    kind: str = "text"
    required: bool = True
    longest: int = 200
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[str], str] | None = None
    autocomplete: str = "off"


@dataclass(frozen=True)
class Problem:
    """field: its name, empty for the form as a whole; sentence: what is wrong and what to do."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Typed:
    """What came. values: every field by its name, tidied; empty text where nothing was typed. once: the form's mark."""

    values: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    once: str = ""

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def with_problem(self, name: str, sentence: str) -> Typed:
        """The same with one more problem."""
        return Typed(self.values, (*self.problems, Problem(name, sentence)), self.once)


class Odd(ValueError):
    """No form of ours sends this; the message is a sentence."""


def read(fields: Sequence[Field], given: Mapping[str, Sequence[str]]) -> Typed:
    """given: name -> every value that came under it. Raises Odd for fields that the form has not, for two values of
    one, and for a choice that is none: our forms do not send these. What a person can mistype is a problem instead."""
    named = {one.name: one for one in fields}
    extra = set(given) - set(named) - {ONCE}
    if extra:
        raise Odd("The form came with a field that it does not have.")
    if any(len(values) != 1 for values in given.values()):
        raise Odd("A field of the form came twice.")
    values = {name: tidy(given.get(name, [""])[0], one) for name, one in named.items()}
    found = [Problem(name, wrong) for name, one in named.items() if (wrong := _wrong(values[name], one))]
    return Typed(values, tuple(found), given.get(ONCE, [""])[0])


def tidy(text: str, of: Field) -> str:
    """Composed (NFC), without signs that cannot be seen; ends and, where a field has one line, line ends taken away.
    Empty where nothing of it shows. A password stays as it is."""
    if of.kind == "password":
        return unicodedata.normalize("NFC", text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(sign for sign in text if sign in KEPT or not _unseen(sign))
    if all(sign in EMPTY or sign.isspace() or unicodedata.category(sign) in ("Mn", "Me") for sign in kept):
        return ""
    return kept.strip() if of.kind == "lines" else " ".join(kept.split())


def in_print(text: str) -> str:
    """In one line, a space for what cannot be seen; joiners stay."""
    return " ".join("".join(sign if sign in JOINERS or sign.isprintable() else " " for sign in text).split())


def _unseen(sign: str) -> bool:
    """Whether a sign shows nothing, or is none: controls, formats, private ones, code points that are no characters."""
    code = ord(sign)
    none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return none or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co")


def _wrong(value: str, of: Field) -> str:
    if of.kind == "choice" and value and value not in of.choices:
        raise Odd("The form came with a choice that it does not offer.")
    if not value:
        return ("Please choose one." if of.kind == "choice" else "Please fill this in.") if of.required else ""
    if len(value) > of.longest:
        return f"This has {len(value):,} characters; it can have {of.longest:,} at most."
    return of.check(value) if of.check else ""
