"""The page on verifying a receipt, followed word for word with a real receipt; the same by the command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.core import attachments
from colloquia.submissions import services
from colloquia.submissions.models import Submission
from colloquia.submissions.records import FileIn
from tests.submissions.conftest import (  # noqa: F401 -- fixtures
    call,
    make_call,
    questions,
    receive,
    territories,
)

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parents[2] / "docs/how-to/verify-a-receipt.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(
    tmp_path: Path,
    client: Client,
    receive: Callable[..., Submission],  # noqa: F811 -- the fixture
) -> Path:
    """What a sender takes away: receipt, document and file, and the key and a later head of the ledger."""
    receive()
    annex = attachments.receive(BytesIO(b"An annex.\n"), name="annex.txt")
    submission = receive(files=(FileIn(annex),))
    for _more in range(3):
        receive()
    token = services.private_token(submission)
    for file, name in (("receipt", "receipt_json"), ("document", "receipt_document")):
        (tmp_path / f"{file}.json").write_bytes(client.get(reverse(name, args=[token])).content)
    (tmp_path / "annex.txt").write_bytes(b"An annex.\n")
    (tmp_path / "key.json").write_bytes(client.get(reverse("ledger_key")).content)
    query = {"old": 2, "size": 5}
    (tmp_path / "consistency.json").write_bytes(client.get(reverse("ledger_consistency"), query).content)
    return tmp_path


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def script(folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "check.py").write_text(block("python"), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "check.py"], cwd=folder, capture_output=True, text=True, check=False
    )


def alter(path: Path, change: Callable[[Any], None]) -> None:
    raw = json.loads(path.read_text())
    change(raw)
    path.write_text(json.dumps(raw))


def test_the_script_of_the_page_accepts_the_receipt_and_no_altered_one(folder: Path) -> None:
    done = script(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The receipt holds: S-")
    kept = (folder / "receipt.json").read_text()
    for change in (
        lambda raw: raw["content"].update(received="2020-01-01T00:00:00Z"),
        lambda raw: raw["head"].update(at="2020-01-01T00:00:00Z"),
    ):
        alter(folder / "receipt.json", change)
        assert script(folder).returncode == 1
        (folder / "receipt.json").write_text(kept)


def test_the_steps_with_openssl_hold(folder: Path) -> None:
    if not shutil.which("openssl") or not shutil.which("sha256sum"):
        pytest.skip("openssl or sha256sum is not installed")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-e", "-c", block("sh")],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": path},
    )
    lines = done.stdout.splitlines()
    assert lines[0].split()[0] in lines[1]
    index = json.loads((folder / "receipt.json").read_text())["index"]
    entry = Client().get(f"{reverse('ledger_entries')}?start={index}").json()["entries"][0]["entry"]
    assert lines[2].split()[-1] == json.loads(entry)["commitment"]
    assert lines[3] == "Signature Verified Successfully"


def colloquia(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with a data folder that cannot be used, to show that it needs none."""
    return subprocess.run(
        [sys.executable, "-m", "colloquia", "verify", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLLOQUIA_DATA": "/proc/nowhere", "DATABASE_URL": "nonsense"},
    )


def test_the_lines_with_colloquia_hold_offline(folder: Path) -> None:
    for line in block("").strip().splitlines():
        done = colloquia(folder, *line.split()[2:])
        assert (done.returncode, done.stderr) == (0, ""), line
        assert done.stdout.splitlines()[-1] == "receipt.json: holds."


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("receipt.json", lambda raw: raw.update(salt="00" * 32), "does not stand in the ledger"),
        (
            "receipt.json",
            lambda raw: raw["head"].update(at="2020-01-01T00:00:00Z"),
            "was not signed with the key",
        ),
        ("consistency.json", lambda raw: raw["proof"].reverse(), "rewritten"),
        ("consistency.json", lambda raw: raw["head"].update(root="00" * 32), "rewritten"),
        ("consistency.json", lambda raw: raw["head"].update(at="2020-01-01T00:00:00Z"), "was not signed"),
        ("consistency.json", lambda raw: raw.pop("proof"), "consistency.json?old=2&size=5"),
        ("key.json", lambda raw: raw.update(keys=[]), "no Ed25519 key"),
        ("document.json", lambda raw: raw.update(v=2), "not the document"),
    ],
)
def test_whatever_is_altered_is_named(
    folder: Path, name: str, change: Callable[[Any], None], words: str
) -> None:
    alter(folder / name, change)
    from colloquia.cli import CommandError
    from colloquia.receipt_check import Given, check

    given = Given(
        receipt=folder / "receipt.json",
        key=folder / "key.json",
        head=folder / "consistency.json",
        document=folder / "document.json",
        files=(folder / "annex.txt",),
    )
    with pytest.raises(CommandError, match=re.escape(words)) as refusal:
        list(check(given))
    assert str(refusal.value).startswith(str(folder / name))


def test_a_receipt_does_not_vouch_for_itself(folder: Path) -> None:
    done = colloquia(folder, "--receipt", "receipt.json")
    assert (done.returncode, done.stderr.startswith("colloquia: a receipt cannot vouch for itself")) == (
        1,
        True,
    )
    done = colloquia(folder, "--receipt", "receipt.json", "--head", "consistency.json", "--file", "annex.txt")
    assert (done.returncode, "NOT CHECKED: the signature" in done.stdout) == (0, True)
    assert colloquia(folder, "--key", "key.json").returncode == 1
