"""The JSON object in a model's answer, wherever it stands; anything else is no answer."""

from __future__ import annotations

import json
import re
from typing import Any

LONGEST = 200_000
"""Characters of an answer that are looked at; more is no answer to what was asked."""
_MOST_TRIES = 50
# A model's thinking aloud; some begin without the opening mark, and a cut answer has no closing one.
_THINKING = re.compile(r"\A.*</think(?:ing)?>|<think(?:ing)?>.*\Z", re.DOTALL | re.IGNORECASE)


def object_in(answer: str, key: str) -> dict[str, Any] | None:
    """The first JSON object in ``answer`` that has ``key``, or None.

    Words or marks before and after it do not matter, nor does a model's thinking aloud.
    """
    if len(answer) > LONGEST:
        return None
    text = _THINKING.sub("", answer)
    decoder = json.JSONDecoder()
    place = text.find("{")
    for _ in range(_MOST_TRIES):
        if place < 0:
            return None
        try:
            value, stop = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            stop = place + 1
        else:
            if isinstance(value, dict) and key in value:
                return value
        place = text.find("{", stop)
    return None
