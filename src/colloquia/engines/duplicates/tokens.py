"""Words of a text, or its characters where the script has no spaces, with their places and sentence ends."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from colloquia.engines.duplicates.folding import COMPACT_RANGES

# Thai, Lao, Tibetan, Myanmar and Khmer also write words without spaces between them.
UNSPACED_RANGES = (*COMPACT_RANGES, (0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF))
LINE_ENDS = frozenset("\n\r\u2028\u2029")
SENTENCE_ENDS = frozenset(".!?;:…。！？；：｡।॥؟؛۔።፧⸮‼⁇⁈⁉")

_TOKEN = re.compile("w+|c|s")


class _Classes(dict[int, str]):
    """Code point to w (word), c (stands alone), s (symbol), e or n (ends sentence or line), blank or dot."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if character in LINE_ENDS:
            kind = "n"
        elif character in SENTENCE_ENDS:
            kind = "e"
        elif category[0] in "LMN":
            kind = "c" if any(low <= code <= high for low, high in UNSPACED_RANGES) else "w"
        elif category[0] == "S":
            kind = "s"
        else:
            kind = " " if category[0] in "ZC" else "."
        self[code] = kind
        return kind


_CLASSES = _Classes()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Folded tokens, their (start, end) in the text, and the class of every character of the text."""

    folded: list[str]
    spans: list[tuple[int, int]]
    classes: str

    def ends_sentence(self, index: int) -> bool:
        """Whether a sentence or line ends between token ``index`` - 1 and token ``index``."""
        if not 0 < index < len(self.spans):
            return True
        between = self.classes[self.spans[index - 1][1] : self.spans[index][0]]
        return "e" in between or "n" in between

    @property
    def unspaced(self) -> bool:
        """Whether most tokens are single characters of a script without spaces."""
        alone = sum(self.classes[start] == "c" for start, _ in self.spans)
        return alone * 2 > len(self.spans)


def tokenise(text: str) -> Tokens:
    """Split a text of any script into words or characters. Linear."""
    classes = text.translate(_CLASSES)
    spans = [match.span() for match in _TOKEN.finditer(classes)]
    folded = [unicodedata.normalize("NFKC", text[start:end]).casefold() for start, end in spans]
    return Tokens(folded, spans, classes)
