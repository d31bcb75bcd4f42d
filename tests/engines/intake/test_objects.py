from __future__ import annotations

import json

import pytest

from colloquia.engines.intake import collect, understand

from .helpers import collected, messages, roles, texts


def test_lines_of_objects(write):
    path = write(
        "r.jsonl", '{"id": 7, "text": "one", "sender": {"country": "FR"}}\n\n{"text": "two", "id": 8}\n'
    )

    first, second = collected(path)
    assert (first.source_id, first.country, first.answers[0].locator) == (
        "7",
        "FR",
        'r.jsonl, row 1, column "text"',
    )
    assert (second.source_id, second.answers[0].locator) == ("8", 'r.jsonl, row 3, column "text"')


def test_broken_line_is_named_and_the_rest_kept(write):
    understanding = understand(
        [write("r.jsonl", '{"id": 1, "text": "one"}\n{"id": 2, "text": \n{"id": 3, "text": "three"}\n')]
    )

    assert [
        message
        for message in messages(understanding.warnings)
        if "row 2" in message and "not valid JSON" in message
    ]
    assert [item.source_id for item in collect(understanding)] == ["1", "r.jsonl:2", "3"]


@pytest.mark.parametrize(
    "value",
    [
        [{"id": 1, "text": "one"}, {"id": 2, "text": "two"}],
        {"question": "What?", "comments": [{"index": 1, "comment": "one"}, {"index": 2, "comment": "two"}]},
        {
            "meta": {"pages": [1]},
            "tags": [{"name": "x"}] * 9,
            "answers": [{"answer": "one"}, {"answer": "two"}],
        },
        ["one", "two"],
    ],
)
def test_lists_at_the_top_or_one_level_below(write, value):
    assert texts(collected(write("r.json", json.dumps(value)))) == [["one"], ["two"]]


def test_object_per_line_in_a_json_file(write):
    assert texts(collected(write("r.json", '{"text": "one"}\n{"text": "two"}\n'))) == [["one"], ["two"]]


def test_nested_keys_are_known_by_their_last_part(write):
    path = write(
        "r.json", json.dumps([{"body": {"text": "one"}, "who": {"name": "Ada", "email": "a@example.org"}}])
    )

    assert roles(understand([path])) == {"body.text": "text", "who.name": "person", "who.email": "ignored"}


@pytest.mark.parametrize("text", ['{"a": [1,', "[" * 100_000, "nonsense"])
def test_broken_json_is_an_error_with_place_or_remedy(write, text):
    (message,) = messages(understand([write("r.json", text)]).errors)
    assert message.startswith("r.json: is n")


def test_values_of_every_kind_read_as_text(write):
    path = write(
        "r.jsonl",
        '{"text": "a", "yes": true, "none": null, "list": ["x", "y"]}\n{"text": "b", "yes": false}\n',
    )

    first, second = collected(path)
    assert first.closed == {"yes": "TRUE", "list": "x; y"}
    assert second.closed == {"yes": "FALSE"}


def test_numbered_rows_of_two_files_are_not_joined(write):
    paths = [write(f"{name}.json", json.dumps([{"index": 1, "comment": name}])) for name in ("a", "b")]

    assert [item.source_id for item in collect(understand(paths))] == ["a.json:1", "b.json:1"]
