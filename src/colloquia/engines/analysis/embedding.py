"""Vectors of the passages of a run, kept on disk so that it can be resumed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.analysis.options import Progress
from colloquia.engines.meaning.batches import encode
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.meaning.encoders import load_encoder
from colloquia.engines.personal_data.placeholders import without_placeholders
from colloquia.engines.records import Passage

Vectors = NDArray[np.float32]

_FEW = 64
"""Texts in a piece of work where there are too few to keep all processes busy otherwise."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """Turns texts into vectors with one encoder; ``store`` keeps finished batches of passages."""

    encoder: str
    crew: Crew
    store: Path | None
    progress: Progress

    def vectors(
        self, passages: Sequence[Passage], supported: frozenset[str], originals: Mapping[int, int]
    ) -> Vectors:
        """Vectors by passage; zeros where the language is not supported. Equal texts are encoded once.

        What stands in the place of something redacted is left out; where nothing else is said, there is no
        vector.

        A translation has none where its original has one, so that nobody counts twice;
        ``originals`` gives the row of the passage that each row of a translation translates.
        """
        place: dict[str, int] = {}
        rows, same = [], []
        for row, passage in enumerate(passages):
            source = originals.get(row)
            if source is not None and passages[source].language in supported:
                continue
            if passage.language in supported and (said := without_placeholders(passage.text)):
                rows.append(row)
                same.append(place.setdefault(said, len(place)))
        distinct = self._kept(list(place))
        vectors = np.zeros((len(passages), distinct.shape[1]), dtype=np.float32)
        if rows:
            vectors[rows] = distinct[same]
        return vectors

    def few(self, texts: Sequence[str]) -> Vectors:
        """Vectors of a few texts, not kept."""
        return encode(list(texts), encoder=self.encoder, crew=self.crew, batch=_FEW)

    def _kept(self, distinct: list[str]) -> Vectors:
        digest = hashlib.sha256()
        for text in distinct:
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(f"{self.encoder} {load_encoder(self.encoder).version}".encode())
        store = self.store / "vectors" / digest.hexdigest()[:32] if self.store else None
        return encode(
            distinct,
            encoder=self.encoder,
            crew=self.crew,
            store=store,
            progress=lambda done, total: self.progress("meaning", done, total),
        )
