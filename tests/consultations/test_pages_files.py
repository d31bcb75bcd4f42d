"""Files of a run and the document for Word: what the public may have, and nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from colloquia.consultations import run_files, services
from colloquia.consultations.models import Run
from tests.consultations.test_subtraction import without_similar

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
FILES = "/consultations/example/files/"
WORD = "/consultations/example/word/"
NEVER = ("vectors.npy", "prior.json", "prior.parquet", "index", "../secret_key", "index/passages.parquet")
OFFICERS = (
    "analysis.json",
    "manifest.json",
    "submissions.parquet",
    "documents.parquet",
    "closed.parquet",
    "groups.parquet",
    "group_members.parquet",
)


def words_of(data: bytes) -> str:
    """The text of a Word document."""
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def test_public_has_what_names_nobody(client: Client, stored_run: Run) -> None:
    rows = client.get("/consultations/example/files.json").json()["files"]
    assert [row["name"] for row in rows] == [
        "passages.parquet", "passage_questions.parquet", "passage_themes.parquet", "quotes.parquet",
        "texts.parquet",
    ]  # fmt: skip
    for row in rows:
        response = client.get(f"{FILES}{row['name']}")
        assert len(b"".join(response.streaming_content)) == row["bytes"]  # type: ignore[attr-defined]  # a file
        assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", [*OFFICERS, *NEVER, "report.html", "tables.xlsx"])
def test_public_has_nothing_else(client: Client, stored_run: Run, name: str) -> None:
    assert client.get(f"{FILES}{name}").status_code == 404


@pytest.mark.parametrize("name", [*OFFICERS, "tables.xlsx"])
def test_officers_have_the_rest(officer: Client, stored_run: Run, name: str) -> None:
    response = officer.get(f"{FILES}{name}")
    assert response.status_code == 200
    b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file


@pytest.mark.parametrize("name", NEVER)
def test_nobody_has_vectors_or_the_index(officer: Client, stored_run: Run, name: str) -> None:
    assert officer.get(f"{FILES}{name}").status_code == 404


def test_report_that_names_nobody_is_public_and_in_a_sandbox(client: Client, stored_run: Run) -> None:
    manifest = stored_run.folder / "manifest.json"
    data = json.loads(manifest.read_bytes())
    data["parameters"]["withhold_persons"] = True
    manifest.write_text(json.dumps(data), encoding="utf-8")
    run_files.names_persons.cache_clear()
    without_similar(stored_run)
    response = client.get(f"{FILES}report.html")
    assert response["Content-Security-Policy"].startswith("sandbox ")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file
    run_files.names_persons.cache_clear()


def test_report_that_names_nobody_still_counts_small_parts_of_similar_messages(
    client: Client, stored_run: Run
) -> None:
    manifest = stored_run.folder / "manifest.json"
    data = json.loads(manifest.read_bytes())
    data["parameters"]["withhold_persons"] = True
    manifest.write_text(json.dumps(data), encoding="utf-8")
    run_files.names_persons.cache_clear()
    for name in ("report.html", "report.docx", "tables.xlsx", "themes.parquet"):
        assert client.get(f"{FILES}{name}").status_code == 404
    run_files.names_persons.cache_clear()


def test_file_that_was_read_before_is_not_sent_again(client: Client, stored_run: Run) -> None:
    first = client.get(f"{FILES}quotes.parquet")
    b"".join(first.streaming_content)  # type: ignore[attr-defined]  # a file
    again = client.get(f"{FILES}quotes.parquet", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_link_in_the_folder_is_not_followed(client: Client, stored_run: Run) -> None:
    path = stored_run.folder / "quotes.parquet"
    path.unlink()
    path.symlink_to("/etc/hostname")
    assert client.get(f"{FILES}quotes.parquet").status_code == 404


def test_word_document_holds_the_page_as_corrected(client: Client, stored_run: Run, bruno: User) -> None:
    theme = stored_run.themes.filter(question_id="", is_live=True).order_by("-submissions")[0]
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="A name for Word", by=bruno, seen=0)
    text = words_of(b"".join(client.get(WORD).streaming_content))  # type: ignore[attr-defined]  # a file
    assert "A name for Word" in text
    assert "Run 1: a draft, not signed by the secretariat." in text
    assert "S-2026-" in text


@pytest.mark.parametrize("query", ["", "?question=IP-08.q1", "?theme=IP-08.q1.t1"])
def test_word_document_names_no_person_and_no_similar_sender(
    client: Client, stored_run: Run, query: str
) -> None:
    data = b"".join(client.get(f"{WORD}{query}").streaming_content)  # type: ignore[attr-defined]  # a file
    inside = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    for name in ("Odalys", "Feuillard", "Ashdown", "Quince", "Tembo"):
        assert name not in inside


def test_word_document_keeps_filters_and_says_so(client: Client, stored_run: Run) -> None:
    data = b"".join(client.get(f"{WORD}?question=IP-08.q1&language=fr").streaming_content)  # type: ignore[attr-defined]  # a file
    text = words_of(data)
    assert "Shown only: Language: French" in text
    assert "Toute utilisation" in text
    assert "We ask the office" not in text


def test_word_document_in_arabic_is_right_to_left(client: Client, stored_run: Run) -> None:
    data = b"".join(client.get(f"{WORD}?lang=ar").streaming_content)  # type: ignore[attr-defined]  # a file
    assert "<w:bidi/>" in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def test_word_document_of_what_is_not_there_is_said(client: Client, stored_run: Run) -> None:
    assert client.get(f"{WORD}?question=IP-99.q1").status_code == 404
    assert client.get(f"{WORD}?theme=T99").status_code == 404
