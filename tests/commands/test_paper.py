"""``colloquia paper`` as an operator runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from colloquia import cli
from colloquia.accounts.models import User
from colloquia.core.models import Attachment
from colloquia.issues import services
from colloquia.issues.models import PaperImport, PaperVersion
from colloquia.issues.planning import Given
from tests.engines.papers.documents import official
from tests.issues.conftest import CONTENT, PAPER, SLUG

# The command brings the tables up to date itself, which cannot be done inside a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A small paper in YAML."""
    path = tmp_path / "paper.yaml"
    path.write_text(PAPER)
    return path


def run(*arguments: object) -> int:
    return cli.main(["paper", *(str(argument) for argument in arguments)])


def bring(path: Path, *more: object) -> int:
    return run("import", path, "--paper", "machines", "--version", "first", "--prefix", "EX", *more)


def test_dry_run_writes_nothing(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(paper, "--dry-run") == 0
    out = capsys.readouterr().out
    assert "  i1.q1 → EX-01.q1 (id in the file; paragraph 4): Who owns the data?" in out.splitlines()
    assert out.splitlines()[-2:] == [
        "0 issues known, 2 new; 0 questions known, 3 new; 0 left out.",
        "Nothing was written.",
    ]
    assert [model.objects.count() for model in (Attachment, PaperImport, PaperVersion)] == [0, 0, 0]


def test_import_then_list_and_export(
    paper: Path, tmp_path: Path, bruno: User, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(paper, "--by", bruno.email) == 0
    assert PaperImport.objects.get().ended_by == bruno
    assert run("list") == 0
    assert "  first  EX/1  2021-02-03  official text" in capsys.readouterr().out.splitlines()
    target = tmp_path / "out.yaml"
    assert run("export", "machines", "first", "--out", target) == 0
    plan = services.preview(path=target, name="out.yaml", given=Given("machines", "second"))
    assert plan.ids == {
        "i1": "EX-01", "i1.q1": "EX-01.q1", "i1.q2": "EX-01.q2", "i2": "EX-02", "i2.q1": "EX-02.q1",
    }  # fmt: skip
    assert plan.refusals == ()


def test_same_file_twice_is_refused(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(paper) == 0
    assert bring(paper) == 1
    assert "This very file was imported already" in capsys.readouterr().err


def test_proposals_must_be_confirmed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    services.load_starter(CONTENT)
    path = official(tmp_path / "paper.docx")
    arguments = ["import", path, "--paper", SLUG, "--version", "revised-2020"]
    assert run(*arguments) == 1
    errors = capsys.readouterr().err
    assert "i2.q1 seems to be IP-08.q1, which nobody has confirmed." in errors
    assert "Confirm each with --match PLACE=ID, or all with --accept-proposals." in errors
    assert PaperVersion.objects.filter(is_authentic=True).count() == 0
    assert run(*arguments, "--accept-proposals", "--match", "i2.q2=IP-08.q4") == 0
    assert PaperVersion.objects.get(is_authentic=True).key == "revised-2020"


def test_export_of_the_starter_set_cannot_become_official(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services.load_starter(CONTENT)
    path = tmp_path / "draft.yaml"
    assert run("export", SLUG, "draft-2019", "--out", path) == 0
    text = path.read_text()
    assert "# secondary: Not the official text." in text
    assert "its wording is not held here. IP-04.q3" in text
    assert run("import", path, "--paper", SLUG, "--version", "other", "--dry-run") == 1
    assert "says that this is not the official text" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "absent.yaml", "--paper", "a", "--version", "b"], "there is no file absent.yaml"),
        (["export", "none", "none"], "there is no version none of none"),
    ],
)
def test_mistakes_are_named(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 1
    assert words in capsys.readouterr().err


def test_unknown_officer_and_broken_match(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(paper, "--by", "nobody@elsewhere.example") == 1
    assert "there is no officer with the address nobody@elsewhere.example" in capsys.readouterr().err
    assert bring(paper, "--match", "i1") == 1
    assert "write a place and an id" in capsys.readouterr().err
