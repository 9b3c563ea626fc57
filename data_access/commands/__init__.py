"""The commands of `python -m data_access`, a module each (or two that belong together): `add` makes them known."""
