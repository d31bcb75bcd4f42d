"""Revising a paper: changes, ids, grades, lineage, two officers, and later imports."""

import pytest
from django.db import IntegrityError, transaction

from colloquia.core import ledger
from colloquia.issues import queries as issues
from colloquia.issues.models import Lineage, PaperVersion, Question, QuestionWording
from colloquia.issues.planning.shelf import shelf
from colloquia.issues.presentation.comparison import comparison
from colloquia.issues.services import ImportRefused, QuestionChange, revise_paper
from colloquia.outcomes import services
from colloquia.outcomes.models import Change, Revision
from colloquia.outcomes.queries.revisions import changes_of, mismatches
from colloquia.outcomes.services.revising import stamp

pytestmark = pytest.mark.django_db

CHANGES = [
    QuestionChange(
        "reword", "IP-08.q1", "IP-08", {"en": "Should works train machines only with permission?"}
    ),
    QuestionChange("add", "", "IP-07", {"en": "Who is the author?", "ar": "من هو المؤلف؟"}, 1),
    QuestionChange("remove", "IP-08.q2", "IP-08"),
]


def revise(paper, bruno, changes=CHANGES, **options):
    fields = {"key": "revised", "titles": {"en": "Revised"}, "symbol": "", "language": "en", "source": "Here"}
    return revise_paper(base=paper.base, changes=changes, by=bruno, **(fields | options))


def test_new_version_keeps_ids_and_gives_the_next_free_one(paper, bruno):
    version, ids = revise(paper, bruno)
    assert ids == ["IP-08.q1", "IP-07.q2", "IP-08.q2"]
    questions = issues.questions_of(version)
    assert [(each.id, each.issue_id) for each in questions] == [
        ("IP-07.q2", "IP-07"),
        ("IP-07.q1", "IP-07"),
        ("IP-08.q1", "IP-08"),
    ]
    assert [each.wording("en").grade for each in questions] == ["authentic"] * 3
    assert questions[2].languages == ["en"]
    assert (version.is_authentic, version.status, version.position) == (True, "revised", 2)
    compared = comparison(paper.base, version)
    assert compared.question_counts == {"added": 1, "removed": 1, "reworded": 1, "kept": 1}
    assert sorted(Lineage.objects.values_list("kind", flat=True)) == ["added", "removed"]


def test_removed_id_is_never_given_again(paper, bruno):
    version, _ids = revise(paper, bruno)
    later, ids = revise_paper(
        base=version,
        key="final",
        titles={"en": "Final"},
        symbol="",
        language="en",
        changes=[QuestionChange("add", "", "IP-08", {"en": "And now?"})],
        source="Here",
        by=bruno,
    )
    assert ids == ["IP-08.q3"]
    assert [each.id for each in issues.questions_of(later)][-1] == "IP-08.q3"


def test_question_that_moves_keeps_its_wordings_in_every_language(paper, bruno):
    version, _ids = revise(paper, bruno, [QuestionChange("move", "IP-08.q1", "IP-07", {}, 1)])
    questions = issues.questions_of(version)
    assert [(each.id, each.issue_id) for each in questions][:2] == [
        ("IP-08.q1", "IP-07"),
        ("IP-07.q1", "IP-07"),
    ]
    assert questions[0].languages == ["en", "ar"]
    moved = [item for _issue, rows in comparison(paper.base, version).issues for item in rows]
    assert {item.change.id: item.change.kinds for item in moved}["IP-08.q1"] == ("moved",)


def test_what_was_only_recalled_never_becomes_official(paper, bruno):
    QuestionWording.objects.filter(placement__question="IP-07.q1").update(grade="recalled")
    version, _ids = revise(paper, bruno)
    grades = {each.id: each.wording("en").grade for each in issues.questions_of(version)}
    assert grades == {"IP-07.q1": "recalled", "IP-07.q2": "authentic", "IP-08.q1": "authentic"}
    assert version.is_authentic is False
    held = next(each for each in issues.questions_of(version) if each.id == "IP-07.q1").wording("en")
    assert held.described_in == paper.base


def test_nonsense_is_refused_and_nothing_written(paper, bruno):
    wrong = [
        QuestionChange("reword", "IP-99.q1", "IP-08", {"en": "Text"}),
        QuestionChange("add", "", "IP-99", {"en": "Text"}),
        QuestionChange("reword", "IP-08.q1", "IP-08", {"ar": "نص"}),
    ]
    with pytest.raises(ImportRefused) as refused:
        revise(paper, bruno, wrong, titles={"ar": "عنوان"}, key="draft")
    assert len(refused.value.reasons) == 5
    assert PaperVersion.objects.count() == 1


