"""Runs the evaluations one after another and prints one table of what they measured."""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.rows import NOT_RUN, Row

NAMES = (
    "edited_letters",
    "similar_letters",
    "languages",
    "cross_lingual",
    "clusters",
    "stability",
    "theme_mapping",
    "learning",
    "question_mapping",
    "organisations",
    "personal_data",
)
_GIVEN_DATA = {"edited_letters"}
"""Evaluations that are given the folder ``data`` itself."""
SHARED = Path(__file__).resolve().parents[2] / "shared"
COLUMNS = ("task", "data", "measure", "value", "95 % interval", "target", "result", "note")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 when an evaluation broke off, 0 otherwise, whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--only", choices=NAMES, action="append", help="run this evaluation; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="of draws, resamples and engines (default 0)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to FILE as well")
    parser.add_argument(
        "--shared",
        type=Path,
        default=SHARED,
        help="folder with data/ (default: ../shared beside the checkout)",
    )
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    chosen = parser.parse_args(arguments)
    names = [name for name in NAMES if not chosen.only or name in chosen.only]
    if not (chosen.shared / "data").is_dir():
        print(f"No data in {chosen.shared}: rows that need it are not run.", file=sys.stderr)
    rows: list[Row] = []
    broken = 0
    seconds = {}
    for name in names:
        print(f"{name} …", end=" ", file=sys.stderr, flush=True)
        started = time.perf_counter()
        found, failed = run(name, import_module, chosen.shared, chosen.seed)
        rows.extend(found)
        broken += failed
        seconds[name] = round(time.perf_counter() - started, 1)
        print(f"{seconds[name]:.0f} s", file=sys.stderr)
    print(markdown(rows)) if chosen.markdown else show(rows, chosen.seed)
    print(summary(rows))
    if chosen.json:
        written = {"seed": chosen.seed, "seconds": seconds, "rows": [as_json(row) for row in rows]}
        chosen.json.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if broken else 0


def run(name: str, load: Callable[[str], Any], shared: Path, seed: int) -> tuple[list[Row], bool]:
    """The rows of one evaluation and whether it broke off; an error becomes a row, so the others go on."""
    try:
        folder = shared / "data" if name in _GIVEN_DATA else shared
        return [as_row(row) for row in load(f"evals.{name}").rows(folder, seed)], False
    except Exception as error:  # noqa: BLE001 - whatever breaks one evaluation must not end the others
        reason = f"broke off: {type(error).__name__}: {error}"
        return [Row(name.replace("_", " "), "-", "-", NOT_RUN, note=reason)], True


def as_row(found: Any) -> Row:
    """The row as this table has it, from any record with the same names."""
    if isinstance(found, Row):
        return found
    value, low, high = (
        NOT_RUN if (number := getattr(found, key)) is None else float(number)
        for key in ("value", "low", "high")
    )
    data = found.data if hasattr(found, "data") else found.detail
    at_most = getattr(found, "at_most", False)
    return Row(found.task, data, found.measure, value, low, high, found.target, at_most, found.note)


def verdict(row: Row) -> str:
    """``met``, ``missed by ...``, ``not run``, or nothing where there is no target."""
    if not row.measured:
        return "not run"
    if row.target is None:
        return ""
    return f"missed by {number(row.shortfall)}" if row.shortfall > 0 else "met"


def number(value: float | None) -> str:
    """A figure to three decimals, a whole number of more than one as it is, "" where there is none."""
    if value is None or math.isnan(value):
        return ""
    return f"{value:,.0f}" if value == int(value) and abs(value) > 1 else f"{value:.3f}"


def cells(row: Row) -> tuple[str, ...]:
    """The row as printed, in the order of ``COLUMNS``."""
    interval = "" if math.isnan(row.low) else f"{number(row.low)} – {number(row.high)}"
    target = "" if row.target is None else f"{'≤' if row.at_most else '≥'} {number(row.target)}"
    return (row.task, row.data, row.measure, number(row.value), interval, target, verdict(row), row.note)


def as_json(row: Row) -> dict[str, Any]:
    """The row for a file, with null where there is no figure."""
    held = {key: getattr(row, key) for key in row.__dataclass_fields__}
    return {
        key: None if isinstance(value, float) and math.isnan(value) else value for key, value in held.items()
    } | {"result": verdict(row)}


def show(rows: Iterable[Row], seed: int) -> None:
    """Print the table, in red what misses its target or was not run."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Quality on labelled data, seed {seed}")
    for column in COLUMNS:
        figure = column in {"value", "95 % interval", "target"}
        table.add_column(column, justify="right" if figure else "left", no_wrap=figure)
    previous = ""
    for row in rows:
        if previous and row.task != previous:
            table.add_section()
        style = "red" if verdict(row).startswith(("missed", "not run")) else None
        table.add_row(*cells(row), style=style)
        previous = row.task
    wide = Console()
    # A pipe or a file has no width of its own; 80 columns would break every cell.
    console = wide if wide.is_terminal else Console(width=200)
    console.print(table)


def markdown(rows: Iterable[Row]) -> str:
    """The table in Markdown, with its figures to the right."""
    lines = [
        " | ".join(COLUMNS),
        "--- | --- | --- | ---: | ---: | ---: | --- | ---",
        *(" | ".join(cells(row)) for row in rows),
    ]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def summary(rows: Iterable[Row]) -> str:
    """How many targets were met and missed, and how many rows were not run."""
    verdicts = [verdict(row) for row in rows]
    missed = sum(found.startswith("missed") for found in verdicts)
    return f"{verdicts.count('met')} targets met, {missed} missed, {verdicts.count('not run')} rows not run."
