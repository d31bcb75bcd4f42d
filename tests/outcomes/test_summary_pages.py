"""The editor of summaries, and the published summary."""

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from colloquia.consultations.models import RunQuestion
from colloquia.issues.models import Question
from colloquia.outcomes import services
from colloquia.outcomes.models import Sentence, Summary
from colloquia.outcomes.services.summaries import stamp
from colloquia.submissions.models import Call, CallQuestion

pytestmark = pytest.mark.django_db

EDIT = "/consultations/example/summary/edit/?run=1&language=en"
OFFICE = [
    ("summary_edit", ()),
    ("summary_sentence", (1,)),
    ("summary_cite", ()),
    ("summary_history", ()),
    ("outcomes_edit", ()),
    ("outcome_edit", ("theme", "T1")),
    ("outcome_terms", ()),
    ("outcome_term", ("noted",)),
    ("suggestion_new", ()),
    ("suggestion_remove", (1,)),
    ("revisions_edit", ()),
    ("revision_edit", ("revised",)),
    ("revision_change", ("revised",)),
]


def test_strangers_and_delegates_are_refused_everywhere(client, stored_run, chen, amara):
    for person in (chen, amara):
        client.force_login(person)
        for name, more in OFFICE:
            url = reverse(name, args=["example", *more])
            assert {client.get(url).status_code, client.post(url).status_code} == {403}, (person, name)
    anonymous = Client()
    for name, more in OFFICE:
        response = anonymous.get(reverse(name, args=["example", *more]))
        assert (response.status_code, "/accounts/login/" in response["Location"]) == (302, True)


def test_nothing_is_public_before_it_is_published(client, signed_run, summary):
    for name in (
        "summary",
        "summary_json",
        "summary_word",
        "outcomes",
        "outcomes_json",
        "revision",
        "revision_json",
    ):
        assert client.get(reverse(name, args=["example"])).status_code == 404, name
    assert b"Permission is asked for" not in client.get("/consultations/example/").content


def test_a_summary_is_written_from_its_pages(officer, signed_run, passages):
    page = officer.get(EDIT)
    assert "There is no summary in this language yet" in page.content.decode()
    officer.post(EDIT, {"act": "begin", "language": "en"})
    refused = officer.post(
        EDIT, {"act": "add", "language": "en", "question_id": "IP-99.q1", "text": "Typed and kept."}
    )
    assert refused.status_code == 400
    officer.post(
        EDIT, {"act": "add", "language": "en", "question_id": "IP-08.q1", "text": "A majority supports it."}
    )
    sentence = Sentence.objects.get()
    text = officer.get(EDIT).content.decode()
    assert "This sentence cites no passage and cannot be published." in text
    assert "Look at these words once more" in text
    search = officer.get(
        reverse("summary_cite", args=["example"]), {"run": 1, "language": "en", "q": "register"}
    )
    assert search.context["page"].paginator.count > 0
    narrowed = officer.get(
        reverse("summary_cite", args=["example"]), {"run": 1, "language": "en", "theme": "IP-08.q1.t1"}
    )
    assert 0 < narrowed.context["page"].paginator.count < 28
    cite = {"run": 1, "language": "en", "passage": passages[0].passage_id, "sentence": sentence.pk}
    form = officer.get(reverse("summary_cite", args=["example"]), cite)
    assert passages[0].text[:30] in form.content.decode()
    wrong = officer.post(reverse("summary_cite", args=["example"]), {**cite, "words": "My own words"})
    assert (wrong.status_code, b"My own words" in wrong.content) == (400, True)
    officer.post(reverse("summary_cite", args=["example"]), {**cite, "words": passages[0].text[:30]})
    assert sentence.citations.get().quote == passages[0].text[:30]
    assert (
        b"wrote a sentence"
        in officer.get(reverse("summary_history", args=["example"]) + "?language=en").content
    )


def test_questions_that_nobody_asked_or_answered_stand_behind_the_others(officer, signed_run, paper, summary):
    rows = RunQuestion.objects.filter(run=signed_run)
    rows.exclude(question_id="IP-08.q1").update(passages=0, machine_passages=0)
    page = officer.get(EDIT)
    first = {block.question_id for block, _typed in page.context["blocks"]}
    quiet = {block.question_id for block, _typed in page.context["quiet_blocks"]}
    assert (first, quiet) == ({"", "IP-08.q1"}, {*rows.values_list("question_id", flat=True)} - {"IP-08.q1"})
    asked = rows.exclude(question_id="IP-08.q1").first().question_id
    Question.objects.get_or_create(pk=asked, defaults={"issue_id": "IP-08"})
    CallQuestion.objects.create(call=make_call(signed_run), question_id=asked, position=1)
    page = officer.get(EDIT)
    assert asked in {block.question_id for block, _typed in page.context["blocks"]}
    assert "<details><summary>Questions without answers" in page.content.decode()
    typed = {"act": "add", "language": "en", "question_id": "IP-99.q1", "text": "Typed."}
    assert officer.post(EDIT, typed).status_code == 400
    officer.post(EDIT, typed | {"question_id": "IP-08.q1", "text": "The wish was turned down."})
    assert '<q dir="auto">turned down</q>' in officer.get(EDIT).content.decode()


