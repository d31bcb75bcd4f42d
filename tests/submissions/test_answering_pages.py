"""The pages of a draft without any script: begun, saved, reviewed, sent; hostile input, and strangers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core.models import Attachment, Language, OutgoingMail
from colloquia.submissions import services
from colloquia.submissions.models import AnswerDraft, Call, DraftFile, Submission
from colloquia.submissions.presentation.answering_review import review_of
from colloquia.submissions.queries.drafts import asked_of
from colloquia.submissions.records import AnswerIn, Content
from colloquia.submissions.services import draft_token
from colloquia.submissions.services.confirming import confirmation_code
from colloquia.submissions.services.sending import incoming_of
from colloquia.submissions.views import answering_begin
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db

FIRST = "answers.XX-01.q1.text"


@pytest.fixture(autouse=True)
def languages(db: None) -> None:
    """Two languages that can be chosen."""
    Language.objects.bulk_create(
        [
            Language(code="en", endonym="English", name="English"),
            Language(code="fr", endonym="Français", name="French"),
        ]
    )


def address(draft: AnswerDraft, name: str = "draft", *more: object) -> str:
    return reverse(name, args=[draft_token(draft), *more])


def fields_of(client: Client, where: str) -> dict[str, str]:
    """What a browser would send back of the form of a draft, as it stands."""
    page = client.get(where).content.decode()
    form = page[page.index('id="draft"') : page.index("</form>", page.index('id="draft"'))]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("radio" not in tag or "checked" in tag) and "checkbox" not in tag:
            found[name[1]] = unescape(value[1] if value else "")
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        first = re.search(r'<option value="([^"]*)"', options)
        named = chosen and (chosen[2] if chosen[1] is None else chosen[1])
        found[name] = unescape(named if named is not None else (first[1] if first else ""))
    return found


def test_from_an_address_to_a_receipt(client: Client, call: Call) -> None:
    """Begun by e-mail, filled in, confirmed, reviewed and sent."""
    began = client.post(reverse("answer_begin", args=["small-call"]), {"email": "ada@example.org"})
    draft = AnswerDraft.objects.get()
    where = address(draft)
    assert (began.status_code, began["Location"]) == (302, where)
    message = OutgoingMail.objects.get(template="submissions/mail/draft")
    assert message.recipient == "ada@example.org"
    link = urlsplit(re.search(r"http\S+/confirm/\S+", message.text)[0]).path  # type: ignore[index]
    assert client.get(link).status_code == 200
    draft.refresh_from_db()
    assert draft.confirmed_at is None
    client.post(link)
    draft.refresh_from_db()
    assert draft.confirmed_at is not None

    filled = fields_of(client, where) | {
        "organisation": "Example Publishers",
        "name": "Ada Example",
        "territory": "CH",
        "language": "English",
        "publication": "anonymous",
        FIRST: "One line.\r\nAnother.",
        "answers.XX-01.q2.text": "لا",
        "answers.XX-01.q2.secrecy": "confidential",
        "do": "review",
    }
    assert client.post(where, filled)["Location"] == address(draft, "draft_review")
    review = client.get(address(draft, "draft_review")).content.decode()
    assert "Say why this answer is confidential." in review
    assert 'id="send-form"' not in review
    again = fields_of(client, where) | {"answers.XX-01.q2.secrecy_reason": "Trade secret"}
    client.post(where, again)
    assert 'id="send-form"' in client.get(address(draft, "draft_review")).content.decode()
    sent = client.post(address(draft, "draft_send"))
    submission = Submission.objects.get()
    assert sent["Location"] == reverse("receipt", args=[services.private_token(submission)])
    assert client.post(address(draft, "draft_send"))["Location"] == sent["Location"]
    assert client.get(where)["Location"] == sent["Location"]
    content = json.loads(submission.versions.get().document)["content"]
    assert [each["text"] for each in content["answers"]] == ["One line.\nAnother.", "لا"]
    assert (content["language"], submission.confirmed_at is not None) == ("en", True)


def test_a_form_that_is_sent_as_it_came_changes_nothing(client: Client, draft: AnswerDraft) -> None:
    before = AnswerDraft.objects.get(pk=draft.pk)
    client.post(address(draft), fields_of(client, address(draft)))
    draft.refresh_from_db()
    assert Content.from_json(draft.content) == Content.from_json(before.content)
    assert draft.version == before.version


def test_a_save_over_another_keeps_both_and_the_page_shows_them(client: Client, draft: AnswerDraft) -> None:
    where = address(draft)
    mine, theirs = fields_of(client, where), fields_of(client, where)
    client.post(where, theirs | {FIRST: "Theirs"})
    client.post(where, mine | {FIRST: "Mine"})
    page = client.get(where).content.decode()
    assert "Theirs</textarea>" in page
    assert "Mine</p>" in page
    [take] = re.findall(r'name="take" value="(\w+)"', page)
    client.post(where, fields_of(client, where) | {"take": take})
    page = client.get(where).content.decode()
    assert "Mine</textarea>" in page
    assert "Theirs</p>" in page


def test_a_script_is_told_what_somebody_else_saved(client: Client, draft: AnswerDraft) -> None:
    where = address(draft)
    mine = fields_of(client, where)
    client.post(where, mine | {FIRST: "Theirs"})
    answer = client.post(where, mine | {FIRST: "Mine"}, headers={"accept": "application/json"}).json()
    assert (answer["ok"], answer["conflicts"]) == (True, {FIRST: "Theirs"})


def test_what_was_typed_after_the_sending_comes_back(client: Client, draft: AnswerDraft) -> None:
    where = address(draft)
    typed = fields_of(client, where) | {FIRST: "Typed too late"}
    services.send(draft=draft)
    page = client.post(where, typed)
    assert page.status_code == 409
    assert "Typed too late" in page.content.decode()
    answer = client.post(where, typed, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["sent"]) == (409, True)


def test_parties_are_added_and_removed_without_a_script(client: Client, draft: AnswerDraft) -> None:
    where = address(draft)
    began = client.post(where, fields_of(client, where) | {"do": "add_party"})
    page = fields_of(client, began["Location"].partition("#")[0])
    first = page | {"parties.1.kind": "state", "parties.1.name": "Kenya", "parties.1.territory": "KE"}
    more = client.post(where, first | {"do": "add_party"})
    page = fields_of(client, more["Location"].partition("#")[0])
    client.post(where, page | {"parties.2.kind": "state", "parties.2.name": "Japan"})
    draft.refresh_from_db()
    assert [each["name"] for each in draft.content["parties"]] == ["Kenya", "Japan"]
    client.post(where, fields_of(client, where) | {"do": "remove_party.1"})
    draft.refresh_from_db()
    assert [each["name"] for each in draft.content["parties"]] == ["Japan"]


def test_files_are_kept_at_once_described_and_taken_out(client: Client, draft: AnswerDraft) -> None:
    where = address(draft, "draft_files")
    hostile = "../../etc/<b>\u202egnp.txt"
    client.post(
        where, {"file": [SimpleUploadedFile(hostile, b"An annex"), SimpleUploadedFile("b.txt", b"B")]}
    )
    first, second = DraftFile.objects.order_by("position").select_related("attachment")
    assert first.attachment.name == "_b_gnp.txt"
    said = {f"files.{row.pk}": "1" for row in (first, second)} | {
        f"files.{first.pk}.secrecy": "confidential",
        f"files.{first.pk}.secrecy_reason": "Prices",
        f"files.{second.pk}.title": "Public part",
        f"files.{second.pk}.language": "Français",
        f"files.{second.pk}.public_version_of": str(first.pk),
        f"files.{second.pk}.mining_reserved": "on",
        "do": "review",
    }
    assert client.post(where, said)["Location"] == address(draft, "draft_review")
    second.refresh_from_db()
    assert (second.title, second.public_version_of_id, second.mining_reserved) == (
        "Public part",
        first.pk,
        True,
    )
    given = client.get(address(draft, "draft_file", first.pk))
    assert given["Content-Disposition"].startswith("attachment")
    assert b"".join(given) == b"An annex"
    client.post(address(draft, "draft_file_remove", first.pk))
    assert list(draft.files.all()) == [second]
    assert Attachment.objects.count() == 1


def test_an_empty_file_is_refused_and_nothing_is_kept(client: Client, draft: AnswerDraft) -> None:
    page = client.post(address(draft, "draft_files"), {"file": SimpleUploadedFile("empty.txt", b"")})
    assert page.status_code == 422
    assert (DraftFile.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_file_comes_in_pieces_and_goes_on_where_the_line_broke(client: Client, draft: AnswerDraft) -> None:
    begun = client.post(address(draft, "draft_pieces"), {"name": "a.txt", "size": "6", "type": "text/plain"})
    upload = begun.json()["upload"]
    piece = address(draft, "draft_piece", upload)

    def put(offset: int, data: bytes) -> tuple[int, int]:
        answer = client.post(f"{piece}?offset={offset}", data, content_type="application/octet-stream")
        return answer.status_code, answer.json()["offset"]

    assert put(0, b"abc") == (200, 3)
    assert put(0, b"abc") == (409, 3)
    assert client.get(piece).json()["offset"] == 3
    assert client.post(address(draft, "draft_piece_finish", upload)).status_code == 409
    assert put(3, b"defg") == (409, 3)
    assert put(3, b"def") == (200, 6)
    first = client.post(address(draft, "draft_piece_finish", upload)).json()
    assert client.post(address(draft, "draft_piece_finish", upload)).json() == first
    [row] = draft.files.all()
    assert row.attachment.path.read_bytes() == b"abcdef"


def test_a_file_that_was_damaged_on_its_way_is_not_kept(client: Client, draft: AnswerDraft) -> None:
    data = {"name": "a.txt", "size": "3", "sha256": "0" * 64}
    upload = client.post(address(draft, "draft_pieces"), data).json()["upload"]
    where = f"{address(draft, 'draft_piece', upload)}?offset=0"
    client.post(where, b"abc", content_type="application/octet-stream")
    assert client.post(address(draft, "draft_piece_finish", upload)).status_code == 422
    assert draft.files.count() == 0


def test_a_guessed_link_and_a_stranger_find_nothing(client: Client, draft: AnswerDraft, chen: User) -> None:
    client.force_login(chen)
    for name in ("draft", "draft_files", "draft_review", "draft_form", "draft_send", "draft_remove"):
        where = reverse(name, args=["x" * 43])
        assert client.post(where).status_code == (405 if name == "draft_review" else 404)
        assert client.get(where).status_code == (405 if name == "draft_send" else 404)
    answer = client.get(address(draft))
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert "no-store" in answer["Cache-Control"]


def test_a_link_with_another_code_confirms_nothing(
    client: Client, make_draft: Callable[..., AnswerDraft]
) -> None:
    draft = make_draft(confirmed_at=None)
    assert client.post(address(draft, "draft_confirm", "x" * 43)).status_code == 404
    draft.refresh_from_db()
    assert draft.confirmed_at is None


def test_what_is_sent_unconfirmed_counts_once_it_is_confirmed(
    client: Client, make_draft: Callable[..., AnswerDraft]
) -> None:
    draft = make_draft(confirmed_at=None)
    client.post(address(draft, "draft_send"))
    assert Submission.objects.get().confirmed_at is None
    client.post(address(draft, "draft_confirm", confirmation_code(draft)))
    assert Submission.objects.get().confirmed_at is not None


def test_beginning_tells_nothing_and_is_limited(
    client: Client, call: Call, amara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A known address, one that began already, and a new one get the same answer; then it is enough."""
    cache.clear()
    monkeypatch.setattr(answering_begin, "MOST_BEGUN", 3)
    where = reverse("answer_begin", args=["small-call"])
    people = (amara.email, "new@example.org", "new@example.org")
    assert {client.post(where, {"email": each}).status_code for each in people} == {302}
    assert AnswerDraft.objects.count() == 3
    assert client.post(where, {"email": "fourth@example.org"}).status_code == 429
    assert AnswerDraft.objects.count() == 3


