"""The pages of outcomes, of the revised paper, and of what became of a submission."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from colloquia.consultations.models import ReadMark
from colloquia.consultations.queries.stages import stages_of
from colloquia.outcomes.models import Change, Outcome, OutcomePublication
from colloquia.submissions.models import PublishedSubmission, Submission
from colloquia.submissions.records import Content
from colloquia.submissions.services.receiving import private_token
from tests.outcomes.conftest import NAMED

pytestmark = pytest.mark.django_db


def test_outcomes_are_decided_and_published_from_their_pages(
    client, officer, signed_run, themes, terms, olga
):
    url = reverse("outcomes_edit", args=["example"])
    page = officer.get(url)
    assert page.context["without"] == page.context["total"] > len(themes)
    one = reverse("outcome_edit", args=["example", "theme", themes[0].theme_id])
    empty = officer.post(one, {"term": "reflected", "paragraph": "", "reason_en": "Kept words.", "seen": ""})
    assert (empty.status_code, b"Kept words." in empty.content) == (400, True)
    officer.post(one, {"term": "reflected", "paragraph": "12", "reason_en": "Because.", "seen": ""})
    late = officer.post(one, {"term": "noted", "reason_en": "Mine.", "seen": ""})
    assert (late.status_code, "Reflected in paragraph 12" in late.content.decode()) == (409, True)
    chosen = [f"theme:{row.theme_id}" for row in themes]
    bad = officer.post(url, {"act": "bulk", "subject": chosen, "bulk-reason_en": "A common reason."})
    assert (bad.status_code, b"A common reason." in bad.content) == (400, True)
    officer.post(url, {"act": "bulk", "subject": chosen, "bulk-term": "noted", "bulk-reason_en": "Alike."})
    assert Outcome.objects.count() == len(themes)
    assert len(officer.get(url, {"show": "with"}).context["entries"]) == len(themes)
    officer.post(url, {"act": "propose"})
    officer.post(url, {"act": "publish"})
    assert OutcomePublication.objects.get().published_at is None
    second = Client()
    second.force_login(olga)
    second.post(url, {"act": "publish"})
    public = Client().get(reverse("outcomes", args=["example"]))
    text = public.content.decode()
    assert "Reflected in paragraph 12" in text
    assert "Bruno" not in text
    assert "Olga" not in text
    table = Client().get(reverse("outcomes", args=["example"]), {"table": "outcomes", "format": "csv"})
    rows = list(csv.DictReader(StringIO(b"".join(table.streaming_content).decode("utf-8-sig"))))
    assert [row["outcome"] for row in rows if row["id"] == themes[0].theme_id] == [
        "Reflected in paragraph 12"
    ]


def test_terms_are_kept_and_a_verdict_comes_back_filled_in(officer, consultation, terms):
    url = reverse("outcome_terms", args=["example"])
    refused = officer.post(url, {"code": "yes", "label_en": "Accepted", "is_active": "on"})
    text = refused.content.decode()
    assert (refused.status_code, "never accepted or refused" in text, 'value="Accepted"' in text) == (
        400,
        True,
        True,
    )
    assert officer.post(url, {"code": "later", "label_en": "For later", "is_active": "on"}).status_code == 302
    assert b"For later" in officer.get(url).content


def test_paper_is_revised_from_its_pages(officer, signed_run, paper, decide, publish, themes, bruno, olga):
    outcome = decide(themes[0].theme_id, code="reflected", paragraph="8")
    publish()
    officer.post(
        reverse("revisions_edit", args=["example"]),
        {"base": paper.base.pk, "key": "revised", "title_en": "Revised paper"},
    )
    url = reverse("revision_change", args=["example", "revised"])
    form = officer.get(url, {"question": "IP-08.q1"})
    assert "As it stands now:" in form.content.decode()
    fields = {"question": "IP-08.q1", "issue_id": "IP-08", "seen": "", "outcomes": outcome.pk}
    same = officer.post(
        url, fields | {"kind": "reword", "text_en": "Should works train machines without permission?"}
    )
    assert (same.status_code, b"Nothing of the wording is changed" in same.content) == (400, True)
    new = fields | {"kind": "reword", "text_en": "Should works train machines with permission?"}
    assert officer.post(url, new).status_code == 302
    second = officer.post(url, new | {"text_en": "Mine, typed meanwhile?"})
    text = second.content.decode()
    assert (second.status_code, "with permission?" in text, "Mine, typed meanwhile?" in text) == (
        409,
        True,
        True,
    )
    assert officer.post(url, second.context["form"].data.dict()).status_code == 302
    assert Change.objects.get().texts == {"en": "Mine, typed meanwhile?"}
    editor = reverse("revision_edit", args=["example", "revised"])
    page = officer.get(editor).content.decode()
    assert "<ins>" in page
    assert page.count("<ins>Added</ins>") == 1
    assert "not written yet; the earlier text is not carried over" in page
    officer.post(url, fields | {"kind": "move", "issue_id": "IP-07", "text_en": "Mine, typed meanwhile?",
                                "seen": Change.objects.get().at.isoformat()})  # fmt: skip
    officer.post(editor, {"act": "review", "seen": services_version()})
    other = Client()
    other.force_login(olga)
    other.post(editor, {"act": "publish", "seen": services_version()})
    public = Client().get(reverse("revision", args=["example"])).content.decode()
    assert "from IP-08" in public
    assert "<ins>Added</ins>" not in public
    assert f"#theme-{themes[0].theme_id}" in public


def services_version() -> int:
    from colloquia.outcomes.models import Revision

    return Revision.objects.get().version


def test_every_change_shows_the_passages_that_led_to_it_and_they_lead_back(told, themes, passages):
    public = Client()
    page = public.get(reverse("revision", args=["example"])).content.decode()
    assert "It led to a question" not in page
    assert "To be clear." in page
    assert page.count('<figure class="quote"') > 0
    twin = public.get(reverse("revision_json", args=["example"])).json()
    [change] = twin["changes"]
    [behind] = change["outcomes"]
    assert (change["question"], behind["of"]) == ("IP-08.q1", f"theme:{themes[0].theme_id}")
    quoted = behind["passages"][0]["id"]
    submission = quoted.rpartition(".")[0]
    where = public.get(reverse("consultation_submission", args=["example", submission])).content.decode()
    assert f"Outcome of {themes[0].theme_id}: Reflected in paragraph 8" in where
    assert "Change of the paper: IP-08.q1: Reworded" in where
    first = public.get(reverse("consultation_submission", args=["example", passages[0].submission_id]))
    assert "Outcome of suggestion 1: Noted" in first.content.decode()
    with CaptureQueriesContext(connection) as asked:
        seen = [(stage.name, route) for stage, route in stages_of(AnonymousUser(), "example")]
    assert seen == [("analysis", "consultation"), ("outcome", "outcomes")]
    assert len(asked) == 1


@pytest.fixture
def sent(received, signed_run, passages):
    """Makes a submission that bears the id of one in the run."""

    def make(content: Content = NAMED, *, publish: bool = True) -> Submission:
        row = received(content)
        Submission.objects.filter(pk=row.pk).update(identifier=passages[0].submission_id, check_state="ready")
        row.refresh_from_db()
        if publish:
            PublishedSubmission.objects.create(
                submission=row,
                identifier=row.identifier,
                call=row.call,
                version=1,
                kind=content.kind,
                is_anonymous=content.publication == "anonymous",
                channel="web",
                received_on=timezone.localdate(),
                published_by=signed_run.reviewed_by,
            )
        return row

    return make


def test_a_named_organisation_reads_in_public_what_became_of_it(told, sent, themes, bruno):
    row = sent()
    ReadMark.objects.create(
        consultation=told.consultation, submission_id=row.identifier, passage_id="", reader=bruno
    )
    public = Client()
    text = public.get(reverse("submission_outcome", args=[row.identifier])).content.decode()
    assert "1 of them is cited in the published summary" in text
    assert "Permission is asked for." in text
    assert "A person marked the whole submission as read on" in text
    assert "Bruno" not in text
    twin = public.get(reverse("submission_outcome_json", args=[row.identifier])).json()
    assert (twin["cited"], twin["run"]) == (1, 1)
    reflected = [item for item in twin["themes"] if item["outcome"] == "Reflected in paragraph 8"]
    assert [len(item["changes"]) for item in reflected] == [1] * len(reflected)
    assert twin["suggestions"][0]["outcome"] == "Noted"


@pytest.mark.parametrize("change", [{"kind": "person"}, {"publication": "anonymous"}])
def test_individuals_and_anonymous_senders_have_a_private_page_alone(told, sent, change):
    row = sent(replace(NAMED, **change))
    public = Client()
    for name in ("submission_outcome", "submission_outcome_json"):
        assert public.get(reverse(name, args=[row.identifier])).status_code == 404
    private = public.get(reverse("receipt_outcome", args=[private_token(row)]))
    assert "1 of them is cited in the published summary" in private.content.decode()
    assert (private["Referrer-Policy"], private["X-Robots-Tag"]) == ("same-origin", "noindex")
    assert "no-store" in private["Cache-Control"]
    assert public.get(reverse("receipt_outcome", args=["x" * 43])).status_code == 404


def test_confidential_sender_is_told_plainly(told, sent):
    row = sent(replace(NAMED, publication="confidential"), publish=False)
    public = Client()
    assert public.get(reverse("submission_outcome", args=[row.identifier])).status_code == 404
    text = public.get(reverse("receipt_outcome", args=[private_token(row)])).content.decode()
    assert (
        "This submission is confidential. It is counted among what was received, and not published." in text
    )
    assert "The secretariat has read it through." in text
    assert "Permission is asked for." not in text
    receipt = public.get(reverse("receipt", args=[private_token(row)])).content.decode()
    assert "This submission is confidential." in receipt
    assert f'href="{reverse("receipt_outcome", args=[private_token(row)])}"' in receipt


def test_list_of_outcomes_asks_a_fixed_number_of_questions(officer, signed_run, decide, themes):
    url = reverse("outcomes_edit", args=["example"])
    officer.get(url)
    counts = []
    for row in themes[:3]:
        with CaptureQueriesContext(connection) as asked:
            officer.get(url)
        counts.append(len(asked))
        decide(row.theme_id)
    assert counts[1:] == [counts[0] + 1] * 2
