"""What the public reads: lists, one submission, texts, files, feeds, the ZIP; 404 and 410 beside them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.api import limits
from colloquia.core.queries import profile
from colloquia.submissions.folding import folded, searched, terms
from colloquia.submissions.models import (
    Call,
    PublishedSubmission,
    RedactionDecision,
    Submission,
    TextKind,
    TextVersion,
)
from colloquia.submissions.queries.checking_texts import latest_version, open_units
from colloquia.submissions.records import AnswerIn, FileIn
from colloquia.submissions.services import publishing
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.redacting import make_redacted
from tests.submissions.conftest import NAMED
from tests.submissions.made_public import checked, made_public

Receive = Callable[..., Submission]
SLUG = "small-call"


@pytest.fixture
def annexed(receive: Receive, bruno: User, attach: Callable[..., Any]) -> PublishedSubmission:
    """A submission with an answer, a file, and a file whose mining is reserved."""
    files = (
        FileIn(attach("a.txt", b"Open words.\n"), title="Annex"),
        FileIn(
            attach("b.txt", b"Guarded words.\n"),
            title="Study",
            mining_reserved=True,
            rights_statement="All rights reserved.",
        ),
    )
    return made_public(receive(files=files), bruno)


def get(address: str, **options: Any) -> Any:
    return Client().get(address, **options)


def test_one_submission_shows_answers_files_and_what_is_sealed(
    receive: Receive, bruno: User, attach: Callable[..., Any]
) -> None:
    answers = (
        *NAMED.answers,
        AnswerIn("XX-01.q2", "Sealed words.", secrecy="confidential", secrecy_reason="Trade secret"),
    )
    row = made_public(receive(replace(NAMED, answers=answers), files=(FileIn(attach()),)), bruno)
    page = get(f"/submissions/{row.identifier}/").content.decode()
    for words in (
        "Example Publishers",
        "Rights holders need a register of training data.",
        '<a href="/questions/XX-01.q1/">',
        "1 part is confidential and not published.",
        f'href="/submissions/{row.identifier}/files/3/"',
        f'href="/submissions/{row.identifier}/files/3/text/"',
        "application/ld+json",
        '<link rel="canonical"',
    ):
        assert words in page
    for words in ("Sealed words", "Trade secret", "Ada Example", "ada@example.org"):
        assert words not in page
    twin = get(f"/submissions/{row.identifier}.json").json()
    assert [part["text"] for part in twin["parts"]] == [NAMED.answers[0].text, "An annex of one line.\n"]
    assert (twin["parts_not_published"], twin["respondent"]["name"]) == (1, None)


def test_files_without_a_title_are_numbered_among_the_files(
    receive: Receive, bruno: User, attach: Callable[..., Any]
) -> None:
    files = (FileIn(attach("a.txt", b"One.\n"), title="Annex"), FileIn(attach("b.txt", b"Two.\n")))
    here = f"/submissions/{made_public(receive(files=files), bruno).identifier}/"
    for page in (here, f"{here}files/3/text/"):
        html = get(page).content.decode()
        assert ("File 2" in html, "File 3" in html) == (True, False)


def test_a_file_is_given_out_byte_for_byte_and_its_text_beside_it(annexed: PublishedSubmission) -> None:
    here = f"/submissions/{annexed.identifier}/files/2/"
    file = get(here)
    assert b"".join(file.streaming_content) == b"Open words.\n"
    assert file["Content-Disposition"] == f'attachment; filename="{annexed.identifier}-2.txt"'
    text = get(f"{here}text/")
    assert "Open words." in text.content.decode()
    assert not file.has_header("tdm-reservation")
    assert get(f"{here}text/", HTTP_IF_NONE_MATCH=text["ETag"]).status_code == 304


def test_a_reserved_file_says_so_everywhere_and_stays_out_of_bulk(annexed: PublishedSubmission) -> None:
    here = f"/submissions/{annexed.identifier}/files/3/"
    for address in (here, f"{here}text/", f"{here}text.json", f"/submissions/{annexed.identifier}.json"):
        response = get(address)
        assert response["tdm-reservation"] == "1"
        if response.streaming:
            b"".join(response.streaming_content)
    listed = [each["location"] for each in get("/.well-known/tdmrep.json").json()]
    assert listed == [here, f"{here}text/", f"{here}text.json"]
    page = get(f"/submissions/{annexed.identifier}/").content.decode()
    assert "All rights reserved." in page
    assert "The sender reserved text and data mining" in page
    for address in (f"/submissions/{annexed.identifier}.json", f"/api/v1/submissions/{annexed.identifier}"):
        part = get(address).json()["parts"][2]
        assert (part["text"], part["text_url"]) == (None, f"http://localhost:8000{here}text/")
    assert "Guarded words" in get(f"{here}text.json").json()["text"]
    archive = b"".join(get(f"/calls/{SLUG}/submissions.zip").streaming_content)
    assert b"Guarded" not in archive


def test_the_zip_holds_what_its_manifest_says_and_is_the_same_each_time(annexed: PublishedSubmission) -> None:
    address = f"/calls/{SLUG}/submissions.zip"
    response = get(address)
    data = b"".join(response.streaming_content)
    assert b"".join(get(address).streaming_content) == data
    archive = zipfile.ZipFile(io.BytesIO(data))
    lines = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    named = {line["name"]: line["sha256"] for line in lines if line["name"]}
    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in named} == named
    assert sorted([*named, "manifest.csv"]) == sorted(archive.namelist())
    assert [line["part"] for line in lines if line["left_out"]] == ["3"]
    assert get(address, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304


def test_what_is_redacted_is_marked_and_never_there(receive: Receive, bruno: User) -> None:
    answers = (AnswerIn("XX-01.q1", "Write to ada@example.org about it."),)
    submission = receive(replace(NAMED, answers=answers))
    prepare(submission.pk)
    source = TextVersion.objects.get()
    RedactionDecision.objects.create(
        text_version=source, start=9, end=24, category="email", redact=True, by=bruno
    )
    (unit,) = open_units(latest_version(submission))
    made = make_redacted(unit, by=bruno)
    assert made is not None
    assert made.kind == TextKind.REDACTED
    Submission.objects.update(check_state="ready")
    row = publishing.publish(submission=submission, by=bruno)
    for address in (f"/submissions/{row.identifier}/", f"/submissions/{row.identifier}/files/1/text/"):
        page = get(address).content.decode()
        assert '<mark class="redacted">' in page
        assert "ada@" not in page
    assert "ada@" not in row.search_text
    body = get(f"/submissions/{row.identifier}/files/1/text.json").json()
    placed = body["redactions"][0]
    assert sorted(placed) == ["end", "kind", "start"]
    assert body["text"][placed["start"] : placed["end"]] == made.text[placed["start"] : placed["end"]]


def test_taken_back_it_answers_410_without_content_and_never_public_like_nothing(
    annexed: PublishedSubmission, receive: Receive, bruno: User
) -> None:
    publishing.unpublish(submission=annexed.submission, by=bruno, reason="A name.")
    sealed = receive()
    tails = ("/", ".json", "/files/2/", "/files/2/text/", "/files/2/text.json")
    for tail in tails:
        gone = get(f"/submissions/{annexed.identifier}{tail}")
        assert gone.status_code == 410
        assert "Open words" not in gone.content.decode()
        never, nowhere = (get(f"/submissions/{name}{tail}") for name in (sealed.identifier, "S-1999-00001"))
        assert (never.status_code, nowhere.status_code) == (404, 404)
        assert never.content.replace(sealed.identifier.encode(), b"") == nowhere.content.replace(
            b"S-1999-00001", b""
        )
    assert get(f"/api/v1/submissions/{annexed.identifier}").status_code == 410
    assert get(f"/api/v1/submissions/{sealed.identifier}").json() == get("/api/v1/submissions/x").json()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [1, 2, 3]),
        ("?stakeholder=Authors", [2]),
        ("?territory=KE", [2]),
        ("?group=001", []),
        ("?kind=person", [2]),
        ("?language=ar", [3]),
        ("?question=XX-01.q2", [3]),
        ("?late=1", [2]),
        ("?channel=post", [3]),
        ("?search=REGISTER+training", [1]),
        ("?search=%D9%85%D9%83%D8%AA%D8%A8%D9%87", [3]),
        ("?search=%E4%BA%BA%E5%B7%A5", [2]),
        ("?search=nothing%25", []),
        ("?search=re_ister", []),
        ("?order=latest", [3, 2, 1]),
    ],
)
def test_the_list_is_narrowed_and_searched_in_all_scripts(
    receive: Receive, bruno: User, query: str, shown: list[int]
) -> None:
    person = replace(
        NAMED,
        kind="person",
        organisation="",
        territory="KE",
        stakeholder="Authors",
        answers=(AnswerIn("XX-01.q1", "生成式\n人工智能"),),
    )
    arabic = replace(NAMED, language="ar", answers=(AnswerIn("XX-01.q2", "المَكتبةُ العامة"),))
    rows = [
        made_public(each, bruno) for each in (receive(), receive(person), receive(arabic, channel="post"))
    ]
    PublishedSubmission.objects.filter(pk=rows[1].pk).update(is_late=True)
    if "group" in query:
        group = next(g for g in _groups() if "KE" in g[1] and "CH" not in g[1])
        query, shown = f"?group={group[0]}", [2]
    found = get(f"/calls/{SLUG}/submissions.json{query}").json()["submissions"]
    names = [row.identifier for row in rows]
    assert [names.index(each["id"]) + 1 for each in found] == shown
    programs = get(f"/api/v1/calls/{SLUG}/submissions{query}").json()["submissions"]
    assert [names.index(each["id"]) + 1 for each in programs] == shown
    assert get(f"/calls/{SLUG}/submissions/{query}").status_code == 200


def _groups() -> list[tuple[str, tuple[str, ...]]]:
    names = profile()
    return [(group.code, names.members(group.code)) for group in names.all_groupings()]


_NOWHERE = [
    "late=1", "language=fr", "territory=FR", "territory=ZZZ", "group=nowhere", "kind=person", "channel=post",
    "stakeholder=Nobody", "question=XX-01.q2", "question=%00", "kind=%0A", "group=nowhere&territory=CH",
    f"language={'x' * 300}",
]  # fmt: skip


def test_what_nothing_has_leads_to_an_empty_list_everywhere(receive: Receive, bruno: User) -> None:
    made_public(receive(), bruno)
    for query in _NOWHERE:
        page = get(f"/calls/{SLUG}/submissions/?{query}").content.decode()
        assert ('class="chips"' in page, "S-2026-" in page, "Nobody<" in page) == (True, False, False), query
        found = get(f"/calls/{SLUG}/submissions.json?{query}").json()
        assert (found["count"], len(found["filters"])) == (0, query.count("=")), query
        rows = b"".join(get(f"/calls/{SLUG}/submissions.csv?{query}").streaming_content)
        assert rows.decode().strip().count("\n") == 0, query
        assert get(f"/api/v1/calls/{SLUG}/submissions?{query}").json()["count"] == 0, query
    for query in ("", "late=0", "kind=", "unknown=1", "order=sideways"):
        counts = [
            get(f"{address}?{query}").json()["count"]
            for address in (f"/calls/{SLUG}/submissions.json", f"/api/v1/calls/{SLUG}/submissions")
        ]
        assert counts == [1, 1], query


def test_another_language_shows_the_same_list(call: Call) -> None:
    query = "kind=state&kind=office&search=%D8%A7%26b&order=latest"
    page = get(f"/calls/small-call/submissions/?{query}&page=1").content.decode()
    switch = f'href="?{query}&page=1&lang=ar"'.replace("&", "&amp;")
    assert page.count(switch) == 2


def test_searched_text_has_one_form() -> None:
    assert folded("Éàü ＡＢＣ") == "eau abc"
    assert folded("أإآ مكتبة كِتـاب") == "ااا مكتبه كتاب"
    assert folded("生成式\n人工 智能") == "生成式人工智能"


def test_each_word_is_kept_once_and_every_term_is_found_as_in_the_whole_text() -> None:
    pieces = [folded(text) for text in ("The works, the WORKS of don´t", "生成式 人工智能", "works 50% a_b")]
    kept = searched(pieces)
    assert kept == "the works, works of don t 生成式人工智能 50% a_b"
    for query in ("the works", "work", "orks,", "don´t", "式人", "0%", "a_b", "works,the", "%", "式 能", "x"):
        looked_for = terms(query)
        assert all(len(term.split()) == 1 for term in looked_for)
        whole = "\n".join(pieces)
        assert [term in kept for term in looked_for] == [term in whole for term in looked_for]


@pytest.mark.django_db
def test_what_was_published_before_is_searched_as_what_is_published_now(
    receive: Receive, bruno: User
) -> None:
    row = made_public(receive(), bruno)
    now = row.search_text
    PublishedSubmission.objects.update(search_text=f"{now}\n{now}")
    module = import_module("colloquia.submissions.migrations.0013_each_searched_word_once")
    module._write_once(apps, None)
    assert PublishedSubmission.objects.get().search_text == now


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    receive: Receive, bruno: User, number: int, django_assert_num_queries: Any
) -> None:
    for _time in range(number):
        made_public(receive(), bruno)
    with django_assert_num_queries(16):
        get(f"/calls/{SLUG}/submissions.json")


def test_lists_leave_as_files_in_which_nothing_runs(receive: Receive, bruno: User) -> None:
    made_public(receive(replace(NAMED, organisation="=HYPERLINK(1)")), bruno)
    text = b"".join(get(f"/calls/{SLUG}/submissions.csv").streaming_content).decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text))
    assert line["sender"] == "'=HYPERLINK(1)"
    workbook = get(f"/calls/{SLUG}/submissions.xlsx")
    assert workbook.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(b"".join(workbook.streaming_content)))


def test_the_feed_is_atom_with_permanent_ids(annexed: PublishedSubmission) -> None:
    response = get(f"/calls/{SLUG}/submissions.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(response.content)
    (entry,) = root.findall(f"{atom}entry")
    assert entry.findtext(f"{atom}id") == f"http://localhost:8000/submissions/{annexed.identifier}/"
    for name in ("id", "title", "updated"):
        assert (root.findtext(f"{atom}{name}") or "") != ""
        assert (entry.findtext(f"{atom}{name}") or "") != ""
    assert get(f"/calls/{SLUG}/submissions.atom", HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304


def test_a_call_with_nothing_public_has_all_its_pages(call: Call) -> None:
    page = get(f"/calls/{SLUG}/submissions/").content.decode()
    assert "None received." in page
    ElementTree.fromstring(get(f"/calls/{SLUG}/submissions.atom").content)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(get(f"/calls/{SLUG}/submissions.zip").streaming_content)))
    assert archive.namelist() == ["manifest.csv"]


def test_a_call_that_is_not_announced_has_none(make_call: Callable[..., Call]) -> None:
    make_call("draft-call", announced_at=None)
    for tail in ("/", ".json", ".zip", ".atom", ".csv"):
        assert get(f"/calls/draft-call/submissions{tail}").status_code == 404


def test_a_long_text_comes_in_parts_and_whole_as_json(receive: Receive, bruno: User) -> None:
    text = "\n".join(f"Line {number}" for number in range(15_000))
    row = made_public(receive(replace(NAMED, answers=(AnswerIn("XX-01.q1", text),))), bruno)
    page = get(f"/submissions/{row.identifier}/").content.decode()
    assert "Read the whole answer XX-01.q1" in page
    here = f"/submissions/{row.identifier}/files/1/text/"
    parts = [get(f"{here}?part={number}").content.decode() for number in (1, 2, 3)]
    assert [
        f"\nLine {number}\n" in part for number, part in zip((10, 7_000, 14_000), parts, strict=True)
    ] == [*(True, True, True)]
    assert get(f"{here[:-1]}.json").json()["text"] == text


@pytest.mark.parametrize("name", ["submissions_publish", "call_analyse", "call_analyse_json"])
def test_a_stranger_is_refused_what_officers_do(call: Call, chen: User, bruno: User, name: str) -> None:
    client = Client()
    address = reverse(name, args=[SLUG])
    assert client.get(address).status_code == 302
    client.force_login(chen)
    assert client.get(address).status_code == 403
    client.force_login(bruno)
    assert client.get(address).status_code == 200


def test_an_officer_publishes_what_is_ticked_and_takes_it_back(
    receive: Receive, bruno: User, chen: User
) -> None:
    rows = [checked(receive(), bruno) for _time in range(2)]
    client = Client()
    client.force_login(bruno)
    address = reverse("submissions_publish", args=[SLUG])
    assert rows[0].identifier in client.get(address).content.decode()
    client.post(address, {"submission": [rows[0].identifier, "S-1999-00001"]})
    assert [row.identifier for row in PublishedSubmission.objects.all()] == [rows[0].identifier]
    back = reverse("submission_unpublish", args=[rows[0].identifier])
    stranger = Client()
    stranger.force_login(chen)
    assert stranger.post(back, {"reason": "No."}).status_code == 403
    refused = client.post(back, {"reason": ""})
    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    client.post(back, {"reason": "A name."})
    assert PublishedSubmission.objects.count() == 0


def test_the_interface_for_programs_answers_as_its_description_says(annexed: PublishedSubmission) -> None:
    described = get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert sorted(described["paths"]) == [
        "/api/v1/calls",
        "/api/v1/calls/{slug}",
        "/api/v1/calls/{slug}/parts",
        "/api/v1/calls/{slug}/submissions",
        "/api/v1/ledger/head",
        "/api/v1/submissions/{identifier}",
    ]
    assert get("/api/v1/calls").json()["calls"][0]["questions"] == ["XX-01.q1", "XX-01.q2"]
    assert get(f"/api/v1/calls/{SLUG}").json()["counts"]["published"] == 1
    first = get(f"/api/v1/calls/{SLUG}/parts?per_page=2").json()
    assert (first["count"], first["pages"], len(first["parts"])) == (3, 2, 2)
    assert len(get(first["next"]).json()["parts"]) == 1
    assert get(f"/api/v1/calls/{SLUG}/submissions?search=open").json()["count"] == 1
    refused = get("/api/v1/calls?page=canary")
    assert (refused.status_code, "canary" in refused.content.decode()) == (400, False)
    assert get("/api/v1/ledger/head").json()["size"] == 2
    assert json.loads(get("/api/v1/calls/none").content)["status"] == 404


def test_the_interface_for_programs_answers_head_options_and_refusals_in_json(call: Call) -> None:
    client = Client(raise_request_exception=False)
    whole = client.get(f"/api/v1/calls/{SLUG}")
    for address in ("/api/v1/calls", f"/api/v1/calls/{SLUG}", "/api/v1/openapi.json"):
        assert (address, client.head(address).status_code) == (address, 200)
    head = client.head(f"/api/v1/calls/{SLUG}")
    assert (head.content, head["Content-Length"]) == (b"", str(len(whole.content)))
    assert client.head("/api/v1/calls/none").status_code == 404
    options = client.options("/api/v1/calls")
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")
    posted = Client(enforce_csrf_checks=True).post("/api/v1/calls")
    assert (posted.status_code, posted["Allow"], posted.json()["status"]) == (405, "GET, HEAD, OPTIONS", 405)
    for nowhere in ("/api/v1/unknown", "/api/", "/api/v1/calls/none/parts", "/api/v1/%00"):
        assert (nowhere, client.get(nowhere).json()["status"]) == (nowhere, 404)


def test_the_interface_for_programs_is_not_for_floods(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(limits, "MOST", 2)
    answers = [get("/api/v1/calls") for _time in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 429, 429]
    assert answers[-1]["Retry-After"] == "600"
