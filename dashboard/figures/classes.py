"""Five classes of a map: round breaks near equal counts, the class of a value, the words of the legend."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from dashboard.words import number, unit_of

COUNT = 5
Breaks = tuple[Decimal, ...]
SHARES: Breaks = (Decimal(25), Decimal(50), Decimal(75), Decimal(100))  # per cent delivered: fixed
STEPS = (Decimal(1), Decimal(2), Decimal(5))
DIGITS = tuple(Decimal(digit) for digit in range(1, 10))


@lru_cache(maxsize=512)
def breaks(values: tuple[Decimal, ...], finer: bool = False) -> Breaks:
    """Four rising breaks from 1-2-5 x 10^n, chosen nearest to equal counts over all values above zero.

    `finer` allows every digit x 10^n: indicators such as percentages crowd below 100, where 1-2-5 leaves two classes.
    Empty without values."""
    found = sorted(value for value in values if value > 0)
    if not found:
        return ()
    lowest, highest = found[0].adjusted() - 1, found[-1].adjusted() + 1
    every = [step.scaleb(power) for power in range(lowest, highest + 1) for step in (DIGITS if finer else STEPS)]
    inside = [step for step in every if found[0] < step <= found[-1]]
    if len(inside) < COUNT - 1:
        return _around(every, inside, found[-1])
    return _nearest(inside, [bisect_left(found, step) for step in inside], len(found))


def _nearest(steps: Sequence[Decimal], below: Sequence[int], count: int) -> Breaks:
    """The rising four whose counts below them miss the fifths of `count` least, in squares."""
    chains: list[tuple[float, Breaks]] = [(0.0, ())] * len(steps)  # the best chain that ends before each step
    for n in range(1, COUNT):
        ended = [
            (chain[0] + (at - count * n / COUNT) ** 2, (*chain[1], step))
            for step, at, chain in zip(steps, below, chains, strict=True)
        ]
        chains = []
        best: tuple[float, Breaks] = (float("inf"), ())
        for end in ended:
            chains.append(best)
            best = min(best, end)
    return best[1]


def _around(every: Sequence[Decimal], inside: Sequence[Decimal], highest: Decimal) -> Breaks:
    """Four neighbouring steps up to the highest value, where fewer lie between the values."""
    last = bisect_right(every, max([highest, *inside]))
    return tuple(every[max(0, last - COUNT + 1) : last])


def class_of(value: Decimal, limits: Breaks) -> int:
    """0 for under the first break, 4 for the last or more."""
    return bisect_right(limits, value)


def dollars(limits: Breaks) -> list[str]:
    """`under $100 m`, `100–500 m`, `500 m–1 bn`, `1–2 bn`, `$2 bn or more`."""
    if not limits:
        return []
    ends = [_end(limit) for limit in limits]
    first, last = (f"${text}{chr(160) + unit if unit else ''}" for text, unit in (ends[0], ends[-1]))
    return [f"under {first}", *(_between(a, b) for a, b in pairwise(ends)), f"{last} or more"]


def plain(limits: Breaks, unit: str = "") -> list[str]:
    """`under 1%`, `1–2`, ..., `10% or more`; `unit` stands behind the first and the last."""
    if not limits:
        return []
    ends = [_plain(limit) for limit in limits]
    between = [f"{a}–{b}" for a, b in pairwise(ends)]
    return [f"under {ends[0]}{unit}", *between, f"{ends[-1]}{unit} or more"]


def _end(limit: Decimal) -> tuple[str, str]:
    unit = unit_of([limit])
    scaled = limit / unit[2]
    return (number(scaled, 2) if Decimal("0.01") <= scaled < 1 else _plain(scaled)), unit[0]


def _between(a: tuple[str, str], b: tuple[str, str]) -> str:
    tail = f"{chr(160)}{b[1]}" if b[1] else ""
    if a[1] == b[1]:
        return f"{a[0]}–{b[0]}{tail}" if tail else f"${a[0]}–{b[0]}"
    return f"{a[0]}{chr(160) + a[1] if a[1] else ''}–{b[0]}{tail}"


def _plain(limit: Decimal) -> str:
    exponent = limit.normalize().as_tuple().exponent
    return number(limit, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
