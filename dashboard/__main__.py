"""`python -m dashboard brief donor=FRA -o france.pdf`. What runs lies on a floor above: it is named, never imported, so
that nothing which imports this package gets it too."""

from __future__ import annotations

import runpy

if __name__ == "__main__":
    runpy.run_module("callbacks", run_name="__main__")
