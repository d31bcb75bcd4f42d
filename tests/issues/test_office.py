"""The officers' pages: who is let in, what is shown, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from colloquia.accounts.models import User
from colloquia.issues.models import PaperImport, PaperVersion
from colloquia.issues.planning import plan_of
from tests.issues.conftest import PAPER

Look = Callable[..., PaperImport]


def send(client: Client, content: bytes = PAPER.encode(), **fields: str) -> Any:
    data = {"paper": "machines", "version": "first", "status": "final", "beginning": "ex"} | fields
    return client.post("/papers/imports/new/", {**data, "file": SimpleUploadedFile("paper.yaml", content)})


@pytest.mark.parametrize("path", ["", "new/", "{id}/"])
def test_strangers_and_delegates_are_refused(
    look: Look, client: Client, chen: User, amara: User, path: str
) -> None:
    address = "/papers/imports/" + path.format(id=look().pk)
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    for person in (chen, amara):
        client.force_login(person)
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("act", ["confirm", "discard"])
def test_strangers_cannot_decide(look: Look, client: Client, chen: User, act: str) -> None:
    record = look(prefix="EX")
    client.force_login(chen)
    answer = client.post(f"/papers/imports/{record.pk}/{act}/", {"digest": plan_of(record).digest})
    assert answer.status_code == 403
    record.refresh_from_db()
    assert (record.state, PaperVersion.objects.count()) == ("looked_at", 0)


def test_officer_sends_looks_and_confirms(client: Client, bruno: User) -> None:
    client.force_login(bruno)
    address = send(client)["Location"]
    page = client.get(address).content.decode()
    assert "Who owns the data?" in page
    assert "The file gives this id." in page
    assert "A new version." in page
    assert PaperVersion.objects.count() == 0
    record = PaperImport.objects.get()
    answer = client.post(f"{address}confirm/", {"digest": plan_of(record).digest}, follow=True)
    assert "The paper is imported." in answer.content.decode()
    assert PaperVersion.objects.get().is_authentic is True
    assert client.get("/questions/EX-01.q1/").status_code == 200


def test_choices_are_kept_and_shown(client: Client, bruno: User, look: Look) -> None:
    record = look(prefix="EX")
    client.force_login(bruno)
    page = client.post(f"/papers/imports/{record.pk}/", {"id-i2": "EX-07", "id-i1": ""}, follow=True)
    assert 'value="EX-07"' in page.content.decode()
    record.refresh_from_db()
    assert record.choices == {"i2": "EX-07"}


def test_refused_import_has_no_button_and_says_why(client: Client, bruno: User, look: Look) -> None:
    record = look(prefix="EX", date="soon")
    client.force_login(bruno)
    page = client.get(f"/papers/imports/{record.pk}/").content.decode()
    assert "“soon” is not a date" in page
    assert "Import exactly this" not in page


def test_stale_digest_is_told_on_the_page(client: Client, bruno: User, look: Look) -> None:
    record = look(prefix="EX")
    client.force_login(bruno)
    answer = client.post(f"/papers/imports/{record.pk}/confirm/", {"digest": "x"}, follow=True)
    assert "has changed since it was shown" in answer.content.decode()
    assert PaperVersion.objects.count() == 0


def test_what_was_typed_is_kept_by_an_error(client: Client, bruno: User) -> None:
    client.force_login(bruno)
    answer = send(client, b"", title="My title", symbol="EX/9")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert ['value="My title"' in page, 'value="EX/9"' in page] == [True, True]


def test_discarded_import_shows_its_state(client: Client, bruno: User, look: Look) -> None:
    record = look()
    client.force_login(bruno)
    answer = client.post(f"/papers/imports/{record.pk}/discard/", follow=True)
    assert "The import is discarded; the file stays in the record." in answer.content.decode()


def test_no_such_import(client: Client, bruno: User) -> None:
    client.force_login(bruno)
    answer = client.get("/papers/imports/00000000-0000-0000-0000-000000000000/")
    assert answer.status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_number_of_queries_of_the_list(
    client: Client, bruno: User, look: Look, django_assert_num_queries: Any, item_count: int
) -> None:
    for _number in range(item_count):
        look("broken: [")
    client.force_login(bruno)
    with django_assert_num_queries(4):
        client.get("/papers/imports/")
