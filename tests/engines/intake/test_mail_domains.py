"""Of an address the domain alone is kept, and only where it can tell of a body."""

from __future__ import annotations

from pathlib import Path

import pytest

from colloquia.engines.analysis.reading import Reading
from colloquia.engines.documents import Reader
from colloquia.engines.intake import understand
from colloquia.engines.intake.columns import DOMAINS
from colloquia.engines.records import Incoming, IncomingFile, Submission
from tests.engines.intake.helpers import collected

LONG = "A long and considered answer in the words of the sender, with a reason and an example."


@pytest.fixture
def table(write) -> Path:
    return write(
        "responses.csv",
        [
            ["id", "organisation", "stakeholder", "E-mail", "Comment"],
            ["1", "Kestrel Press", "Business", "Desk@Kestrelpress.example", LONG],
            ["2", "Heron House", "Business", "heron.house@gmail.com", LONG + " Two."],
            ["3", "", "Individual", "ada@lovelace.example", LONG + " Three."],
            ["4", "Otter Union", "", "", LONG + " Four."],
        ],
    )


def read(incoming: list[Incoming]) -> list[Submission]:
    with Reader() as reader:
        return Reading(reader, None, lambda *_: None).submissions(incoming, 2026)


def test_a_column_of_addresses_gives_domains_and_no_address(table: Path) -> None:
    found = collected(table)
    assert [item.mail_domain for item in found] == [
        "kestrelpress.example",
        "gmail.com",
        "lovelace.example",
        "",
    ]
    assert "@" not in "".join(map(repr, found))
    column = understand([table]).tables[0].columns[3]
    assert (column.role, column.reason, column.gives_domain) == ("ignored", DOMAINS, True)


def test_submissions_keep_domains_of_bodies_alone(table: Path) -> None:
    assert [item.mail_domain for item in read(collected(table))] == ["kestrelpress.example", "", "", ""]


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("Ada <ada@press.example>", "press.example"),
        ("=?utf-8?b?w4lkaXRpb24=?= <a@Press.Example>", "press.example"),
        ("nobody", ""),
        ("ada@gmail.com", ""),
    ],
)
def test_a_message_gives_the_domain_of_its_sender(tmp_path: Path, sender: str, domain: str) -> None:
    path = tmp_path / "a.eml"
    path.write_text(f"From: {sender}\nTo: b@office.example\nMessage-ID: <x>\nSubject: s\n\n{LONG}\n")
    (item,) = read([Incoming("a", files=[IncomingFile("a.eml", path)])])
    assert (item.mail_domain, item.status) == (domain, "read")
    assert "@" not in "".join(document.text for document in item.documents)
