"""Which choice is ticked: by a box that was clicked, a mark that was typed, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from colloquia.engines.answer_forms.layout import BLANK, TICKS
from colloquia.engines.answer_forms.records import FormProblem

_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f]")


def ticked(code: str, lines: Sequence[str], values: Sequence[str]) -> tuple[str, FormProblem | None]:
    """The value chosen, blank for none, and what is unclear.

    Args:
        code: the visible code of the field; choices are ``code.1``, ``code.2`` …
        lines: the paragraphs of its box.
        values: by the number of the choice; without values, the words of a choice are its value.

    """
    if not values and not any(re.search(rf"\b{code}\.\d+\b", line) for line in lines):
        return "", None
    offered: dict[str, str] = {each.casefold(): each for each in values}
    chosen, left, typed = [], [], []
    for line in (_MARKS.sub("", each) for each in lines):
        found = re.match(
            rf"^(?P<mark>.{{0,12}}?)\s*\b{code}\.(?P<number>\d{{1,3}})\b\s*(?P<words>.*)$", line, re.S
        )
        if not found:
            typed += [line.strip()] if line.strip() else []
            continue
        words, behind = _words(found["words"])
        number = int(found["number"])
        if values and not 0 < number <= len(values):
            typed.append(line.strip())
            continue
        value = values[number - 1] if values else words
        offered[words.casefold()] = value
        left.append(value)
        if _is_tick(found["mark"]) or behind:
            chosen.append(value)
    for each in typed:
        meant = each.casefold().strip(" .:;☐")
        if meant not in offered:
            return "", FormProblem("unclear", code, each[:100])
        chosen.append(offered[meant])
    chosen = list(dict.fromkeys(chosen))
    if len(chosen) > 1:
        return "", FormProblem("several", code, ", ".join(chosen)[:200])
    if not chosen and len(left) == 1 and len(values) > 1:
        # All others were struck out: what is left is what was meant.
        return left[0], None
    return (chosen[0] if chosen else ""), None


def _words(text: str) -> tuple[str, bool]:
    """The words of a choice, and whether a mark was set behind them."""
    words = text.strip()
    last = words[-1:]
    if last in TICKS and (len(words) == 1 or not words[-2].isalnum()):
        return words[:-1].strip(), True
    return words, False


def _is_tick(mark: str) -> bool:
    bare = mark.strip().strip("[]()").strip()
    return (
        bool(bare)
        and bare != BLANK
        and all(each in TICKS for each in bare.replace(BLANK, "").replace(" ", ""))
    )