def test_an_account_begins_without_an_address(client: Client, call: Call, amara: User) -> None:
    client.force_login(amara)
    client.post(reverse("answer_begin", args=["small-call"]))
    draft = AnswerDraft.objects.get()
    assert (draft.owner, draft.email, draft.confirmed_at is not None) == (amara, "", True)
    assert address(draft) in client.get(reverse("answer_begin", args=["small-call"])).content.decode()


@pytest.mark.parametrize("name", ["draft_send", "draft", "draft_links"])
def test_a_draft_that_is_removed_while_another_request_waits_is_not_found(
    client: Client, make_draft: Callable[..., AnswerDraft], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    draft = make_draft(confirmed_at=None)
    find = AnswerDraft.objects.get(pk=draft.pk)
    where = address(draft, name)
    monkeypatch.setattr("colloquia.submissions.views.answering_review.draft_or_404", lambda _token: find)
    monkeypatch.setattr("colloquia.submissions.views.answering.draft_or_404", lambda _token: find)
    AnswerDraft.objects.all().delete()
    assert client.post(where, {"name": "Ada"}).status_code == 404


def test_the_deadline_stands_on_the_clocks_of_the_venue(
    client: Client, call: Call, draft: AnswerDraft
) -> None:
    type(call).objects.filter(pk=call.pk).update(time_zone="Asia/Tokyo")
    for where in (address(draft), reverse("answer_begin", args=["small-call"])):
        assert "Asia/Tokyo, UTC+09:00" in client.get(where).content.decode()


def test_a_call_that_is_not_open_takes_no_draft(client: Client, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(opens_at=timezone.now() + timedelta(days=1))
    page = client.post(reverse("answer_begin", args=["small-call"]), {"email": "ada@example.org"})
    assert page.status_code == 200
    assert AnswerDraft.objects.count() == 0


def test_what_the_public_sees_stands_beside_what_is_sealed(make_draft: Callable[..., AnswerDraft]) -> None:
    """A confidential answer with its public text, one without, an open one, and the name of the contact."""
    answers = (
        AnswerIn(
            "XX-01.q1", "Our prices", secrecy="confidential", secrecy_reason="x", public_text="In short"
        ),
        AnswerIn("XX-01.q2", "Open"),
        AnswerIn("", "Margins", secrecy="confidential", secrecy_reason="x"),
    )

    def seen(publication: str) -> tuple[list[str], list[str]]:
        draft = make_draft(replace(NAMED, answers=answers, publication=publication))
        found = review_of(draft, "token", incoming_of(draft), asked_of(draft.call, "en"), {})
        public = [row.public or (row.sealed if row.same else "") for row in found.answers]
        return [row.sealed for row in found.respondent if row.same], public

    who = ["Organisation or company", "Example Publishers", "Switzerland", "Industry"]
    assert seen("named") == (who, ["In short", "Open", ""])
    assert seen("anonymous") == ([who[0], who[3]], ["In short", "Open", ""])
    assert seen("confidential") == ([], ["", "", ""])


def test_the_page_of_a_draft_asks_the_database_as_often_for_one_answer_as_for_two(
    client: Client, make_draft: Callable[..., AnswerDraft], django_assert_num_queries: Callable[..., object]
) -> None:
    answers = (AnswerIn("XX-01.q1", "A"), AnswerIn("XX-01.q2", "B"), AnswerIn("", "C"))
    for count in (1, 3):
        draft = make_draft(replace(NAMED, answers=answers[:count]))
        with django_assert_num_queries(8):  # type: ignore[attr-defined]
            client.get(address(draft))


def test_who_sends_late_is_told_that_it_stands(client: Client, draft: AnswerDraft) -> None:
    told = "so that what you send can no longer be replaced or withdrawn."
    assert told not in client.get(address(draft, "draft_review")).content.decode()
    Call.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert told in client.get(address(draft, "draft_review")).content.decode()


def test_who_answers_stays_open_until_it_is_said(
    client: Client, make_draft: Callable[..., AnswerDraft]
) -> None:
    draft = make_draft(replace(NAMED, kind=""))
    fields = fields_of(client, address(draft))
    assert fields["kind"] == ""
    client.post(address(draft), fields)
    draft.refresh_from_db()
    assert draft.content["kind"] == ""
    client.post(address(draft), fields | {"kind": "organisation"})
    assert fields_of(client, address(draft))["kind"] == "organisation"
