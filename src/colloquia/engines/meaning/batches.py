"""Texts to vectors and to languages in fixed batches, kept on disk so that a run can be resumed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.languages.identify import Evidence, evidence
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.meaning.encoders import Encoder, load_encoder

BATCH = 512
DECIMALS = 5

Progress = Callable[[int, int], None]
Vectors = NDArray[np.float32]


def quiet(done: int, total: int) -> None:
    """A progress report that nobody reads."""


def encode(
    texts: Sequence[str],
    *,
    encoder: str,
    crew: Crew | None = None,
    store: Path | None = None,
    progress: Progress = quiet,
    batch: int | None = None,
) -> Vectors:
    """Vectors (n, d) float32, rounded so that any size of ``crew`` gives the same.

    ``store`` is a folder for finished batches; those found in it are not computed again, so
    the caller names it after the texts and the encoder. ``batch`` texts are one piece of work (512).
    Raises EncoderMissing.
    """
    crew = crew or Crew()
    if not texts:
        return np.zeros((0, load_encoder(encoder).dimensions), dtype=np.float32)
    size = batch or BATCH
    starts = range(0, len(texts), size)
    kept = {start: _kept(store, start) for start in starts}
    todo = [start for start in starts if kept[start] is None]
    fresh = crew.map(_encode_batch, [(encoder, list(texts[start : start + size])) for start in todo])
    parts = []
    for start in starts:
        part = kept.pop(start)
        if part is None:
            part = next(fresh)
            _keep(store, start, part)
        parts.append(part)
        progress(min(start + size, len(texts)), len(texts))
    return np.vstack(parts)


def identify(texts: Sequence[str], *, crew: Crew | None = None, progress: Progress = quiet) -> list[Evidence]:
    """What each text says about its language; see ``engines.languages``."""
    starts = range(0, len(texts), BATCH)
    found: list[Evidence] = []
    for part in (crew or Crew()).map(
        _identify_batch, [list(texts[start : start + BATCH]) for start in starts]
    ):
        found.extend(part)
        progress(len(found), len(texts))
    return found


@cache
def _encoder(name: str) -> Encoder:
    return load_encoder(name)


def _encode_batch(argument: tuple[str, list[str]]) -> Vectors:
    name, texts = argument
    # A lone surrogate, as a broken export may hold, has no UTF-8 and would stop the encoder.
    clean = [text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    return np.round(_encoder(name).encode(clean), DECIMALS).astype(np.float32)


def _identify_batch(texts: list[str]) -> list[Evidence]:
    return [evidence(text) for text in texts]


def _kept(store: Path | None, start: int) -> Vectors | None:
    if store is None or not (path := store / f"{start:09d}.npy").exists():
        return None
    vectors: Vectors = np.load(path, allow_pickle=False)
    return vectors


def _keep(store: Path | None, start: int, vectors: Vectors) -> None:
    if store is None:
        return
    store.mkdir(parents=True, exist_ok=True)
    unfinished = store / f"{start:09d}.part"
    with unfinished.open("wb") as file:
        np.save(file, vectors)
    unfinished.replace(store / f"{start:09d}.npy")