def make_call(run):
    now = timezone.now()
    return Call.objects.create(
        consultation=run.consultation, titles={"en": "A call"}, languages=["en"], opens_at=now,
        closes_at=now + timedelta(days=1), announced_at=now, created_by=run.signed_by,
    )  # fmt: skip


def test_the_second_of_two_officers_sees_both_and_may_go_on(officer, summary, olga):
    sentence = summary.sentences.get()
    url = f"{reverse('summary_sentence', args=['example', sentence.pk])}?run=1&language=en"
    seen = stamp(sentence)
    services.edit_sentence(
        summary=summary, sentence=sentence.pk, text="Olga’s.", question_id="", seen=seen, by=olga
    )
    told = officer.post(url, {"text": "Mine.", "question_id": "", "seen": seen})
    text = told.content.decode()
    assert (told.status_code, "Olga’s." in text, "Mine." in text) == (409, True, True)
    again = told.context["conflict"].fields
    assert officer.post(url, again).status_code == 302
    assert Sentence.objects.get().text == "Mine."


def test_published_summary_leads_down_to_the_passages(client, officer, summary, sign, passages, olga):
    sign(summary)
    public = Client()
    page = public.get(reverse("summary", args=["example"]))
    text = page.content.decode()
    assert "Permission is asked for." in text
    assert reverse("consultation_passage", args=["example", passages[0].passage_id]) in text
    assert "Bruno" not in text
    assert "Olga" not in text
    assert "28" in text
    assert (
        public.get(reverse("summary", args=["example"]), headers={"if-none-match": page["ETag"]}).status_code
        == 304
    )
    twin = public.get(reverse("summary_json", args=["example"])).json()
    [part] = [part for part in twin["parts"] if part["question"] == "IP-08.q1"]
    assert part["sentences"][0]["citations"][0]["quote"] == passages[0].text[:40]
    assert (twin["@type"], twin["published_with"]["run"]) == ("Report", 1)
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(embedded[1])["@type"] == "Report"
    word = public.get(reverse("summary_word", args=["example"]))
    document = zipfile.ZipFile(BytesIO(b"".join(word.streaming_content))).read("word/document.xml").decode()
    assert "Permission is asked for." in document
    assert "[1]" in document
    assert officer.post(EDIT, {"act": "add", "language": "en", "text": "More."}).status_code == 400
    assert Summary.objects.get().sentences.count() == 1
    where = public.get(reverse("consultation_submission", args=["example", passages[0].submission_id]))
    assert "Cited in the summary" in where.content.decode()
    theme = officer.get(f"{reverse('consultation_theme', args=['example', 'IP-08.q1.t1'])}")
    assert "Cite in the summary" in theme.content.decode()


def test_pages_ask_the_same_few_questions_for_one_sentence_and_for_three(officer, summary, passages, bruno):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            officer.get(EDIT)
        return len(asked)

    officer.get(EDIT)
    one = count()
    for text in ("Two.", "Three."):
        row = services.add_sentence(summary=summary, question_id="", text=text, by=bruno)
        services.cite(
            summary=summary,
            sentence=row.pk,
            passage_id=passages[2].passage_id,
            words=passages[2].text[:9],
            by=bruno,
        )
    assert count() == one == 14


def test_arabic_summary_in_its_own_language(client, signed_run, passages, sign, bruno):
    row = services.begin_summary(run=signed_run, language="ar", by=bruno)
    sentence = services.add_sentence(summary=row, question_id="", text="يلزم الإذن.", by=bruno)
    services.cite(
        summary=row,
        sentence=sentence.pk,
        passage_id=passages[0].passage_id,
        words=passages[0].text[:9],
        by=bruno,
    )
    sign(row)
    page = client.get(reverse("summary", args=["example"]) + "?lang=ar", follow=True).content.decode()
    assert '<span lang="ar" dir="rtl">يلزم الإذن.</span>' in page
    assert client.get(reverse("summary_word", args=["example"])).status_code == 200
