"""States counted by issue and level, and which counts are not told where answers are not shown by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

FEWEST_STATES = 5
"""Fewer answers than these are not broken down at all."""
FEWEST_IN_A_CELL = 3
"""A count below this, other than 0, is not told, nor the next smallest of its row where it could be found."""


def counted(
    answers: Iterable[tuple[str, str, str]], issues: Sequence[str], levels: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Numbers of states by issue and level; ``""`` counts the states that answered the round, not the issue.

    Args:
        answers: state, issue and level, each state at most once for an issue.
        issues, levels: in their order; other ones are not counted.
    """
    rows = list(answers)
    states = {state for state, _issue, _level in rows}
    counts = {issue: dict.fromkeys([*levels, ""], 0) for issue in issues}
    for _state, issue, level in rows:
        if issue in counts and level in counts[issue]:
            counts[issue][level] += 1
    for row in counts.values():
        row[""] = len(states) - sum(row.values())
    return counts


def told(counts: Mapping[str, Mapping[str, int]], states: int) -> dict[str, dict[str, int | None]]:
    """The same with None for what is not told, so that no state's answer follows from what is.

    With fewer than ``FEWEST_STATES`` nothing is told. In a row, small cells are kept back; where one alone
    would follow from the others and the number of states, the smallest other cell goes with it. A row in
    which every state gave the same level tells what each said, and is kept back too.
    """
    if states < FEWEST_STATES:
        return {issue: dict.fromkeys(row) for issue, row in counts.items()}
    return {issue: _row(row, states) for issue, row in counts.items()}


def _row(row: Mapping[str, int], states: int) -> dict[str, int | None]:
    if states in row.values():
        return dict.fromkeys(row)
    hidden = {level for level, count in row.items() if 0 < count < FEWEST_IN_A_CELL}
    if len(hidden) == 1 or (hidden and sum(row[level] for level in hidden) < FEWEST_IN_A_CELL):
        others = [level for level, count in row.items() if count and level not in hidden]
        hidden |= set(sorted(others, key=lambda level: (row[level], level))[:1])
    return {level: None if level in hidden else count for level, count in row.items()}
