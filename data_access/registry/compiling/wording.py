"""Plain, even English: what stands in notes and titles of the compilation, and what readers are shown."""

from __future__ import annotations

import re

NOTES = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(\d[\d.,]*) bn\b", r"\1 billion"),
        (r"(\d[\d.,]*) m\b", r"\1 million"),
        (r"\bGAVI\b", "Gavi"),
        (r"[Pp]age of the real IIF", "The IIF portal"),
        (r"Record on the real IIF gives", "The record on the IIF portal gives"),
        (r"as tracked on the real IIF", "as tracked on the IIF portal"),
        (r"\breal IIF\b", "IIF portal"),
        (r"\(memory\)", "(from memory)"),
        (r"\(memory for the yearly split\)", "(the yearly split from memory)"),
        (r"Baseline refers to: ([^.]*)\.", r"The baseline is the \1."),
        (r": vintage conflict\.", "; the two releases differ."),
        (r": (?:internal )?conflict\b", "; the two differ"),
        (r"Not a DAC member in the data held here: outturn to be added\.",
         "Not a member of the DAC in the figures at hand, which do not hold the outturn."),
        (r" ?(?:2015 outturn about 0\.47%: recompute|compute 2010)\.?", ""),
        (r"; check with ReSAKSS", ""),
        (r"without a figure in the text seen", "without a figure in the source"),
        (r"The stored text prints", "The source prints"),
        (r"; read the gap from the parent row\.", "; see the commitment that it restates."),
        (r"Name lost in the stored copy; raises", "The name is missing in the copy of the source; raises"),
        (r"Low-quality copy of the report\. ", "The copy of the report is of low quality. "),
        (r"\brows\b", "records"),
        (r"\brow\b", "record"),
        (r": do not add\.", ": the two are not to be added."),
        (r"\bPassed\b(?=:| \(| by)", "Exceeded"),
        (r"raised, and passed", "raised, and exceeded"),
        (r"\bRich (countries|WTO members)", r"Developed \1"),
        (r"\brich market\b", "developed-country market"),
        (r"in poor countries", "in developing countries"),
        (r"Warned of budget trouble when signing", "It referred to the limits of its budget when it agreed"),
        (r"\bMissed by ([\d.]+) points", r"\1 points below the target"),  # no word of blame
        (r"\bMissed:", "Below the target:"),
        (r"\bMissed in\b", "Not reached in"),
        (r"\bReported as missed or partly met\b", "Reported as not met or partly met"),
        (r"\bMet or missed depending\b", "Met or not met depending"),
        (r"\bOnly about a quarter\b", "About a quarter"),
        (r"with drug firms", "with pharmaceutical companies"),
        (r"\bdrug companies\b", "pharmaceutical companies"),
        (r"^Wipe out\b", "Eradicate"),
        (r"Baseline years are muddled in the source", "The source gives two baselines"),
        (r"\bUK\b", "United Kingdom"),
        (r"\bthe US\b", "the United States"),
        (r"\bUS (AIDS plan|government)", r"United States \1"),
    )
)  # fmt: skip
PERCENT = re.compile(r"(\d) ?%")
TITLES = (
    (re.compile(r"^Korea:"), "Republic of Korea:"),
    (re.compile(r"^Russia:"), "Russian Federation:"),
    (re.compile(r"^Czech Republic:"), "Czechia:"),
    (re.compile(r"^Slovak Republic:"), "Slovakia:"),
    (re.compile(r"^Tanzania:"), "United Republic of Tanzania:"),
    (re.compile(r"^Turkey:"), "Türkiye:"),
    (re.compile(r"^Venezuela:"), "Venezuela (Bolivarian Republic of):"),
    (re.compile(r"^Gates Foundation:"), "Bill & Melinda Gates Foundation:"),
    (re.compile(r"^UN CERF:"), "Central Emergency Response Fund:"),
    (re.compile(r"^Abu Dhabi Crown Prince:"), "Crown Prince of Abu Dhabi:"),
)
REPORTERS = (
    (re.compile(r" \(local file [^)]*\)"), ""),
    (re.compile(r"; OECD IDS 2016 table 3 gives n/a \(not in excerpt\)"), ""),
    (re.compile(r"OECD IDS 2016 table 3 gives (\S+)"), r"OECD, International Development Statistics 2016, table 3: \1"),
    (re.compile(r"\bGAVI\b"), "Gavi"),
    (re.compile(r"\bUS government\b"), "Government of the United States"),
    (re.compile(r"ONE Campaign extract of OECD DAC1"), "OECD DAC table 1, extract by the ONE Campaign"),
)


def note(text: str) -> str:
    """A remark in plain words; in sentences it is per cent, not a sign."""
    return PERCENT.sub(r"\1 per cent", _worded(text, NOTES))


def title(text: str) -> str:
    """A title in plain words, its maker under the name that is used everywhere."""
    return _worded(_worded(text, NOTES), TITLES)


def reporter(text: str) -> str:
    """Who reported, without where a copy lay."""
    return _worded(text, REPORTERS)


def _worded(text: str, words: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, better in words:
        text = pattern.sub(better, text)
    return " ".join(text.split())
