"""A stored run analysed again: the same ids and texts without the files, and translations beside them."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from colloquia.engines.analysis import PassageTranslation, analyse, problems_of, submissions_of
from colloquia.engines.records import Document, Submission
from colloquia.engines.store import read_vectors, write_summary, write_tables, write_vectors
from tests.engines.analysis.docket import OPTIONS, PAPER, SWAHILI, analysed, incoming
from tests.engines.analysis.test_run import consistent

ENGLISH = "We ask the makers of these systems to publish a list of all works used to teach their systems."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    # A lone surrogate cannot be stored; everything else comes back to the letter.
    items = [item for item in incoming(folder) if item.source_id != "R12"]
    analysis = analyse(items, paper=PAPER, options=replace(OPTIONS, keep_vectors=True))
    write_tables(analysis, folder)
    write_summary(analysis, folder / "analysis.json")
    write_vectors(analysis.vectors, folder)
    (folder / "letter.txt").unlink()
    return folder, analysis


def again(folder, *translations):
    return analyse(
        submissions_of(folder, translations),
        paper=PAPER,
        options=OPTIONS,
        problems=problems_of(folder),
    )


def swahili(analysis):
    return next(passage for passage in analysis.passages if passage.text == SWAHILI)


def test_a_stored_run_analysed_again_is_the_same_analysis(folder):
    path, first = folder
    assert again(path) == first


def test_documents_come_back_with_pages_closed_answers_and_what_was_stated(folder):
    path, first = folder
    submissions = submissions_of(path)
    assert [item.closed for item in submissions] == [item.closed for item in first.submissions]
    assert {item.source_id: item.country for item in submissions}["R2"] == "Kenya"
    assert {item.source_id: item.language for item in submissions}["R5"] == "French"
    assert [
        (document.document_id, document.text, document.page_starts, document.question_id, document.tool)
        for item in submissions
        for document in item.documents
    ] == [
        (document.document_id, document.text, document.page_starts, document.question_id, document.tool)
        for item in first.submissions
        for document in item.documents
    ]


def test_every_field_of_a_submission_and_of_a_document_comes_back(folder, tmp_path):
    _, first = folder
    plain = {"documents", "closed", "country", "language", "submission_id", "numbers_given"}
    names = [field.name for field in fields(Submission) if field.name not in plain]
    filled = replace(first.submissions[0], **{name: f"some {name}" for name in names})
    document = filled.documents[0]
    inner = {"document_id", "submission_id", "text", "page_starts", "numbered"}
    others = [field.name for field in fields(Document) if field.name not in inner]
    changed = replace(document, page_starts=(0, 7), **{name: f"some {name}" for name in others})
    filled.documents = [changed]
    write_tables(replace(first, submissions=[filled], message=[0]), tmp_path)
    (back,) = submissions_of(tmp_path)
    assert {name: getattr(back, name) for name in names} == {name: f"some {name}" for name in names}
    assert back.documents == [changed]


def test_the_given_submissions_stay_as_they_were(folder):
    path, _ = folder
    submissions = submissions_of(path)
    analyse(submissions, paper=PAPER, options=OPTIONS)
    assert submissions == submissions_of(path)


def test_a_translated_passage_enters_the_analysis_and_renumbers_nothing(folder):
    path, first = folder
    original = swahili(first)
    assert original.language == "sw"
    analysis = again(path, PassageTranslation(original.passage_id, "en", ENGLISH, "typed"))
    consistent(analysis)
    before = {passage.passage_id: passage for passage in first.passages}
    after = {passage.passage_id: passage for passage in analysis.passages}
    assert {name: after[name] for name in before} == before
    (new,) = [passage for name, passage in after.items() if name not in before]
    assert (new.passage_id, new.document_id, new.language, new.text) == (
        f"{original.submission_id}.p2",
        f"{original.passage_id}.en",
        "en",
        ENGLISH,
    )
    assert new.passage_id in {item.passage_id for item in analysis.passage_themes}
    documents = {d.document_id: d for item in analysis.submissions for d in item.documents}
    assert documents[new.document_id].translation_of == original.passage_id
    assert (analysis.funnel.unsupported, analysis.funnel.analysed) == (0, first.funnel.analysed + 1)
    assert [problem for problem in analysis.problems if problem.kind == "unsupported language"] == []
    assert analysis.languages == first.languages
    assert {item.submission_id: item.language for item in analysis.submissions}[
        original.submission_id
    ] == "sw"


def test_later_translations_keep_the_numbers_of_earlier_ones(folder, tmp_path):
    path, first = folder
    one = PassageTranslation(swahili(first).passage_id, "en", ENGLISH, "typed")
    analysis = again(path, one)
    write_tables(analysis, tmp_path)
    write_summary(analysis, tmp_path / "analysis.json")
    other = replace(one, language="fr", text="Nous demandons une liste de toutes les œuvres utilisées.")
    for later in (again(tmp_path, other), again(tmp_path, other, one), again(path, one, other)):
        passages = {passage.passage_id: passage.document_id for passage in later.passages}
        assert passages[f"{one.passage_id[:-3]}.p2"] == f"{one.passage_id}.en"
        assert passages[f"{one.passage_id[:-3]}.p3"] == f"{one.passage_id}.fr"


def test_a_translation_that_is_replaced_renumbers_no_other_and_takes_no_old_number(folder, tmp_path):
    path, first = folder
    one = PassageTranslation(swahili(first).passage_id, "en", ENGLISH, "typed")
    other = replace(one, language="fr", text="Nous demandons une liste de toutes les œuvres utilisées.")
    analysis = again(path, one, other)
    write_tables(analysis, tmp_path)
    write_summary(analysis, tmp_path / "analysis.json")
    longer = "\n\n".join(f"{ENGLISH} Said once more, at length, in paragraph {n}." * 6 for n in range(4))
    later = again(tmp_path, replace(one, text=longer), other)
    consistent(later)
    own = [item for item in later.passages if item.submission_id == swahili(first).submission_id]
    numbers: dict[str, list[int]] = {}
    for item in own:
        numbers.setdefault(item.document_id, []).append(int(item.passage_id.rpartition(".p")[2]))
    new = numbers.pop(f"{one.passage_id}.en")
    assert numbers == {swahili(first).document_id: [1], f"{one.passage_id}.fr": [3]}
    assert len(new) > 1
    assert new == list(range(4, 4 + len(new)))


def test_a_translation_of_what_was_understood_already_counts_nowhere(folder):
    path, first = folder
    french = next(passage for passage in first.passages if passage.language == "fr")
    analysis = again(path, PassageTranslation(french.passage_id, "en", ENGLISH, "machine"))
    consistent(analysis)
    assert [item.passage_id for item in analysis.passage_themes] == [
        item.passage_id for item in first.passage_themes
    ]
    assert analysis.groups == first.groups
    assert analysis.message == first.message


def test_a_translation_of_no_passage_and_two_of_one_are_refused(folder):
    path, first = folder
    one = PassageTranslation(swahili(first).passage_id, "en", ENGLISH, "typed")
    with pytest.raises(ValueError, match=r"S-2026-00001\.p99, which is no passage"):
        submissions_of(path, [replace(one, passage_id="S-2026-00001.p99")])
    with pytest.raises(ValueError, match="two translations"):
        submissions_of(path, [one, replace(one, text="Another.")])


def test_submissions_of_two_kinds_are_not_mixed(folder, tmp_path):
    path, _ = folder
    with pytest.raises(TypeError, match="not both"):
        analyse([*submissions_of(path), *incoming(tmp_path)], paper=PAPER, options=OPTIONS)


def test_vectors_stand_in_the_order_of_the_passages_and_only_where_asked_for(folder, tmp_path):
    path, first = folder
    vectors = read_vectors(path)
    assert (vectors.dtype, vectors.shape) == (np.dtype("float16"), (len(first.passages), 512))
    embedded = [passage.language != "sw" for passage in first.passages]
    assert np.any(vectors != 0, axis=1).tolist() == embedded
    assert analysed().vectors is None
    with pytest.raises(FileNotFoundError, match="--keep-vectors"):
        read_vectors(tmp_path)
