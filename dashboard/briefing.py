"""What a briefing shows, read from an address: panels and commitments in order, each with a sentence of one's own above
it, a sheet each or all on one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

from dashboard.methods import serves
from dashboard.selection import TERMS, Selection, shortened
from dashboard.words import listed

MOST, LONGEST = 12, 300  # things shown; letters of a sentence
SHOW, PLEDGE, SAY, AT = "show", "commitment", "say.", "at."  # panels; commitments; sentences; places, which a form says
READY, PAGES, STATE = "ready", "pages", "registry"  # a ready-made one; how many sheets; the state of the register
EACH, ONE = "each", "one"  # of PAGES: a sheet each, as it is where nothing is said; all on one
OWN = (SHOW, PLEDGE, SAY, AT, READY, PAGES, STATE)
PLACE = re.compile("[0-9]{1,2}", re.ASCII)
OF_ALL = ("gap", "sources", "donors", "recipients", "goals", "years", "ranking")
OF_GOAL = ("gap", "recipients", "need", "progress", "compare", "purposes", "givers", "donors", "ranking")
MADE: Mapping[str, tuple[str, ...]] = {  # ready-made: the term that names what it is about -> its panels
    "donor": ("donors", "gap", "years", "ranking"),
    "recipient": ("gap", "years", "donors", "ranking"),
    "goal": ("progress", "gap", "recipients", "givers"),
    PLEDGE: (),
}
UNSERVED = {"8": ("progress", "goals")}  # of a Goal for which the method counts no purpose; of others these:
INDICATED = ("progress", "need")


@dataclass(frozen=True)
class Briefing:
    """items: a panel's name or `commitment/<id>`, and a sentence, which may be empty. query: what the address says of
    the selection. one: whether all is on one sheet. registry: the state of the register it names, empty for the newest.
    refused: why it cannot be made, a sentence."""

    items: tuple[tuple[str, str], ...]
    query: str
    one: bool = False
    registry: str = ""
    refused: str = ""

    @property
    def pledges(self) -> tuple[str, ...]:
        """Ids of the commitments it shows."""
        return tuple(key(name) for name, _ in self.items if name != key(name))

    def write(self) -> str:
        """The query string, the same for the same briefing however it was asked."""
        said = [
            (PLEDGE if pledge else SHOW, ",".join(key(name) for name in names))
            for pledge, names in groupby((name for name, _ in self.items), lambda name: name != key(name))
        ]
        said += [(SAY + key(name), sentence) for name, sentence in self.items if sentence]
        said += [(PAGES, ONE)] if self.one else []
        kept = urlencode([(STATE, self.registry)]) if self.registry else ""
        return "&".join(filter(None, (urlencode(said, safe=","), self.query, kept)))


def key(name: str) -> str:
    """As an address says it: a panel's name, or the id of a commitment."""
    return name.removeprefix(f"{PLEDGE}/")


def read(query: str, panels: Collection[str]) -> Briefing:
    """`show=gap,years&commitment=ID&say.gap=One sentence.&donor=FRA`: without either the panels of the page of the
    selection; `ready=donor&donor=FRA` what is usually wanted of a donor. Commitments are not looked up here."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return Briefing((), "", refused="The address has more than 100 terms.")
    said = {key.removeprefix(SAY): _plain(value) for key, value in pairs if key.startswith(SAY)}
    rest = urlencode([(key, value) for key, value in pairs if value and not key.startswith(OWN)], safe=",")
    told = {key: value for key, value in pairs if key in (READY, PAGES, STATE)}
    names = _asked(pairs) or [*_usual(pairs, told.get(READY, ""))]
    items = tuple((name, said.get(key(name), "")) for name in _placed(names, pairs))
    one = told.get(PAGES, ONE if told.get(READY) else EACH)
    refused = _refused(names, said, panels) or _amiss(pairs, told.get(READY, ""), one)
    return Briefing(items, rest, one == ONE, told.get(STATE, ""), refused)


def _plain(sentence: str) -> str:
    """One line, without signs that cannot be seen: some of them turn the words that follow around."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in sentence).split())


def _asked(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """What is named, in order, each once."""
    starts = {SHOW: "", PLEDGE: f"{PLEDGE}/"}
    every = ((starts[key], name) for key, value in pairs if key in starts for name in value.split(","))
    return list(dict.fromkeys(start + name.strip() for start, name in every if name.strip()))


def _usual(pairs: Sequence[tuple[str, str]], ready: str) -> tuple[str, ...]:
    one_goal = [value for key, value in pairs if key == "goal" and value and "," not in value]
    method = dict(pairs).get("method") or Selection().method
    if ready == "goal" and one_goal and method in TERMS["method"] and not serves(method, one_goal[0]):
        return UNSERVED.get(one_goal[0], INDICATED)
    return MADE[ready] if MADE.get(ready) else OF_GOAL if one_goal else OF_ALL


def _placed(names: list[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    places = {key.removeprefix(AT): int(value) for key, value in pairs if key.startswith(AT) and PLACE.fullmatch(value)}
    return sorted(names, key=lambda name: places.get(key(name), MOST + 1 if places else 0))


def _refused(names: list[str], said: Mapping[str, str], panels: Collection[str]) -> str:
    pledges = [key(name) for name in names if name != key(name)]
    unknown = next((name for name in (*names, *said) if key(name) not in (*panels, *pledges)), "")
    if unknown:
        return f"{shortened(unknown)} is no panel; there are {listed(list(panels), 30)}."
    apart = next((name for name, words in said.items() if words and name not in map(key, names)), "")
    if apart:
        return f"{SAY}{apart} is a sentence above what is not shown; please show {apart}, or leave the sentence out."
    if len(names) > MOST:
        return f"{len(names)} panels and commitments are asked for; a briefing shows {MOST} at most."
    long = next((name for name, words in said.items() if len(words) > LONGEST), "")
    if long:
        return f"{SAY}{long} has {len(said[long])} letters; a sentence has {LONGEST} at most."
    return ""


def _amiss(pairs: Sequence[tuple[str, str]], ready: str, one: str) -> str:
    if one not in (EACH, ONE):
        return f"{PAGES}={shortened(one)} is not known; it can be {EACH} or {ONE}."
    if ready and ready not in MADE:
        return f"{READY}={shortened(ready)} is not known; it can be {listed(list(MADE))}."
    about = [value for key, value in pairs if key == ready and value]
    if ready and (len(about) != 1 or "," in about[0]):
        return f"{READY}={ready} needs one {ready} to be about: {READY}={ready}&{ready}=..."
    return ""
