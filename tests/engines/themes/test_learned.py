"""What reviewed passages and earlier members teach about given themes."""

from __future__ import annotations

import numpy as np

from colloquia.engines.meaning.batches import encode as encode_batches
from colloquia.engines.meaning.centring import centred
from colloquia.engines.themes.assign import Theme
from colloquia.engines.themes.learned import Examples, LearnedThemes
from tests.engines.analysis.subjects import texts

TEXTS = [*texts("bicycles"), *texts("library")]
TRUE = np.array([0] * 18 + [1] * 18)
THEMES = [Theme("One"), Theme("Other")]


def encode(given):
    return encode_batches(list(given), encoder="use")


VECTORS = centred(encode(TEXTS), ["en"] * len(TEXTS))


def examples(rows, labels):
    return Examples(VECTORS[rows], [TEXTS[row] for row in rows], np.array(labels, dtype=np.int64))


NOBODY = examples([], [])


def fitted(reviewed, members, themes=THEMES):
    return LearnedThemes().fit(
        themes, reviewed=reviewed, members=members, docket=(VECTORS, TEXTS), encode=encode
    )


def right(learned):
    return int((learned.probabilities(VECTORS, TEXTS).argmax(axis=1) == TRUE).sum())


def test_earlier_members_alone_place_passages_like_them():
    rows = [0, 3, 6, 9, 18, 21, 24, 27]
    assert right(fitted(NOBODY, examples(rows, TRUE[rows]))) >= 34


def test_reviewed_passages_outweigh_members_that_were_wrong():
    wrong, seen = [1, 4, 7, 20, 23, 26], [0, 2, 5, 8, 11, 19, 22, 25, 28, 31]
    members = examples(wrong, 1 - TRUE[wrong])
    assert right(fitted(NOBODY, members)) <= 4
    assert right(fitted(examples(seen, TRUE[seen]), members)) >= 34


def test_probabilities_are_numbers_from_zero_to_one_and_the_same_again():
    rows = [0, 5, 18, 23]
    learned = fitted(examples(rows, [0, -1, 1, 1]), examples([1, 19], [0, 1]))
    found = learned.probabilities(VECTORS, TEXTS)
    assert found.shape == (36, 2)
    assert ((found >= 0) & (found <= 1)).all()
    again = fitted(examples(rows, [0, -1, 1, 1]), examples([1, 19], [0, 1]))
    assert np.array_equal(found, again.probabilities(VECTORS, TEXTS))
    assert learned.probabilities(VECTORS[:0], []).shape == (0, 2)


def test_one_theme_takes_all():
    learned = fitted(examples([0, 1], [0, 0]), NOBODY, THEMES[:1])
    assert learned.probabilities(VECTORS, TEXTS).tolist() == [[1.0]] * 36
