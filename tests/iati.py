"""Activity files made by code, and a part to read them into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data_access import tables
from data_access.ingest.faults import Fault
from data_access.ingest.fx import Deflators, Rates
from data_access.ingest.iati import READER
from data_access.ingest.readers import Lookups, Part
from data_access.ingest.report import Report

LOOKUPS = Lookups(
    donors={"12": "GBR", "50": "ESP", "701": "JPN", "10": "SWE", "905": "905"},
    recipients={"298": "298", "189": "189", "998": "998", "285": "UGA"},
    iso3={"GB": "GBR", "ES": "ESP", "JP": "JPN", "SE": "SWE", "KE": "KEN", "UG": "UGA", "ID": "IDN", "BD": "BGD"},
    names={"donor": {"Japan": "JPN", "United Kingdom": "GBR"}},
    known={
        "donor": frozenset(("GBR", "ESP", "JPN", "SWE", "905", "44000", "1311", "918")),
        "recipient": frozenset(("KEN", "UGA", "IDN", "BGD", "298", "189", "998")),
        "purpose": frozenset(("11220", "12220", "14030", "43040")),
        "sector": frozenset(("112", "122", "140", "311", "430")),
    },
    dac={"GBR": "12", "KEN": "248"},
    rates=Rates({"GBP": {2010: Decimal("0.6472"), 2011: Decimal("0.6246")}, "EUR": {2010: Decimal("0.755")}}),
    deflators=Deflators({}),
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{version}">\n'
ACTIVITY = """<iati-activity default-currency="{currency}" hierarchy="{level}">
<iati-identifier>{identifier}</iati-identifier>
<reporting-org ref="{publisher}" type="10"><narrative>A publisher</narrative></reporting-org>
<title><narrative xml:lang="fr">Des écoles</narrative><narrative xml:lang="en">Schools</narrative></title>
<description><narrative>New schools and teachers</narrative></description>
<participating-org role="4"><narrative>Ministry of Education</narrative></participating-org>
<activity-status code="2"/>
{places}
{sectors}
<default-flow-type code="10"/>
{inside}
</iati-activity>
"""
USUAL = {
    "identifier": "GB-1-1", "currency": "USD", "level": "1", "publisher": "GB-1", "inside": "",
    "places": '<recipient-country code="KE" percentage="100"/>', "sectors": '<sector vocabulary="1" code="11220"/>',
}  # fmt: skip


def transaction(
    type_: str = "3", value: str = "100", day: str = "2010-05-01", more: str = "", currency: str = "", valued: str = "x"
) -> str:
    """One transaction; an empty `valued` leaves the value's date out."""
    attributes = (f' currency="{currency}"' if currency else "") + (
        f' value-date="{day if valued == "x" else valued}"' if valued else ""
    )
    return (
        f'<transaction>\n<transaction-type code="{type_}"/>\n<transaction-date iso-date="{day}"/>\n'
        f"<value{attributes}>{value}</value>\n{more}</transaction>\n"
    )


def period(name: str = "budget", value: str = "100", start: str = "2010-01-01", more: str = "", end: str = "") -> str:
    """A budget or a planned disbursement."""
    return (
        f'<{name}{more}><period-start iso-date="{start}"/><period-end iso-date="{end or start[:4] + "-12-31"}"/>'
        f'<value value-date="{start}">{value}</value></{name}>\n'
    )


def activity(*inside: str, **said: str) -> str:
    """An activity with these records."""
    return ACTIVITY.format(**{**USUAL, **said, "inside": "".join(inside)})


def document(*activities: str, version: str = "2.03") -> str:
    """A whole file."""
    return HEAD.format(version=version) + "".join(activities) + "</iati-activities>\n"


def write(folder: Path, text: str | bytes, name: str = "made.xml") -> Path:
    """A file of the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def empty_part(folder: Path, lookups: Lookups = LOOKUPS) -> Part:
    """A part with every table, in memory."""
    connection = duckdb.connect()
    for table in tables.metadata.sorted_tables:
        columns = ", ".join(f'"{column.name}" {tables.kind(column)}' for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
    return Part(connection, lookups, Report(rejects=folder / "rejects.csv"), folder)


def load(folder: Path, *paths: Path, lookups: Lookups = LOOKUPS) -> Part:
    """The files, read; what is counted agrees with the plain reading, and every record is accounted for."""
    part = empty_part(folder, lookups)
    READER.fill(part, paths)
    plain = READER.plain(paths, lookups)
    report = part.report
    assert plain.records == report.read == report.kept + report.refused + report.repeated
    assert report.balanced()
    told = {
        key: report.sums.get(key, 0) + report.refused_sums.get(key, 0) for key in {*report.sums, *report.refused_sums}
    }
    assert {key: usd for key, usd in told.items() if usd} == {key: usd for key, usd in plain.sums.items() if usd}
    held = dict(ask(part, "SELECT stage || year, sum(usd) FROM flow GROUP BY ALL"))
    assert held == {
        f"{stage}{year}": usd for (stage, year), usd in report.sums.items() if usd or held.get(f"{stage}{year}")
    }
    return part


def read(folder: Path, *activities: str, version: str = "2.03", lookups: Lookups = LOOKUPS) -> Part:
    """One file of these activities, read."""
    return load(folder, write(folder, document(*activities, version=version)), lookups=lookups)


def ask(part: Part, question: str) -> list[Any]:
    """Rows of the part."""
    return part.connection.execute(question).fetchall()


def column(part: Part, expression: str, order: str = "record") -> list[Any]:
    """One column, or several, of table flow."""
    rows: Iterable[Sequence[Any]] = ask(
        part, f"SELECT {expression} FROM flow ORDER BY {order}, usd DESC, purpose, recipient"
    )
    return [row[0] if len(row) == 1 else row for row in rows]


def refused(folder: Path, content: str | bytes) -> Fault:
    """The one fault for which nothing of a file is read: one line, with its place, reason and way out."""
    part = empty_part(folder)
    with pytest.raises(Fault) as told:
        READER.fill(part, [write(folder, content)])
    fault = told.value
    assert (fault.file, fault.severity) == ("made.xml", "file")
    assert str(fault).startswith("made.xml") and "Traceback" not in str(fault) and "\n" not in str(fault)
    assert fault.reason and fault.remedy
    return fault


def fault(part: Part, code: str) -> Fault:
    """The one fault of that code."""
    found = [fault for fault in part.report.listed if fault.code == code]
    assert len(found) == 1, [str(one) for one in part.report.listed]
    assert found[0].reason and found[0].remedy and found[0].file
    return found[0]
