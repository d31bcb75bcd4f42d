"""A person's own account: settings, sessions, what is kept, and leaving."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from colloquia.accounts.models import Erasure, RoleGrant, SignedIn, User
from colloquia.accounts.services.erasing import ErasureRefused, erase_account
from colloquia.accounts.services.sessions import device_of
from colloquia.core.models import Attachment, AuditEntry
from colloquia.submissions import services as submitting
from colloquia.submissions.models import AnswerDraft, DraftFile, Submission
from tests.submissions.conftest import (  # noqa: F401 -- fixtures
    attach,
    call,
    make_call,
    make_draft,
    questions,
    territories,
)

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604.1"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_settings_are_saved_and_remembered_in_cookies(client: Client, amara: User) -> None:
    client.force_login(amara)
    response = client.post(
        "/accounts/me/", {"name": "أمارة", "language": "ar", "time_zone": "Africa/Nairobi"}
    )
    assert response.status_code == 302
    assert {name: response.cookies[name].value for name in ("language", "time_zone")} == {
        "language": "ar",
        "time_zone": "Africa/Nairobi",
    }
    amara.refresh_from_db()
    assert (amara.name, amara.language, amara.time_zone) == ("أمارة", "ar", "Africa/Nairobi")
    assert client.post("/accounts/me/", {"time_zone": "Mars/Base"}).status_code == 200


def test_devices_are_named_without_place() -> None:
    assert [device_of(text) for text in (FIREFOX, SAFARI, "curl/8")] == ["Firefox, Linux", "Safari, iOS", ""]


def test_sessions_are_listed_and_ended_by_their_own_person_alone(amara: User, chen: User) -> None:
    here, there, other = signed_in(amara), signed_in(amara), signed_in(chen)
    assert here.get("/accounts/sessions/").content.decode().count("Signed in:") == 2
    row = SignedIn.objects.get(session_key=there.session.session_key)
    assert other.post(f"/accounts/sessions/{row.pk}/end/").status_code == 404
    assert there.get("/accounts/me/").status_code == 200
    assert here.post(f"/accounts/sessions/{row.pk}/end/").status_code == 302
    assert there.get("/accounts/me/").status_code == 302
    third = signed_in(amara)
    here.post("/accounts/sessions/end-others/")
    assert [each.get("/accounts/me/").status_code for each in (here, third, other)] == [200, 302, 200]


def test_everything_is_in_the_export_and_nothing_of_others(
    amara: User,
    chen: User,
    make_draft: Callable[..., AnswerDraft],  # noqa: F811
    attach: Callable[..., Attachment],  # noqa: F811
) -> None:
    draft = make_draft(owner=amara)
    DraftFile.objects.create(draft=draft, attachment=attach("annex.txt", by=amara), position=1)
    submission = submitting.send(draft=draft, by=amara)
    make_draft(owner=chen, email="chen-secret@example.org")
    response = signed_in(amara).post("/accounts/export/")
    whole = io.BytesIO(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    with zipfile.ZipFile(whole) as archive:
        assert archive.testzip() is None
        text = archive.read("data.json").decode()
        (name,) = [each for each in archive.namelist() if each.startswith("files/")]
        assert archive.read(name) == b"An annex of one line.\n"
    data = json.loads(text)
    assert data["account"]["email"] == amara.email
    assert data["submissions"]["submissions"][0]["id"] == submission.identifier
    assert "chen" not in text


def test_a_visitor_gets_no_export_and_erases_nothing(client: Client) -> None:
    for page in ("export", "erase", "me", "sessions"):
        assert client.post(f"/accounts/{page}/").status_code in (302, 405)
        assert client.get(f"/accounts/{page}/").status_code == 302


def test_erasing_takes_what_is_theirs_and_leaves_the_record(
    amara: User,
    make_draft: Callable[..., AnswerDraft],  # noqa: F811
) -> None:
    client = signed_in(amara)
    submission = submitting.send(draft=make_draft(owner=amara), by=amara)
    make_draft(owner=amara)
    client.post("/accounts/me/", {"name": "Amara the First"})
    assert client.post("/accounts/erase/", {"email": "other@example.org"}).status_code == 200
    page = client.post("/accounts/erase/", {"email": "Amara@delegation.example"})
    assert "Your account is erased" in page.content.decode()
    amara.refresh_from_db()
    assert (amara.name, amara.is_active, str(amara)) == ("", False, f"Erased person {amara.pk}")
    assert AnswerDraft.objects.filter(submission=None).count() == 0
    kept = Submission.objects.get(pk=submission.pk)
    assert (kept.owner, kept.versions.get().document != "") == (None, True)
    assert Erasure.objects.get().counts["drafts"] == 1
    stored = str(list(AuditEntry.objects.values()))
    assert ("Amara" in stored, "amara@" in stored) == (False, False)
    assert client.get("/accounts/me/").status_code == 302


def test_staff_cannot_erase_themselves_and_former_staff_keep_their_acts(bruno: User, amara: User) -> None:
    with pytest.raises(ErasureRefused, match="role of the secretariat"):
        erase_account(user=bruno)
    RoleGrant.objects.create(user=amara, role="reviewer", ended_at=amara.date_joined)
    from colloquia.core import audit

    audit.record(bruno, "tests.act", by=amara)
    erase_account(user=amara)
    assert AuditEntry.objects.get(verb="tests.act").actor_label == "Amara"


def test_officers_see_who_left_and_nobody_else(client: Client, amara: User, bruno: User, chen: User) -> None:
    erase_account(user=amara)
    client.force_login(bruno)
    assert f"Erased person {amara.pk}" in client.get("/accounts/erasures/").content.decode()
    client.force_login(chen)
    assert client.get("/accounts/erasures/").status_code == 403


def test_signing_in_notes_nothing_on_later_pages(
    client: Client, amara: User, django_assert_num_queries: Any
) -> None:
    client.force_login(amara)
    client.get("/accounts/sessions/")
    with django_assert_num_queries(3):  # session, person, sessions
        client.get("/accounts/sessions/")
