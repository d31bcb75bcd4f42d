"""The pages of analyses and their files, for a visitor and for an attacker."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

pytestmark = pytest.mark.django_db
Publish = Callable[..., Path]


def read(client: Client, address: str) -> HttpResponse:
    """The response to a request for a file, read to its end and closed."""
    response = client.get(address)
    response.read_content = response.getvalue()  # type: ignore[attr-defined]
    response.close()
    return response  # type: ignore[return-value]


def test_list_shows_title_label_and_counts(client: Client, publish: Publish) -> None:
    publish("one")
    publish("two", illustrative=True)
    page = client.get("/analyses/").content.decode()
    assert "A &lt;consultation&gt;" in page
    assert page.count('<span class="label">Illustrative</span>') == 1
    assert "12 submissions received" in page
    assert "7 distinct messages" in page


def test_list_in_arabic_uses_the_arabic_title_and_plural(client: Client, publish: Publish) -> None:
    publish("two", illustrative=True)
    page = client.get("/analyses/?lang=ar").content.decode()
    assert "مختلق" in page
    assert "وردت 12 مساهمة" in page
    assert "7 رسائل متمايزة" in page


@pytest.mark.parametrize("address", ["/", "/analyses/"])
@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_database_nothing(
    client: Client, publish: Publish, django_assert_num_queries: Any, address: str, item_count: int
) -> None:
    for number in range(item_count):
        publish(f"analysis-{number}")
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_list_is_in_pages(client: Client, publish: Publish) -> None:
    for number in range(51):
        publish(f"analysis-{number:02}")
    page = client.get("/analyses/").content.decode()
    assert page.count('<h2><a href="/analyses/analysis-') == 50
    assert 'href="?page=2"' in page
    first = client.get("/analyses/index.json").json()
    assert (len(first["analyses"]), first["count"], first["next"]) == (50, 51, "/analyses/index.json?page=2")
    second = client.get(first["next"]).json()
    assert ([row["slug"] for row in second["analyses"]], second["next"]) == (["analysis-50"], None)


def test_page_shows_the_funnel_and_every_file_with_its_hash(client: Client, publish: Publish) -> None:
    folder = publish("one")
    page = client.get("/analyses/one/").content.decode()
    assert '<td class="number">12</td>' in page
    for name in ("analysis.json", "manifest.json", "passages.parquet", "report.docx", "report.html"):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() in page
        assert f'href="/analyses/one/{name}"' in page
    assert "20 November 2026, 09:30 UTC" in page
    assert "Read the report in Arabic" not in page


@pytest.mark.parametrize(
    "name", ["groups.parquet", "group_members.parquet", "submissions.parquet", "closed.parquet"]
)
def test_tables_that_name_senders_of_similar_messages_are_not_served(
    client: Client, publish: Publish, name: str
) -> None:
    (publish("one") / name).write_bytes(b"PAR1")
    assert client.get(f"/analyses/one/{name}").status_code == 404
    assert name not in client.get("/analyses/one/").content.decode()
    assert name not in client.get("/analyses/one/index.json").content.decode()


def test_page_of_an_illustrative_analysis_says_so(client: Client, publish: Publish) -> None:
    publish("two", illustrative=True)
    page = client.get("/analyses/two/").content.decode()
    assert '<span class="label">Illustrative</span>' in page
    assert "Nobody holds these views." in page
    arabic = client.get("/analyses/two/?lang=ar").content.decode()
    assert "لا أحد يتبنى هذه الآراء." in arabic
    assert arabic.index("report.ar.html") < arabic.index("report.html")


def test_twin_in_json(client: Client, publish: Publish) -> None:
    folder = publish("two", illustrative=True)
    found = client.get("/analyses/two/index.json").json()
    assert found["title"] == {"en": "Made up", "ar": "مختلق"}
    assert found["illustrative"] is True
    assert found["funnel"]["distinct_messages"] == 7
    assert found["reports"]["ar"] == "http://localhost:8000/analyses/two/report.ar.html"
    report = next(file for file in found["files"] if file["name"] == "report.docx")
    assert report == {
        "name": "report.docx",
        "url": "http://localhost:8000/analyses/two/report.docx",
        "bytes": 9,
        "sha256": hashlib.sha256((folder / "report.docx").read_bytes()).hexdigest(),
    }
    assert {"about.json", "loaded.json"} & {file["name"] for file in found["files"]} == set()


def test_report_is_shown_under_a_policy_of_its_own(client: Client, publish: Publish) -> None:
    publish("one")
    response = read(client, "/analyses/one/report.html")
    policy = response["Content-Security-Policy"]
    style = base64.b64encode(hashlib.sha256(b"h1 { color: rgb(1, 2, 3); }").digest()).decode()
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Content-Disposition"].startswith("inline")
    assert f"style-src 'sha256-{style}'" in policy
    assert policy.startswith("sandbox ")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


def test_policy_follows_the_file_when_it_changes(client: Client, publish: Publish) -> None:
    folder = publish("one")
    before = read(client, "/analyses/one/report.html")["Content-Security-Policy"]
    (folder / "report.html").write_text("<style>p { margin: 0 }</style>")
    after = read(client, "/analyses/one/report.html")["Content-Security-Policy"]
    assert before != after


def test_other_files_are_handed_over_to_be_saved(client: Client, publish: Publish) -> None:
    publish("one")
    response = read(client, "/analyses/one/report.docx")
    assert response.read_content == b"PK\x03\x04 word"  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="one-report.docx"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_html_that_is_not_a_report_is_never_shown(client: Client, publish: Publish) -> None:
    folder = publish("one")
    (folder / "other.html").write_text("<script>alert(1)</script>")
    assert read(client, "/analyses/one/other.html")["Content-Disposition"].startswith("attachment")


def test_file_that_was_read_before_is_not_sent_again(client: Client, publish: Publish) -> None:
    folder = publish("one")
    first = read(client, "/analyses/one/report.html")
    assert first["ETag"] == f'"{hashlib.sha256((folder / "report.html").read_bytes()).hexdigest()}"'
    again = client.get("/analyses/one/report.html", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/analyses/none/",
        "/analyses/One/",
        "/analyses/one_two/",
        "/analyses/..%2fone/",
        "/analyses/one/..%2f..%2fsecret_key",
        "/analyses/one/%2e%2e",
        "/analyses/one/.hidden",
        "/analyses/one/about.json",
        "/analyses/one/absent.csv",
        "/analyses/one/link.txt",
        "/analyses/one/folder",
        "/analyses/one/pipe",
        "/analyses/one/report.html%00.txt",
        "/analyses/linked/",
        "/analyses/linked/report.html",
        "/analyses/empty/",
        "/analyses/empty/index.json",
    ],
)
def test_nothing_outside_is_reached(client: Client, publish: Publish, analyses: Path, address: str) -> None:
    folder = publish("one", illustrative=True)
    (analyses.parent / "secret_key").write_text("secret")
    (folder / ".hidden").write_text("secret")
    (folder / "link.txt").symlink_to(analyses.parent / "secret_key")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    (analyses / "linked").symlink_to(folder)
    (analyses / "empty").mkdir()
    response = client.get(address)
    assert response.status_code == 404
    assert b"secret" not in response.content


def test_what_may_not_be_served_is_not_listed(client: Client, publish: Publish, analyses: Path) -> None:
    folder = publish("one")
    (folder / "link.txt").symlink_to(folder / "report.docx")
    (folder / ".hidden").write_text("secret")
    (analyses / "linked").symlink_to(folder)
    listed = client.get("/analyses/index.json").json()["analyses"]
    assert [row["slug"] for row in listed] == ["one"]
    names = [file["name"] for file in client.get("/analyses/one/index.json").json()["files"]]
    assert names == ["analysis.json", "manifest.json", "passages.parquet", "report.docx", "report.html"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"title": 3, "funnel": [1]}', '{"funnel": {"received": "x"}}']
)
def test_damaged_analysis_is_shown_with_what_is_left(client: Client, publish: Publish, content: str) -> None:
    folder = publish("one")
    (folder / "analysis.json").write_text(content)
    (folder / "manifest.json").write_text(content)
    response = client.get("/analyses/one/")
    assert response.status_code == 200
    assert "<h1><bdi>one</bdi></h1>" in response.content.decode()
    assert client.get("/").status_code == 200
