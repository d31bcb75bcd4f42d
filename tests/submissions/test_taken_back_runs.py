"""A run that holds a submission which was taken out of the public is no longer shown, nor shown again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from colloquia.consultations import services as consultations
from colloquia.consultations.models import Consultation
from colloquia.core.models import AuditEntry
from colloquia.submissions.models import CallAnalysis, PublishedSubmission, Submission
from colloquia.submissions.services import publishing
from tests.consultations.conftest import (  # noqa: F401 -- fixtures
    consultation,
    hidden_run,
    kept_runs,
    run_folder,
    runs,
    stored_run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run
    from colloquia.submissions.models import Call

IN_RUN, ELSEWHERE = "S-2026-00016", "S-2026-09999"


@pytest.fixture
def shown(stored_run: Run, make_call: Callable[..., Call], bruno: User) -> Call:  # noqa: F811 -- the fixture
    """A call whose published submissions were analysed, the run of which the public sees."""
    call = make_call()
    Consultation.objects.filter(pk=call.consultation_id).update(slug="unused")
    stored_run.consultation.call = call
    call.consultation = stored_run.consultation
    call.save(update_fields=["consultation"])
    CallAnalysis.objects.create(
        call=call,
        result=stored_run,
        asked_at=timezone.now() + timedelta(minutes=1),
        state="done",
        asked_by=bruno,
    )
    assert Consultation.objects.get(slug="example").shown_run == stored_run
    return call


def publish(receive: Callable[..., Submission], call: Call, identifier: str, by: User) -> Submission:
    submission = receive(call=call)
    Submission.objects.filter(pk=submission.pk).update(identifier=identifier, check_state="ready")
    submission.refresh_from_db()
    from colloquia.submissions.services import checking, preparing

    preparing.prepare(submission.pk)
    Submission.objects.filter(pk=submission.pk).update(check_state="waiting")
    submission.refresh_from_db()
    checking.make_ready(submission=submission, by=by)
    publishing.publish(submission=submission, by=by)
    return submission


def test_run_that_holds_it_is_shown_no_longer(
    shown: Call, receive: Callable[..., Submission], bruno: User, client: Client
) -> None:
    """The public's page of the analysis is gone at once, and the audit names the submission."""
    submission = publish(receive, shown, IN_RUN, bruno)
    assert client.get("/consultations/example/").status_code == 200
    publishing.unpublish(submission=submission, by=bruno, reason="A name was left in it.")
    assert client.get("/consultations/example/").status_code == 404
    entry = AuditEntry.objects.get(verb="consultations.stop_showing")
    assert entry.note == IN_RUN


def test_run_without_it_stays(
    shown: Call, receive: Callable[..., Submission], bruno: User, client: Client
) -> None:
    """What was never in the run takes nothing from the public."""
    submission = publish(receive, shown, ELSEWHERE, bruno)
    publishing.unpublish(submission=submission, by=bruno, reason="A name was left in it.")
    assert client.get("/consultations/example/").status_code == 200


def test_the_same_run_is_not_shown_again(
    shown: Call,
    receive: Callable[..., Submission],
    bruno: User,
    stored_run: Run,  # noqa: F811
) -> None:
    """Nor after it was published anew, since the run has the text as it was."""
    submission = publish(receive, shown, IN_RUN, bruno)
    publishing.unpublish(submission=submission, by=bruno, reason="A name was left in it.")
    with pytest.raises(consultations.SigningRefused, match=IN_RUN):
        consultations.show_run(run=stored_run, by=bruno)
    Submission.objects.filter(pk=submission.pk).update(check_state="ready")
    publishing.publish(submission=submission, by=bruno)
    PublishedSubmission.objects.update(changed_at=timezone.now() + timedelta(minutes=2))
    with pytest.raises(consultations.SigningRefused, match=IN_RUN):
        consultations.show_run(run=stored_run, by=bruno)


def test_a_run_whose_files_are_lost_counts_as_one_that_holds_it(
    shown: Call, receive: Callable[..., Submission], bruno: User, settings: Any, tmp_path: Any
) -> None:
    """In doubt nothing is shown."""
    submission = publish(receive, shown, ELSEWHERE, bruno)
    settings.RUNS = tmp_path / "nowhere"
    publishing.unpublish(submission=submission, by=bruno, reason="A name was left in it.")
    assert Consultation.objects.get(slug="example").shown_run is None
