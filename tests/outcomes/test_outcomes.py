"""Terms, suggestions, outcomes, and publishing them by two officers."""

import pytest
from django.db import IntegrityError, transaction

from colloquia.consultations.queries import bulk_of
from colloquia.core import ledger
from colloquia.core.models import OutgoingMail
from colloquia.outcomes import services
from colloquia.outcomes.commitments import of_outcome
from colloquia.outcomes.models import Outcome, OutcomePublication, OutcomeTerm, SenderTold, Suggestion
from colloquia.outcomes.queries.outcomes import standings, subjects_of
from colloquia.outcomes.services.telling import tell_senders
from colloquia.outcomes.verdicts import verdict_in
from colloquia.submissions.services import private_token

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Accepted in part", "Accepted"),
        ("The proposal was refused", "refused"),
        ("Not agreed", "agreed"),
        ("Rejetée", "Rejetée"),
        ("Proposition acceptée", "acceptée"),
        ("Rechazada", "Rechazada"),
        ("De acuerdo", "De acuerdo"),
        ("Отклонено", "Отклонено"),
        ("Предложение принято", "принято"),
        ("не принято к сведению и отклонено", "отклонено"),
        ("采纳", "采纳"),
        ("不同意", "同意"),
        ("مرفوض", "مرفوض"),
        ("تم قبوله", "قبول"),
        ("Noted", ""),
        ("Reflected in paragraph {paragraph}", ""),
        ("Covered elsewhere", ""),
        ("Outside scope", ""),
        ("Принято к сведению", ""),
        ("قبل الفقرة", ""),
        ("已注意到", ""),
    ],
)
def test_no_term_gives_a_verdict(text, word):
    assert verdict_in(text) == word


def test_term_is_refused_with_the_reason_and_ended_never_removed(terms, bruno):
    with pytest.raises(services.OutcomeRefused, match="never accepted or refused") as refused:
        services.save_term(code="yes", labels={"en": "Accepted"}, needs_paragraph=False, by=bruno, new=True)
    assert "“Accepted” in “Accepted”" in str(refused.value)
    with pytest.raises(services.OutcomeRefused, match="must hold"):
        services.save_term(code="x", labels={"en": "See the paper"}, needs_paragraph=True, by=bruno)
    with pytest.raises(services.OutcomeRefused, match="a term with this code already"):
        services.save_term(code="noted", labels={"en": "Noted"}, needs_paragraph=False, by=bruno, new=True)
    ended = services.save_term(
        code="noted", labels={"en": "Noted"}, needs_paragraph=False, is_active=False, by=bruno
    )
    assert (ended.is_active, OutcomeTerm.objects.filter(pk="noted").exists()) == (False, True)


def test_outcome_needs_what_its_term_names(decide, themes):
    theme = themes[0].theme_id
    with pytest.raises(services.OutcomeRefused, match="Name the paragraph"):
        decide(theme, code="reflected")
    with pytest.raises(services.OutcomeRefused, match="Write the reason"):
        decide(theme, reasons={"en": " "})
    with pytest.raises(services.OutcomeRefused, match="no theme IP-99"):
        decide("IP-99")
    assert decide(theme, code="reflected", paragraph="12").words == "Reflected in paragraph 12"


