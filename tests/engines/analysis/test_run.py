"""The whole pipeline on a small docket: nobody is dropped, every number and quote leads back to the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from colloquia.engines.analysis import StageTimes, analyse
from colloquia.engines.analysis.options import STAGES
from colloquia.engines.meaning.encoders import EncoderMissing
from colloquia.engines.personal_data import placeholder
from colloquia.engines.records import Answer, Incoming
from tests.engines.analysis.docket import (
    CHINESE,
    FRENCH,
    LABELS,
    LETTER,
    OPTIONS,
    PAPER,
    PREAMBLE,
    analysed,
    incoming,
)


def senders(analysis):
    return {passage.passage_id: passage.submission_id for passage in analysis.passages}


def source(analysis):
    return {item.submission_id: item.source_id for item in analysis.submissions}


def consistent(analysis):
    """What must hold of every analysis."""
    texts = {
        document.document_id: document.text
        for submission in analysis.submissions
        for document in submission.documents
    }
    passages = {passage.passage_id: passage for passage in analysis.passages}
    assert len(passages) == len(analysis.passages)
    for passage in analysis.passages:
        assert passage.text == texts[passage.document_id][passage.start : passage.end]
    for quote in analysis.quotes:
        assert quote.text == passages[quote.passage_id].text[quote.start : quote.end] != ""
    held = senders(analysis)
    members: dict[str, set[str]] = {}
    for item in analysis.passage_themes:
        assert -1 <= item.score <= 1.0001
        members.setdefault(item.theme_id, set()).add(held[item.passage_id])
    themes = {theme.theme_id: theme for theme in analysis.themes}
    assert len(themes) == len(analysis.themes)
    assert set(members) <= set(themes)
    for theme in analysis.themes:
        assert theme.parent_id is None or theme.parent_id in themes
        assert 0 <= theme.stability <= 1
        assert 1 <= theme.distinct_messages <= theme.submissions
        if theme.theme_id in members:
            assert theme.submissions == len(members[theme.theme_id])
    assert {quote.theme_id for quote in analysis.quotes} <= set(members)
    for count in analysis.question_counts:
        own = [
            item.passage_id for item in analysis.passage_questions if item.question_id == count.question_id
        ]
        assert (count.passages, count.submissions) == (len(own), len({held[name] for name in own}))
        assert count.distinct_messages <= count.submissions
    for group in analysis.groups:
        own = [item.submission_id for item in analysis.group_members if item.group_id == group.group_id]
        assert group.members == len(own) == len(set(own)) >= 2
        assert group.representative in own
    for breakdown in analysis.breakdowns:
        counted = sum(row.submissions for row in breakdown.rows)
        if not breakdown.overlapping:
            assert counted + breakdown.missing == breakdown.base
        assert [row.distinct_messages <= row.submissions for row in breakdown.rows] == [True] * len(
            breakdown.rows
        )
    funnel = analysis.funnel
    assert funnel.received == len(analysis.submissions)
    assert funnel.received == funnel.readable + funnel.unreadable
    assert funnel.readable == funnel.unsupported + funnel.analysed
    assert funnel.distinct_messages <= funnel.readable


def test_everything_found_leads_back_to_the_text_and_all_counts_agree():
    consistent(analysed())


def test_nobody_is_dropped_and_ids_follow_the_order_of_receipt():
    found = analysed().submissions
    assert [item.submission_id for item in found] == [f"S-2026-{number:05d}" for number in range(1, 14)]
    assert [item.source_id for item in found] == [f"R{number}" for number in range(1, 14)]
    statuses = {item.source_id: item.status for item in found if item.status != "read"}
    assert statuses == {"R10": "unreadable", "R13": "empty"}
    assert [bool(item.problem) for item in found if item.status != "read"] == [True, True]


def test_the_funnel_counts_every_stage():
    funnel = analysed().funnel
    assert (funnel.received, funnel.readable, funnel.unreadable) == (13, 11, 2)
    assert (funnel.unsupported, funnel.analysed) == (1, 10)
    # Three sent the letter; eight others had something to read.
    assert funnel.distinct_messages == 9


def test_the_same_words_are_groups_with_what_each_sender_added():
    analysis = analysed()
    named = source(analysis)
    by_kind = {group.kind: group for group in analysis.groups}
    members = {
        kind: {
            named[item.submission_id]: item.unique_text
            for item in analysis.group_members
            if item.group_id == group.group_id
        }
        for kind, group in by_kind.items()
    }
    assert members == {
        "exact": {"R1": "", "R2": ""},
        "edited": {"R1": "", "R2": "", "R3": PREAMBLE},
    }


def test_languages_are_told_and_an_unsupported_one_waits_for_a_reader():
    analysis = analysed()
    spoken = {item.source_id: item.language for item in analysis.submissions}
    assert {name: spoken[name] for name in ("R1", "R5", "R6", "R7", "R8")} == {
        "R1": "en",
        "R5": "fr",
        "R6": "zh",
        "R7": "ar",
        "R8": "sw",
    }
    counted = {item.language: item for item in analysis.languages}
    assert (counted["sw"].supported, counted["fr"].supported) == (False, True)
    assert sum(item.passages for item in analysis.languages) == len(analysis.passages)
    swahili = {item.passage_id for item in analysis.passages if item.language == "sw"}
    assert swahili & {item.passage_id for item in analysis.passage_themes} == set()
    told = [problem for problem in analysis.problems if problem.kind == "unsupported language"]
    assert any("R8" in problem.where and "Swahili" in problem.message for problem in told)


def test_a_declared_question_counts_as_certain_and_an_unknown_one_is_left_out():
    analysis = analysed()
    named, held = source(analysis), senders(analysis)
    certain = {
        (named[held[item.passage_id]], item.question_id)
        for item in analysis.passage_questions
        if item.score == 1.0
    }
    assert {("R4", "IP-09.q1"), ("R9", "IP-07.q1")} <= certain
    assert {item.question_id for item in analysis.passage_questions} == {"IP-07.q1", "IP-09.q1"}
    assert all(0 < item.score <= 1 for item in analysis.passage_questions)
    found = {(named[held[item.passage_id]], item.question_id) for item in analysis.passage_questions}
    assert {("R5", "IP-07.q1"), ("R7", "IP-09.q1")} <= found


def test_what_could_not_be_done_is_said_with_its_place():
    problems = {(problem.kind, problem.where.split(",")[0]) for problem in analysed().problems}
    assert ("unreadable file", "R10") in problems
    assert ("input", "R11") in problems
    assert ("unknown country", "R4") in problems
    assert all(problem.message for problem in analysed().problems)


def test_breakdowns_fold_what_was_written_differently_and_count_the_missing():
    whole = {
        item.dimension: item
        for item in analysed().breakdowns
        if item.question_id is None and item.theme_id is None
    }
    countries = {row.value: row.submissions for row in whole["country"].rows}
    assert countries == {"FR": 2, "KE": 2, "Atlantis": 1, "CN": 1, "EG": 1, "MX": 1, "TZ": 1}
    assert (whole["country"].base, whole["country"].missing) == (13, 4)
    assert [(row.label, row.submissions) for row in whole["stakeholder"].rows] == [("Individual", 2)]
    assert [(row.label, row.submissions) for row in whole["channel"].rows] == [("web form", 2)]
    assert [(row.label, row.submissions) for row in whole["position"].rows] == [("support", 1)]
    kenya = next(row for row in whole["country"].rows if row.value == "KE")
    assert (kenya.label, kenya.distinct_messages) == ("Kenya", 1)


def test_closed_answers_are_tabulated_with_base_and_missing():
    (closed,) = analysed().closed
    assert (closed.column, closed.base, closed.missing) == ("Agree?", 13, 10)
    assert [(row.value, row.submissions, row.distinct_messages) for row in closed.rows] == [
        ("Yes", 2, 2),
        ("No", 1, 1),
    ]


def test_two_processes_find_the_same_as_one():
    assert analysed(2) == analysed()


def test_a_finished_store_gives_the_same_again(tmp_path):
    docket = incoming(tmp_path)
    store = tmp_path / "store"
    first = analyse(docket, paper=PAPER, options=OPTIONS, store=store)
    kept = sorted(path for path in store.rglob("*") if path.is_file())
    written = [path.stat().st_mtime_ns for path in kept]
    again = analyse(docket, paper=PAPER, options=OPTIONS, store=store)
    assert first == again == analysed()
    assert [path.stat().st_mtime_ns for path in kept] == written
    assert {path.parent.relative_to(store).parts[0] for path in kept} == {"read", "vectors"}


def test_without_a_paper_there_are_themes_and_no_questions():
    analysis = analysed(with_paper=False)
    consistent(analysis)
    assert (analysis.passage_questions, analysis.question_counts) == ([], [])
    assert {theme.question_id for theme in analysis.themes} == {None}
    assert len(analysis.themes) >= 1


@pytest.mark.parametrize("paper", [PAPER, None])
def test_an_empty_docket_has_an_empty_analysis(paper):
    analysis = analyse([], paper=paper, options=OPTIONS)
    consistent(analysis)
    assert (analysis.themes, analysis.quotes, analysis.groups, analysis.problems) == ([], [], [], [])
    assert analysis.funnel.received == 0


@pytest.mark.parametrize("text", [FRENCH, "Yes.", "", "1", "\ud800", "Ναι, συμφωνώ με όλα όσα γράφετε."])
def test_a_docket_of_one_is_analysed(text):
    analysis = analyse([Incoming("R1", [Answer(text, "a.csv, row 2")])], paper=PAPER, options=OPTIONS)
    consistent(analysis)
    assert [item.source_id for item in analysis.submissions] == ["R1"]


def test_a_docket_in_unsupported_languages_alone_is_kept_for_a_reader():
    texts = ["Ναι, συμφωνώ με όλα όσα γράφετε εδώ.", "Όχι, δεν συμφωνώ καθόλου με το σχέδιο αυτό."]
    docket = [Incoming(f"R{number}", [Answer(text, "a.csv")]) for number, text in enumerate(texts)]
    analysis = analyse(docket, paper=PAPER, options=OPTIONS)
    consistent(analysis)
    assert (analysis.funnel.unsupported, analysis.funnel.analysed, analysis.themes) == (2, 0, [])


def test_a_docket_of_one_text_sent_by_all_is_one_message():
    docket = [Incoming(f"R{number}", [Answer(LETTER, "a.csv")], country="KE") for number in range(20)]
    analysis = analyse(docket, paper=PAPER, options=OPTIONS)
    consistent(analysis)
    assert [(group.kind, group.members) for group in analysis.groups] == [("exact", 20)]
    assert (analysis.funnel.received, analysis.funnel.distinct_messages) == (20, 1)
    assert {theme.distinct_messages for theme in analysis.themes} == {1}


def test_a_number_of_themes_is_kept_to_and_progress_and_times_are_told():
    told, ticks = [], iter(range(1000))
    times = StageTimes(lambda: float(next(ticks)))
    texts = [LABELS, FRENCH, CHINESE, LETTER, PREAMBLE, "The bus is late."]
    docket = [Incoming(f"R{number}", [Answer(text, "a.csv")]) for number, text in enumerate(texts)]
    analysis = analyse(
        docket,
        paper=None,
        options=replace(OPTIONS, themes=1),
        progress=lambda stage, done, total: told.append((stage, done <= total)),
        times=times,
    )
    consistent(analysis)
    assert len(analysis.themes) == 1
    assert list(times.seconds) == list(STAGES)
    assert min(times.peak_bytes.values()) > 0
    assert {stage for stage, _ in told} == set(STAGES) - {"counts", "questions"}
    assert all(held for _, held in told)


def test_an_unknown_encoder_is_refused():
    with pytest.raises(EncoderMissing, match="choose one of"):
        analyse([Incoming("R1", [Answer(LETTER, "a")])], paper=None, options=replace(OPTIONS, encoder="x"))


def test_redactions_make_no_theme_and_are_quoted_last():
    put = f"{placeholder('name', 'en')}, {placeholder('phone', 'en')}"
    answers = [
        f"{put}. The licence for training must be asked for in advance, says author {number}. {put}"
        for number in ("one", "two", "three")
    ]
    plain = "A licence for training must be asked for in advance by everybody who trains a machine."
    docket = [
        Incoming(f"R{number}", [Answer(text, "")]) for number, text in enumerate([*answers, put, plain], 1)
    ]
    analysis = analyse(docket, paper=None, options=replace(OPTIONS, themes=1))
    passages = {item.passage_id: item.text for item in analysis.passages}
    assert "personal" not in " ".join(
        term for theme in analysis.themes for term in (theme.label, *theme.terms)
    )
    placed = [passages[item.passage_id] for item in analysis.passage_themes]
    assert put not in placed
    first = next(quote for quote in analysis.quotes)
    assert first.text == plain
