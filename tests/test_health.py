"""/healthz says what is wrong, with a status that a monitor understands, and reveals nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from colloquia import health

pytestmark = pytest.mark.django_db


def set_worker(monkeypatch: pytest.MonkeyPatch, seen: datetime.datetime | None) -> None:
    """Let the worker's last sign of life be at a given time."""
    from colloquia.core.jobs import queries

    monkeypatch.setattr(queries, "worker_heartbeat", lambda: seen)


def test_all_well_is_200(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    set_worker(monkeypatch, timezone.now())
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"ok": True, "checks": {"database": "ok", "worker": "ok", "disk": "ok"}}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("age", "state"),
    [(None, "never seen"), (datetime.timedelta(minutes=4), "silent")],
    ids=["never", "silent"],
)
def test_worker_that_gives_no_sign_is_503(
    client: Client, monkeypatch: pytest.MonkeyPatch, age: datetime.timedelta | None, state: str
) -> None:
    set_worker(monkeypatch, None if age is None else timezone.now() - age)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == state


def test_full_disk_is_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    set_worker(monkeypatch, timezone.now())
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 80)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["checks"]["disk"]) == (503, "nearly full")


def test_database_that_does_not_answer_is_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    class Broken:
        def cursor(self) -> Any:
            raise OperationalError("could not connect to server at db.internal")

    monkeypatch.setattr(health, "connection", Broken())
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "does not answer", "worker": "unknown", "disk": "ok"}
    assert b"db.internal" not in response.content
