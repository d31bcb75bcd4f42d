"""Alpha against published worked examples, its laws, and what it says where it is not defined."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colloquia.engines.agreement import NOTES, Agreement, Coding, krippendorff_alpha
from colloquia.engines.agreement.distances import METRICS, distances

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, gaps.
FOUR_OBSERVERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
# The same, sections A and B.
TWO_OBSERVERS_BINARY = {"A": "0 1 0 0 0 0 0 0 1 0", "B": "1 1 1 0 0 1 0 0 0 0"}
TWO_OBSERVERS = {"Ben": "a a b b d c c c e d d a", "Gerry": "b a b b b c c c e d d d"}


def codings(rows: dict[str, str]) -> list[Coding]:
    return [
        Coding(f"u{place:02d}", coder, None if value == "." else frozenset({value}))
        for coder, row in rows.items()
        for place, value in enumerate(row.split())
    ]


def sets(*rows: str) -> list[Coding]:
    """Rows of ``unit coder codes``, codes a run of letters, ``-`` the empty set and ``.`` no answer."""
    read = {"-": frozenset[str](), ".": None}
    parts = [row.split() for row in rows]
    return [Coding(unit, coder, read.get(codes, frozenset(codes))) for unit, coder, codes in parts]


@pytest.mark.parametrize(
    ("rows", "published"),
    [(FOUR_OBSERVERS, 0.743), (TWO_OBSERVERS_BINARY, 0.095), (TWO_OBSERVERS, 0.692)],
)
@pytest.mark.parametrize("metric", METRICS)
def test_published_examples(rows: dict[str, str], published: float, metric: str) -> None:
    # Sets of one code are equal or have nothing in common, so every metric gives the nominal figure.
    assert round(krippendorff_alpha(codings(rows), metric=metric, resamples=50).value, 3) == published


def test_the_unit_with_one_answer_is_counted_as_missing() -> None:
    found = krippendorff_alpha(codings(FOUR_OBSERVERS))
    assert (found.units, found.coders, found.missing, found.compared, found.note) == (
        11,
        4,
        1,
        "people",
        "",
    )
    assert found.measure == "Krippendorff's alpha, masi"


def test_distances_of_sets() -> None:
    pairs = [frozenset("ab"), frozenset("abcd"), frozenset("bc"), frozenset("xy"), frozenset[str]()]
    masi, jaccard = distances(pairs, "masi")[0], distances(pairs, "jaccard")[0]
    assert masi.tolist() == pytest.approx([0, 1 - 1 / 2 * 2 / 3, 1 - 1 / 3 * 1 / 3, 1, 1])
    assert jaccard.tolist() == pytest.approx([0, 1 / 2, 2 / 3, 1, 1])
    assert distances(pairs, "nominal")[0].tolist() == [0, 1, 1, 1, 1]


def test_alpha_of_sets_by_hand() -> None:
    given_codings = sets("p1 x ab", "p1 y a", "p2 x -", "p2 y -")
    # Observed (1/2 + 1/2) / 4; expected over twelve ordered pairs of {ab, a, -, -} 2 * (1/2 + 2 + 2) / 12.
    assert krippendorff_alpha(given_codings, metric="jaccard").value == pytest.approx(
        1 - (1 / 4) / (2 * 4.5 / 12)
    )


def test_an_empty_set_is_an_answer_and_none_is_not() -> None:
    answered = krippendorff_alpha(sets("p1 x a", "p1 y -", "p2 x b", "p2 y b"))
    missing = krippendorff_alpha(sets("p1 x a", "p1 y .", "p2 x b", "p2 y b"))
    assert (answered.units, answered.missing) == (2, 0)
    assert (missing.units, missing.missing, missing.value, missing.note) == (1, 1, None, "no variation")


@pytest.mark.parametrize(
    ("rows", "value", "note"),
    [
        ([], None, "one coder"),
        (["p1 x a", "p2 x b"], None, "one coder"),
        (["p1 x a", "p2 y b"], None, "no unit with two codings"),
        (["p1 x a", "p1 y a", "p2 x a", "p2 y a"], None, "no variation"),
        (["p1 x a", "p1 y b"], 0.0, "one unit"),
    ],
)
def test_what_cannot_be_measured_is_named(rows: list[str], value: float | None, note: str) -> None:
    found = krippendorff_alpha(sets(*rows))
    assert (found.value, found.low, found.high, found.note) == (value, None, None, note)
    assert note in NOTES


def test_an_interval_is_withheld_where_most_resamples_have_no_variation() -> None:
    rows = [f"p{place} {coder} {'b' if place == 0 else 'a'}" for place in range(6) for coder in "xy"]
    found = krippendorff_alpha(sets(*rows))
    assert (found.value, found.low, found.high, found.note) == (1.0, None, None, "too few resamples")


def test_a_unit_coded_twice_by_one_coder_is_refused() -> None:
    with pytest.raises(ValueError, match="x coded p1 twice"):
        krippendorff_alpha(sets("p1 x a", "p1 x b"))


def test_an_unknown_metric_is_refused() -> None:
    with pytest.raises(ValueError, match="use one of masi, jaccard, nominal"):
        krippendorff_alpha(sets("p1 x a", "p1 y b"), metric="dice")  # type: ignore[arg-type]


def test_the_machine_is_compared_with_each_person_and_labelled() -> None:
    people = sets("p1 x a", "p1 y b", "p2 x c", "p3 x a", "p4 x b")
    machine = {"p1": {"a"}, "p2": {"c"}, "p3": None}
    found = krippendorff_alpha(people, machine=machine, metric="nominal")
    # Pairs (a, a), (b, a), (c, c): observed 2/6; expected 1 - (3*2 + 1*0 + 2*1) / 30.
    assert found.value == pytest.approx(1 - (2 / 6) / (22 / 30))
    assert (found.compared, found.units, found.coders, found.missing) == ("machine and people", 2, 2, 2)


ANSWERS = st.one_of(st.none(), st.frozensets(st.sampled_from("abcd"), max_size=3))
TABLES = st.lists(st.lists(ANSWERS, min_size=3, max_size=3), min_size=1, max_size=8)


def of_table(table: list[list[frozenset[str] | None]]) -> list[Coding]:
    return [
        Coding(f"u{row}", f"c{column}", codes)
        for row, answers in enumerate(table)
        for column, codes in enumerate(answers)
    ]


def same(one: Agreement, other: Agreement) -> bool:
    pairs = zip((one.value, one.low, one.high), (other.value, other.low, other.high), strict=True)
    return one.note == other.note and all(
        a == b or (a is not None and b is not None and math.isclose(a, b, abs_tol=1e-9)) for a, b in pairs
    )


@given(TABLES, st.sampled_from(METRICS), st.randoms(use_true_random=False))
def test_order_of_codings_and_names_of_coders_do_not_matter(table, metric, random) -> None:
    rows = of_table(table)
    shuffled = random.sample(rows, len(rows))
    found = krippendorff_alpha(rows, metric=metric, resamples=40)
    assert same(found, krippendorff_alpha(shuffled, metric=metric, resamples=40))
    renamed = [Coding(row.unit, f"z{9 - int(row.coder[1:])}", row.codes) for row in rows]
    assert same(found, krippendorff_alpha(renamed, metric=metric, resamples=40))


@given(TABLES, st.sampled_from(METRICS))
def test_a_figure_has_no_reason_and_a_reason_no_figure(table, metric) -> None:
    found = krippendorff_alpha(of_table(table), metric=metric, resamples=40)
    assert found.value is None or (not math.isnan(found.value) and found.value <= 1.0)
    assert (found.low is None) == (found.high is None) == (found.note != "")
    if found.low is not None:
        assert found.low <= found.high <= 1.0
    assert found.units + found.missing == len(table)


@given(st.lists(st.frozensets(st.sampled_from("abc")), min_size=2, max_size=9), st.sampled_from(METRICS))
def test_coders_who_agree_on_everything_have_alpha_one(answers, metric) -> None:
    found = krippendorff_alpha(of_table([[one, one, one] for one in answers]), metric=metric, resamples=40)
    assert found.value == (1.0 if len(set(answers)) > 1 else None)


@given(TABLES)
def test_nominal_alpha_of_relabelled_sets_is_the_same(table) -> None:
    relabel = str.maketrans("abcd", "wxyz")
    moved = [
        [None if one is None else frozenset(code.translate(relabel) for code in one) for one in row]
        for row in table
    ]
    one, other = (
        krippendorff_alpha(of_table(part), metric="nominal", resamples=5) for part in (table, moved)
    )
    assert one.value == pytest.approx(other.value, abs=1e-9)
