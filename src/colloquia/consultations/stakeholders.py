"""Which values of the stakeholder field stand for a state, as a first guess that an officer may change."""

from __future__ import annotations

from collections.abc import Iterable

_STATE_WORDS = frozenset(
    (
        "state", "member state", "government", "national government", "permanent mission", "ministry",
        "état", "état membre", "gouvernement", "mission permanente", "ministère",
        "estado", "estado miembro", "gobierno", "misión permanente", "ministerio",
        "государство", "государство-член", "правительство", "постоянное представительство",
        "دولة", "دولة عضو", "حكومة", "بعثة دائمة", "وزارة",
        "国家", "成员国", "政府", "常驻代表团",
    )
)  # fmt: skip


def guess_states(values: Iterable[str]) -> list[str]:
    """The values that, whatever their case, are exactly a word for a state or its government, sorted.

    An intellectual property office is not guessed to speak for its state.
    """
    return sorted({value for value in values if " ".join(value.split()).casefold() in _STATE_WORDS})
