"""Passages hold every character that is not white space, once, in order, however odd or long the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.passages import split, split_document
from colloquia.engines.passages.split import TARGET, weight
from colloquia.engines.records import Document

ODD = " \n\t.,;:!?。、，।-•1()aé字กำ\u0301\u200d\u3000\u00a0\u2028\x1c\x85”»\ud800"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=300)
SENTENCE = "Licences for training should be asked for in advance, and the register should be open to all. "
UNBROKEN = {
    "latin": "registerofworks" * 4000,
    "chinese": "我们要求公开训练所用的作品清单" * 3000,
    "thai": "ขอให้คุ้มครองสิทธิของผู้สร้างสรรค์" * 1500,
    "marks": "o\u0323\u0302" * 15000,
    "commas": "authors, editors, readers, " * 2000,
    "words": "author editor reader " * 2500,
}


class CountedText(str):
    """A text that counts the characters copied out of it."""

    __slots__ = ("copied",)

    def __getitem__(self, key):
        part = super().__getitem__(key)
        self.copied = getattr(self, "copied", 0) + len(part)
        return part


def pieces(text: str, target: int = TARGET) -> list[str]:
    """The passages as texts, after a check that nothing is lost, doubled or out of order."""
    spans = split(text, target)
    before = 0
    for start, end in spans:
        assert before <= start < end <= len(text)
        assert text[before:start].strip() == ""
        assert text[start:end].strip() == text[start:end]
        before = end
    assert text[before:].strip() == ""
    return [text[start:end] for start, end in spans]


def copied_share(text: str) -> float:
    """Characters copied while a text is cut, by its length."""
    counted = CountedText(text)
    split(counted)
    return counted.copied / len(counted)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([1, 3, 20, TARGET]))
def test_spans_are_ordered_disjoint_and_hold_every_visible_character(text, target):
    assert "".join("".join(pieces(text, target)).split()) == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.sampled_from(["\n\n", "\n", " "]))
def test_spans_hold_every_visible_character_of_long_texts(parts, joint):
    text = joint.join(parts * 8)
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u3000\t\x85"])
def test_a_text_without_visible_characters_has_no_passages(text):
    assert split(text) == []


@pytest.mark.parametrize("name", sorted(UNBROKEN))
def test_a_long_text_without_sentence_ends_is_cut_into_passages_of_bounded_size(name):
    found = pieces(UNBROKEN[name])
    assert len(found) >= 20
    assert max(weight(piece) for piece in found) <= 2 * TARGET


def test_letters_keep_their_combining_marks_where_a_run_is_cut():
    found = pieces(UNBROKEN["marks"])
    assert [unicodedata.combining(piece[0]) for piece in found] == [0] * len(found)


def test_nothing_but_combining_marks_is_still_cut_and_kept():
    assert "".join(pieces("\u0301" * 5000)) == "\u0301" * 5000


@pytest.mark.parametrize("unit", [SENTENCE, "Yes. ", "no ", "字", "- item one\n", "A heading\n\n"])
def test_copying_grows_with_the_length_of_a_text_not_with_its_square(unit):
    small, large = unit * (20_000 // len(unit)), unit * (200_000 // len(unit))
    assert copied_share(large) <= 1.5 * copied_share(small)
    assert copied_share(large) < 30


def test_copies_are_counted_so_that_a_square_would_be_seen():
    counted = CountedText("word. " * 1000)
    ends = [counted[start:].lstrip()[:1] for start in range(0, len(counted), 6)]
    assert (len(ends), counted.copied > 400 * len(counted)) == (1000, True)


def test_a_paragraph_of_ordinary_length_is_one_passage():
    assert pieces(f"{SENTENCE * 3}\n\n{SENTENCE * 4}") == [(SENTENCE * 3).strip(), (SENTENCE * 4).strip()]


def test_a_long_paragraph_is_cut_between_sentences_into_similar_pieces():
    found = pieces(SENTENCE * 15)
    assert {piece[-1] for piece in found} == {"."}
    assert {piece[0] for piece in found} == {"L"}
    assert max(map(len, found)) - min(map(len, found)) <= len(SENTENCE)


def test_a_dense_script_counts_more_for_each_character():
    sentence = "我们要求公开训练所用的作品清单，并且支付合理的报酬。"
    chinese, latin = pieces(sentence * 20), pieces("a" * 25 + ". " + ("a" * 25 + ". ") * 19)
    assert (len(chinese), len(latin)) == (3, 1)
    assert {piece[-1] for piece in chinese} == {"。"}


@pytest.mark.parametrize("mark", ["- ", "• ", "1. ", "12) ", "(a) ", "b. "])
def test_items_of_a_list_are_passages_of_their_own(mark):
    assert pieces(f"We ask for:\n{mark}licences;\n{mark}a register;\n  {mark}appeals.") == [
        "We ask for:",
        f"{mark}licences;",
        f"{mark}a register;",
        f"{mark}appeals.",
    ]


def test_a_heading_and_a_title_over_it_stay_with_what_follows():
    text = f"Our position\n\nTraining data\n\n{SENTENCE}"
    assert pieces(text) == [text.strip()]


def test_many_short_lines_in_a_row_are_no_headings_of_the_last():
    text = "\n\n".join(["Lagos", "Lima", "Lyon", "Lviv", SENTENCE])
    assert pieces(text) == ["Lagos", "Lima", f"Lyon\n\nLviv\n\n{SENTENCE.strip()}"]


def test_a_heading_at_the_end_is_kept():
    assert pieces(f"{SENTENCE}\n\nAnnex") == [SENTENCE.strip(), "Annex"]


def test_passages_of_a_document_are_numbered_and_know_their_pages():
    text = f"{SENTENCE}\n\n{SENTENCE}\n\n{SENTENCE}"
    second, third = text.index("L", 1), text.rindex("Licences")
    document = Document(
        "S-2026-00007.d2", "S-2026-00007", "a.pdf", "", "application/pdf", text, (0, second, third)
    )
    found = split_document(document, first=4)
    assert [passage.passage_id for passage in found] == [f"S-2026-00007.p{number}" for number in (4, 5, 6)]
    assert [passage.page for passage in found] == [1, 2, 3]
    assert [passage.text for passage in found] == [text[item.start : item.end] for item in found]
    assert {(item.submission_id, item.document_id, item.language) for item in found} == {
        ("S-2026-00007", "S-2026-00007.d2", "")
    }


def test_a_document_without_pages_has_page_zero_and_one_without_text_no_passages():
    document = Document("S-1.d1", "S-1", "a.txt", "", "text/plain", "Only this.")
    assert [passage.page for passage in split_document(document)] == [0]
    document.text = " \n"
    assert split_document(document) == []
