"""Submissions: the list under filters; one with its passages, gaps, parts, problems and received files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from colloquia.consultations import services
from colloquia.consultations.models import Consultation, OriginalFile, Run
from colloquia.consultations.presentation.submission import PER_PART, parts_of
from colloquia.consultations.queries import bulk_of
from colloquia.core import attachments
from colloquia.engines.bulk import PassageRow
from tests.consultations.test_pages_analysis import rows_of, text_of

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
LIST = "/consultations/example/submissions/"


def test_list_holds_every_submission_and_its_files_too(client: Client, stored_run: Run) -> None:
    assert client.get("/consultations/example/submissions.json").json()["count"] == 28
    rows = rows_of(client.get(f"{LIST}?table=submissions&format=json"))
    assert len(rows) == 28
    assert "person" not in rows[0]


def test_list_keeps_filters_in_pages_twin_and_files(client: Client, stored_run: Run) -> None:
    wanted = bulk_of(stored_run).submissions(filters=_filters("Business"))[1]
    query = "stakeholder=Business&order=longest"
    assert client.get(f"/consultations/example/submissions.json?{query}").json()["count"] == wanted
    rows = rows_of(client.get(f"{LIST}?{query}&table=submissions&format=json"))
    assert len(rows) == wanted
    lengths = [row["characters"] for row in rows]
    assert lengths == sorted(lengths, reverse=True)


def _filters(stakeholder: str) -> Any:
    from colloquia.engines.bulk import Filters

    return Filters(stakeholders=(stakeholder,))


def test_persons_are_named_to_officers_alone(client: Client, stored_run: Run, bruno: User) -> None:
    pages = [LIST, f"{LIST}S-2026-00003/", f"{LIST}S-2026-00006/", f"{LIST}S-2026-00006.json"]
    names = ("Odalys", "Brightwater", "Ignace", "Feuillard")
    for page in pages:
        assert not [name for name in names if name in client.get(page).content.decode()]
    assert "An individual" in text_of(client.get(f"{LIST}S-2026-00006/"))
    client.force_login(bruno)
    assert "Ignace Feuillard" in text_of(client.get(f"{LIST}S-2026-00006/"))
    assert "Lantern Players' Union (Odalys Brightwater)" in text_of(client.get(LIST))


def test_every_passage_stands_with_where_it_went(client: Client, stored_run: Run) -> None:
    bulk = bulk_of(stored_run)
    passages = bulk.passages_of("S-2026-00027")
    page = client.get(f"{LIST}S-2026-00027/").content.decode()
    assert all(f'id="{row.passage_id}"' in page for row in passages)
    data = client.get(f"{LIST}S-2026-00027.json").json()
    placed = {row["id"]: len(row["placed"]) for row in data["passages"]}
    counted: dict[str, int] = dict.fromkeys((row.passage_id for row in passages), 0)
    names = {row.row: row.passage_id for row in passages}
    for place in bulk.placements(list(names)):
        counted[names[place.row]] += 1
    assert placed == counted
    assert "(by machine, " in text_of(client.get(f"{LIST}S-2026-00027/"))


def test_passage_that_an_officer_moved_says_so(client: Client, stored_run: Run, bruno: User) -> None:
    placed = bulk_of(stored_run).placements([bulk_of(stored_run).passages_of("S-2026-00001")[0].row])
    held = {place.theme_id for place in placed}
    theme = stored_run.themes.filter(question_id="IP-08.q1", is_live=True).exclude(theme_id__in=held)[0]
    services.move_passages(
        run=stored_run,
        question="IP-08.q1",
        passages=["S-2026-00001.p1"],
        theme=theme.theme_id,
        by=bruno,
        seen=0,
    )
    page = text_of(client.get(f"{LIST}S-2026-00001/"))
    assert f"IP-08.q1: {theme.label} (by an officer)" in page


def test_text_right_to_left_is_set_so(client: Client, stored_run: Run) -> None:
    page = client.get(f"{LIST}S-2026-00010/").content.decode()
    assert '<p class="text" lang="ar" dir="rtl">' in page


def test_unreadable_submission_says_why(client: Client, stored_run: Run) -> None:
    page = text_of(client.get(f"{LIST}S-2026-00026/"))
    assert "damaged or incomplete" in page
    assert "broken.pdf" not in page


def test_submission_leads_to_the_one_before_and_after(client: Client, stored_run: Run) -> None:
    page = client.get(f"{LIST}S-2026-00002/").content.decode()
    assert 'rel="prev" href="/consultations/example/submissions/S-2026-00001/"' in page
    assert 'rel="next" href="/consultations/example/submissions/S-2026-00003/"' in page
    assert 'rel="prev"' not in client.get(f"{LIST}S-2026-00001/").content.decode()


def test_submission_that_never_came_is_said(client: Client, stored_run: Run) -> None:
    response = client.get(f"{LIST}S-2026-99999/")
    assert response.status_code == 404
    assert "has no submission “S-2026-99999”" in text_of(response)


def passage(number: int, length: int = 100) -> PassageRow:
    """A passage of a long document."""
    return PassageRow(
        number, f"S.p{number}", "S", "S.d1", 0, 0, length, "x" * length, "en", False, "", "", "", ""
    )  # fmt: skip


def test_long_submission_comes_in_parts_and_loses_nothing() -> None:
    rows = [passage(number) for number in range(2 * PER_PART + 1)]
    found = parts_of(rows, 2)
    assert [len(part) for part in found.parts] == [PER_PART, PER_PART, 1]
    assert [row for part in found.parts for row in part] == rows
    assert found.rows == rows[PER_PART : 2 * PER_PART]
    assert parts_of(rows, 99).number == 3
    assert parts_of([], 1).rows == []


def test_part_is_no_larger_than_a_page_can_be() -> None:
    rows = [passage(number, 25_000) for number in range(5)]
    assert [len(part) for part in parts_of(rows, 1).parts] == [2, 2, 1]


@pytest.fixture
def received(stored_run: Run, settings: Any, tmp_path: Path) -> OriginalFile:
    """The received file of a document."""
    settings.ATTACHMENTS = tmp_path / "attachments"
    attachment = attachments.receive(io.BytesIO(b"As it was received."), name="academy.txt")
    return OriginalFile.objects.create(
        consultation=stored_run.consultation, document_id="S-2026-00027.d1", attachment=attachment
    )


def test_received_file_is_public_where_the_run_is(
    client: Client, stored_run: Run, received: OriginalFile
) -> None:
    address = reverse("consultation_original", args=["example", "S-2026-00027.d1"])
    assert address in client.get(f"{LIST}S-2026-00027/").content.decode()
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"As it was received."  # type: ignore[attr-defined]  # a file
    assert response["Content-Disposition"].startswith("attachment")
    again = client.get(f"/files/{received.attachment_id}")
    assert b"".join(again.streaming_content) == b"As it was received."  # type: ignore[attr-defined]  # a file


def test_name_of_a_received_file_is_for_officers(
    client: Client, stored_run: Run, received: OriginalFile, bruno: User
) -> None:
    """People name a file after themselves."""
    attachment = received.attachment
    attachment.name = "Wanjiru Tembo.txt"
    attachment.save()
    addresses = [
        reverse("consultation_original", args=["example", "S-2026-00027.d1"]),
        f"/files/{received.attachment_id}",
    ]
    for address in addresses:
        response = client.get(address)
        b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file
        assert "Tembo" not in response["Content-Disposition"]
        assert '.txt"' in response["Content-Disposition"]
    client.force_login(bruno)
    for address in addresses:
        response = client.get(address)
        b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file
        assert "Wanjiru Tembo.txt" in response["Content-Disposition"]


def test_received_file_of_a_document_that_only_another_run_has_is_not_public(
    client: Client, stored_run: Run, received: OriginalFile
) -> None:
    received.document_id = "S-2026-00099.d1"
    received.save()
    address = reverse("consultation_original", args=["example", "S-2026-00099.d1"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("person", [None, "chen"])
def test_received_file_is_nobodys_where_no_run_is_shown(
    client: Client, received: OriginalFile, person: str | None, request: pytest.FixtureRequest
) -> None:
    if person:
        client.force_login(request.getfixturevalue(person))
    Consultation.objects.update(is_public=False)
    address = reverse("consultation_original", args=["example", "S-2026-00027.d1"])
    assert client.get(address).status_code == 404
    assert client.get(f"/files/{received.attachment_id}").status_code in {302, 403, 404}


def test_document_without_a_kept_file_says_where_its_text_came_from(client: Client, stored_run: Run) -> None:
    page = text_of(client.get(f"{LIST}S-2026-00001/"))
    assert "The text stood in the table of responses, not in a file of its own." in page
    assert client.get("/consultations/example/originals/S-2026-00001.d1/").status_code == 404


@pytest.mark.parametrize(("query", "item_count"), [("organisation=Cobalt+Models", 1), ("search=machine", 10)])
def test_list_asks_the_database_as_often_for_one_as_for_many(
    client: Client, stored_run: Run, django_assert_num_queries: Any, query: str, item_count: int
) -> None:
    client.get(f"{LIST}?{query}")
    with django_assert_num_queries(9):
        response = client.get(f"{LIST}?{query}&order=date")
    assert len(response.context["page"].object_list) >= item_count


def test_submission_asks_the_database_a_fixed_number_of_times(
    client: Client, stored_run: Run, django_assert_num_queries: Any
) -> None:
    client.get(f"{LIST}S-2026-00027/")
    with django_assert_num_queries(13):
        client.get(f"{LIST}S-2026-00027/?part=1")
