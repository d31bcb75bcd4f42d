"""What surrounds every page: language, policy, the line on neutrality, pages for what went wrong."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
NEUTRAL = "It is not a negotiation and is without prejudice to any position."


def test_home_says_what_it_is_and_carries_the_line(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    page = response.content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert NEUTRAL in page
    assert "No consultation has been published here yet." in page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/analyses/", "/consultations/"),
        ("/analyses/illustrative/", "/consultations/illustrative/"),
        ("/analyses/illustrative/report.html", "/consultations/illustrative/files/report.html"),
    ],
)
def test_addresses_of_the_first_release_lead_on(client: Client, old: str, new: str) -> None:
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)


def test_the_line_can_be_replaced(client: Client, settings: Any) -> None:
    settings.NEUTRALITY_LINE = "Our <own> line"
    page = client.get("/").content.decode()
    assert "Our &lt;own&gt; line" in page
    assert NEUTRAL not in page


def test_language_in_the_address_is_used_and_remembered(client: Client) -> None:
    first = client.get("/?lang=ar")
    assert '<html lang="ar" dir="rtl">' in first.content.decode()
    assert first["Content-Language"] == "ar"
    assert first.cookies["language"]["httponly"] is True
    assert '<html lang="ar" dir="rtl">' in client.get("/consultations/").content.decode()
    assert '<html lang="en" dir="ltr">' in client.get("/consultations/?lang=en").content.decode()


def test_language_of_the_browser_is_used_where_none_was_chosen(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "ar-EG,en;q=0.5"})
    assert response["Content-Language"] == "ar"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in response["Vary"].split(",")}


@pytest.mark.parametrize("language", ["es", "fr", "ru", "zh-hans"])
def test_language_that_is_not_complete_falls_back_and_says_so(client: Client, language: str) -> None:
    page = client.get("/", headers={"accept-language": language}).content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert f'<p class="notice measure" lang="{language}"' in page


def test_language_that_does_not_exist_is_ignored(client: Client) -> None:
    response = client.get("/?lang=<script>")
    assert response["Content-Language"] == "en"
    assert "language" not in response.cookies


def test_switch_keeps_the_rest_of_the_address(client: Client) -> None:
    assert 'href="?page=2&amp;lang=ar"' in client.get("/consultations/?page=2").content.decode()


def test_policy_allows_nothing_unsafe(client: Client) -> None:
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_page_that_was_read_before_is_not_sent_again(client: Client) -> None:
    first = client.get("/")
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_missing_page_is_in_the_house_style(client: Client) -> None:
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_missing_page_in_arabic(client: Client) -> None:
    assert "لا يوجد شيء في هذا العنوان" in client.get("/nothing/?lang=ar").content.decode()


def test_failure_of_ours_is_in_the_house_style(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from colloquia import views

    def fail(_user: Any) -> None:
        raise RuntimeError("detail that nobody may see")

    monkeypatch.setattr(views, "visible_consultations", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Something failed on our side" in page
    assert "detail" not in page


def test_form_without_its_token_is_refused_with_a_remedy() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example"})
    assert response.status_code == 403
    assert "allow cookies" in response.content.decode()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_that_is_too_large_is_read_to_its_end_and_refused_with_a_remedy(kind: str) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n' if "x" in kind[-1] else b"login="
    body = BytesIO(head + b"x" * 4_000_000)
    options: dict[str, Any] = {
        "CONTENT_LENGTH": len(body.getvalue()), "CONTENT_TYPE": kind, "wsgi.input": body,
    }  # fmt: skip
    for accept, words in (("text/html", b"<h1>The form is too large</h1>"), ("application/json", b"2.6 MB")):
        body.seek(0)
        response = Client().generic("POST", "/accounts/login/", HTTP_ACCEPT=accept, **options)
        assert (response.status_code, words in response.content) == (413, True)
        assert body.tell() == len(body.getvalue())


def test_host_that_is_not_ours_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_writing_to_a_page_that_is_only_read_is_refused(client: Client) -> None:
    assert client.post("/").status_code == 405
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize("person", ["amara", "chen"])
def test_administration_is_closed_to_those_who_are_not_staff(
    client: Client, person: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))
    response = client.get("/admin/accounts/user/")
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_administration_is_closed_to_visitors(client: Client) -> None:
    assert client.get("/admin/accounts/user/").status_code == 302


def test_administration_asks_staff_for_a_second_factor(client: Client, bruno: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(bruno)
    response = client.get("/admin/accounts/user/")
    assert (response.status_code, response["Location"]) == (
        302, "/accounts/second-factor/?next=%2Fadmin%2Faccounts%2Fuser%2F",
    )  # fmt: skip
    assert client.get(response["Location"]).status_code == 200


def test_second_factor_page_leads_nowhere_else(client: Client, bruno: User) -> None:
    client.force_login(bruno)
    page = client.get("/accounts/second-factor/?next=https://evil.example/").content.decode()
    assert 'href="https://evil.example' not in page
