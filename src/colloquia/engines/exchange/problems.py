"""What is wrong with a file from another program: what, where, the remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was mended, left out or must be looked at; the rest of the file was taken.

    ``kind`` is a fixed word by which a page may choose its own sentence, ``where`` the line,
    the file or the name it is about, ``sentence`` what is wrong and what to do.
    """

    kind: str
    where: str
    sentence: str


class Unusable(ValueError):
    """A file of which nothing can be taken. ``str()`` is a sentence with place and remedy.

    ``kind`` is a fixed word, ``line`` counts from 1 and is 0 where no line can be named.
    """

    def __init__(self, kind: str, sentence: str, *, line: int = 0) -> None:
        super().__init__(f"Line {line:,}: {sentence}" if line else sentence)
        self.kind = kind
        self.line = line


class Unwritable(ValueError):
    """Records that no file can hold; ``str()`` says which and what to do."""
