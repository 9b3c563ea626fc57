"""Activities and records that are wrong: each is refused, or kept and told, at its place, with value, reason and way
out; the others are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.iati import activity, ask, document, fault, load, period, read, transaction, write

NO_CURRENCY = "X" * 3  # the code of the standard for none
AT = "/iati-activities/iati-activity[1]"
GONE = '<transaction-date iso-date="2010-05-01"/>\n'
REFUSED = {  # records of an activity, code, line, place below the activity, value, reason
    "X11-value": (transaction().replace('<value value-date="2010-05-01">100</value>\n', ""), "IATI-TRN-01", 13,
                  "/transaction[1]/value", "", "is missing"),
    "X11-date": (transaction().replace(GONE, ""), "IATI-TRN-01", 13, "/transaction[1]/transaction-date", "",
                 "is missing"),
    "X11-type": (transaction().replace('<transaction-type code="3"/>', ""), "IATI-TRN-01", 13,
                 "/transaction[1]/transaction-type/@code", "", "is missing"),
    "X12-comma": (transaction(value="1,000"), "IATI-NUM-02", 16, "/transaction[1]/value", "1,000",
                  "a comma between thousands"),
    "X12-space": (transaction(value="1 000.00"), "IATI-NUM-02", 16, "/transaction[1]/value", "1 000.00",
                  "a space between thousands"),
    "X12-empty": (transaction(value=""), "IATI-NUM-01", 16, "/transaction[1]/value", "", "is empty"),
    "X12-letters": (transaction(value="EUR 5"), "IATI-NUM-02", 16, "/transaction[1]/value", "EUR 5", "letters or a"),
    "X12-decimal-comma": (transaction(value="1,25"), "IATI-NUM-02", 16, "/transaction[1]/value", "1,25",
                          "not a decimal"),
    "X12-exponent": (transaction(value="1e6"), "IATI-NUM-02", 16, "/transaction[1]/value", "1e6", "not a decimal"),
    "X12-long": (transaction(value="9" * 20), "IATI-NUM-02", 16, "/transaction[1]/value", "9" * 20,
                 "more than 16 digits"),
    "X12-unit": (transaction(value="9" * 16), "IATI-NUM-03", 16, "/transaction[1]/value", "9" * 16,
                 "the unit is mistaken"),
    "X13-xxx": (transaction(currency=NO_CURRENCY), "IATI-CUR-02", 16, "/transaction[1]/value/@currency", NO_CURRENCY,
                "no exchange rate of the DAC for 2010"),
    "X13-year": (transaction(currency="GBP", day="1999-01-01"), "IATI-CUR-02", 16, "/transaction[1]/value/@currency",
                 "GBP", "no exchange rate of the DAC for 1999"),
    "X14-day": (transaction(valued="2010-02-30"), "IATI-DATE-02", 16, "/transaction[1]/value/@value-date", "2010-02-30",
                "a day that no calendar has"),
    "X14-form": (transaction(day="01/05/2010"), "IATI-DATE-02", 15, "/transaction[1]/transaction-date/@iso-date",
                 "01/05/2010", "is not a date"),
    "X14-future": (transaction(day="2049-01-01"), "IATI-DATE-02", 15, "/transaction[1]/transaction-date/@iso-date",
                   "2049-01-01", "lies in the future"),
    "X14-past": (transaction(valued="1959-12-31"), "IATI-DATE-02", 16, "/transaction[1]/value/@value-date",
                 "1959-12-31", "is not between 1960 and 2050"),
    "X14-none": (transaction(day="", valued="2010-01-01"), "IATI-DATE-01", 15,
                 "/transaction[1]/transaction-date/@iso-date", "", "is missing"),
    "X16-type": (transaction("99"), "IATI-TRN-02", 14, "/transaction[1]/transaction-type/@code", "99",
                 "is not in codelist TransactionType (2.03)"),
    "budget": (period(start="2010-13-01"), "IATI-DATE-02", 13, "/budget[1]/period-start/@iso-date", "2010-13-01",
               "a day that no calendar has"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_record_that_cannot_be_read_is_refused_alone(case: str, tmp_path: Path) -> None:
    wrong, code, line, place, value, reason = REFUSED[case]
    part = read(tmp_path, activity(wrong), activity(transaction(), identifier="GB-1-2"))
    told = fault(part, code)
    assert (told.severity, told.file, told.line) == ("row", "made.xml", line)
    assert (told.where, told.value) == (f"{AT}{place} [GB-1-1]", value)
    assert reason in told.reason and told.remedy
    assert (part.report.kept, part.report.refused) == (1, 1)
    assert ask(part, "SELECT item FROM flow") == [("GB-1-2",)]
    rejects = (tmp_path / "rejects.csv").read_text(encoding="utf-8")
    assert code in rejects and "GB-1-1" in rejects


def test_a_thousands_separator_is_told_with_the_number_to_write(tmp_path: Path) -> None:
    assert (
        fault(read(tmp_path, activity(transaction(value="1,234,000.50"))), "IATI-NUM-02").remedy == "write 1234000.50"
    )


def test_an_activity_without_an_identifier_is_refused(tmp_path: Path) -> None:
    gone = activity(transaction(), transaction()).replace("<iati-identifier>GB-1-1</iati-identifier>\n", "")
    part = read(tmp_path, gone)
    told = fault(part, "IATI-ID-01")
    assert (told.severity, told.line, told.where) == ("row", 3, f"{AT}/iati-identifier")
    assert part.report.refused == 2 and not part.report.kept
    told = fault(read(tmp_path, activity(transaction(), identifier="  ")), "IATI-ID-02")
    assert (told.severity, told.line) == ("row", 4) and "is blank" in told.reason


def test_an_activity_that_stands_twice_in_a_file_is_counted_once(tmp_path: Path) -> None:
    part = read(tmp_path, activity(transaction(value="5")), activity(transaction(value="7")))
    told = fault(part, "IATI-ID-03")
    assert (told.severity, told.line, told.value) == ("row", 21, "GB-1-1")
    assert told.where == "/iati-activities/iati-activity[2]/iati-identifier [GB-1-1]"
    assert "line 3 of this file" in told.reason
    assert ask(part, "SELECT sum(usd) FROM flow") == [(5,)]


def test_an_activity_that_stands_in_two_files_is_counted_once_and_nothing_is_refused(tmp_path: Path) -> None:
    one = write(tmp_path, document(activity(transaction(value="5"))), "a.xml")
    two = write(tmp_path, document("\n", activity(transaction(value="5"), transaction(value="5"))), "b.xml")
    part = load(tmp_path, two, one)
    told = fault(part, "IATI-ID-04")
    assert (told.severity, told.file, told.line) == ("warning", "b.xml", 5) and "line 3 of a.xml" in told.reason
    assert (part.report.kept, part.report.refused, part.report.repeated) == (1, 0, 2)
    assert ask(part, "SELECT file, sum(usd) FROM flow GROUP BY ALL") == [("a.xml", 5)]


def test_a_missing_currency_names_the_activity(tmp_path: Path) -> None:
    told = fault(read(tmp_path, activity(transaction(), currency="")), "IATI-CUR-01")
    assert (told.severity, told.line) == ("row", 16) and told.where.endswith("/value/@currency [GB-1-1]")


def test_an_unknown_publisher_is_named_with_the_way_out_and_not_guessed(tmp_path: Path) -> None:
    told = fault(read(tmp_path, activity(transaction(), publisher="XX-NGO-7")), "IATI-ORG-02")
    assert (told.severity, told.line, told.value) == ("row", 5, "XX-NGO-7")
    assert told.where == f"{AT}/reporting-org/@ref [GB-1-1]"
    assert "add it to data_access/ingest/iati/publishers.py" in told.remedy


def test_an_unknown_country_is_refused(tmp_path: Path) -> None:
    told = fault(read(tmp_path, activity(transaction(), places='<recipient-country code="QQ"/>')), "IATI-GEO-01")
    assert (told.severity, told.line, told.value) == ("row", 10, "QQ")
    assert told.where == f"{AT}/recipient-country [GB-1-1]"


HALF = '<sector code="11220" percentage="{}"/><sector code="12220" percentage="{}"/>'
TOLD = {  # what is said of an activity, its records, code, line, place, value, reason
    "X14-missing": ({}, transaction(valued=""), "IATI-DATE-04", 16, "/transaction[1]/value/@value-date", "",
                    "the rate of 2010"),
    "X15-sectors": ({"sectors": HALF.format(50, 40)}, transaction(), "IATI-PCT-01", 11, "/sector", "90", "not 100"),
    "X15-over": ({"sectors": HALF.format(60, 50)}, transaction(), "IATI-PCT-01", 11, "/sector", "110",
                 "as proportions"),
    "X15-countries": ({"places": '<recipient-country code="KE" percentage="70.5"/>'}, transaction(), "IATI-PCT-01", 10,
                      "/recipient-country", "70.5", "not 100"),
    "X15-none": ({"sectors": HALF.replace(' percentage="{}"', "")}, transaction(), "IATI-PCT-03", 11, "/sector", "2",
                 "have no percentage"),
    "X16-sector": ({"sectors": '<sector code="99999"/>'}, transaction(), "IATI-CODE-01", 11, "/sector", "99999",
                   "DAC's list of purposes"),
    "X16-flow": ({}, transaction(more='<flow-type code="77"/>'), "IATI-CODE-02", 17, "/transaction[1]/flow-type/@code",
                 "77", "codelist FlowType (2.03)"),
    "X16-region": ({"places": '<recipient-region code="77"/>'}, transaction(), "IATI-CODE-01", 10, "/recipient-region",
                   "77", "list of regions"),
    "X17": ({}, '<activity-date type="2" iso-date="2010-06-01"/>\n<activity-date type="4" iso-date="2010-05-01"/>\n'
            + transaction(), "IATI-DATE-05", 14, "/activity-date/@iso-date", "2010-05-01",
            "before the start on 2010-06-01"),
    "X18-more": ({}, transaction("2", "100") + transaction("3", "150"), "IATI-SUM-01", 13, "/transaction", "150.00",
                 "more than the 100.00 committed"),
    "X18-late": ({}, transaction("2", "100", "2011-01-01") + transaction("3", "50"), "IATI-SUM-02", 13, "/transaction",
                 "2011-01-01", "after the last disbursement on 2010-05-01"),
    "X19": ({"publisher": "GB-GOV-1/2"}, transaction(), "IATI-ORG-01", 5, "/reporting-org/@ref", "GB-GOV-1/2",
            "a character that a reference may not hold"),
    "decimals": ({}, transaction(value="0.123456785"), "IATI-NUM-04", 16, "/transaction[1]/value", "0.123456785",
                 "kept as 0.12345678, 0.000000005 left"),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_what_is_odd_is_kept_and_told(case: str, tmp_path: Path) -> None:
    said, inside, code, line, place, value, reason = TOLD[case]
    part = read(tmp_path, activity(inside, **said))
    told = fault(part, code)
    assert (told.severity, told.line, told.where) == ("warning", line, f"{AT}{place} [GB-1-1]")
    assert told.value == value and reason in told.reason and told.remedy
    assert not part.report.refused and part.report.kept


def test_unknown_codes_of_status_and_aid_type_are_told(tmp_path: Path) -> None:
    wrong = activity('<default-aid-type code="Z99"/>', transaction()).replace('status code="2"', 'status code="9"')
    told = [one for one in read(tmp_path, wrong).report.listed if one.code == "IATI-CODE-02"]
    assert [(one.line, one.value, one.severity) for one in told] == [(9, "9", "warning"), (13, "Z99", "warning")]
    assert "ActivityStatus (2.03)" in told[0].reason and "AidType (2.03)" in told[1].reason


def test_text_of_a_publisher_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    hostile = "<narrative><![CDATA[<script>alert(1)</script> =1+1]]></narrative>"
    part = read(tmp_path, activity(transaction()).replace("<narrative>New schools and teachers</narrative>", hostile))
    assert ask(part, "SELECT description FROM record") == [("<script>alert(1)</script> =1+1",)]


def test_one_bad_activity_among_ten_thousand_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    whole = [activity(transaction(), identifier=f"GB-1-{number}") for number in range(10_000)]
    whole[7_000] = whole[7_000].replace(">100<", ">1OO<")
    part = read(tmp_path, *whole)
    told = fault(part, "IATI-NUM-02")
    assert told.line == 2 + 17 * 7_000 + 14 and "[GB-1-7000]" in told.where and told.value == "1OO"
    assert (part.report.kept, part.report.refused) == (9_999, 1)
    assert ask(part, "SELECT count(*), sum(usd), max(line) FROM flow") == [(9_999, 999_900, 2 + 17 * 9_999 + 11)]
