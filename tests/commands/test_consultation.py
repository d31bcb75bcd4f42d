"""``colloquia consultation again`` and ``call``: who may ask for a run, and what the worker passes on."""

from __future__ import annotations

import pytest

from colloquia import cli
from colloquia.accounts.models import User
from colloquia.consultations.models import AnalysisRequest, Consultation, Run
from colloquia.submissions.models import CallAnalysis
from tests.submissions.conftest import call, make_call, questions, territories  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
BY_BRUNO = ("--by", "bruno@secretariat.example")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["again", "small-call", *BY_BRUNO], "small-call has no run to go on from; store one first."),
        (["call", "elsewhere", *BY_BRUNO], "elsewhere has no call; draft one on the site first."),
        (["call", "small-call", *BY_BRUNO], "Nothing is published yet"),
        (["again", "small-call", "--by", "chen@elsewhere.example"], "chen@elsewhere.example is no officer"),
        (["call", "small-call", "--by", "chen@elsewhere.example"], "chen@elsewhere.example is no officer"),
    ],
)
@pytest.mark.usefixtures("call", "bruno", "chen")
def test_what_cannot_be_asked_for_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    assert cli.main(["consultation", *arguments]) == 1
    assert reason in capsys.readouterr().err
    assert (AnalysisRequest.objects.count(), CallAnalysis.objects.count()) == (0, 0)


@pytest.mark.usefixtures("call")
def test_a_request_that_was_given_up_is_not_done(bruno: User, capsys: pytest.CaptureFixture[str]) -> None:
    held = Consultation.objects.get(slug="small-call")
    base = Run.objects.create(consultation=held, number=1, folder_name="none", fingerprint="x")
    ended = {"asked_by": bruno, "state": "failed"}
    rows = {
        "again": AnalysisRequest.objects.create(consultation=held, base=base, base_sequence=0, **ended),
        "call": CallAnalysis.objects.create(call=held.call, **ended),
    }
    for act, row in rows.items():
        assert cli.main(["consultation", act, "small-call", *BY_BRUNO, "--request", str(row.pk)]) == 0
        row.refresh_from_db()
        assert (row.state, row.result) == ("failed", None)
    assert capsys.readouterr().out == ""
