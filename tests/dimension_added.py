"""Run in a process of its own: the product with one dimension more, and what each of its channels says of it.

What an engineer adds is written into the source of `dashboard/selection.py` before anything else reads it, and
nowhere else; rows that carry the dimension and names of its codes are data. Prints one JSON object: channel -> what it
holds."""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
ADDED = (  # the whole of what is told to the code
    ('"flow", "gender")\n', '"flow", "gender", "climate")\n'),
    ("    gender: tuple[str, ...] = ()\n", "    gender: tuple[str, ...] = ()\n    climate: tuple[str, ...] = ()\n"),
)
SOURCE = "iati-goals"  # the one that tells it apart
NAMES = {"c2": "Climate is the aim", "c0": "Climate is not aimed at"}


def add() -> None:
    """Put the changed module in the place of the one on the disk."""
    path = ROOT / "dashboard" / "selection.py"
    spec = spec_from_file_location("dashboard.selection", path)
    assert spec is not None
    module, text = module_from_spec(spec), path.read_text("utf-8")
    for old, new in ADDED:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    sys.modules["dashboard.selection"] = module
    exec(compile(text, str(path), "exec"), module.__dict__)


def rows() -> Any:
    """Those of the small edition; of one source each row says whether climate was its aim."""
    from tests import small

    made = small.tables()
    for row in made["flow"]:
        row["climate"] = ("c2" if row["row"] % 3 else "c0") if row["source"] == SOURCE else ""
    for told in made["source"]:
        told["dimensions"] += ",climate" if told["source"] == SOURCE else ""
    plain = next(row for row in made["member"] if row["dimension"] == "flow")
    made["member"] += [plain | {"dimension": "climate", "code": code, "name": name} for code, name in NAMES.items()]
    return made


def served(folder: Path) -> Any:
    from app import create_app
    from dashboard.config import Settings
    from data_access import editions
    from tests.living import EVERY, embedded_stand_in, small_part

    part = small_part(folder, embedded_stand_in(), rows=rows())
    editions.point(folder, editions.make(folder, dict.fromkeys(EVERY, part), "made by code"))
    return create_app(Settings(home=folder)).server.test_client()


CHANNELS = {  # of one panel, and of all rows, under the dimension
    "file": "/export/gap.csv?{query}",
    "file as JSON": "/export/gap.json?{query}",
    "metadata": "/export/gap.csv-metadata.json?{query}",
    "rows": "/export/rows.csv?{query}",
    "frame": "/embed/gap?{query}",
    "briefing": "/briefing?show=gap&{query}",
    "citation": "/cite/gap.txt?{query}",
    "BibTeX": "/cite/gap.bib?{query}",
    "RIS": "/cite/gap.ris?{query}",
    "CSL-JSON": "/cite/gap.json?{query}",
    "citation of the page": "/cite/page.txt?to={to}",
    "short link": "/s?to={to}",
    "program": "/api/v1/totals?by=climate,year&{query}",
    "program's rows": "/api/v1/flows?limit=5&{query}",
    "codes": "/api/v1/members/climate",
    "sources": "/api/v1/sources",
    "document": "/api/v1/openapi.json",
    "page for programs": "/api",
    "feed": "/feed/changes.atom?{query}",
    "head": "/?{query}",
    "head of a Goal": "/goal/5?{query}",
    "frame by oEmbed": "/oembed?url=http%3A%2F%2F127.0.0.1%3A8050{to}",
}


def main(folder: Path) -> None:
    add()
    from dashboard.selection import Selection
    from data_access.library import Library
    from tests.visits import Visitor

    client, query = served(folder), "climate=c2"
    to = quote(f"/?{query}", safe="")
    told: dict[str, Any] = {}
    for name, address in CHANNELS.items():
        answer = client.get(address.format(query=query, to=to))
        told[name] = [answer.status_code, answer.get_data(as_text=True)]
    page = Visitor(client).page("/", f"?{query}")
    [gap] = [one for one in page.every() if one.props.get("data-panel") == "gap"]
    told["panel"] = [200, gap.text]
    told["picture"] = [200, json.dumps([one.props for one in gap.every() if "data-filters" in one.props])]
    told["page"] = [200, page.text]
    cube = Library(folder).cube()
    named = Selection(source=SOURCE).change(climate=["c2"])
    [sums] = cube.totals(named, ()).to_dict("records")
    told["figure"] = [200, str(sums["disbursed"])]
    told["expected"] = [200, str(sum(
        row["usd"] for row in rows()["flow"]
        if row["source"] == SOURCE and row["stage"] == "disbursed" and row["climate"] == "c2"
    ))]  # fmt: skip
    told["other source"] = [*(lambda a: (a.status_code, a.get_data(as_text=True)))(
        client.get(f"/api/v1/totals?{query}&source=dac1"))]  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
