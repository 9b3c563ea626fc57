"""Activity files damaged at random, bytes and tags: the reader ends by its own word, whatever it is given.

Half of them stay well-formed: elements, attributes and texts are dropped, doubled, moved and rewritten. Seeded, so that
a failing file can be made again: `MUTATED=3000` in the environment tries that many, `MUTATED_SEED` other ones.
"""

from __future__ import annotations

import contextlib
import copy
import os
import random
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from data_access.ingest.faults import Fault
from data_access.ingest.iati import READER
from tests.iati import activity, ask, document, empty_part, period, transaction, write

FILES = int(os.environ.get("MUTATED", "100"))
SEED = int(os.environ.get("MUTATED_SEED", "20261123"))
SLOWEST = 10.0  # seconds for one small file
WORDS = [
    b"<", b">", b"</", b"/>", b"&", b"&#0;", b"&#xD800;", b"&x;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>",
    b"<!DOCTYPE x [<!ENTITY x 'y'>]>", b"<!ENTITY", b'"', b"'", b"=", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xed\xa0",
    b"<iati-activity>", b"</iati-activity>", b"</iati-activities>", b"<transaction>", b"</transaction>", b"<value>",
    b"</value>", b"<narrative>", b"<a:b xmlns:a='c'>", b" xmlns='urn:x'", b"encoding='UTF-16'", b"version='9'", b"e9",
    b"999999999999999999999", b"NaN", b"1,5", b"2010-99-99", b"%", b"hierarchy='99999999999999'", b"percentage='-1'",
]  # fmt: skip
TEXTS = [
    "", " ", "0", "-0", "1e5", "NaN", "Infinity", "1,5", "99999999999999999", "-0.000000001", ".5", "5.", "²", "١٢",
    "１２",
    "2010-99-99", "0000-00-00", "9999-12-31", "2010-01-01Z", "2010-01-01T00:00:00", "1", "2", "3", "11", "13", "C",
    "zz",
    "USD", "usd", "X" * 3, "GBP", "KE", "ke", "998", "298", "DAC", "GB-1", "GB-1-0", "US-501c3-522318905", "=1+1",
    "\u202e",
    "x" * 5_000, "\n\n\t", "true", "iati-activity", "{urn:x}y",
]  # fmt: skip
SPLIT = '<sector code="11220" percentage="50"/><sector code="12220" percentage="50"/>'
WHOLE = document(
    *(
        activity(
            transaction("2", "1000.50", currency="GBP"), transaction("3", "-20"), transaction("6"), period(),
            period("planned-disbursement"), '<policy-marker vocabulary="1" code="1" significance="2"/>',
            identifier=f"GB-1-{number}", sectors=SPLIT, level=str(number % 2 + 1),
        )
        for number in range(4)
    )
).encode()  # fmt: skip


def damaged(random_: random.Random) -> bytes:
    """The file with one to eight changes: bytes flipped, cut out, doubled, moved, or words of the format put in."""
    data = bytearray(WHOLE)
    for _ in range(random_.randint(1, 8)):
        place, length = random_.randrange(len(data) + 1), random_.choice((1, 1, 2, 5, 20, 200))
        here, other = slice(place, place + length), random_.randrange(len(data) + 1)
        way = random_.randrange(6)
        if way == 0 and place < len(data):
            data[place] ^= 1 << random_.randrange(8)
        elif way == 1:
            del data[here]
        elif way == 2:
            data[place:place] = random_.choice(WORDS)
        elif way == 3:
            data[place:place] = data[here] * random_.choice((1, 2, 50))
        elif way == 4:
            data[here] = random_.choice(WORDS)
        else:
            data[here], data[other : other + length] = data[other : other + length], data[here]
    return bytes(data if random_.random() > 0.1 else data[: random_.randrange(len(data) + 1)])


def rewritten(random_: random.Random) -> bytes:
    """The file with one to twelve changes of its elements; it stays well-formed."""
    root = ElementTree.fromstring(WHOLE)
    for _ in range(random_.randint(1, 12)):
        parent = random_.choice([element for element in root.iter() if len(element)])
        child, way = random_.choice(list(parent)), random_.randrange(6)
        if way == 0:
            parent.remove(child)
        elif way == 1:
            parent.append(copy.deepcopy(child))
        elif way == 2:
            random_.choice(list(root.iter())).append(copy.deepcopy(child))
        elif way == 3:
            child.text = random_.choice(TEXTS)
        elif way == 4 and child.attrib:
            child.set(random_.choice(list(child.attrib)), random_.choice(TEXTS))
        else:
            child.tag = random_.choice(("transaction", "value", "sector", "iati-activity", "narrative", "{urn:x}y"))
    return ElementTree.tostring(root, random_.choice(("utf-8", "us-ascii", "utf-16")), xml_declaration=True)


def end(content: bytes, folder: Path) -> str:
    """How the reading of a file ends: the code of its fault, or nothing where it was read. What was read adds up."""
    path, part = write(folder, content), empty_part(folder)
    with contextlib.closing(part.connection):
        try:
            READER.fill(part, [path])
        except Fault as fault:
            assert fault.severity == "file" and fault.reason and fault.remedy and "\n" not in str(fault)
            return fault.code
        counts, plain = part.report, READER.plain([path], part.lookups)
        assert counts.balanced() and counts.read == plain.records == counts.kept + counts.refused
        told = {key: counts.sums[key] + counts.refused_sums[key] for key in {*counts.sums, *counts.refused_sums}}
        assert {key: usd for key, usd in told.items() if usd} == {key: usd for key, usd in plain.sums.items() if usd}
        held = {(row[0], row[1]): row[2] for row in ask(part, "SELECT stage, year, sum(usd) FROM flow GROUP BY ALL")}
        assert {key: usd for key, usd in held.items() if usd} == {key: usd for key, usd in counts.sums.items() if usd}
    return ""


def test_whatever_a_file_holds_the_reader_ends_by_its_own_word(tmp_path: Path) -> None:
    ends = Counter[str]()
    for number in range(FILES):
        random_, began = random.Random(SEED + number), time.monotonic()
        content = damaged(random_) if number % 2 else rewritten(random_)
        try:
            ends[end(content, tmp_path)] += 1
        except Exception as wrong:
            raise AssertionError(f"file {number} of seed {SEED}: {wrong}") from wrong
        assert time.monotonic() - began < SLOWEST, number
    assert ends[""] > FILES // 4 and ends["IATI-XML-01"] > FILES // 20
    assert not any(code.startswith("LIMIT") for code in ends), ends
