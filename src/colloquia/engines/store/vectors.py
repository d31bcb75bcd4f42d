"""``vectors.npy``: the vectors of the passages of a run, for splitting themes and for learning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NAME = "vectors.npy"


def write_vectors(vectors: NDArray[np.float16], folder: Path) -> None:
    """Write vectors (passages, d), rows in the order of ``passages.parquet``, as float16."""
    np.save(folder / NAME, np.asarray(vectors, dtype=np.float16), allow_pickle=False)


def read_vectors(folder: Path) -> NDArray[np.float16]:
    """The vectors (passages, d) of a run, memory-mapped; a row is zero where its passage was not embedded.

    Raises FileNotFoundError where the run did not keep them.
    """
    path = folder / NAME
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: run the analysis again with --keep-vectors.")
    vectors: NDArray[np.float16] = np.load(path, mmap_mode="r", allow_pickle=False)
    return vectors
