"""What the page of a check sends, read without losing anything that was typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

_LONGEST = 20_000


@dataclass(slots=True)
class CheckForm:
    """The values as they were sent, and what is wrong with them by field; blank is the whole."""

    act: str = ""
    changed: int | None = None
    position: int = 0
    choices: dict[int, bool] = field(default_factory=dict)
    category: str = ""
    words: str = ""
    start: int | None = None
    note: str = ""
    question: str = ""
    reason: str = ""
    wish: str = ""
    wish_reason: str = ""
    language: str = ""
    redact: bool = True
    at: tuple[int, int] = (0, 0)
    hint: int = 0
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: QueryDict) -> CheckForm:
        """From a POST; numbers that are none are left out."""
        act, _colon, detail = given.get("act", "").partition(":")
        choices = {
            int(name[1:]): value == "redact"
            for name in given
            if name.startswith("f") and _number(name[1:]) is not None
            for value in [given[name]]
            if value in {"redact", "keep"}
        }
        start, _dash, end = detail.partition("-")
        return cls(
            act=act,
            changed=_number(given.get("changed", "")),
            position=_number(given.get("part", "")) or 0,
            choices=choices,
            category=detail if act in {"redact-kind", "keep-kind"} else given.get("category", ""),
            words=given.get("words", "")[:_LONGEST],
            start=_number(given.get("start", "")),
            note=given.get("note", "")[:_LONGEST],
            question=given.get("question", "")[:_LONGEST],
            language=given.get("language", "")[:12],
            reason=given.get("reason", "")[:_LONGEST],
            wish=given.get("wish", ""),
            wish_reason=given.get("wish_reason", "")[:_LONGEST],
            redact=act == "redact-kind",
            at=(_number(start) or 0, _number(end) or 0),
            hint=_number(detail) or 0,
        )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
