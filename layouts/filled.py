"""Long rows of small things, handed over as one JSON text and built in the browser (`assets/filled.js`).

Every Dash component listens to every change of the page: with each cell a component of its own, the overview held
3,400 of them and a click waited some 300 ms for them. So bars, rows and definitions are built from one text.
"""

from __future__ import annotations

import json
from typing import Any, Literal

Kind = Literal["rows", "bars", "cells", "exact", "terms", "heat"]


def filled(kind: Kind, value: Any) -> dict[str, str]:
    """The attributes of an element whose children the browser builds."""
    return {"data-as": kind, "data-fill": json.dumps(value, ensure_ascii=False, separators=(",", ":"))}
