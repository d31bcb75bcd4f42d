"""Writing, reviewing and signing a summary."""

import re

import pytest
from django.db import IntegrityError, transaction

from colloquia.consultations.models import Draft, Run
from colloquia.core import ledger
from colloquia.core.models import AuditEntry
from colloquia.engines.citing import holds, sentences_of, stretch_of
from colloquia.engines.drafting.wording import claims_in
from colloquia.outcomes import services
from colloquia.outcomes.models import Citation, Sentence, Summary
from colloquia.outcomes.services.summaries import stamp

pytestmark = pytest.mark.django_db


def test_words_are_found_where_only_white_space_differs():
    assert stretch_of("One  two\nthree two", "two\r\nthree") == (5, 14)
    assert stretch_of("two and two", "two", near=9) == (8, 11)
    assert stretch_of("One two", "two one") is None
    assert stretch_of("One two", "  ") is None
    assert [holds("One two", *at, "two") for at in ((4, 7), (3, 7), (4, 4), (4, 9))] == [
        True,
        False,
        False,
        False,
    ]


def test_words_that_count_or_take_sides_are_told():
    assert claims_in("A majority supports permission, 60 % of them.")[0].casefold().endswith("majority")
    assert claims_in("Permission is asked for before training.") == ()


def test_citation_keeps_the_very_words_of_the_passage(summary, passages):
    citation = Citation.objects.get()
    assert citation.quote == passages[0].text[:40]
    assert (citation.start, citation.end) == (0, 40)
    assert citation.submission_id == passages[0].submission_id


def test_words_that_do_not_stand_in_the_passage_are_refused(summary, passages, bruno):
    sentence = summary.sentences.get()
    with pytest.raises(services.OutcomeRefused, match="do not stand in passage"):
        services.cite(
            summary=summary, sentence=sentence.pk, passage_id=passages[0].passage_id, words="No!", by=bruno
        )
    with pytest.raises(services.OutcomeRefused, match="no passage X-1"):
        services.cite(summary=summary, sentence=sentence.pk, passage_id="X-1", words="a", by=bruno)
    assert Citation.objects.count() == 1


def test_sentence_without_a_citation_is_named_and_keeps_the_summary_from_being_published(summary, bruno):
    services.add_sentence(summary=summary, question_id="", text="Nobody said this.", by=bruno)
    summary.refresh_from_db()
    with pytest.raises(services.OutcomeRefused, match=r"Sentence 1 cites no passage: “Nobody said this\.”"):
        services.review_summary(summary=summary, seen=summary.version, by=bruno)


def test_quotation_that_does_not_hold_any_more_is_found_again_before_publication(summary, sign):
    Citation.objects.update(quote="Other words")
    with pytest.raises(services.OutcomeRefused, match="quotes words that do not stand"):
        sign(summary)
    assert Summary.objects.get().status == "draft"


def test_signing_freezes_and_says_what_was_so(summary, sign, signed_run, bruno):
    signed = sign(summary)
    said = signed.said
    assert (said["run"], said["fingerprint"]) == (1, signed_run.fingerprint)
    assert said["coverage"]["received"] == 28
    assert said["missing"]["unread"] == 28
    assert said["missing"]["unsupported_languages"] == sorted(
        item["language"] for item in signed_run.languages if not item["supported"]
    )
    assert re.fullmatch("[0-9a-f]{64}", said["sha256"])
    entry = ledger.entry_of(signed, "summary.signed")
    assert entry.opening.content["summary"] == said["sha256"]
    with pytest.raises(services.OutcomeRefused, match="is signed and stays"):
        services.add_sentence(summary=signed, question_id="", text="More.", by=bruno)


def test_the_reviewer_cannot_sign_and_the_database_says_so_too(summary, bruno):
    services.review_summary(summary=summary, seen=summary.version, by=bruno)
    with pytest.raises(services.OutcomeRefused, match="a second officer must"):
        services.sign_summary(summary=summary, seen=summary.version, by=bruno)
    with pytest.raises(IntegrityError), transaction.atomic():
        Summary.objects.update(signed_by=bruno)


def test_summary_of_a_draft_run_is_not_signed(summary, bruno, olga):
    services.review_summary(summary=summary, seen=summary.version, by=bruno)
    Run.objects.update(status="reviewed")
    summary.run.refresh_from_db()
    with pytest.raises(services.OutcomeRefused, match="Run 1 is not signed yet"):
        services.sign_summary(summary=summary, seen=summary.version, by=olga)


def test_any_change_takes_the_review_back(summary, bruno, olga):
    services.review_summary(summary=summary, seen=summary.version, by=bruno)
    sentence = summary.sentences.get()
    services.edit_sentence(
        summary=summary,
        sentence=sentence.pk,
        text="Permission.",
        question_id="",
        seen=stamp(sentence),
        by=olga,
    )
    now = Summary.objects.get()
    assert (now.status, now.reviewed_by, now.version) == ("draft", None, summary.version + 1)
    with pytest.raises(services.OutcomeRefused, match="was changed since this page was opened"):
        services.review_summary(summary=summary, seen=summary.version, by=bruno)


