"""Work over fixed batches in any number of processes, kept on disk so that it can be resumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from colloquia.engines.languages.identify import Evidence, evidence
from colloquia.engines.meaning.encoders import Encoder, load_encoder

BATCH = 512
DECIMALS = 5

Progress = Callable[[int, int], None]
Vectors = NDArray[np.float32]
Argument = TypeVar("Argument")
Result = TypeVar("Result")


def quiet(done: int, total: int) -> None:
    """A progress report that nobody reads."""


def encode(
    texts: Sequence[str],
    *,
    encoder: str,
    jobs: int = 1,
    store: Path | None = None,
    progress: Progress = quiet,
) -> Vectors:
    """Vectors (n, d) float32, rounded so that any number of ``jobs`` gives the same.

    ``store`` is a folder for finished batches; those found in it are not computed again, so
    the caller names it after the texts and the encoder. Raises EncoderMissing.
    """
    load = _encoder(encoder)
    if not texts:
        return np.zeros((0, load.dimensions), dtype=np.float32)
    result = np.empty((len(texts), load.dimensions), dtype=np.float32)
    todo = []
    done = 0
    for start in range(0, len(texts), BATCH):
        kept = _kept(store, start)
        if kept is None:
            todo.append(start)
        else:
            result[start : start + len(kept)] = kept
            done += len(kept)
    arguments = ((encoder, list(texts[start : start + BATCH])) for start in todo)
    for start, vectors in zip(todo, run(_encode_batch, arguments, len(todo), jobs), strict=True):
        _keep(store, start, vectors)
        result[start : start + len(vectors)] = vectors
        done += len(vectors)
        progress(done, len(texts))
    return result


def identify(texts: Sequence[str], *, jobs: int = 1, progress: Progress = quiet) -> list[Evidence]:
    """What each text says about its language; see ``engines.languages``."""
    starts = range(0, len(texts), 4 * BATCH)
    batches = (list(texts[start : start + 4 * BATCH]) for start in starts)
    found: list[Evidence] = []
    for part in run(_identify_batch, batches, len(starts), jobs):
        found.extend(part)
        progress(len(found), len(texts))
    return found


def run(
    function: Callable[[Argument], Result], arguments: Iterator[Argument], count: int, jobs: int
) -> Iterator[Result]:
    """``function`` over ``arguments`` in order, in up to ``jobs`` processes of one thread each."""
    if jobs <= 1 or count <= 1:
        yield from map(function, arguments)
        return
    with ProcessPoolExecutor(min(jobs, count), mp_context=get_context("spawn")) as pool:
        yield from pool.map(function, arguments)


@cache
def _encoder(name: str) -> Encoder:
    return load_encoder(name)


def _encode_batch(argument: tuple[str, list[str]]) -> Vectors:
    name, texts = argument
    return np.round(_encoder(name).encode(texts), DECIMALS).astype(np.float32)


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
