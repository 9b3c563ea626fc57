"""Codes of the standard that decide where an amount belongs. Lists of version 2.03, with the letters of 1.0x."""

from __future__ import annotations

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """What a record is called, the rung it belongs to ("" for none) and whether the publisher receives it."""

    word: str
    stage: str
    incoming: bool = False


TYPES = {
    "1": Kind("incoming funds", "", True),
    "2": Kind("commitment", "committed"),
    "3": Kind("disbursement", "disbursed"),
    "4": Kind("expenditure", "disbursed"),
    "5": Kind("interest payment", ""),
    "6": Kind("loan repayment", ""),
    "7": Kind("reimbursement", ""),
    "8": Kind("purchase of equity", ""),
    "9": Kind("sale of equity", ""),
    "10": Kind("credit guarantee", ""),
    "11": Kind("incoming commitment", "committed", True),
    "12": Kind("pledge", "pledged"),
    "13": Kind("incoming pledge", "pledged", True),
}
LETTERS = {"C": "2", "D": "3", "E": "4", "IF": "1", "IR": "5", "LR": "6", "R": "7", "QP": "8", "QS": "9", "CG": "10"}
BUDGET, PLANNED = Kind("budget", "budgeted"), Kind("planned disbursement", "budgeted")
STATUSES = frozenset("123456")
FLOWS = {  # FlowType -> our flow
    "10": "10", "20": "20", "21": "20", "22": "20", "30": "30", "35": "30", "36": "30", "37": "30",
}  # fmt: skip
NO_FLOWS = frozenset(("40", "50"))  # non flow, other flows: known, and none of ours
AID_TYPES = re.compile(r"A0[12]|B0[1-4]|B02[12]|B03[123]|C01|D0[12]|E0[12]|F01|G01|H0[1-6]", re.ASCII)
GENDER = {"0": "0", "1": "1", "2": "2", "3": "2", "4": "2"}  # 3, 4: principal objective, said more strongly
STARTS = {"1": "planned", "2": "actual", "start-planned": "planned", "start-actual": "actual"}
ENDS = {"3": "planned", "4": "actual", "end-planned": "planned", "end-actual": "actual"}


def kind(code: str) -> Kind | None:
    """By a code of 2.0x or a letter of 1.0x, in capitals or not."""
    code = code.strip().upper()
    return TYPES.get(LETTERS.get(code, code))