def test_who_saves_over_another_is_told_and_nothing_is_lost(summary, bruno, olga):
    sentence = summary.sentences.get()
    seen = stamp(sentence)
    edit = {"summary": summary, "sentence": sentence.pk, "question_id": "IP-08.q1"}
    services.edit_sentence(text="Olga wrote this.", seen=seen, by=olga, **edit)
    with pytest.raises(services.OutcomeConflict) as told:
        services.edit_sentence(text="Bruno wrote this.", seen=seen, by=bruno, **edit)
    assert told.value.theirs == "Olga wrote this."
    services.edit_sentence(text="Bruno wrote this.", seen=told.value.seen, by=bruno, **edit)
    history = AuditEntry.objects.filter(verb="outcomes.edit_sentence").order_by("pk")
    assert [entry.changes["text"] for entry in history] == [
        ["Permission is asked for.", "Olga wrote this."],
        ["Olga wrote this.", "Bruno wrote this."],
    ]
    services.delete_sentence(
        summary=summary, sentence=sentence.pk, seen=stamp(Sentence.objects.get()), by=olga
    )
    with pytest.raises(services.OutcomeConflict) as gone:
        services.edit_sentence(text="Again.", seen=seen, by=bruno, **edit)
    assert (gone.value.theirs, gone.value.seen) == ("", "")


def test_sentences_change_places(summary, bruno):
    second = services.add_sentence(summary=summary, question_id="IP-08.q1", text="Second.", by=bruno)
    services.move_sentence(summary=summary, sentence=second.pk, up=True, by=bruno)
    services.move_sentence(summary=summary, sentence=second.pk, up=True, by=bruno)
    assert [row.text for row in summary.sentences.order_by("position")] == [
        "Second.",
        "Permission is asked for.",
    ]


def test_accepted_drafts_of_a_machine_come_with_their_citations(summary, passages, bruno):
    words = passages[1].text[:30]
    fields = {"run": summary.run, "kind": "sentence", "language": "en", "asked_by": bruno}
    evidence = [{"passage_id": passages[1].passage_id, "quote": words, "start": 0, "end": 30}]
    good = Draft.objects.create(
        status="accepted", text="A draft.", edited_text="An edited draft.", evidence=evidence, **fields
    )
    open_ = Draft.objects.create(status="proposed", text="Not accepted.", evidence=evidence, **fields)
    false = Draft.objects.create(
        status="accepted", text="False.", evidence=[evidence[0] | {"quote": "Never said"}], **fields
    )
    for row, words_of in ((open_, "only accepted ones"), (false, "does not hold any more")):
        with pytest.raises(services.OutcomeRefused, match=words_of):
            services.take_drafts(summary=summary, drafts=[row.pk], by=bruno)
    [taken] = services.take_drafts(summary=summary, drafts=[good.pk], by=bruno)
    assert (taken.text, taken.origin, taken.draft_id) == ("An edited draft.", "machine", good.pk)
    assert taken.citations.get().quote == words
    assert services.take_drafts(summary=summary, drafts=[good.pk], by=bruno) == []


def test_each_sentence_needs_a_citation_of_its_own(summary, passages, bruno, sign):
    first = services.add_sentence(
        summary=summary,
        question_id="",
        text="A human is named. Nobody said more! 谁都同意。没有人反对。",
        by=bruno,
    )
    texts = [each.text for each in summary.sentences.filter(question_id="")]
    assert texts == ["A human is named.", "Nobody said more!", "谁都同意。", "没有人反对。"]
    services.cite(
        summary=summary,
        sentence=first.pk,
        passage_id=passages[0].passage_id,
        words=passages[0].text[:10],
        by=bruno,
    )
    with pytest.raises(services.OutcomeRefused, match="Sentence 2 cites no passage"):
        sign(summary)


def test_a_sentence_written_anew_as_two_leaves_the_second_without_citations(summary, bruno):
    cited = summary.sentences.get()
    last = services.add_sentence(summary=summary, question_id=cited.question_id, text="The last.", by=bruno)
    services.edit_sentence(
        summary=summary,
        sentence=cited.pk,
        text="Permission is asked for. So is pay.",
        question_id=cited.question_id,
        seen=stamp(cited),
        by=bruno,
    )
    rows = list(summary.sentences.filter(question_id=cited.question_id).order_by("position"))
    assert [(each.text, each.citations.count()) for each in rows] == [
        ("Permission is asked for.", 1),
        ("So is pay.", 0),
        ("The last.", 0),
    ]
    assert rows[2].pk == last.pk


@pytest.mark.parametrize(
    "text",
    [
        "Many ask the U.S. Copyright Office for Art. 5 to be read narrowly.",
        "One said: “Yes. We agree.” without more.",
        'One said: "Yes. We agree." without more.',
    ],
)
def test_initials_and_quotations_do_not_end_a_sentence(text):
    assert sentences_of(text) == [text]


def test_a_quotation_that_never_ends_hides_no_sentence():
    assert sentences_of("One said: “Yes. All agree. So be it.") == [
        "One said: “Yes.",
        "All agree.",
        "So be it.",
    ]
