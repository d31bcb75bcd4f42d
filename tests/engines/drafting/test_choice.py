"""The choice of passages is the same every time, holds every language and stakeholder it can."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.drafting import Evidence
from colloquia.engines.drafting.choice import LONGEST, choose, estimated_tokens, shown_text


def passage(number: int, language: str = "en", stakeholder: str = "", message: str = "") -> Evidence:
    return Evidence(
        f"p{number}", f"Passage number {number} says what it says.", language, stakeholder, message
    )


def test_few_passages_are_all_chosen_in_their_order() -> None:
    passages = tuple(passage(number, "enfr"[number % 2 * 2 :][:2]) for number in range(5))
    assert choose(passages) == passages


def test_rare_languages_and_stakeholders_are_not_crowded_out() -> None:
    crowd = [passage(number, "en", "company") for number in range(500)]
    rare = [passage(500, "ar", "company"), passage(501, "en", "author"), passage(502, "zh", "state")]
    assert set(rare) <= set(choose([*crowd, *rare], most=6))


def test_a_letter_sent_by_many_is_shown_once_while_others_wait() -> None:
    letter = [passage(number, message="letter") for number in range(50)]
    others = [passage(number) for number in range(50, 53)]
    chosen = choose([*letter, *others], most=4)
    assert [each.passage_id for each in chosen] == ["p0", "p50", "p51", "p52"]


def test_one_long_message_alone_fills_the_room() -> None:
    assert len(choose([passage(number, message="one") for number in range(50)], most=4)) == 4


def test_blank_passages_are_not_shown() -> None:
    assert choose([Evidence("p1", " \n", "en"), passage(2)]) == (passage(2),)


def test_a_passage_that_does_not_fit_lets_a_shorter_one_pass() -> None:
    long = Evidence("p1", "word " * 300, "en")
    assert choose([long, passage(2)], budget=40) == (passage(2),)


def test_ten_thousand_passages_that_do_not_fit_end_the_search() -> None:
    assert choose([Evidence(f"p{n}", "word " * 300, "en") for n in range(10_000)], budget=40) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("ab字. ", max_size=40),
            st.sampled_from("xyz"),
            st.sampled_from("mno"),
            st.sampled_from("12"),
        ),
        max_size=25,
    ),
    st.integers(0, 60),
    st.integers(0, 8),
)
def test_budget_and_order_hold(rows: list[tuple[str, str, str, str]], budget: int, most: int) -> None:
    passages = [Evidence(f"p{n}", *row) for n, row in enumerate(rows)]
    chosen = choose(passages, budget, most)
    assert chosen == choose(list(passages), budget, most)
    assert len(chosen) <= most
    assert sum(estimated_tokens(shown_text(each.text)) for each in chosen) <= budget
    places = [passages.index(each) for each in chosen]
    assert places == sorted(set(places))


def test_a_long_passage_is_shown_in_whole_sentences() -> None:
    sentence = "This is a sentence of the passage. "
    shown = shown_text(sentence * 200)
    assert shown.rstrip().endswith("passage.")
    assert LONGEST * 0.9 < estimated_tokens(shown) <= LONGEST


def test_one_endless_sentence_is_cut_all_the_same() -> None:
    assert 0 < estimated_tokens(shown_text("字" * 5000)) <= LONGEST
    assert 0 < estimated_tokens(shown_text("word " * 5000)) <= LONGEST


def test_scripts_weigh_what_tokens_they_take() -> None:
    assert [estimated_tokens(text) for text in ("", "abcd", "字字", "شرط")] == [0, 1, 2, 2]
