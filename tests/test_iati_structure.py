"""Activity files that cannot be read as a whole: each is refused by name, at its place, with the way out."""

from __future__ import annotations

import resource
import socket
from collections import Counter
from pathlib import Path

import orjson
import pytest

from data_access.ingest.iati import READER, reading
from data_access.ingest.limited import MEGABYTE, Limits, messages
from tests.iati import activity, ask, document, empty_part, fault, load, period, read, refused, transaction, write

GOOD = document(activity(transaction()))
LEVELS = "\n".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'\n<!DOCTYPE lolz [\n<!ENTITY l0 "lol">\n{LEVELS}\n]>\n<iati-activities>&l9;</iati-activities>'
QUADRATIC = f'<!DOCTYPE q [<!ENTITY a "{"a" * 100_000}">]>\n<iati-activities>{"&a;" * 100_000}</iati-activities>'
READS = '\n\n<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<iati-activities>&x;</iati-activities>'
LATIN = GOOD.encode().replace("é".encode(), "é".encode("latin-1"))
ATTRIBUTES = " ".join(f"a{n}=''" for n in range(200_000))
NOT_ROOT, ENDLESS = "is not the root of an activity file", "of 1,000,000 characters (the text of <narrative>)"
CASES = {  # content, code, line, value, reason
    "X01": (GOOD.replace("</value>", ""), "IATI-XML-01", 17, "<value>", "opened in line 16 is closed by another tag"),
    "X01-ampersand": (GOOD.replace("Schools", "R & D"), "IATI-XML-01", 6, " D</narr", "is not well-formed XML"),
    "X02": (READS, "IATI-XML-02", 3, "<!DOCTYPE x", "is not allowed"),
    "X04": (BOMB, "IATI-XML-02", 2, "<!DOCTYPE lolz", "is not allowed"),
    "X04-quadratic": (QUADRATIC, "IATI-XML-02", 1, "<!DOCTYPE q", "is not allowed"),
    "X04-utf-16": (BOMB.encode("utf-16"), "IATI-XML-02", 2, "<!DOCTYPE lolz", "is not allowed"),
    "X06-depth": ("<iati-activities>\n" + "<a>" * 100_000, "IATI-XML-03", 2, "101", "beyond the limit of 100 levels"),
    "X06-attributes": (f"<iati-activities\n{ATTRIBUTES}/>", "IATI-XML-03", 1, "200,000", "limit of 100 attributes"),
    "X06-text": (GOOD.replace("Schools", "\n" + "x" * 11_000_000), "IATI-XML-03", 7, "1,0", ENDLESS),
    "X06-attribute": (
        GOOD.replace('ref="GB-1"', f'ref="{"x" * 20_001}"'),
        "IATI-XML-03",
        5,
        "20,001",
        "of 20,000 charac",
    ),
    "X06-comment": (GOOD.replace("Schools", f"<!--{'x' * 5_000_000}-->"), "IATI-XML-03", 6, "4,", "of 4,000,000 bytes"),
    "X06-elements": (GOOD.replace("Schools", "<a/>" * 10_001), "IATI-XML-03", 6, "10,001", "of 10,000 elements"),
    "X07": (LATIN, "IATI-XML-04", 6, "0xE9", "cannot be read as UTF-8"),
    "X07-utf-7": (GOOD.replace("UTF-8", "UTF-7"), "IATI-XML-04", 1, "UTF-7", "is an encoding that is not read"),
    "X07-unknown": (GOOD.replace("UTF-8", "FOO-1"), "IATI-XML-04", 1, "FOO-1", "is an encoding that is not read"),
    "X08-html": ("<!-- x -->\n<html><body/></html>", "IATI-XML-05", 2, "<html>", NOT_ROOT),
    "X08-rss": ("<rss version='2.0'/>", "IATI-XML-05", 1, "<rss>", NOT_ROOT),
    "X08-organisations": ("<iati-organisations version='2.03'/>", "IATI-XML-05", 1, "<iati-organisations>", NOT_ROOT),
    "X08-json": ('{"iati-activities": []}', "IATI-XML-05", 1, '{"iati-activities": []}', "is JSON, no XML"),
    "gzip": (b"\x1f\x8b\x08\x00rest", "IATI-XML-05", 1, "\\x1f\\x8b", "is a gzip archive"),
    "empty": ("", "IATI-XML-05", 0, "0 bytes", "is an empty file"),
    "X09": (GOOD.replace("2.03", "9.99"), "IATI-VER-02", 2, "9.99", "is not a version of the standard"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_cannot_be_read_is_refused_by_name(case: str, tmp_path: Path) -> None:
    content, code, line, value, reason = CASES[case]
    told = refused(tmp_path, content)
    assert (told.code, told.line) == (code, line)
    assert value in str(told) and reason in told.reason
    assert told.where or told.code == "IATI-XML-05"


def test_a_truncated_file_names_the_last_whole_activity(tmp_path: Path) -> None:
    whole = document(*(activity(transaction(), identifier=f"GB-1-{n}") for n in range(3)))
    told = refused(tmp_path, whole[: whole.index("GB-1-2") + 60])
    assert (told.code, told.line) == ("IATI-XML-06", whole[: whole.index("GB-1-2") + 60].count("\n") + 1)
    assert "the last whole activity is GB-1-1" in told.reason and told.remedy == "fetch the file again"


@pytest.mark.parametrize("content", [BOMB, QUADRATIC])
def test_entity_bombs_are_refused_within_a_second_and_100_megabytes(content: str, tmp_path: Path) -> None:
    path, before = write(tmp_path, content), processor()
    said = list(messages(reading.CHILD, [str(path), "made.xml"], "made.xml", Limits(memory=100 * MEGABYTE)))
    assert [orjson.loads(line)[0] for line in said] == ["fault"]
    assert processor() - before <= 1.0


def processor() -> float:
    """Seconds of processor time that children have taken: what a clock says depends on who else is at work."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd">',
        '<!DOCTYPE x PUBLIC "-//X" "http://127.0.0.1:{port}/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p"> %p;]>',
        '<!DOCTYPE x SYSTEM "\\\\127.0.0.1@{port}\\x.dtd">',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_no_connection_is_made_for_what_a_doctype_names(doctype: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        told = refused(tmp_path, f"\n{doctype.format(port=listener.getsockname()[1])}\n<iati-activities/>")
        assert (told.code, told.line) == ("IATI-XML-02", 2)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_xinclude_is_not_followed_and_is_said(tmp_path: Path) -> None:
    include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>\n'
    part = read(tmp_path, activity(include, transaction()))
    told = fault(part, "IATI-XML-08")
    assert (told.severity, told.line, told.value) == ("warning", 13, "include")
    assert ask(part, "SELECT count(*) FROM flow") == [(1,)]


def test_a_missing_version_is_a_warning_and_older_versions_are_read(tmp_path: Path) -> None:
    told = fault(load(tmp_path, write(tmp_path, GOOD.replace(' version="2.03"', ""))), "IATI-VER-01")
    assert (told.severity, told.line, told.where) == ("warning", 2, "/iati-activities/@version")
    assert not read(tmp_path, activity(transaction()), version="1.05").report.codes


def test_activities_of_another_namespace_are_refused_one_by_one(tmp_path: Path) -> None:
    foreign = activity(transaction()).replace("<iati-activity ", '<iati-activity xmlns="urn:other" ')
    part = read(tmp_path, activity(transaction(), identifier="GB-1-0"), foreign)
    told = fault(part, "IATI-XML-10")
    assert (told.severity, told.line, told.value) == ("row", 20, "urn:other")
    assert told.where == "/iati-activities/*[2]"
    assert ask(part, "SELECT item FROM flow") == [("GB-1-0",)]


def test_a_prefix_that_changes_its_meaning_is_a_warning(tmp_path: Path) -> None:
    more = '<a:x xmlns:a="urn:one"><a:y xmlns:a="urn:two"/></a:x>\n'
    told = fault(read(tmp_path, activity(more, transaction())), "IATI-XML-09")
    assert (told.severity, told.line, told.value) == ("warning", 13, "xmlns:a")
    assert "urn:two" in told.reason


def test_a_file_over_500_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    with path.open("wb") as out:
        out.write(GOOD.encode())
        out.truncate(2_000_000_000)
    part = empty_part(tmp_path)
    with pytest.raises(Exception, match="2,000,000,000 bytes") as told:
        READER.fill(part, [path])
    assert getattr(told.value, "code", "") == "IATI-XML-07"
    assert f"{reading.LARGEST:,}" in str(told.value)


def test_a_file_without_activities_is_a_warning(tmp_path: Path) -> None:
    told = fault(read(tmp_path), "IATI-XML-11")
    assert (told.severity, told.line, told.where) == ("warning", 2, "/iati-activities")


def test_a_file_of_64_megabytes_is_read_in_memory_that_does_not_grow_with_it(tmp_path: Path) -> None:
    whole, path = (
        activity(*(transaction(more="<description>A school</description>\n") for _ in range(40))),
        tmp_path / "m.xml",
    )
    times = 64_000_000 // len(whole.encode()) + 1
    with path.open("w", encoding="utf-8") as out:
        out.write(document()[: -len("</iati-activities>\n")])
        out.writelines(whole for _ in range(times))
        out.write("</iati-activities>\n")
    assert path.stat().st_size > 64_000_000
    kinds, narrow = Counter[bytes](), Limits(memory=80 * MEGABYTE)
    for line in messages(reading.CHILD, [str(path), "m.xml"], "m.xml", narrow):
        kinds[line[:6]] += 1
    assert kinds[b'["acti'] == times and kinds[b'["end"'] == 1


def test_an_activity_of_many_long_texts_is_passed_on_in_parts(tmp_path: Path) -> None:
    long = "".join(f"<description><narrative>{'水' * 19_000}</narrative></description>\n" for _ in range(120))
    part = read(tmp_path, activity(long, transaction()))
    assert ask(part, "SELECT line FROM record") == [(133,)]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1"), ("cp1252", "windows-1252")],
)
def test_other_encodings_are_read_and_kept_word_for_word(encoding: str, name: str, tmp_path: Path) -> None:
    inside = transaction(more="<description>Cité</description>")
    text = document(activity(inside, period())).replace("UTF-8", name)
    part = load(tmp_path, write(tmp_path, text.encode(encoding)))
    assert ask(part, "SELECT raw FROM record ORDER BY record") == [(inside.strip(),), (period().strip(),)]
