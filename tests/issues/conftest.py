"""The starter set, a small paper of our own, and files to import."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from colloquia.accounts.models import User
from colloquia.core import registry
from colloquia.issues import services
from colloquia.issues.models import PaperImport, PaperVersion
from colloquia.issues.planning import Given, plan_of

CONTENT = Path(__file__).resolve().parents[2] / "content" / "papers"
SLUG = "ip-policy-and-ai"
PAPER = """
title: Paper on machines
symbol: EX/1
date: 2021-02-03
issues:
  - id: EX-01
    number: 1
    title: Data
    section: Rights
    paragraphs: 3–5
    questions:
      - {id: EX-01.q1, text: "Who owns the data?", paragraph: 4}
      - {id: EX-01.q2, text: "Who may use them?", paragraph: 5}
  - id: EX-02
    number: 2
    title: Trust
    section: Ethics
    questions:
      - {id: EX-02.q1, text: "Who answers for errors?", paragraph: 7}
"""
REVISED = """
title: Revised paper on machines
symbol: EX/1 REV.
date: 2022-03-04
issues:
  - id: EX-03
    number: 1
    title: Words
    section: Words
    questions: [{id: EX-03.q1, text: "What is a machine?"}]
  - id: EX-01
    number: 2
    title: Data and models
    section: Rights
    questions:
      - {id: EX-01.q2, text: "Who may use them, and for what?", paragraph: 9}
      - {id: EX-01.q1, text: "Who owns the data?", paragraph: 10}
lineage:
  - {kind: merged, from: [EX-02.q1], to: [EX-01.q2]}
"""


@pytest.fixture
def starter(db: None) -> None:
    """The starter set as it is shipped."""
    services.load_starter(CONTENT)


@pytest.fixture
def only_this_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a question without what other rooms add to it, so that its queries can be counted."""
    monkeypatch.setattr(registry._question_sections, "_entries", {})


@pytest.fixture
def look(bruno: User) -> Callable[..., PaperImport]:
    """Sends in a text as an officer and gives the import that was looked at."""

    def send(
        text: str | bytes = PAPER,
        *,
        name: str = "paper.yaml",
        version: str = "first",
        paper: str = "machines",
        **given: str,
    ) -> PaperImport:
        content = text.encode() if isinstance(text, str) else text
        stated = Given(paper=paper, version=version, **given)
        return services.look_at(stream=io.BytesIO(content), name=name, given=stated, by=bruno)

    return send


@pytest.fixture
def bring(look: Callable[..., PaperImport], bruno: User) -> Callable[..., PaperVersion]:
    """Sends a text in and imports it."""

    def send(text: str | bytes = PAPER, **options: Any) -> PaperVersion:
        options.setdefault("prefix", "EX")
        record = look(text, **options)
        return services.confirm(import_id=record.pk, digest=plan_of(record).digest, by=bruno)

    return send


@pytest.fixture
def two_versions(bring: Callable[..., PaperVersion]) -> tuple[PaperVersion, PaperVersion]:
    """The small paper, and its revision."""
    return bring(), bring(REVISED, version="second")
