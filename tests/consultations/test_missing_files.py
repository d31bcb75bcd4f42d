"""A run whose folder was taken away, or whose index was, behind the program's back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from colloquia.engines.bulk.database import forget

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run

pytestmark = pytest.mark.django_db
HERE = "/consultations/example"
PUBLIC = ["", "shared/", "submissions/", "submissions/S-2026-00001/", "method/", "files/", "word/", "runs/"]
OFFICE = ["corrections/", "reading/", "sign/", "settings/", "translations/", "codebook/", "drafts/"]


@pytest.fixture
def emptied(stored_run: Run) -> Run:
    """The run without its folder."""
    forget(stored_run.folder)
    shutil.rmtree(stored_run.folder)
    return stored_run


@pytest.mark.parametrize("page", PUBLIC)
def test_public_is_told_to_come_back_and_not_where_files_lie(client: Client, emptied: Run, page: str) -> None:
    response = client.get(f"{HERE}/{page}")
    assert response.status_code == 503
    assert "The results of this run cannot be read at the moment." in response.content.decode()
    assert emptied.folder_name not in response.content.decode()


@pytest.mark.parametrize("page", [*PUBLIC, *OFFICE])
def test_officers_are_told_what_to_put_back(officer: Client, emptied: Run, page: str) -> None:
    response = officer.get(f"{HERE}/{page}")
    assert response.status_code == 503
    assert f"runs/{emptied.folder_name}" in response.content.decode()


def test_twin_says_so_as_json(client: Client, emptied: Run) -> None:
    response = client.get(f"{HERE}/analysis.json")
    assert (response.status_code, response.json()["ok"], response.json()["status"]) == (503, False, 503)


def test_runs_are_not_compared_with_one_that_is_gone(officer: Client, second_run: Run) -> None:
    first = second_run.prior
    assert first is not None
    forget(first.folder)
    shutil.rmtree(first.folder)
    assert officer.get(f"{HERE}/compare/").status_code == 503
    assert officer.get(f"{HERE}/").status_code == 200


def test_question_page_of_the_site_goes_on_without_the_run(client: Client, emptied: Run) -> None:
    from django.test import RequestFactory

    from colloquia.consultations.presentation import answers

    request = RequestFactory().get("/questions/IP-08.q1/")
    request.user = client.get("/").wsgi_request.user
    assert answers.render(request, "IP-08.q1") == ""


def test_index_that_is_gone_is_made_again(client: Client, stored_run: Run, bruno: User) -> None:
    forget(stored_run.folder)
    shutil.rmtree(stored_run.folder / "index")
    assert client.get(f"{HERE}/submissions/").status_code == 200
    assert (stored_run.folder / "index" / "passages.parquet").is_file()
