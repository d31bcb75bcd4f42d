"""A run that holds a submission which was taken out of the public is no longer shown, nor shown again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from colloquia.consultations import services as consultations
from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.hidden import sentence
from colloquia.consultations.services.settings import change_settings, fingerprint, settings_of
from colloquia.core.models import AuditEntry
from colloquia.submissions.models import CallAnalysis, PublishedSubmission, Submission
from colloquia.submissions.services import publishing, withdrawing
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


PAGES = {
    "consultation_method": (),
    "consultation_files": (),
    "consultation_runs": (),
    "consultation_submissions": (),
    "consultation_submission": (IN_RUN,),
    "consultation_theme": ("T1",),
    "consultation_corrections": (),
    "consultation_organisations": (),
}
"""Pages of a run, each with a twin."""
FILES = {
    "consultation_file": ("report.html",),
    "consultation_word": (),
    "consultation_passage": (f"{IN_RUN}.p1",),
    "consultation_original": (f"{IN_RUN}.d1",),
}


def said(language: str) -> str:
    with translation.override(language):
        return escape(sentence())


@pytest.mark.parametrize("way", ["withdrawn", "unpublished"])
def test_run_that_holds_it_is_shown_no_longer(
    way: str, shown: Call, receive: Callable[..., Submission], bruno: User, client: Client
) -> None:
    """The page of the consultation says so, and those of the run too; the audit names the submission."""
    submission = publish(receive, shown, IN_RUN, bruno)
    assert said("en") not in client.get("/consultations/example/").content.decode()
    if way == "withdrawn":
        withdrawing.withdraw(submission=submission)
    else:
        publishing.unpublish(submission=submission, by=bruno, reason="A name was left in it.")
    entry = AuditEntry.objects.get(verb="consultations.stop_showing")
    assert entry.note == IN_RUN
    for language in ("en", "ar"):
        page = client.get("/consultations/example/", headers={"accept-language": language})
        text = page.content.decode()
        assert (page.status_code, said(language) in text, IN_RUN in text) == (200, True, False)
        assert ("may have moved" in text, "noindex" in text) == (False, False)
        for name, more in (PAGES | FILES).items():
            page = client.get(reverse(name, args=["example", *more]), headers={"accept-language": language})
            text = page.content.decode()
            assert (page.status_code, said(language) in text, "may have moved" in text) == (404, True, False)
            assert (name, IN_RUN in text.replace(page.request["PATH_INFO"], "")) == (name, False)
        assert client.get("/consultations/example/?table=themes&format=csv").status_code == 404
        assert client.get("/consultations/example/?run=1").status_code == 404
    twin = client.get(reverse("consultation_json", args=["example"]))
    assert (twin.status_code, twin.json()["run"], twin.json()["said"]) == (200, None, sentence())
    assert twin["Access-Control-Allow-Origin"] == "*"
    for name, more in PAGES.items():
        twin = client.get(reverse(f"{name}_json", args=["example", *more]))
        assert (twin.status_code, twin.json()["error"]) == (404, sentence())
    listed = client.get("/consultations/").content.decode()
    assert "Its analysis is not shown at present" in listed
    assert client.get("/consultations/index.json").json()["consultations"][0]["hidden"] is True


def test_officers_see_the_run_still(
    shown: Call, receive: Callable[..., Submission], bruno: User, client: Client
) -> None:
    submission = publish(receive, shown, IN_RUN, bruno)
    publishing.unpublish(submission=submission, by=bruno, reason="A name was left in it.")
    client.force_login(bruno)
    page = client.get("/consultations/example/")
    assert (page.status_code, said("en") in page.content.decode()) == (200, False)
    assert client.get(reverse("consultation_submission", args=["example", IN_RUN])).status_code == 200


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
    now = settings_of(Consultation.objects.get(slug="example"))
    with pytest.raises(ValidationError, match=IN_RUN):
        change_settings(
            consultation=stored_run.consultation,
            settings=replace(now, shown_run=1),
            by=bruno,
            seen=fingerprint(now),
        )
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
