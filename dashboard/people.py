"""Who acts: a person who signed in, with what they may do and for whom they speak."""

from __future__ import annotations

from dataclasses import dataclass

CONTRIBUTOR, MODERATOR, ADMINISTRATOR = "contributor", "moderator", "administrator"
READER = "reader"  # nobody signed in
ROLES = (CONTRIBUTOR, MODERATOR, ADMINISTRATOR)
FORMER = "former contributor"  # what stands for a person whose account was erased


@dataclass(frozen=True)
class Person:
    """roles: of ROLES; makers: ids of the makers they were invited to speak for; named: consents to be named in public.
    An id never changes and is never used again."""

    id: str
    name: str
    roles: frozenset[str]
    makers: frozenset[str]
    named: bool
