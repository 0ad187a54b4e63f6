"""One figure is one line everywhere: what was measured, against which floor and target, and whether it holds."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Figure:
    """A measured number. `floor` was measured in the same run; `ratio` is measured / floor unless given.

    `target` holds for the ratio where there is a floor, else for `measured`; None means shown only.
    """

    name: str
    measured: float
    unit: str = ""
    floor: float | None = None
    target: float | None = None
    better: Literal["high", "low", "equal"] = "high"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Measured over floor."""
        return None if not self.floor else self.measured / self.floor

    @property
    def ok(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        value = self.measured if self.ratio is None else self.ratio
        return {"high": value >= self.target, "low": value <= self.target, "equal": value == self.target}[self.better]

    def as_json(self) -> dict[str, Any]:
        """Return the figure with its ratio and verdict."""
        return asdict(self) | {"ratio": self.ratio, "ok": self.ok}


def show(value: float | None) -> str:
    """Return a number as a person reads it: three significant digits below 1000, grouped above."""
    if value is None:
        return ""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def verdict(ok: bool | None) -> str:
    """Return the word for a verdict; nothing when there was no target."""
    return {True: "ok", False: "MISSED", None: ""}[ok]


def figures_table(figures: Sequence[Figure]) -> str:
    """Return figures as one aligned table."""
    head = ("figure", "measured", "floor", "ratio", "target", "", "note")
    return table(head, [cells(figure) for figure in figures])


def cells(figure: Figure) -> tuple[str, ...]:
    """Return a figure's cells in the order of the table's head."""
    sign = {"high": ">=", "low": "<=", "equal": "="}[figure.better]
    target = "" if figure.target is None else f"{sign} {show(figure.target)}"
    measured = f"{show(figure.measured)} {figure.unit}".strip()
    return figure.name, measured, show(figure.floor), show(figure.ratio), target, verdict(figure.ok), figure.note


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns; those whose every cell is empty are left out."""
    keep = [n for n in range(len(head)) if any(row[n] for row in rows)]
    widths = {n: max(len(head[n]), *(len(row[n]) for row in rows)) for n in keep}
    lines = [head, ["-" * widths.get(n, 0) for n in range(len(head))], *rows]
    return "\n".join("  ".join(line[n].ljust(widths[n]) for n in keep).rstrip() for line in lines)


def missed(figures: Sequence[Figure]) -> bool:
    """Whether any target was missed."""
    return any(figure.ok is False for figure in figures)


def run_alone(doc: str | None, figures: Callable[[int], list[Figure]], option: str, default: int) -> int:
    """Be the command line of one bench: print its table, return 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(option, type=int, default=default, dest="size")
    found = figures(parser.parse_args().size)
    print(figures_table(found))
    return int(missed(found))
