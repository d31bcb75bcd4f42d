"""The words of a Word table for translators, which the site gives in its own language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Title, instructions (one paragraph each) and heads of the columns."""

    title: str = "Passages to translate"
    instructions: tuple[str, ...] = (
        "Write each translation into the empty cell at the end of its row. It may hold several paragraphs.",
        "Leave the first two columns as they are: by its identifier a translation finds its passage again.",
        "Do not merge cells. A passage that you cannot translate may stay empty.",
    )
    id: str = "Identifier"
    source: str = "Source"
    target: str = "Translation"
