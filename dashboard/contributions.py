"""What stakeholders contribute, and the way it goes: written, submitted, perhaps asked back, decided.

A contribution has versions, and its history has steps; both are only added to. A decision is on one version: what was
changed since needs a new one. Nothing here knows who may do what (`policy`) or where it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.surveys.origins import Origin

KINDS: Mapping[str, str] = {
    "report": "report on implementation",
    "change": "change of the record",
    "statement": "reply to a finding",
    "link": "tie to another commitment",
    "status": "status of a policy",
    "new": "new commitment",
    "comment": "comment",
}
ON_RECORD = ("report", "change", "link", "status", "new")  # kinds that propose to change what the register holds
TRIVIAL = ("comment",)  # kinds of which several may be accepted at once
STATES: Mapping[str, str] = {
    "draft": "draft",
    "submitted": "submitted",
    "asked_back": "asked back",
    "accepted": "accepted",
    "accepted_in_part": "accepted in part",
    "rejected": "not accepted",
    "withdrawn": "withdrawn",
}
EDITED = ("draft", "asked_back")  # states in which its text may change
PUBLIC = ("accepted", "accepted_in_part")
MOVES: Mapping[tuple[str, str], str] = {  # state and action -> the state that follows; what is absent is refused
    ("draft", "save"): "draft",
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "reopen"): "draft",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "ask_back"): "asked_back",
    ("submitted", "accept"): "accepted",
    ("submitted", "accept_in_part"): "accepted_in_part",
    ("submitted", "reject"): "rejected",
    ("asked_back", "save"): "asked_back",
    ("asked_back", "submit"): "submitted",
    ("asked_back", "withdraw"): "withdrawn",
}
DECISIONS: Mapping[str, str] = {
    "accept": "Accept",
    "accept_in_part": "Accept in part",
    "ask_back": "Ask back",
    "reject": "Do not accept",
}
REASONED = ("accept_in_part", "ask_back", "reject")  # decisions that tell the contributor why
BY_MODERATOR = "; accepted by a moderator"  # how a revision is signed, behind the name of the maker
READER = "reader"  # stands for whoever comments without an account
ABOUT = ("commitment", "finding", "view")  # what a contribution can be about


@dataclass(frozen=True)
class Version:
    """fields: what the form held. base: the cells of the record that it touches, as they stood when it was written.
    files: ids of evidence. who: id of a person. digest: names fields, base and files."""

    number: int
    at: str
    who: str
    fields: Mapping[str, str]
    base: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class Step:
    """One action on a contribution. version: on which. parts: those accepted. change: of the registry, 0 for none.
    upto: the newest change of the registry then, this one among them, which tells the order within a second."""

    action: str
    state: str
    version: int
    at: str
    who: str
    why: str = ""
    parts: tuple[str, ...] = ()
    change: int = 0
    upto: int = 0


@dataclass(frozen=True)
class Contribution:
    """about, of: what it is about (ABOUT) and its id, key or address. maker: on whose behalf, empty for a person's
    own comment. author: id of who began it. versions, steps: oldest first. origin: the answer to a survey from which it
    was made."""

    id: str
    kind: str
    about: str
    of: str
    maker: str
    author: str
    state: str
    versions: Sequence[Version] = ()
    steps: Sequence[Step] = ()
    origin: Origin | None = None

    @property
    def now(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    @property
    def authors(self) -> frozenset[str]:
        """Everybody who wrote, submitted or took it back, or the answers from which it was made: none of them decides
        on it."""
        theirs = (step.who for step in self.steps if step.action not in DECISIONS)
        before = self.origin.writers if self.origin else ()
        return frozenset((self.author, *(one.who for one in self.versions), *theirs, *before))

    @property
    def decided(self) -> Step | None:
        """The last decision; None before there was one."""
        return next((step for step in reversed(self.steps) if step.action in DECISIONS), None)

    @property
    def sent(self) -> bool:
        """Whether it was ever submitted; nobody but its contributors sees what was not."""
        return any(step.action == "submit" for step in self.steps)

    @property
    def sent_since(self) -> int:
        """How often it was submitted since the last decision."""
        decided = max((at for at, step in enumerate(self.steps) if step.action in DECISIONS), default=-1)
        return sum(step.action == "submit" for step in self.steps[decided + 1 :])

    def as_sent(self) -> Contribution:
        """As moderators see it: up to the version that was submitted last."""
        last = max((step.version for step in self.steps if step.action == "submit"), default=0)
        return replace(self, versions=tuple(one for one in self.versions if one.number <= last)) if last else self

    @property
    def asked(self) -> str:
        """Why it was asked back; empty unless it stands so."""
        return self.decided.why if self.state == "asked_back" and self.decided else ""

    @property
    def accepted(self) -> tuple[str, ...]:
        """Its accepted parts."""
        return self.decided.parts if self.state in PUBLIC and self.decided else ()

    @property
    def commitment(self) -> str:
        """The id of the commitment it is about; empty where it is about none."""
        return self.of if self.about == "commitment" else ""


def after(state: str, action: str) -> str:
    """The state after an action; empty where the action is not possible."""
    return MOVES.get((state, action), "")


def possible(state: str) -> tuple[str, ...]:
    """Actions that a state allows."""
    return tuple(action for held, action in MOVES if held == state)


def outcome(wanted: str, parts: Sequence[str], chosen: Sequence[str]) -> tuple[str, str]:
    """The decision that an acceptance of some parts comes to, or a sentence that says why it cannot be made."""
    if wanted not in DECISIONS:
        return "", f"A decision is one of {', '.join(DECISIONS.values())}."
    if wanted in ("ask_back", "reject"):
        return wanted, ""
    if set(chosen) - set(parts):
        return "", "A part was picked that the proposal does not have; please look at it again."
    if wanted == "accept" and set(chosen) not in (set(), set(parts)):
        return "", "Some parts are picked and others not: please choose Accept in part, or pick all of them."
    if wanted == "accept_in_part" and not set(chosen):
        return "", "Please pick the parts that are accepted, or choose Do not accept."
    if wanted == "accept_in_part" and set(chosen) == set(parts):
        return "", "Every part is picked: please choose Accept."
    return wanted, ""
