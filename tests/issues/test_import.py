"""Importing an official paper: shown first, written as shown, refused with reasons."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from colloquia.accounts.models import User
from colloquia.core.attachments import AttachmentRefused
from colloquia.core.models import AuditEntry
from colloquia.issues import queries, services
from colloquia.issues.models import (
    IssuePlacement,
    Paper,
    PaperImport,
    PaperVersion,
    Question,
    QuestionPlacement,
    QuestionWording,
)
from colloquia.issues.planning import Given, plan_of
from tests.engines.papers.documents import official
from tests.issues.conftest import PAPER, SLUG

Look = Callable[..., PaperImport]
Bring = Callable[..., PaperVersion]


def test_looking_writes_no_paper(look: Look) -> None:
    record = look(prefix="EX")
    plan = plan_of(record)
    assert (plan.refusals, plan.undecided) == ((), ())
    assert plan.ids == {
        "i1": "EX-01", "i1.q1": "EX-01.q1", "i1.q2": "EX-01.q2", "i2": "EX-02", "i2.q1": "EX-02.q1",
    }  # fmt: skip
    assert (Paper.objects.count(), Question.objects.count()) == (0, 0)
    assert record.attachment.path.read_bytes() == PAPER.encode()


def test_import_writes_official_wordings_with_symbol_and_paragraph(bring: Bring, bruno: User) -> None:
    version = bring()
    assert (version.is_authentic, version.symbol, str(version.date)) == (True, "EX/1", "2021-02-03")
    assert version.attachment is not None
    assert version.source_sha256 == version.attachment.sha256
    questions = queries.questions_of(version)
    assert [(each.id, each.paragraphs) for each in questions] == [
        ("EX-01.q1", "4"), ("EX-01.q2", "5"), ("EX-02.q1", "7"),
    ]  # fmt: skip
    held = questions[0].shown
    assert held is not None
    assert (held.grade, held.source, held.text) == ("authentic", "EX/1", "Who owns the data?")
    verbs = set(AuditEntry.objects.filter(actor=bruno).values_list("verb", flat=True))
    assert {"core.receive", "issues.look_at_paper", "issues.import_paper", "issues.confirm_import"} <= verbs


def test_same_file_twice_is_told(bring: Bring, look: Look) -> None:
    bring()
    record = look(version="other", prefix="EX")
    with pytest.raises(
        services.ImportRefused, match="This very file was imported already, as version “first”"
    ):
        services.confirm(import_id=record.pk, digest=plan_of(record).digest, by=None)


def test_version_whose_official_text_is_held_is_refused(bring: Bring, look: Look) -> None:
    bring()
    plan = plan_of(look(PAPER + "\n# again\n"))
    assert [reason.split(".")[0] for reason in plan.refusals] == [
        "The official text of version “first” in this language (en) is held already"
    ]


def test_two_confirmations_write_once(look: Look, bruno: User) -> None:
    record = look(prefix="EX")
    digest = plan_of(record).digest
    services.confirm(import_id=record.pk, digest=digest, by=bruno)
    with pytest.raises(services.ImportRefused, match="This import is over"):
        services.confirm(import_id=record.pk, digest=digest, by=bruno)
    assert PaperVersion.objects.count() == 1


def test_two_looks_at_one_version_one_import(look: Look, bruno: User) -> None:
    first, second = look(prefix="EX"), look(PAPER + "\n# other bytes\n", prefix="EX")
    shown = plan_of(second)
    services.confirm(import_id=first.pk, digest=plan_of(first).digest, by=bruno)
    with pytest.raises(services.ImportRefused, match="is held already"):
        services.confirm(import_id=second.pk, digest=shown.digest, by=bruno)
    assert QuestionWording.objects.count() == 3


def test_change_of_the_site_after_looking_is_told(starter: None, look: Look, bruno: User) -> None:
    text = "title: T\nissues: [{id: IP-01, title: A, questions: [{text: Brand new question on bees}]}]\n"
    record = look(text, paper=SLUG, version="third")
    plan = plan_of(record)
    assert plan.ids["i1.q1"] == "IP-01.q4"
    Question.objects.create(pk="IP-01.q4", issue_id="IP-01")
    with pytest.raises(services.ImportRefused, match="has changed since it was shown"):
        services.confirm(import_id=record.pk, digest=plan.digest, by=bruno)
    assert plan_of(record).ids["i1.q1"] == "IP-01.q5"


def test_file_changed_on_the_disk_is_told(look: Look, bruno: User) -> None:
    record = look(prefix="EX")
    digest = plan_of(record).digest
    record.attachment.path.write_bytes(PAPER.replace("Who", "Whoever").encode())
    with pytest.raises(services.ImportRefused, match="is not the one that was looked at"):
        services.confirm(import_id=record.pk, digest=digest, by=bruno)
    assert Paper.objects.count() == 0


def test_word_file_gives_a_starter_version_its_official_text(
    starter: None, look: Look, bruno: User, tmp_path: Path
) -> None:
    content = official(tmp_path / "paper.docx").read_bytes()
    record = look(content, name="paper.docx", paper=SLUG, version="revised-2020")
    plan = plan_of(record)
    assert plan.refusals == ()
    assert {place: plan.ids[place] for place in ("i1", "i1.q2", "i2", "i2.q1")} == {
        "i1": "IP-02", "i1.q2": "IP-02.q2", "i2": "IP-08", "i2.q1": "IP-08.q1",
    }  # fmt: skip
    assert "i1.q1" in plan.undecided
    version = services.confirm(import_id=record.pk, digest=plan.digest, by=bruno)
    question = next(each for each in queries.questions_of(version) if each.id == "IP-08.q1")
    assert (question.paragraphs, question.shown.grade, question.shown.source) == (
        "3(i)", "authentic", "EX/AI/2/1 REV.",
    )  # fmt: skip
    assert [held.grade for held in question.wordings if held.language == "en"] == ["secondary", "authentic"]
    assert IssuePlacement.objects.get(version=version, issue="IP-01").is_withdrawn is True
    assert QuestionPlacement.objects.filter(version=version, is_withdrawn=False).count() == 5


def test_choices_win_and_may_leave_out(starter: None, look: Look, bruno: User, tmp_path: Path) -> None:
    content = official(tmp_path / "paper.docx").read_bytes()
    record = look(content, name="paper.docx", paper=SLUG, version="revised-2020")
    record = services.choose(
        import_id=record.pk, choices={"i2.q2": "IP-08.q4", "i2.q3": "skip", "i1.q1": "new"}, by=bruno
    )
    plan = plan_of(record)
    assert (plan.ids["i2.q2"], plan.ids["i1.q1"], "i2.q3" in plan.ids) == ("IP-08.q4", "IP-02.q9", False)
    assert plan.counts["left_out"] == 1


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({"i1.q1": "IP-08.q1", "i2.q1": "IP-08.q1"}, "is given to several places"),
        ({"i1.q1": "XX-08.q1"}, "is neither a known id of this paper"),
        ({"i1.q1": "IP-09"}, "one is an issue and the other a question"),
    ],
)
def test_unfit_choices_are_refused(
    starter: None, look: Look, bruno: User, tmp_path: Path, choices: dict[str, str], reason: str
) -> None:
    content = official(tmp_path / "paper.docx").read_bytes()
    record = look(content, name="paper.docx", paper=SLUG, version="revised-2020")
    services.choose(import_id=record.pk, choices=choices, by=bruno)
    record.refresh_from_db()
    assert [reason in found for found in plan_of(record).refusals] == [True]


def test_other_language_of_a_version(bring: Bring, look: Look) -> None:
    bring()
    arabic = PAPER.replace("Paper on machines", "ورقة عن الآلات").replace(
        "Who owns the data?", "من يملك البيانات؟"
    )
    version = bring(arabic, language="ar")
    held = {wording.language: wording.text for wording in queries.questions_of(version)[0].wordings}
    assert held == {"en": "Who owns the data?", "ar": "من يملك البيانات؟"}
    assert version.language == "en"
    extra = arabic + '      - {id: EX-02.q2, text: "سؤال آخر؟"}\n'
    plan = plan_of(look(extra, language="fr"))
    assert [
        "EX-02.q2, which the official text of this version does not have" in one for one in plan.refusals
    ] == [True]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"version": "Compare me"}, "cannot be the key of the version"),
        ({"version": "compare"}, "cannot be the key of the version"),
        ({"paper": "imports"}, "cannot be the address of the paper"),
        ({"date": "2021"}, "is not a date"),
        ({"language": "english"}, "is not a language code"),
        ({"prefix": "e-x"}, "cannot begin ids"),
    ],
)
def test_unfit_statements_are_refused(look: Look, given: dict[str, str], reason: str) -> None:
    plan = plan_of(look(**({"prefix": "EX"} | given)))
    assert any(reason in found for found in plan.refusals) is True


def test_beginning_of_ids_belongs_to_one_paper(bring: Bring, look: Look) -> None:
    bring()
    plan = plan_of(look(PAPER + "\n#\n", paper="another", prefix="EX"))
    assert any("belong to another paper" in reason for reason in plan.refusals)


def test_words_graded_as_not_official_are_refused(look: Look) -> None:
    record = look(PAPER.replace("paragraph: 4", "grade: recalled"), prefix="EX")
    assert ["says that this is not the official text" in reason for reason in plan_of(record).refusals] == [
        True
    ]


def test_broken_yaml_names_line_and_remedy(look: Look) -> None:
    plan = plan_of(look("title: a\nissues:\n\t- b\n", prefix="EX"))
    assert plan.refusals[0] == (
        "paper.yaml, line 3: a tab is used for indentation, which YAML does not allow; use spaces."
    )


def test_yaml_that_swells_is_stopped(look: Look) -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 10))
    plan = plan_of(look("l0: &l0 [a, a]\n" + levels, prefix="EX"))
    assert plan.refusals != ()


def test_empty_file_is_refused(bruno: User) -> None:
    with pytest.raises(AttachmentRefused, match="is empty"):
        services.look_at(stream=io.BytesIO(b""), name="a.yaml", given=Given("a", "b"), by=bruno)
    assert PaperImport.objects.count() == 0


def test_discarded_import_is_over(look: Look, bruno: User) -> None:
    record = look(prefix="EX")
    services.discard(import_id=record.pk, by=bruno)
    with pytest.raises(services.ImportRefused, match="This import is over"):
        services.choose(import_id=record.pk, choices={}, by=bruno)


def test_new_ids_never_come_again(bring: Bring, look: Look) -> None:
    bring()
    plan = plan_of(
        look("title: T\nissues: [{title: Bees, questions: [{text: Do bees invent}]}]\n", version="x")
    )
    assert plan.ids == {"i1": "EX-03", "i1.q1": "EX-03.q1"}


def test_versions_stand_in_the_order_of_their_dates(two_versions: Any, bring: Bring) -> None:
    issue = "{id: EX-01, title: D, questions: [{id: EX-01.q1, text: Who}]}"
    text = f"title: Zero\ndate: 2020-01-01\nissues: [{issue}]\n"
    bring(text, version="zero")
    paper = queries.paper("machines")
    assert paper is not None
    assert [version.key for version in queries.versions_of(paper)] == ["zero", "first", "second"]
