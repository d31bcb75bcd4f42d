"""Destroyed rows leave nothing in the files of the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, transaction

from colloquia.accounts.models import User
from colloquia.core.traces import leave_no_trace

NAME = "Perpetua Vanishing"


def holders() -> list[str]:
    """The files of the database that hold the name."""
    database = Path(str(connection.settings_dict["NAME"]))
    files = [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
    return sorted(path.name for path in files if NAME.encode() in path.read_bytes())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL frees destroyed rows with VACUUM")
def test_nothing_is_left_in_the_write_ahead_log() -> None:
    User.objects.create_user("gone@elsewhere.example", name=NAME)
    User.objects.update(name="")
    assert holders()
    with transaction.atomic():
        User.objects.all().delete()
        leave_no_trace()
    assert holders() == []
