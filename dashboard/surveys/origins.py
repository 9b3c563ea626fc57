"""That a contribution was made from an answer to a survey: said where it is decided on, and where it is on record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 100  # characters of a title or a question in a reason
RESULTS = "results, once they are published"
AT = re.compile(rf"{RESULTS}: (/surveys/[a-z][a-z0-9_-]{{0,39}}#[a-z][a-z0-9_-]{{0,39}})")
SAID = f"From an answer to the survey “{{title}}”, question “{{words}}” ({RESULTS}: {{address}})."


@dataclass(frozen=True)
class Origin:
    """survey, question: ids; title, words: as they read when the contribution was made. named: whether the results of
    the survey say who answered. public: whether they are published. writers: ids of everybody who wrote the answers, or
    did something with them, up to then."""

    survey: str
    question: str
    title: str
    words: str
    named: bool
    public: bool = False
    writers: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """Of the question among the results."""
        return f"/surveys/{self.survey}#{self.question}"

    @property
    def reason(self) -> str:
        """As a revision says it; empty where the survey names nobody: the revision would tell who answered."""
        if not self.named:
            return ""
        return SAID.format(title=self.title[:MOST], words=self.words[:MOST], address=self.address)


@dataclass(frozen=True)
class Became:
    """A contribution made from an answer. question: its id; of: of the commitment; at: of its last step, UTC."""

    id: str
    question: str
    kind: str
    of: str
    maker: str
    state: str
    at: str


def linked(why: str) -> Iterator[tuple[str, str]]:
    """The reason of a revision in pieces: words, and the address of results where they are one."""
    at = 0
    for found in AT.finditer(why):
        yield why[at : found.start()], ""
        yield RESULTS, found[1]
        at = found.end()
    yield why[at:], ""
