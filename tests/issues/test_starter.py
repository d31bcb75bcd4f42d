"""The starter set: what it holds, that loading twice changes nothing, and that an officer's work stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from colloquia.core.models import AuditEntry
from colloquia.issues import queries, services
from colloquia.issues.models import (
    GlossaryEntry,
    Issue,
    IssuePlacement,
    PaperVersion,
    Question,
    QuestionPlacement,
    QuestionWording,
)
from tests.issues.conftest import CONTENT, SLUG

DRAFT_NUMBERS = {**{number + 1: number for number in range(1, 12)}, 15: 12, 16: 13}


def test_thirteen_issues_became_sixteen_by_the_rule(starter: None) -> None:
    numbers = {
        key: {
            int(row.issue_id[3:]): int(row.number)
            for row in IssuePlacement.objects.filter(version__paper__slug=SLUG, version__key=key)
        }
        for key in ("draft-2019", "revised-2020")
    }
    assert numbers["draft-2019"] == DRAFT_NUMBERS
    assert numbers["revised-2020"] == {number: number for number in range(1, 17)}


def test_sixty_eight_questions_none_of_them_official(starter: None) -> None:
    assert (Issue.objects.count(), Question.objects.count()) == (16, 68)
    revised = QuestionWording.objects.filter(placement__version__key="revised-2020", language="en")
    grades = ("authentic", "verified", "secondary", "recalled")
    assert [revised.filter(grade=grade).count() for grade in grades] == [0, 8, 23, 37]
    assert PaperVersion.objects.filter(is_authentic=True).count() == 0
    assert GlossaryEntry.objects.filter(language="en").count() == 4


def test_recalled_wording_is_not_put_into_the_draft(starter: None) -> None:
    draft = QuestionPlacement.objects.filter(version__key="draft-2019")
    held = QuestionWording.objects.filter(placement__in=draft, language="en")
    assert draft.count() == 50
    assert set(held.values_list("grade", flat=True)) == {"verified", "secondary"}


def test_source_that_describes_the_draft_says_so_in_the_revision(starter: None) -> None:
    wording = QuestionWording.objects.get(
        placement__question="IP-08.q1", placement__version__key="revised-2020", language="en"
    )
    assert wording.described_in == PaperVersion.objects.get(key="draft-2019")


def test_done_again_it_changes_nothing(starter: None) -> None:
    entries = AuditEntry.objects.count()
    changes = services.load_starter(CONTENT)
    assert (changes.any, changes.added, changes.changed) == (False, {}, {})
    assert AuditEntry.objects.count() == entries


def test_changed_file_changes_its_rows_and_is_audited(starter: None, tmp_path: Path) -> None:
    folder = tmp_path / SLUG
    folder.mkdir()
    shutil.copy(CONTENT / SLUG / "ar.yaml", folder)
    text = (CONTENT / SLUG / "paper.yaml").read_text(encoding="utf-8")
    old = "Is unauthorised use of works for machine learning an infringement?"
    assert text.count(old) == 1
    (folder / "paper.yaml").write_text(text.replace(old, "Is it an infringement to train on works unasked?"))
    changes = services.load_starter(tmp_path)
    assert (changes.added, changes.changed) == ({}, {"questionwording": 2})
    arabic = [
        held
        for each in queries.question_in_versions("IP-08.q1")
        for held in each.wordings
        if held.language == "ar"
    ]
    assert [held.is_stale for held in arabic] == [True, True]
    entry = AuditEntry.objects.filter(verb="issues.load_starter").exclude(changes={}).first()
    assert entry is not None
    assert entry.changes["text"] == [old, "Is it an infringement to train on works unasked?"]


def test_what_an_officer_imported_stays(starter: None, bring) -> None:
    text = (
        "title: Revised Issues Paper\nsymbol: WIPO/IP/AI/2/GE/20/1 REV.\nlanguage: en\nissues:\n"
        "  - {id: IP-08, number: 8, title: Infringement, questions: "
        "[{id: IP-08.q1, text: The official text}]}\n"
    )
    bring(text, paper=SLUG, version="revised-2020")
    before = list(QuestionPlacement.objects.order_by("pk").values())
    assert services.load_starter(CONTENT).any is False
    assert list(QuestionPlacement.objects.order_by("pk").values()) == before
    version = queries.find_version(SLUG, "revised-2020")
    assert version is not None
    assert [each.shown.text for each in queries.questions_of(version) if each.shown] == ["The official text"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("slug: [", "cannot be read"),
        ("- a", "must hold fields"),
        ("slug: a", "“prefix:” is missing"),
        (
            "{slug: a, prefix: A, title: T, versions: [{key: v}], issues: [{questions: [{grade: x}]}]}",
            "the starter set holds no official text",
        ),
    ],
)
def test_unusable_file_is_named(db: None, tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "paper.yaml").write_text(text)
    with pytest.raises(services.StarterError, match=reason):
        services.load_starter(tmp_path)
