"""What the room adds elsewhere: search documents, the export, and pages that every stranger can fetch."""

from __future__ import annotations

import json

from django.test import Client

from colloquia.core import registry
from colloquia.issues.presentation.registered import COLUMNS


def entry(entries, name):
    return next(each for each in entries if each.name == name)


def test_search_gets_each_question_in_each_language_with_its_grade(starter: None) -> None:
    source = entry(registry.registered_search_sources(), "issues.questions")
    found = list(source.one("IP-08.q1"))
    assert [(each.language, each.url, dict(each.facets)["grade"]) for each in found] == [
        ("en", "/questions/IP-08.q1/", "secondary"),
        ("ar", "/questions/IP-08.q1/", "secondary"),
    ]
    assert len(list(source.every())) == 136
    assert list(source.one("none")) == []


def test_export_holds_every_question_of_every_version_with_its_grade(starter: None) -> None:
    export = entry(registry.registered_exports(), "issues.questions")
    rows = list(export.rows(None))
    assert len(rows) == 50 + 68
    assert [tuple(row) for row in rows] == [COLUMNS] * len(rows)
    assert {row["grade"] for row in rows} == {None, "verified", "secondary", "recalled"}
    assert all(row["about"].startswith(("Not the official text.", "The question stands")) for row in rows)


def test_every_public_address_answers_and_names_no_officer(
    starter: None, bring, client: Client, bruno
) -> None:
    bring()
    surface = entry(registry.registered_leak_surfaces(), "issues.pages")
    addresses = list(surface.addresses())
    assert len(addresses) > 180
    for address in addresses[:24] + addresses[-8:]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert bruno.email.encode() not in body
        assert b"Bruno" not in body
        if ".json" in address:
            assert json.loads(body)["ok"] is True
