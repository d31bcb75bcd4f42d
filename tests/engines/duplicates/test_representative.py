"""The member closest to the bare letter stands for a group."""

from __future__ import annotations

import pytest

from colloquia.engines.duplicates.representative import representative
from tests.engines.duplicates.letters import ENGLISH, PREAMBLE, edited


def test_representative_is_the_bare_letter():
    texts = [PREAMBLE + ENGLISH, edited(ENGLISH, 1), ENGLISH, ENGLISH + " " + PREAMBLE, edited(ENGLISH, 2)]
    assert representative(texts) == 2


def test_representative_of_equal_texts_is_the_first():
    assert representative(["Yes.", "Yes.", "yes"]) == 0
    assert representative(["", ""]) == 0
    assert representative([ENGLISH, ENGLISH.upper()]) == 0


def test_representative_of_nothing_is_refused():
    with pytest.raises(ValueError, match="without members"):
        representative([])
