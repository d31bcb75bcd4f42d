"""Double coding: a checkable draw, blind codes, closing, and measures that say when nothing can be said."""

from __future__ import annotations

import json

import pytest

from colloquia.accounts.models import User
from colloquia.consultations import services
from colloquia.consultations.models import Coding, Run, Sample
from colloquia.consultations.queries.double_coding import (
    codings_of,
    differences_of,
    measured,
    progress_of,
    samples_to_code,
)
from colloquia.consultations.queries.reading import reading_summary
from colloquia.consultations.services.double_coding import close, code, draw_sample, finish
from colloquia.consultations.services.reading import ReadingRefused
from colloquia.core.models import AuditEntry
from colloquia.engines import agreement as engine

pytestmark = pytest.mark.django_db

QUESTION = "IP-08.q1"
ONE, TWO, THREE = (f"{QUESTION}.t{number}" for number in (1, 2, 3))


@pytest.fixture
def sample(stored_run: Run, bruno: User, olga: User) -> Sample:
    """Six passages for two coders."""
    return draw_sample(run=stored_run, question_id=QUESTION, size=6, seed=7, coders=[bruno, olga], by=bruno)


def code_all(sample: Sample, by: User, *codes: str) -> None:
    """One code each, "" for none of them, in the order of the sample."""
    for name, theme in zip(sample.passages, codes, strict=True):
        code(sample=sample, by=by, passage_id=name, themes=[theme] if theme else [])


def test_the_draw_can_be_done_again_by_anybody(stored_run: Run, sample: Sample) -> None:
    from colloquia.consultations.queries import bulk_of

    rows = bulk_of(stored_run).passages(question=QUESTION, limit=0)[0]
    own = [row.passage_id for row in rows if not row.shared]
    assert sample.passages == list(engine.draw_sample(own, size=6, seed=7))
    assert (sample.population, sample.size, sample.seed, sample.number) == (14, 6, 7, 1)
    assert [theme["id"] for theme in sample.themes] == [ONE, TWO, THREE]


def test_each_stratum_has_a_passage(stored_run: Run, bruno: User, olga: User) -> None:
    drawn = draw_sample(
        run=stored_run,
        question_id=QUESTION,
        size=8,
        seed=1,
        coders=[bruno, olga],
        by=bruno,
        stratified_by="language",
        without_shared=False,
    )
    assert (drawn.population, drawn.stratified_by, drawn.without_shared) == (19, "language", False)
    from colloquia.consultations.queries import bulk_of

    languages = {row.language for row in bulk_of(stored_run).passages_by_id(drawn.passages).values()}
    every = {row.language for row in bulk_of(stored_run).passages(question=QUESTION, limit=0)[0]}
    assert languages == every
    with pytest.raises(ReadingRefused, match=f"at least {len(every)} passages"):
        draw_sample(
            run=stored_run,
            question_id=QUESTION,
            size=len(every) - 1,
            seed=1,
            coders=[bruno, olga],
            by=bruno,
            stratified_by="language",
            without_shared=False,
        )


def test_the_machine_is_kept_as_it_stood(stored_run: Run, sample: Sample, bruno: User) -> None:
    before = dict(sample.machine)
    target = next(theme for theme in ("", ONE) if [theme] != (before[sample.passages[0]] or [""]))
    services.move_passages(
        run=stored_run, question=QUESTION, passages=[sample.passages[0]], theme=target, by=bruno, seen=0
    )
    stored_run.refresh_from_db()
    sample.refresh_from_db()
    again = draw_sample(
        run=stored_run, question_id=QUESTION, size=6, seed=7, coders=list(sample.coders.all()), by=bruno
    )
    assert sample.machine == before == again.machine


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"size": 0}, "between 1 and 1000"),
        ({"size": 1001}, "between 1 and 1000"),
        ({"stratified_by": "country"}, "stratified by language"),
        ({"question_id": "IP-99.q9"}, "no themes or no passages"),
    ],
)
def test_a_draw_that_makes_no_sense_is_refused(
    stored_run: Run, bruno: User, olga: User, change: dict[str, object], words: str
) -> None:
    values = {"question_id": QUESTION, "size": 5, "seed": 1, "coders": [bruno, olga], "by": bruno}
    with pytest.raises(ReadingRefused, match=words):
        draw_sample(run=stored_run, **(values | change))  # type: ignore[arg-type]


