"""A stored run that is altered in its files or its rows is found."""

from __future__ import annotations

import pytest
from django.db import connection

from colloquia.accounts.models import User
from colloquia.consultations import services
from colloquia.consultations.models import Run
from colloquia.consultations.queries.integrity import CHECK
from colloquia.core.registry import registered_record_checks


def findings() -> list[str]:
    return [each.what for each in CHECK.findings(lambda _done: None)]


@pytest.fixture
def signed(stored_run: Run, bruno: User) -> Run:
    """A signed run."""
    olga = User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)
    services.review_run(run=stored_run, by=bruno)
    return services.sign_run(run=stored_run, by=olga, seen_read=0)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE consultations_themeineffect SET submissions = submissions + 1", "The themes of the run"),
        ("UPDATE consultations_themeineffect SET label = 'All agree'", "The themes of the run"),
        ("UPDATE consultations_run SET signed_coverage = '{}'", "The coverage of the run"),
        ("UPDATE consultations_run SET status = 'draft'", "Whether it is signed"),
        ("UPDATE consultations_run SET is_complete = false", "It was signed; its row is gone."),
    ],
)
def test_signed_run_that_counts_otherwise_is_found(signed: Run, statement: str, told: str) -> None:
    assert findings() == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert [each for each in findings() if each.startswith(told)]


@pytest.mark.parametrize("name", ["manifest.json", "analysis.json", "passages.parquet"])
def test_one_byte_of_a_file_of_a_run_is_found(stored_run: Run, name: str) -> None:
    assert findings() == []
    path = stored_run.folder / name
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert len(findings()) == 1
    path.unlink()
    assert len(findings()) == 1


def test_verify_looks_at_runs() -> None:
    assert CHECK.name in {check.name for check in registered_record_checks()}
