"""What is sealed shows nowhere: at no address for no lower role, in no file, feed, export, message or log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import models
from django.test import Client

from colloquia.accounts.models import RoleGrant, User
from colloquia.core import registry
from colloquia.core.models import Attachment, AuditEntry
from colloquia.submissions.models import Call, Submission
from colloquia.submissions.records import FileIn
from colloquia.submissions.services import publishing
from colloquia.submissions.services.checking import make_ready
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.redaction_decisions import decide_file
from tests.leaks import addresses as sites
from tests.leaks import fields
from tests.leaks import world as worlds
from tests.leaks.canaries import Canaries, Leak
from tests.leaks.crawling import Crawler, held_logs, mails

pytestmark = pytest.mark.django_db
ROLES = ("stranger", "respondent", "delegate", "analyst", "reviewer", "officer")


@pytest.fixture
def logs() -> Iterator[list[str]]:
    """Every line logged during the test."""
    with held_logs() as lines:
        yield lines


@pytest.fixture
def world(
    logs: list[str],
    call: Call,
    bruno: User,
    olga: User,
    chen: User,
    receive: Callable[..., Submission],
    attach: Callable[..., Attachment],
    settings: Any,
) -> worlds.World:
    """A site full of canaries."""
    settings.SECOND_FACTOR_REQUIRED = False
    return worlds.build(call, bruno, olga, chen, receive, attach)


def as_role(role: str, chen: User, amara: User, rui: User, bruno: User) -> Client:
    client = Client(raise_request_exception=False)
    people = {"respondent": chen, "delegate": amara, "reviewer": rui, "officer": bruno}
    if role == "analyst":
        people["analyst"] = User.objects.create_user("ana@analysis.example", name="Ana")
        RoleGrant.objects.create(user=people["analyst"], role="analyst")
    if role in people:
        client.force_login(people[role])
    return client


def told(leaks: set[Leak]) -> str:
    """A sentence for each place that leaks."""
    return "\n".join(sorted(f"{each.role} finds {each.place} at {each.where}" for each in leaks)[:40])


def surfaces() -> list[str]:
    """Every address that rooms register."""
    return [address for each in registry.registered_leak_surfaces() for address in each.addresses()]


def test_every_sealed_field_has_a_canary(world: worlds.World) -> None:
    """A table or a field that is added later is planted, or fails here."""
    assert fields.unplanted() == []
    for model in fields.sealed_tables():
        for field in fields.words_of(model):
            if field.name in fields.KEPT:
                continue
            texts = [str(each) for each in model._default_manager.values_list(field.name, flat=True)]
            held = [text for text in texts if world.canaries.found_in(text)]
            assert held, f"{model.__name__}.{field.name} holds no canary"


def test_a_field_that_nobody_planted_is_found() -> None:
    """The negative control of the completeness above."""

    class Later(models.Model):  # noqa: DJ008 -- it is never shown
        said = models.JSONField(default=dict)

        class Meta:
            app_label = "leaks_test"
            managed = False

    assert [field.name for field in fields.words_of(Later)] == ["said"]
    assert "Later.said" not in fields.SHAPES


@pytest.mark.urls("tests.leaks.leaky_urls")
@pytest.mark.parametrize(
    "channel",
    [
        "body",
        "escaped",
        "header",
        "etag",
        "cookie",
        "message",
        "zip",
        "workbook",
        "redirect",
        "error",
        "twin",
    ],
)
def test_the_crawler_finds_what_leaks_in_every_channel(channel: str) -> None:
    canaries = Canaries()
    canaries.word("a sealed word")
    leaks = Crawler(canaries, "stranger", Client(raise_request_exception=False)).get(f"/{channel}/")
    assert {each.place for each in leaks} == {"a sealed word"}


@pytest.mark.urls("tests.leaks.leaky_urls")
def test_what_leaks_into_logs_and_messages_is_found(logs: list[str]) -> None:
    canaries = Canaries()
    canaries.word("a sealed word")
    crawler = Crawler(canaries, "stranger", Client(raise_request_exception=False))
    assert crawler.get("/log/") | crawler.get("/mail/") == set()
    assert canaries.leaks("log", "log", "\n".join(logs))
    found = [canaries.leaks("mail", to, text) for to, text in mails(but_to=["ada@sender.example"])]
    assert [len(each) for each in found] == [1]
    assert list(mails(but_to=["other@elsewhere.example"])) == []


def test_a_form_among_the_files_is_found_where_it_is_given_out(
    call: Call, bruno: User, receive: Callable[..., Submission], attach: Callable[..., Attachment]
) -> None:
    """The negative control of the forms of the site of canaries: this sender has nothing to hide."""
    canaries = Canaries()
    word = canaries.word("bytes of the form")
    form = attach("form.txt", f"{word}\ncolloquia-form:small-call:1:en\n".encode())
    submission = receive(files=(FileIn(form),))
    prepare(submission.pk)
    decide_file(submission=submission, position=2, give_out=True, by=bruno)
    publishing.publish(submission=make_ready(submission=submission, by=bruno), by=bruno)
    crawler = Crawler(canaries, "stranger", Client(raise_request_exception=False))
    file = f"/submissions/{submission.identifier}/files/2/"
    for address in (
        file,
        f"{file}text/",
        "/calls/small-call/submissions.zip",
        "/api/v1/calls/small-call/parts",
    ):
        assert {each.place for each in crawler.get(address)} == {"bytes of the form"}, address


def test_an_address_with_an_unknown_parameter_is_told() -> None:
    with pytest.raises(sites.UnknownParameter):
        list(sites.addresses({}))


@pytest.mark.parametrize("role", ROLES)
def test_nothing_sealed_shows_at_any_address(
    role: str, world: worlds.World, logs: list[str], chen: User, amara: User, rui: User, bruno: User
) -> None:
    office = role in {"reviewer", "officer"}
    client = as_role(role, chen, amara, rui, bruno)
    crawler = Crawler(world.canaries, role, client, ("office",) if office else ())
    found = crawler.crawl(surfaces(), conditional=role == "stranger")
    found |= crawler.crawl(sites.addresses(worlds.values(world)))
    if role == "officer":
        found |= crawler.crawl(sites.administration())
    if role == "stranger":
        for address in surfaces():
            found |= crawler.get(address, method="HEAD") | crawler.get(address, method="POST")
    assert told(found) == ""
    failed = sorted(where for where, status in crawler.statuses.items() if status == 500)
    assert failed == []
    assert crawler.statuses["GET /calls/small-call/submissions.zip"] == 200
    refusal = 302 if role == "stranger" else 403
    assert crawler.statuses["GET /calls/small-call/queue/"] == (200 if office else refusal)
    assert told(world.canaries.leaks("log", "a log line", "\n".join(logs))) == ""


def test_refusals_with_a_sealed_word_or_a_private_link_in_the_address_pass_nothing_on(
    world: worlds.World, logs: list[str], chen: User
) -> None:
    """Error pages give back no header, cookie or log line with what the address held."""
    word = world.word("a word in an address")
    client = Client(raise_request_exception=False)
    crawler = Crawler(world.canaries, "stranger", client)
    for path in (
        f"/submissions/{word}/", f"/submissions/{word}.json", f"/calls/{word}/submissions.zip",
        f"/calls/small-call/submissions.json?page={word}", f"/api/v1/calls?page={word}",
        f"/api/v1/submissions/{word}", f"/files/{word}", f"/receipts/{word}/", f"/drafts/{word}/",
        f"/calls/small-call/submissions/?table={word}&format=json", f"/consultations/{word}/",
    ):  # fmt: skip
        response = client.get(path)
        headers = {name: value for name, value in response.headers.items() if name != "Location"}
        assert response.status_code in {200, 302, 400, 404, 410}, path
        assert told(world.canaries.header_leaks("stranger", path, headers)) == ""
    for token in world.tokens:
        world.canaries.planted.pop(token, None)
        for path in (f"/receipts/{token}/nothing/", f"/drafts/{token}/nothing/", f"/clearance/{token}/no/"):
            assert client.get(path).status_code == 404
            assert client.post(path).status_code in {403, 404}
    assert crawler.statuses == {}
    lines = "\n".join(logs)
    assert [token for token in world.tokens if token in lines] == []


def test_exports_search_and_the_audit_hold_nothing_sealed(world: worlds.World, chen: User) -> None:
    found: set[Leak] = set()
    for export in registry.registered_exports():
        for row in export.rows(chen):
            found |= world.canaries.leaks("respondent", export.name, dict(row))
    for source in registry.registered_search_sources():
        documents = [*source.every(), *(each for name in world.addresses for each in source.one(name))]
        for document in documents:
            if document.access == "public":
                found |= world.canaries.leaks("stranger", source.name, repr(document))
    for entry in AuditEntry.objects.all():
        line = json.dumps([entry.object_label, entry.changes, entry.note], default=str)
        found |= world.canaries.leaks("officer", f"audit {entry.verb}", line, ("office",))
    assert told(found) == ""


def test_messages_and_tasks_tell_nobody_of_anothers_submission(world: worlds.World) -> None:
    from django_tasks_db.models import DBTaskResult

    found: set[Leak] = set()
    for recipient, text in mails(but_to=world.own):
        found |= world.canaries.leaks(recipient, "a message", text)
    for task in DBTaskResult.objects.all():
        found |= world.canaries.leaks("worker", "a task", task.args_kwargs)
    assert told(found) == ""


def test_the_docket_of_an_analysis_holds_only_what_is_public(world: worlds.World) -> None:
    from colloquia.submissions.queries.docket import docket_of

    docket = docket_of(Call.objects.get())
    assert [item.submission_id for item in docket] == world.public
    assert told(world.canaries.leaks("reader", "the docket", repr(docket))) == ""
