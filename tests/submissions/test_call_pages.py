"""The pages of calls: what the public sees, what officers do there, and what a stranger is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from docx import Document

from colloquia.accounts.models import User
from colloquia.core import registry
from colloquia.issues.models import PaperVersion, QuestionWording
from colloquia.submissions.models import Call, Submission
from colloquia.submissions.presentation.calls import call_page
from colloquia.submissions.services.calls import change_call, extend_call, values_of

OFFICE = ("edit", "announce", "extend", "close", "history")
PUBLIC = ("/calls/small-call/", "/calls/small-call.json", "/calls/small-call/form.docx",
          "/calls/small-call/calendar.ics")  # fmt: skip


@pytest.fixture
def office(client: Client, bruno: User) -> Client:
    """An officer's browser."""
    client.force_login(bruno)
    return client


def text_of(response: Any) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send from the form of a page."""
    form = client.get(address).context["form"]
    sent: dict[str, Any] = {}
    for each in form:
        value = each.value()
        if value is None or value is False:
            continue
        sent[each.html_name] = (
            each.field.widget.format_value(value)
            if hasattr(each.field.widget, "format")
            else (value if isinstance(value, list) else "on" if value is True else str(value))
        )
    return sent


def new_call(placed: list[str]) -> dict[str, Any]:
    return {
        "title": "Second call",
        "slug": "second-call",
        "languages": ["en", "ar"],
        "paper_version": str(PaperVersion.objects.get().pk),
        "time_zone": "zurich",
        "opens_at": "2030-01-10T09:00",
        "closes_at": "2030-03-01T17:00",
    }


def test_drafts_are_for_officers_only(
    make_call: Callable[..., Call], placed: list[str], client: Client, chen: User
) -> None:
    make_call(announced_at=None)
    assert [client.get(address).status_code for address in PUBLIC] == [404] * 4
    client.force_login(chen)
    assert [client.get(address).status_code for address in PUBLIC] == [404] * 4
    assert [client.get(f"/calls/small-call/{name}/").status_code for name in OFFICE] == [403] * 5
    assert client.get("/calls/new/").status_code == 403
    assert json.loads(client.get("/calls/index.json").content)["calls"] == []
    assert "small-call" not in client.get("/calls/").content.decode()


def test_stranger_writes_nothing(call: Call, client: Client, chen: User) -> None:
    client.force_login(chen)
    answers = [client.post(f"/calls/small-call/{name}/", {"version": "1"}).status_code for name in OFFICE[:4]]
    assert answers == [403] * 4
    assert Call.objects.get().version == 1
    client.logout()
    assert client.get("/calls/small-call/edit/").status_code == 302


def test_an_officer_goes_from_draft_to_announced(office: Client, placed: list[str]) -> None:
    answer = office.post("/calls/new/", new_call(placed))
    assert (answer.status_code, answer["Location"]) == (302, "/calls/second-call/edit/")
    call = Call.objects.get()
    assert (call.time_zone, call.opens_at) == ("Europe/Zurich", datetime(2030, 1, 10, 8, tzinfo=UTC))
    assert values_of(call).questions == ("XX-01.q1", "XX-01.q2")
    preview = office.get("/calls/second-call/")
    assert "This is what the public will see" in text_of(preview)
    assert (preview["X-Robots-Tag"], preview["Cache-Control"]) == ("noindex", "private, no-store")
    sent = fields_of(office, "/calls/second-call/edit/")
    sent |= {
        "contact": "calls@secretariat.example",
        "titles_ar": "نداء",
        "stakeholders": "Industry\nAcademia",
    }
    assert office.post("/calls/second-call/edit/", sent).status_code == 302
    refused = office.post("/calls/second-call/announce/", {"version": "1"})
    assert (refused.status_code, "Somebody changed the call" in text_of(refused)) == (422, True)
    assert office.post("/calls/second-call/announce/", {"version": "2"}).status_code == 302
    shown = Client().get("/calls/second-call/")
    assert shown.status_code == 200
    assert "10 January 2030, 09:00 ( Europe/Zurich, UTC+01:00 )" in text_of(shown)
    assert "preview" not in text_of(shown).lower()


@pytest.mark.parametrize(("hours", "says"), [(-1, "and it is open."), (1, "It opens by itself at its time.")])
def test_announcing_says_whether_the_call_is_open(
    make_call: Callable[..., Call], placed: list[str], office: Client, hours: int, says: str
) -> None:
    notices = {"privacy_notices": {"en": "P"}, "publication_notices": {"en": "P"}}
    call = make_call(
        announced_at=None,
        opens_at=timezone.now() + timedelta(hours=hours),
        contact="calls@secretariat.example",
        retention_notices={"en": "Kept 24 months."},
        **notices,
    )
    asked = text_of(office.get("/calls/small-call/announce/"))
    assert ("it opens at once" in asked) is (hours < 0)
    answer = office.post("/calls/small-call/announce/", {"version": call.version}, follow=True)
    assert says in text_of(answer)


@pytest.mark.parametrize(
    ("field", "local", "sentence"),
    [
        (
            "opens_at",
            "2030-03-31T02:30",
            "never show 02:30. The next time that they show is 31 March 2030, 03:00.",
        ),
        ("time_zone", "Atlantis", "“Atlantis” is no time zone."),
        ("closes_at", "2030-01-10T09:00", "A call closes after it opens."),
        ("opens_at", "soon", "“soon” was not understood."),
        ("slug", "zone", "This address is kept for the site"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    office: Client, placed: list[str], field: str, local: str, sentence: str
) -> None:
    answer = office.post("/calls/new/", new_call(placed) | {field: local})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'value="Second call"' in answer.content.decode()
    assert Call.objects.count() == 0


def test_a_time_that_comes_twice_is_said(office: Client, placed: list[str]) -> None:
    sent = new_call(placed) | {"opens_at": "2029-10-28T02:30", "closes_at": "2030-10-27T02:30"}
    said = text_of(office.post("/calls/new/", sent, follow=True))
    assert "show 02:30 twice. The earlier one is meant: Europe/Zurich, UTC+02:00." in said
    assert "show 02:30 twice. The later one is meant: Europe/Zurich, UTC+01:00." in said


def test_second_officer_sees_both_and_loses_nothing(
    call: Call, placed: list[str], office: Client, olga: User
) -> None:
    sent = fields_of(office, "/calls/small-call/edit/") | {"contact": "mine@example.org"}
    change_call(call=call, values=replace(values_of(call), contact="theirs@example.org"), seen=1, by=olga)
    answer = office.post("/calls/small-call/edit/", sent)
    assert answer.status_code == 409
    assert "another officer saved the call" in text_of(answer)
    assert "theirs@example.org" in answer.content.decode()
    assert 'value="mine@example.org"' in answer.content.decode()
    again = sent | {"version": "2"}
    assert office.post("/calls/small-call/edit/", again).status_code == 302
    assert Call.objects.get().contact == "mine@example.org"


def test_what_cannot_be_read_cannot_be_ticked_and_all_leaves_it_out(
    make_call: Callable[..., Call], placed: list[str], office: Client
) -> None:
    QuestionWording.objects.filter(placement__question="XX-01.q2").delete()
    call = make_call(announced_at=None)
    page = office.get("/calls/small-call/edit/")
    assert [
        (each.id, ticked, askable)
        for _issue, _whole, _any, questions in page.context["offered"]
        for each, ticked, askable in questions
    ] == [("XX-01.q1", True, True), ("XX-01.q2", False, False)]
    assert text_of(page).count("It cannot be asked: its wording is held in no language.") == 1
    assert "the wording of XX-01.q2 is held in no language" in text_of(page)
    sent = fields_of(office, "/calls/small-call/edit/") | {"which": "all"}
    assert office.post("/calls/small-call/edit/", sent).status_code == 302
    assert values_of(call).questions == ("XX-01.q1",)
    assert office.post("/calls/new/", new_call(placed)).status_code == 302
    assert values_of(Call.objects.latest("pk")).questions == ("XX-01.q1",)


def test_ticks_choose_questions_issues_or_all(call: Call, placed: list[str], office: Client) -> None:
    sent = fields_of(office, "/calls/small-call/edit/")
    for chosen, expected in (
        ({"which": "chosen", "questions": ["XX-01.q2"], "issues": []}, ("XX-01.q2",)),
        ({"which": "chosen", "questions": [], "issues": ["XX-01"]}, ("XX-01.q1", "XX-01.q2")),
        ({"which": "chosen", "questions": ["XX-01.q1"], "issues": []}, ("XX-01.q1",)),
        ({"which": "all", "questions": [], "issues": []}, ("XX-01.q1", "XX-01.q2")),
    ):
        call.refresh_from_db()
        answer = office.post("/calls/small-call/edit/", sent | chosen | {"version": str(call.version)})
        assert answer.status_code == 302
        assert values_of(call).questions == expected


def test_another_version_shows_its_questions_and_saves_nothing(
    call: Call, placed: list[str], office: Client
) -> None:
    sent = fields_of(office, "/calls/small-call/edit/") | {"which": "chosen", "questions": ["XX-01.q2"]}
    other = PaperVersion.objects.create(paper_id=PaperVersion.objects.get().paper_id, key="next", position=2)
    answer = office.post(
        "/calls/small-call/edit/",
        sent | {"paper_version": str(other.pk), "titles_en": "Typed", "show": "1"},
    )
    assert (answer.status_code, answer.context["form"].errors) == (200, {})
    assert "This version has no questions." in text_of(answer)
    assert 'value="Typed"' in answer.content.decode()
    assert (Call.objects.get().version, values_of(call).questions) == (1, tuple(placed))


def test_the_page_says_everything(call: Call, placed: list[str], client: Client, bruno: User) -> None:
    call.contact, call.retention_notices = "calls@secretariat.example", {"en": "24 months."}
    call.time_zone = "Africa/Nairobi"
    call.save()
    later = call.closes_at + timedelta(days=3)
    extend_call(call=call, until=later, reasons={"en": "Many asked for more time."}, seen=1, by=bruno)
    client.cookies["time_zone"] = "Asia/Tokyo"
    said = text_of(client.get("/calls/small-call/"))
    for sentence in (
        "Closes in 9 days.", "Africa/Nairobi, UTC+03:00", "Asia/Tokyo, UTC+09:00", "What is asked, 2?",
        "In our own words, from general knowledge", "Many asked for more time.", "24 months.",
        "calls@secretariat.example", "Download the form", "kept and marked as late",
    ):  # fmt: skip
        assert sentence in said, sentence
    twin = json.loads(client.get("/calls/small-call.json").content)
    assert (twin["state"], twin["deadline"], len(twin["extensions"])) == ("open", later.isoformat(), 1)
    assert [each["id"] for issue in twin["issues"] for each in issue["questions"]] == placed
    linked = re.search(r'ld\+json">(.*?)</script>', client.get("/calls/small-call/").content.decode())
    assert linked
    assert json.loads(linked[1])["endDate"] == later.isoformat()


def test_the_page_in_arabic_is_right_to_left(call: Call, placed: list[str], client: Client) -> None:
    page = client.get("/calls/small-call/?lang=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "ما السؤال 1؟" in page


def test_open_calls_come_first_in_few_queries(
    make_call: Callable[..., Call], placed: list[str], client: Client, django_assert_num_queries: Any
) -> None:
    now = timezone.now()
    make_call("open")
    with django_assert_num_queries(2):
        client.get("/calls/")
    make_call("closed", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    make_call("coming", opens_at=now + timedelta(days=1))
    with django_assert_num_queries(2):
        rows = client.get("/calls/").context["table"].rows
    assert [(row["slug"], row["state"], row["questions"]) for row in rows] == [
        ("open", "Open", 2), ("coming", "Announced", 2), ("closed", "Closed", 2),
    ]  # fmt: skip
    listed = json.loads(client.get("/calls/index.json").content)
    assert ([each["slug"] for each in listed["calls"]], listed["count"]) == (["open", "coming", "closed"], 3)
    assert client.get("/calls/?table=calls&format=csv").getvalue().decode().count("\r\n") == 4
    home = text_of(client.get("/"))
    assert ("Open for answers" in home, home.count("A small call")) == (True, 1)
    feed = ElementTree.fromstring(client.get("/calls/feed.atom").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 3


def test_one_call_takes_few_queries(
    make_call: Callable[..., Call], placed: list[str], rf: Any, django_assert_num_queries: Any
) -> None:
    call = make_call()
    request = rf.get("/calls/small-call/")
    request.user = AnonymousUser()
    for asked in (2, 1):
        with django_assert_num_queries(6):
            assert call_page(request, call).asked == asked
        call.questions.filter(question="XX-01.q1").delete()


def test_the_readers_zone_is_remembered_and_goes_nowhere_else(client: Client, db: None) -> None:
    answer = client.get("/calls/zone/?zone=new york&next=/calls/")
    assert (answer["Location"], client.cookies["time_zone"].value) == ("/calls/", "America/New_York")
    away = client.get("/calls/zone/?zone=UTC&next=https://elsewhere.example/")
    assert away["Location"] == "/calls/"
    unknown = client.get("/calls/zone/?zone=Mars&next=/calls/")
    assert (unknown.status_code, "“Mars” is no time zone" in text_of(unknown)) == (422, True)


def test_the_deadline_goes_into_a_calendar(make_call: Callable[..., Call], client: Client) -> None:
    make_call(titles={"en": "Data, and; who\nowns it"}, closes_at=datetime(2031, 3, 1, 16, tzinfo=UTC))
    lines = client.get("/calls/small-call/calendar.ics").content.decode().split("\r\n")
    assert "DTSTART:20310301T160000Z" in lines
    assert "SUMMARY:Deadline: Data\\, and\\; who owns it" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_the_form_comes_in_the_languages_of_the_call(
    make_call: Callable[..., Call], placed: list[str], client: Client
) -> None:
    make_call(languages=["en", "fr"], stakeholders=["Industry"])
    answer = client.get("/calls/small-call/form.docx?lang=fr")
    assert answer["Content-Disposition"] == 'attachment; filename="small-call-fr.docx"'
    heads = [table.cell(0, 0).text for table in Document(BytesIO(answer.content)).tables]
    assert heads[-3:-1] == ["XX-01.q1 What is asked, 1?", "XX-01.q2 What is asked, 2?"]
    assert client.get("/calls/small-call/form.docx?lang=xx")["Content-Disposition"].endswith('-en.docx"')
    again = client.get("/calls/small-call/form.docx?lang=fr", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_question_says_where_it_can_be_answered(
    make_call: Callable[..., Call], placed: list[str], client: Client
) -> None:
    make_call()
    now = timezone.now()
    make_call("closed", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    page = client.get("/questions/XX-01.q1/").content.decode()
    assert page.count('/form.docx?lang=en"') == 1
    assert "Closes in 6 days." in page


def test_closing_asks_first_and_the_history_tells(call: Call, placed: list[str], office: Client) -> None:
    assert "Close the call early?" in text_of(office.get("/calls/small-call/close/"))
    assert Call.objects.get().closed_early_at is None
    assert office.post("/calls/small-call/close/", {"version": "1", "note": "As asked."}).status_code == 302
    assert "Closed before its deadline" in text_of(Client().get("/calls/small-call/"))
    sent = fields_of(office, "/calls/small-call/extend/")
    assert office.post("/calls/small-call/extend/", sent | {"reasons_en": ""}).status_code == 422
    assert office.post("/calls/small-call/extend/", sent | {"reasons_en": "Reopened."}).status_code == 302
    said = text_of(office.get("/calls/small-call/history/"))
    assert ("Extended the call" in said, "Closed the call early" in said, "As asked." in said) == (True,) * 3


def test_every_public_address_of_calls_can_be_fetched(
    make_call: Callable[..., Call], placed: list[str], receive: Callable[..., Submission], client: Client
) -> None:
    make_call("draft-call", announced_at=None, titles={"en": "Canary of a draft"})
    make_call("shown-call", languages=["en", "ar"])
    surface = next(each for each in registry.registered_leak_surfaces() if each.name == "submissions.calls")
    addresses = list(surface.addresses())
    assert not any("draft-call" in address for address in addresses)
    for address in addresses:
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert (address, answer.status_code, b"Canary" in content) == (address, 200, False)
