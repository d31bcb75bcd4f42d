"""Exact groups first, edited groups after them, each with the bare letter as representative."""

from __future__ import annotations

from colloquia.engines.duplicates.grouping import SharedText, find_shared_text

LETTER = (
    "We urge the office to protect authors whose works are used to train machines. "
    "Licences must be asked for in advance, and payment must be fair."
)


def test_find_shared_text_reports_both_kinds_each_for_itself():
    texts = [
        LETTER,
        "A wholly different view: data mining should be free for every library and museum in the world.",
        "I am a nurse from Bergen. " + LETTER.replace("urge", "ask"),
        LETTER.upper(),
    ]
    assert find_shared_text(texts) == [
        SharedText("exact", (0, 3), 0),
        SharedText("edited", (0, 2, 3), 0),
    ]


def test_find_shared_text_of_nothing_is_nothing():
    assert find_shared_text([]) == []
    assert find_shared_text(["", "  ", "..."]) == []
