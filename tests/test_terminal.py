from __future__ import annotations

from colloquia.terminal import printable


def test_printable_keeps_every_script_and_joins():
    text = "Größe 意見 التعليق 👩‍👧 नमस्ते"
    assert printable(text) == text


def test_printable_disarms_controls_overrides_and_half_characters():
    assert printable("a\x1b[31mb\nc\u202ed\u2066e\udcfff\u2028g") == "a�[31mb�c�d�e�f�g"


def test_printable_turns_tabs_into_spaces():
    assert printable("a\tb") == "a b"
