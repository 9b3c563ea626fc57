"""The letter of an invitation."""

from __future__ import annotations

import logging

from data_access.people.letters import Post

LOG = logging.getLogger(__name__)
LETTER = """You are invited to Tracking Support for the MDGs as {role}.

Open this address within 14 days to make your account:

{link}

The link is for you alone; it works once. If you did not expect this letter, you can leave it unanswered.
"""


def link(address: str, mark: str) -> str:
    """Where an invitation is taken."""
    return f"{address}/invitation/{mark}"


def send(post: Post, address: str, mail: str, mark: str, role: str) -> None:
    """role: what they are invited to be, in words."""
    try:
        post.send(mail, "You are invited", LETTER.format(role=role, link=link(address, mark)))
    except OSError as error:
        LOG.warning("A letter could not be written: %s", type(error).__name__)