def test_another_decision_stands_in_for_the_earlier_one(decide, publish, themes, signed_run, olga):
    theme = themes[0].theme_id
    first = decide(theme)
    publish()
    with pytest.raises(services.OutcomeConflict, match="Noted"):
        decide(theme, by=olga)
    second = decide(theme, code="reflected", paragraph="3", seen=first.pk, by=olga)
    standing = standings(signed_run)["theme", theme]
    assert (standing.public.pk, standing.in_force.pk, standing.is_changed) == (first.pk, second.pk, True)
    publish()
    standing = standings(signed_run)["theme", theme]
    assert [row.pk for row in standing.published] == [first.pk, second.pk]
    third = decide(theme, seen=second.pk)
    assert standings(signed_run)["theme", theme].in_force.pk == third.pk
    assert list(Outcome.objects.order_by("pk").values_list("superseded_by", flat=True)) == [
        second.pk,
        third.pk,
        None,
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.filter(pk=first.pk).update(superseded_by=None)


def test_many_get_the_same_and_those_that_have_one_keep_it(decide, themes, signed_run, bruno):
    decide(themes[0].theme_id, code="reflected", paragraph="1")
    subjects = [services.Subject(theme=row.theme_id) for row in themes]
    decision = services.Decision("noted", "", {"en": "The same reason."})
    made = services.decide_many(run=signed_run, subjects=subjects, decision=decision, by=bruno)
    assert len(made) == len(themes) - 1
    with pytest.raises(services.OutcomeRefused, match="has no outcome yet"):
        services.decide_many(run=signed_run, subjects=subjects, decision=decision, by=bruno)


def test_publication_takes_two_officers_and_what_was_proposed(decide, themes, signed_run, bruno, olga):
    first = decide(themes[0].theme_id)
    proposal = services.propose_publication(run=signed_run, by=bruno)
    with pytest.raises(services.OutcomeRefused, match="a second officer must"):
        services.publish_outcomes(proposal=proposal, by=bruno)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutcomePublication.objects.update(published_by=bruno)
    second = decide(themes[0].theme_id, seen=first.pk, by=olga)
    with pytest.raises(services.OutcomeRefused, match="were changed since"):
        services.publish_outcomes(proposal=proposal, by=olga)
    services.withdraw_proposal(proposal=proposal, by=olga)
    proposal = services.propose_publication(run=signed_run, by=olga)
    done = services.publish_outcomes(proposal=proposal, by=bruno)
    assert Outcome.objects.get(pk=second.pk).published_at == done.published_at
    entry = ledger.entry_of(done, "outcomes.published")
    assert list(entry.opening.content["outcomes"]) == [str(second.pk)]


def test_outcomes_of_a_draft_run_are_not_published(decide, themes, signed_run, bruno):
    decide(themes[0].theme_id)
    type(signed_run).objects.update(status="draft")
    with pytest.raises(services.OutcomeRefused, match="Run 1 is not signed"):
        services.propose_publication(run=signed_run, by=bruno)


def test_suggestion_is_marked_once_and_taken_back_until_its_outcome_is_public(
    decide, publish, passages, signed_run, bruno
):
    mark = {"run": signed_run, "passage_id": passages[0].passage_id, "question_id": "IP-08.q1", "by": bruno}
    row = services.mark_suggestion(words=passages[0].text[:20], note="Ask before training.", **mark)
    same = services.mark_suggestion(words=passages[0].text[:20], note="", **mark)
    assert (row.pk, row.number, row.quote) == (same.pk, 1, passages[0].text[:20])
    other = services.mark_suggestion(words=passages[0].text[:30], note="", **mark)
    services.remove_suggestion(suggestion=other, by=bruno)
    assert [item.key for item in subjects_of(signed_run) if item.suggestion] == [("suggestion", str(row.pk))]
    decide(suggestion=row.pk)
    publish()
    with pytest.raises(services.OutcomeRefused, match="is published, so it stays"):
        services.remove_suggestion(suggestion=row, by=bruno)
    with pytest.raises(services.OutcomeRefused, match="do not stand"):
        services.mark_suggestion(words="Nowhere", note="", **mark)
    assert Suggestion.objects.count() == 2


def test_outcomes_are_proposed_for_the_same_themes_of_the_next_run(
    decide, themes, signed_run, bruno, run_folder, tmp_path
):
    import shutil

    from colloquia.consultations.services import store_run

    decide(themes[0].theme_id, code="reflected", paragraph="7")
    folder = shutil.copytree(run_folder, tmp_path / "again")
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    later = store_run(consultation=signed_run.consultation, folder=folder, prior=signed_run)
    proposals = {item.key[1]: item.carried for item in subjects_of(later) if item.carried}
    assert list(proposals) == [themes[0].theme_id]
    [row] = services.confirm_carried(run=later, themes=[themes[0].theme_id], by=bruno)
    assert (row.run, row.paragraph, row.published_at) == (later, "7", None)
    with pytest.raises(services.OutcomeRefused, match="can be carried over"):
        services.confirm_carried(run=later, themes=[themes[0].theme_id], by=bruno)


def test_senders_are_told_once_in_their_language(decide, publish, themes, received):
    submission = received()
    submission.versions.update(interface_language="ar")
    withdrawn = received(email="gone@example.org")
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(withdrawn_at=withdrawn.received_at)
    decide(themes[0].theme_id)
    publication = publish()
    tell_senders(publication.pk)
    tell_senders(publication.pk)
    mails = OutgoingMail.objects.filter(template="outcomes/mail/outcomes_published")
    assert [(mail.recipient, mail.language) for mail in mails] == [("ada@example.org", "ar")]
    assert f"/receipts/{private_token(submission)}/outcome/" in mails[0].text


def test_senders_hear_again_only_of_what_is_new_about_their_own_submission(
    decide, publish, themes, passages, received, signed_run
):
    theme = themes[0]
    bulk = bulk_of(signed_run)
    inside = bulk.submissions(theme=theme.theme_id, question=theme.question_id, limit=0)[0][0].submission_id
    elsewhere = next(
        row for row in themes
        if inside not in {
            each.submission_id
            for each in bulk.submissions(theme=row.theme_id, question=row.question_id, limit=0)[0]
        }
    )  # fmt: skip
    concerned, other = received(), received(email="bea@example.org")
    type(concerned).objects.filter(pk=concerned.pk).update(identifier=inside)

    def told(publication):
        OutgoingMail.objects.all().delete()
        tell_senders(publication.pk)
        tell_senders(publication.pk)
        return sorted(OutgoingMail.objects.values_list("recipient", flat=True))

    first = decide(theme.theme_id)
    assert told(publish()) == ["ada@example.org", "bea@example.org"]
    once = decide(elsewhere.theme_id)
    assert told(publish()) == []
    changed = decide(theme.theme_id, code="reflected", paragraph="8", seen=first.pk)
    assert told(publish()) == ["ada@example.org"]
    decide(elsewhere.theme_id, reasons={"en": "Said again."}, seen=once.pk)
    assert told(publish()) == []
    assert SenderTold.objects.get(submission=concerned).outcomes == [of_outcome(changed)[:16]]
    assert SenderTold.objects.get(submission=other).outcomes == []


def test_an_earlier_task_leaves_the_rest_to_that_of_a_later_publication(decide, publish, themes, received):
    received()
    first = decide(themes[0].theme_id)
    early = publish()
    decide(themes[0].theme_id, code="reflected", paragraph="8", seen=first.pk)
    late = publish()
    tell_senders(early.pk)
    assert SenderTold.objects.count() == 0
    tell_senders(late.pk)
    tell_senders(early.pk)
    assert OutgoingMail.objects.filter(template="outcomes/mail/outcomes_published").count() == 1