def test_coders_are_two_officers_or_more(stored_run: Run, bruno: User, chen: User) -> None:
    for coders in ([bruno], [bruno, bruno], [bruno, chen]):
        with pytest.raises(ReadingRefused, match="two coders"):
            draw_sample(run=stored_run, question_id=QUESTION, size=5, seed=1, coders=coders, by=bruno)


def test_nothing_is_said_before_all_have_finished(sample: Sample, bruno: User, olga: User) -> None:
    code_all(sample, bruno, ONE, ONE, ONE, TWO, TWO, "")
    finish(sample=sample, by=bruno)
    code(sample=sample, by=olga, passage_id=sample.passages[0], themes=[TWO])
    sample.refresh_from_db()
    assert (measured(sample), differences_of(sample), sample.result) == (None, [], {})
    first, second = progress_of([sample])[sample.pk]
    assert (first.coder, first.coded, first.has_finished) == (bruno, 6, True)
    assert (second.coder, second.coded, second.has_finished) == (olga, 1, False)
    assert (samples_to_code(bruno), samples_to_code(olga)) == ([], [(sample, 1)])
    assert reading_summary(sample.run).samples == ()


def test_the_audit_says_that_somebody_coded_and_not_what(sample: Sample, bruno: User) -> None:
    code(sample=sample, by=bruno, passage_id=sample.passages[0], themes=[ONE])
    entry = AuditEntry.objects.get(verb="consultations.code")
    assert entry.changes == {}
    everything = json.dumps(list(AuditEntry.objects.values("changes", "object_label", "note")))
    assert ONE not in everything


def test_a_code_may_be_changed_until_one_has_finished(sample: Sample, bruno: User, olga: User) -> None:
    code_all(sample, bruno, ONE, ONE, ONE, TWO, TWO, "")
    code(sample=sample, by=bruno, passage_id=sample.passages[0], themes=[THREE, TWO])
    assert Coding.objects.get(passage_id=sample.passages[0]).themes == [TWO, THREE]
    with pytest.raises(ReadingRefused, match="6 passages are not coded"):
        finish(sample=sample, by=olga)
    finish(sample=sample, by=bruno)
    with pytest.raises(ReadingRefused, match="You have finished"):
        code(sample=sample, by=bruno, passage_id=sample.passages[0], themes=[])
    with pytest.raises(ReadingRefused, match="You have finished"):
        finish(sample=sample, by=bruno)


def test_only_coders_code_and_only_what_is_offered(
    sample: Sample, bruno: User, amara: User, chen: User
) -> None:
    for person in (amara, chen):
        with pytest.raises(ReadingRefused, match="not a coder"):
            code(sample=sample, by=person, passage_id=sample.passages[0], themes=[])
    for passage, theme in (("S-2026-00003.p1", ONE), (sample.passages[0], "T1")):
        with pytest.raises(ReadingRefused, match="not in this sample"):
            code(sample=sample, by=bruno, passage_id=passage, themes=[theme])
    assert Coding.objects.count() == 0


