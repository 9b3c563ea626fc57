"""Files of evidence with bytes changed, left out and put in at random: each is taken or refused in a sentence, in no
time, and what is taken is clean."""

from __future__ import annotations

import os
import random
import time

import pytest

from data_access.contributions.cleaning import cleaned
from tests.test_contributed_evidence import document, picture

TIMES = int(os.environ.get("MUTATED", "200"))
PATIENCE = 5.0  # seconds of the processor for one file
LEFT_OUT = (b"Camera of a person", b"Anna of the ministry", b"/S /JavaScript\n", b"/JS (")
SEEDS = {"pdf": document(), "png": picture("PNG"), "jpeg": picture("JPEG")}


def mutated(chance: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at, how = chance.randrange(len(made) + 1), chance.random()
        if how < 0.5 and at < len(made):
            made[at] = chance.randrange(256)
        elif how < 0.7:
            del made[at : at + chance.randint(1, 40)]
        elif how < 0.9:
            made[at:at] = chance.randbytes(chance.randint(1, 20))
        else:
            del made[at:]
    return bytes(made)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", SEEDS)
def test_a_broken_file_is_taken_or_refused(kind: str) -> None:
    chance, taken = random.Random(kind), 0
    for _ in range(TIMES):
        began = time.process_time()
        found, content, wrong = cleaned(mutated(chance, SEEDS[kind]))
        assert time.process_time() - began < PATIENCE
        assert bool(found and content) is not bool(wrong)
        if found not in ("", "text/csv"):
            taken += 1
            assert not [word for word in LEFT_OUT if word in content]
    assert taken or kind == "png", "some were sound enough"
