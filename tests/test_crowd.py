"""Twenty contributors and three moderators at once: nothing is lost, nothing is done twice, every action is on record.

Seconds here; `CROWD_SECONDS=600` for as long as it is said of the product (`make soak`).
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from dash import Dash
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import create_app
from dashboard.config import Settings
from data_access import audit
from data_access.contributions.tables import contribution, contribution_step
from data_access.people.tables import audit as record
from data_access.registry.store import Registry
from data_access.registry.verifying import verify
from tests import persons
from tests.persons import ADDRESS, Visitor, form, words

SECONDS = float(os.environ.get("CROWD_SECONDS", "4"))
LONGEST = 120.0  # seconds for which one who is told to come again does so
CONTRIBUTORS, MODERATORS = 20, 3
COMMITMENT = "muskoka-2010-canada"
NEW = {"comment": "/my/comments/new", "report": "/my/contributions/new"}
TYPED = {"since": "2011", "until": "2013", "rung": "disbursed", "amount": "1", "unit": "CAD million", "then": "preview"}
PICK = re.compile(r'name="(comment-[0-9a-f]{32})" value="([0-9a-f]{64})"')


@pytest.fixture(params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Dash:
    registry = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    own = copytree(home, tmp_path / "home", ignore=ignore_patterns("registry.sqlite*"))  # which other tests write to
    return create_app(Settings(home=Path(own), address=ADDRESS, registry=registry))


def until() -> Iterator[int]:
    end, number = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        yield number
        number += 1


def sent(one: Visitor, path: str, typed: Mapping[str, str], done: Counter[str]) -> TestResponse:
    """A form, sent again as its sender is told to where the database was too busy: it is done once all the same."""
    end = time.monotonic() + LONGEST
    while (answer := one.post(path, typed)).status_code == 503:
        assert "saved" in words(answer) and time.monotonic() < end
        done["told to send again"] += 1
    return answer


def seen(one: Visitor, path: str, done: Counter[str]) -> TestResponse:
    """A page, opened again where the database was too busy."""
    end = time.monotonic() + LONGEST
    while (answer := one.get(path)).status_code == 503:
        assert time.monotonic() < end, words(answer)
        done["told to open again"] += 1
    return answer


def contribute(one: Visitor, name: str) -> Counter[str]:
    """Comments and reports, each with words of its own; now and then a form is sent twice."""
    done, chance = Counter[str](), random.Random(name)
    for number in until():
        kind, path = chance.choice(tuple(NEW.items()))
        shown = seen(one, f"{path}?commitment={COMMITMENT}&kind={kind}", done)
        typed = form(shown, path) | {"narrative": f"{name} {number}"} | (TYPED if kind == "report" else {})
        answers = [sent(one, path, typed, done) for _ in range(1 + (chance.random() < 0.3))]
        assert {answer.status_code for answer in answers} == {303}, words(answers[0])[-300:]
        assert len({answer.headers["Location"] for answer in answers}) == 1
        done[kind] += 1
        if kind == "report" and "/preview" in answers[0].headers["Location"]:
            preview = answers[0].headers["Location"]
            move = f"{preview.removesuffix('/preview')}/move"
            assert sent(one, move, form(seen(one, preview, done), move), done).status_code == 303
    return done


def moderate(one: Visitor, name: str) -> Counter[str]:
    """Comments, several at once; reports, one by one. What another decided meanwhile is told as that."""
    done, chance = Counter[str](), random.Random(name)
    for _ in until():
        queue = seen(one, "/moderate", done)
        picked = dict(chance.sample(found, min(3, len(found)))) if (found := PICK.findall(queue.text)) else {}
        if picked:
            answer = sent(one, "/moderate", form(queue, "/moderate") | picked, done)
            assert answer.status_code in (303, 409, 422), words(answer)[-300:]
            done["decided"] += len(picked) if answer.status_code == 303 else 0
        ids = re.findall(r'href="/moderate/([0-9a-f]{32})">Report', queue.text)
        if ids:
            path = f"/moderate/{chance.choice(ids)}"
            shown = seen(one, path, done)
            if f'action="{path}"' in shown.text:
                decision = {"decision": chance.choice(("accept", "ask_back", "reject")), "why": "A reason"}
                answer = sent(one, path, form(shown, path) | decision, done)
                assert answer.status_code in (303, 409, 422), words(answer)[-300:]
                done["decided"] += answer.status_code == 303
    return done


def count(registry: Registry, asked: object) -> int:
    return int(registry.read(lambda held: held.execute(asked).scalar_one()))


def test_a_crowd_loses_nothing_and_does_nothing_twice(crowded: Dash) -> None:
    server = crowded.server
    registry = server.extensions["people"].registry
    people = [persons.visitor(server, "contributor", "CAN") for _ in range(CONTRIBUTORS)]
    judges = [persons.visitor(server, "moderator") for _ in range(MODERATORS)]
    with ThreadPoolExecutor(CONTRIBUTORS + MODERATORS) as pool:
        wrote = [pool.submit(contribute, one, f"person {number}") for number, one in enumerate(people)]
        judged = [pool.submit(moderate, one, f"judge {number}") for number, one in enumerate(judges)]
        sent, decided = (sum((one.result() for one in each), Counter()) for each in (wrote, judged))
    assert sent["comment"] and sent["report"]
    for kind in ("comment", "report"):
        assert count(registry, select(func.count()).where(contribution.c.kind == kind)) == sent[kind]
    steps = count(registry, select(func.count()).select_from(contribution_step))
    told = select(func.count()).select_from(record).where(record.c.thing.startswith("co"))
    assert count(registry, told) == steps
    decisions = ("accept", "ask_back", "reject", "accept_in_part")
    made = select(func.count()).select_from(contribution_step).where(contribution_step.c.action.in_(decisions))
    assert count(registry, made) == decided["decided"]
    assert audit.verify(registry) is None and not list(verify(registry))
    print(f"{dict(sent)}, {dict(decided)}, {steps} steps, each with its row")