def test_later_imports_know_the_revised_version(paper, bruno):
    revise(paper, bruno)
    known = shelf("ip-policy-and-ai", "final")
    assert {each.id for each in known.questions} == {"IP-07.q1", "IP-07.q2", "IP-08.q1", "IP-08.q2"}
    assert shelf("ip-policy-and-ai", "revised").version.is_authentic is True


@pytest.fixture
def revision(paper, signed_run, bruno):
    """A revision that is begun."""
    return services.begin_revision(
        consultation=signed_run.consultation,
        base=paper.base,
        key="revised",
        titles={"en": "Revised"},
        symbol="X/1",
        by=bruno,
    )


def wish(*outcomes, text="Only with permission?", question="IP-08.q1", kind="reword"):
    return services.Wish(kind, question, "IP-08", {"en": text}, None, {}, [row.pk for row in outcomes])


def test_change_that_cites_nothing_public_is_named(revision, decide, publish, themes, bruno):
    services.save_change(revision=revision, wish=wish(), seen="", by=bruno)
    revision.refresh_from_db()
    with pytest.raises(services.OutcomeRefused, match=r"change of IP-08\.q1 cites no outcome"):
        services.review_revision(revision=revision, seen=revision.version, by=bruno)
    outcome = decide(themes[0].theme_id)
    change = Change.objects.get()
    services.save_change(revision=revision, wish=wish(outcome), seen=stamp(change), by=bruno)
    revision.refresh_from_db()
    with pytest.raises(services.OutcomeRefused, match="only outcomes that are not public"):
        services.review_revision(revision=revision, seen=revision.version, by=bruno)


def test_published_by_two_officers_it_becomes_a_version(
    revision, decide, publish, themes, signed_run, bruno, olga
):
    outcome = decide(themes[0].theme_id, code="reflected", paragraph="8")
    publish()
    assert mismatches(signed_run, []) == [
        f"The outcome of {themes[0].theme_id} says paragraph 8, and no change cites it."
    ]
    services.save_change(revision=revision, wish=wish(outcome), seen="", by=bruno)
    added = services.save_change(
        revision=revision, wish=wish(outcome, text="A new one?", question="", kind="add"), seen="", by=bruno
    )
    revision.refresh_from_db()
    assert mismatches(signed_run, changes_of(revision)) == []
    services.review_revision(revision=revision, seen=revision.version, by=bruno)
    with pytest.raises(services.OutcomeRefused, match="a second officer must"):
        services.publish_revision(revision=revision, seen=revision.version, by=bruno)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(published_by=bruno)
    done = services.publish_revision(revision=revision, seen=revision.version, by=olga)
    added.refresh_from_db()
    assert (done.result.key, done.result.symbol, added.question_id) == ("revised", "X/1", "IP-08.q3")
    assert Question.objects.get(pk="IP-08.q3").issue_id == "IP-08"
    entry = ledger.entry_of(done, "revision.published")
    changes = entry.opening.content["changes"]
    assert sorted(each["question"] for each in changes) == ["IP-08.q1", "IP-08.q3"]
    with pytest.raises(services.OutcomeRefused, match="is published and stays"):
        services.save_change(revision=revision, wish=wish(outcome), seen="", by=bruno)


def test_two_officers_on_one_question_the_second_is_told(revision, bruno, olga):
    first = services.save_change(revision=revision, wish=wish(text="Bruno’s words?"), seen="", by=bruno)
    with pytest.raises(services.OutcomeConflict) as told:
        services.save_change(revision=revision, wish=wish(text="Olga’s words?"), seen="", by=olga)
    assert told.value.theirs == "Reworded: Bruno’s words?"
    assert Change.objects.get().texts == {"en": "Bruno’s words?"}
    services.save_change(revision=revision, wish=wish(text="Olga’s words?"), seen=told.value.seen, by=olga)
    with pytest.raises(services.OutcomeConflict):
        services.drop_change(revision=revision, change=first.pk, seen=stamp(first), by=bruno)
    assert Change.objects.get().texts == {"en": "Olga’s words?"}


def test_outcome_decided_anew_is_cited_in_the_place_of_the_earlier_one(revision, decide, themes, bruno):
    first = decide(themes[0].theme_id)
    change = services.save_change(revision=revision, wish=wish(first), seen="", by=bruno)
    second = decide(themes[0].theme_id, code="reflected", paragraph="2", seen=first.pk)
    assert list(change.outcomes.all()) == [second]
