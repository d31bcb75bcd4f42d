"""The next run goes on from an earlier one: ids, officers' words, new passages, new themes, ended ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from colloquia.engines.analysis import PassageTranslation, analyse, problems_of, submissions_of
from colloquia.engines.prior import PriorTheme
from colloquia.engines.records import Answer, Incoming
from colloquia.engines.store import write_summary, write_tables
from tests.engines.analysis.docket import SWAHILI
from tests.engines.analysis.subjects import (
    OPTIONS,
    PAPER,
    first,
    incoming,
    prior_of,
    reviewed,
    texts,
    theme_of,
)
from tests.engines.analysis.test_run import consistent

SAME = ("bicycles", "library", "noise")


def following(items, prior, **options):
    analysis = analyse(items, paper=None, options=replace(OPTIONS, **options), prior=prior)
    consistent(analysis)
    return analysis


def subject_theme(analysis, subject):
    """The theme that most passages of a subject are in."""
    placed = theme_of(analysis)
    return Counter(placed[text] for text in texts(subject) if text in placed).most_common(1)[0][0]


def passage(analysis, text):
    return next(item for item in analysis.passages if item.text == text)


def test_the_same_docket_gives_the_same_themes_under_their_ids():
    analysis = following(incoming(*SAME), prior_of(first()))
    assert theme_of(analysis) == theme_of(first())
    assert [(theme.theme_id, theme.label, theme.continues) for theme in analysis.themes] == [
        (theme.theme_id, theme.label, theme.theme_id) for theme in first().themes
    ]
    assert analysis.carried.run == "first"
    assert analysis.carried.kept == len(first().passage_themes)
    assert (analysis.carried.fresh, analysis.carried.ended, analysis.carried.moved) == ((), (), 0)


def test_without_an_earlier_run_nothing_continues():
    assert {theme.continues for theme in first().themes} == {""}
    assert first().carried is None


def test_what_an_officer_said_of_a_passage_holds_and_the_label_stays():
    themes = {name: subject_theme(first(), name) for name in SAME}
    bicycle, noise = passage(first(), texts("bicycles")[0]), passage(first(), texts("noise")[0])
    prior = prior_of(first())
    prior = replace(
        prior,
        themes=tuple(
            replace(theme, label="Room for bicycles", by_officer=True)
            if theme.theme_id == themes["bicycles"]
            else theme
            for theme in prior.themes
        ),
        reviewed=(
            reviewed(bicycle, themes={"": themes["library"]}),
            reviewed(noise, themes={"": ""}),
        ),
    )
    analysis = following(incoming(*SAME), prior)
    placed = theme_of(analysis)
    assert placed[bicycle.text] == themes["library"]
    assert noise.text not in placed
    assert {theme.theme_id: theme.label for theme in analysis.themes}[
        themes["bicycles"]
    ] == "Room for bicycles"
    assert (analysis.carried.corrections, analysis.carried.carried, analysis.carried.lost) == (2, 2, ())


def test_what_is_no_opinion_is_in_no_theme_no_question_and_no_quote():
    subject = passage(first(), texts("bicycles")[0])
    prior = prior_of(first(), reviewed=(reviewed(subject, not_opinion=True),))
    items = incoming(*SAME, question="Q1")
    analysis = analyse(items, paper=PAPER, options=OPTIONS, prior=prior)
    consistent(analysis)
    for found in (analysis.passage_themes, analysis.passage_questions, analysis.quotes):
        assert subject.passage_id not in {item.passage_id for item in found}
    assert subject.passage_id in {item.passage_id for item in analysis.passages}


def test_new_passages_join_the_theme_that_they_are_about():
    earlier = incoming(*SAME)[:36]
    prior = prior_of(analyse(earlier, paper=None, options=OPTIONS))
    analysis = following(incoming(*SAME), prior)
    themes = {name: subject_theme(analysis, name) for name in SAME}
    assert len(set(themes.values())) == 3
    new = {item.answers[0].text for item in incoming(*SAME)[36:]}
    right = sum(
        theme_of(analysis).get(text) == themes[name] for name in SAME for text in texts(name) if text in new
    )
    assert right >= 16
    assert analysis.carried.placed >= 16


def test_a_new_subject_becomes_a_new_theme_with_an_id_never_given_before():
    prior = prior_of(first(), retired=frozenset({"T1", "T2", "T3", "T41"}))
    items = [*incoming(*SAME)]
    items += [
        Incoming(f"N{number}", [Answer(text, "more.csv")]) for number, text in enumerate(texts("bread"))
    ]
    analysis = following(items, prior)
    placed = theme_of(analysis)
    fresh = set(analysis.carried.fresh)
    assert fresh
    assert min(int(name[1:]) for name in fresh) == 42
    assert sum(placed.get(text) in fresh for text in texts("bread")) >= 15
    assert {text: placed[text] for text in theme_of(first())} == theme_of(first())
    assert {theme.theme_id for theme in analysis.themes if not theme.continues} == fresh


def test_a_theme_without_passages_ends_and_is_told():
    gone = subject_theme(first(), "noise")
    items = [item for item in incoming(*SAME) if item.answers[0].text not in texts("noise")]
    analysis = following(items, prior_of(first()))
    assert analysis.carried.ended == (gone,)
    assert gone not in {theme.theme_id for theme in analysis.themes}
    # Numbers of submissions moved; what was known by its text stays where it was.
    kept = {text: theme for text, theme in theme_of(first()).items() if text not in texts("noise")}
    assert theme_of(analysis) == kept


def test_corrections_are_found_again_in_changed_documents_or_said_to_be_lost():
    bicycle, library, noise = (passage(first(), texts(name)[3]) for name in SAME)
    other = subject_theme(first(), "noise")
    prior = prior_of(
        first(),
        reviewed=(
            reviewed(bicycle, themes={"": other}),
            reviewed(library, themes={"": other}),
            reviewed(noise, themes={"": ""}),
        ),
    )
    items = incoming(*SAME)
    for item in items:
        if item.answers[0].text == bicycle.text:
            before = "Dear office, I thank you for asking all of us what we think of our streets."
            item.answers = [replace(item.answers[0], text=f"{before}\n\n{bicycle.text}")]
        if item.answers[0].text == library.text:
            item.answers = [replace(item.answers[0], text=library.text.replace("readers", "reader s"))]
    items = [item for item in items if item.answers[0].text != noise.text]
    analysis = following(items, prior)
    changed = library.text.replace("readers", "reader s")
    placed = theme_of(analysis)
    assert (placed[bicycle.text], placed[changed]) == (other, other)
    carried = analysis.carried
    assert (carried.corrections, carried.carried, carried.refound) == (3, 2, 1)
    assert [item.passage_id for item in carried.lost] == [noise.passage_id]
    told = [problem for problem in analysis.problems if problem.kind == "correction not carried"]
    assert [problem.where for problem in told] == [noise.passage_id]


def test_a_correction_to_a_theme_or_question_that_is_gone_is_told():
    one, two = passage(first(), texts("noise")[0]), passage(first(), texts("noise")[1])
    prior = prior_of(
        first(), reviewed=(reviewed(one, themes={"": "T77"}), reviewed(two, questions={"Q9": True}))
    )
    carried = following(incoming(*SAME), prior).carried
    assert [(item.passage_id, item.reason) for item in carried.lost] == [
        (one.passage_id, "the theme T77 is no longer there"),
        (two.passage_id, "the question Q9 is not in the paper"),
    ]
    assert carried.carried == 0


def test_many_corrections_move_others_like_them():
    """An officer takes what is said of planes at night into a theme of its own; the rest of it follows."""
    noise = subject_theme(first(), "noise")
    nights = [text for text in texts("noise") if "night flights" in text]
    windows = [text for text in texts("noise") if "windows" in text]
    prior = prior_of(first())
    prior = replace(
        prior,
        themes=(
            *prior.themes,
            PriorTheme("T9", None, None, "Night flights", ("night", "sleep"), by_officer=True),
        ),
        reviewed=(
            *(reviewed(passage(first(), text), themes={"": "T9"}) for text in nights[:4]),
            *(reviewed(passage(first(), text), themes={"": noise}) for text in windows[:4]),
        ),
    )
    analysis = following(incoming(*SAME), prior)
    placed = theme_of(analysis)
    assert [placed[text] for text in nights] == ["T9"] * 6
    assert [placed[text] for text in windows] == [noise] * 6
    assert analysis.carried.moved >= 2
    untouched = {text: theme for text, theme in theme_of(first()).items() if text not in texts("noise")}
    assert {text: placed[text] for text in untouched} == untouched


def test_parents_go_on_and_hold_the_passages_of_their_themes():
    prior = prior_of(first())
    children = {theme.theme_id for theme in prior.themes[:2]}
    prior = replace(
        prior,
        themes=(
            *(
                replace(theme, parent_id="G1") if theme.theme_id in children else theme
                for theme in prior.themes
            ),
            PriorTheme("G1", None, None, "Together", is_parent=True, by_officer=True),
        ),
    )
    analysis = following(incoming(*SAME), prior)
    themes = {theme.theme_id: theme for theme in analysis.themes}
    assert {name for name, theme in themes.items() if theme.parent_id == "G1"} == children
    assert themes["G1"].submissions == sum(themes[name].submissions for name in children)
    assert (themes["G1"].label, themes["G1"].continues) == ("Together", "G1")


def test_questions_hold_as_officers_said_and_their_themes_continue():
    items = incoming(*SAME)
    earlier = analyse(items, paper=PAPER, options=OPTIONS)
    answered = {(item.passage_id, item.question_id) for item in earlier.passage_questions}
    yes, no = passage(earlier, texts("noise")[0]), passage(earlier, texts("library")[0])
    assert (yes.passage_id, "Q1") not in answered
    assert (no.passage_id, "Q2") in answered
    prior = prior_of(
        earlier, reviewed=(reviewed(yes, questions={"Q1": True}), reviewed(no, questions={"Q2": False}))
    )
    analysis = analyse(items, paper=PAPER, options=OPTIONS, prior=prior)
    consistent(analysis)
    found = {(item.passage_id, item.question_id): item.score for item in analysis.passage_questions}
    assert found[yes.passage_id, "Q1"] == 1.0
    assert (no.passage_id, "Q2") not in found
    assert no.text not in theme_of(analysis, "Q2")
    before = {theme.theme_id for theme in earlier.themes if theme.question_id == "Q2"}
    assert before
    assert before <= {theme.theme_id for theme in analysis.themes}


def test_a_passage_that_no_vector_speaks_for_is_where_the_officer_put_it():
    items = [*incoming(*SAME), Incoming("S", [Answer(SWAHILI, "more.csv")])]
    earlier = analyse(items, paper=None, options=OPTIONS)
    theme = subject_theme(earlier, "library")
    prior = prior_of(earlier, reviewed=(reviewed(passage(earlier, SWAHILI), themes={"": theme}),))
    analysis = following(items, prior)
    assert theme_of(analysis)[SWAHILI] == theme


def test_two_processes_a_resumed_run_and_a_stored_one_find_the_same(tmp_path):
    bicycle = passage(first(), texts("bicycles")[0])
    prior = prior_of(first(), reviewed=(reviewed(bicycle, themes={"": subject_theme(first(), "noise")}),))
    items = incoming(*SAME, "bread")
    once = following(items, prior)
    assert following(items, prior, jobs=2) == once
    store = tmp_path / "store"
    for _ in range(2):
        assert analyse(items, paper=None, options=OPTIONS, prior=prior, store=store) == once
    write_tables(once, tmp_path)
    write_summary(once, tmp_path / "analysis.json")
    again = analyse(
        submissions_of(tmp_path),
        paper=None,
        options=OPTIONS,
        prior=prior,
        problems=problems_of(tmp_path),
    )
    assert again == once


def test_a_translation_is_placed_among_the_earlier_themes(tmp_path):
    items = [*incoming(*SAME), Incoming("S", [Answer(SWAHILI, "more.csv")])]
    earlier = analyse(items, paper=None, options=OPTIONS)
    write_tables(earlier, tmp_path)
    english = "Please keep the public library open for readers in the evening too."
    given = PassageTranslation(passage(earlier, SWAHILI).passage_id, "en", english, "typed")
    analysis = following(submissions_of(tmp_path, [given]), prior_of(earlier))
    assert theme_of(analysis)[english] == subject_theme(earlier, "library")


@pytest.mark.parametrize("items", [[], [Incoming("R1", [Answer("Yes.", "a.csv")])]])
def test_a_docket_with_hardly_anything_left_ends_nearly_all(items):
    analysis = following(items, prior_of(first()))
    assert len(analysis.carried.continued) <= 1
    assert {*analysis.carried.continued, *analysis.carried.ended} == {
        theme.theme_id for theme in first().themes
    }