def test_the_last_to_finish_closes_and_all_is_measured(sample: Sample, bruno: User, olga: User) -> None:
    code_all(sample, bruno, ONE, ONE, ONE, TWO, TWO, "")
    code_all(sample, olga, ONE, ONE, TWO, TWO, TWO, "")
    finish(sample=sample, by=bruno)
    closed = finish(sample=sample, by=olga)
    assert (closed.closed_at is not None, closed.closed_by) == (True, None)
    found = measured(closed)
    assert found is not None
    expected = engine.krippendorff_alpha(codings_of(closed), seed=7)
    assert found.alpha["value"] == expected.value
    assert (found.alpha["low"], found.alpha["high"]) == (expected.low, expected.high)
    assert (found.alpha["units"], found.alpha["coders"], found.alpha["missing"]) == (6, 2, 0)
    assert found.percentage["value"] == pytest.approx(5 / 6)
    machine = {name: frozenset(themes) for name, themes in closed.machine.items()}
    beside = engine.krippendorff_alpha(codings_of(closed), machine=machine, seed=7)
    assert (found.machine_alpha["value"], found.machine_alpha["compared"]) == (
        beside.value,
        "machine and people",
    )
    assert [one["coder"] for one in found.coders] == sorted([bruno.pk, olga.pk])
    assert [(one["id"], one["uses"]) for one in found.themes] == [(ONE, 5), (TWO, 5), (THREE, 0)]
    assert found.themes[2]["kappa"]["note"] == "no variation"
    (difference,) = differences_of(closed)
    assert (difference.passage_id, difference.disputed) == (sample.passages[2], (ONE, TWO))
    assert difference.answers == ((bruno, (ONE,)), (olga, (TWO,)))
    sample.refresh_from_db()
    stored = measured(sample)
    assert stored is not None
    assert (stored.alpha, list(stored.themes)) == (found.alpha, list(found.themes))
    with pytest.raises(ReadingRefused, match="closed"):
        code(sample=sample, by=bruno, passage_id=sample.passages[0], themes=[])
    with pytest.raises(ReadingRefused, match="closed already"):
        close(sample=sample, by=bruno)


def test_who_cannot_finish_is_not_waited_for(sample: Sample, bruno: User, olga: User) -> None:
    code_all(sample, bruno, ONE, ONE, ONE, TWO, TWO, "")
    code(sample=sample, by=olga, passage_id=sample.passages[0], themes=[ONE])
    closed = close(sample=sample, by=bruno)
    found = measured(closed)
    assert found is not None
    assert (found.alpha["units"], found.alpha["missing"]) == (1, 5)
    assert (found.alpha["value"], found.alpha["note"]) == (None, "no variation")
    assert found.percentage["value"] == 1.0
    assert found.percentage["note"] == "one unit"


@pytest.mark.parametrize(("coded", "note"), [(0, "one coder"), (1, "one coder")])
def test_too_little_is_said_and_not_measured(
    sample: Sample, bruno: User, olga: User, coded: int, note: str
) -> None:
    for person in (bruno, olga)[:coded]:
        code_all(sample, person, ONE, ONE, ONE, TWO, TWO, "")
    found = measured(close(sample=sample, by=olga))
    assert found is not None
    assert (found.alpha["value"], found.alpha["note"]) == (None, note)
    assert reading_summary(sample.run).samples[0].measured.alpha["note"] == note


def test_three_coders_have_an_alpha_and_no_kappa(stored_run: Run, bruno: User, olga: User, db: None) -> None:
    third = User.objects.create_user("dara@secretariat.example", name="Dara", is_officer=True)
    drawn = draw_sample(
        run=stored_run, question_id=QUESTION, size=6, seed=7, coders=[bruno, olga, third], by=bruno
    )
    for person in (bruno, olga, third):
        code_all(drawn, person, ONE, ONE, TWO, TWO, THREE, "")
        finish(sample=drawn, by=person)
    drawn.refresh_from_db()
    found = measured(drawn)
    assert found is not None
    assert (found.alpha["value"], found.alpha["coders"]) == (1.0, 3)
    assert found.themes[0]["kappa"]["note"] == "not two coders"


def test_the_summary_takes_few_queries(
    sample: Sample, bruno: User, olga: User, django_assert_num_queries: object
) -> None:
    code_all(sample, bruno, ONE, ONE, ONE, TWO, TWO, "")
    close(sample=sample, by=bruno)
    reading_summary(sample.run)
    with django_assert_num_queries(4):  # type: ignore[operator]
        (item,) = reading_summary(sample.run).samples
    assert item.sample.pk == sample.pk
