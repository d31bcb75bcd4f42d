"""What of a checked submission may be public, and what never is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from colloquia.accounts.models import User
from colloquia.submissions.models import FileScan, RedactionDecision, Submission
from colloquia.submissions.queries.checking import public_parts, public_respondent, sealed_parts
from colloquia.submissions.records import AnswerIn, FileIn, PartyIn
from colloquia.submissions.services.checking import make_ready, withhold
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.refusals import SubmissionRefused
from tests.submissions.conftest import NAMED

Receive = Callable[..., Submission]


def ready(submission: Submission, by: User) -> Submission:
    prepare(submission.pk)
    return make_ready(submission=submission, by=by)


def test_nothing_is_public_before_the_check(receive: Receive, bruno: User) -> None:
    submission = receive()
    prepare(submission.pk)
    assert public_parts(submission) == []
    passed = make_ready(submission=submission, by=bruno)
    assert [(each.question_id, each.text_version.text) for each in public_parts(passed)] == [
        ("XX-01.q1", "Rights holders need a register of training data.")
    ]
    assert sealed_parts(passed) == 0


def test_a_confidential_submission_gives_nothing(receive: Receive, bruno: User) -> None:
    submission = ready(receive(replace(NAMED, publication="confidential")), bruno)
    assert public_parts(submission) == []
    assert sealed_parts(submission) == 1
    assert public_respondent(submission).organisation == ""


def test_the_public_text_stands_for_a_confidential_answer(receive: Receive, bruno: User) -> None:
    answers = (
        AnswerIn("XX-01.q1", "Sealed words.", secrecy="confidential", secrecy_reason="Trade secret"),
        AnswerIn("XX-01.q2", "Sealed too.", "", "confidential", "Trade secret", "What may be said."),
    )
    submission = ready(receive(replace(NAMED, answers=answers)), bruno)
    (part,) = public_parts(submission)
    assert (part.question_id, part.text_version.text, part.is_public_version) == (
        "XX-01.q2",
        "What may be said.",
        True,
    )
    assert sealed_parts(submission) == 2


def test_the_public_file_stands_for_a_confidential_one(
    receive: Receive, bruno: User, attach: Callable[..., Any]
) -> None:
    secret, public, mail = (
        attach("secret.txt", b"Sealed bytes.\n"),
        attach("public.txt", b"Open bytes.\n"),
        attach("message.eml", b"From: ada@example.org\n\nHello\n"),
    )
    files = (
        FileIn(secret, secrecy="confidential", secrecy_reason="Trade secret"),
        FileIn(public, public_version_of=1, mining_reserved=True, rights_statement="All rights reserved."),
        FileIn(mail, is_original=True),
    )
    submission = ready(receive(replace(NAMED, answers=()), files=files), bruno)
    (part,) = public_parts(submission)
    assert part.attachment == public
    assert (part.text_version.text, part.is_public_version) == ("Open bytes.\n", True)
    assert (part.mining_reserved, part.rights_statement) == (True, "All rights reserved.")
    assert sealed_parts(submission) == 1


def test_an_anonymous_sender_is_not_named_by_a_file(
    receive: Receive, bruno: User, attach: Callable[..., Any]
) -> None:
    files = (FileIn(attach(), title="Of Example Publishers", rights_statement="© Example Publishers"),)
    content = replace(NAMED, publication="anonymous", parties=(PartyIn("organisation", "Another One"),))
    submission = ready(receive(content, files=files), bruno)
    _answer, part = public_parts(submission)
    assert (part.attachment, part.title, part.rights_statement) == (None, "", "")
    assert part.text_version.text == "An annex of one line.\n"
    respondent = public_respondent(submission)
    assert (respondent.name, respondent.organisation, respondent.parties) == ("", "", ())
    assert respondent.stakeholder == "Industry"
    telling = receive(replace(content, stakeholder="Members of example publishers"))
    assert public_respondent(telling).stakeholder == ""


@pytest.mark.parametrize(
    ("kind", "publication", "name"),
    [("person", "named", "Ada Example"), ("person", "anonymous", ""), ("organisation", "named", "")],
)
def test_a_person_is_named_only_as_a_respondent_who_wishes_it(
    receive: Receive, bruno: User, kind: str, publication: str, name: str
) -> None:
    submission = receive(replace(NAMED, kind=kind, publication=publication))
    assert public_respondent(submission).name == name


def test_a_redacted_file_is_given_out_as_text_alone(
    receive: Receive, bruno: User, attach: Callable[..., Any]
) -> None:
    submission = receive(replace(NAMED, answers=()), files=(FileIn(attach(content=b"Ask Ada Example.\n")),))
    prepare(submission.pk)
    text = submission.versions.get().texts.get()
    RedactionDecision.objects.create(
        text_version=text, start=4, end=15, category="name", redact=True, by=bruno
    )
    make_ready(submission=submission, by=bruno)
    submission.refresh_from_db()
    (part,) = public_parts(submission)
    assert part.text_version.text == "Ask [personal data removed: name of a person].\n"
    assert (part.attachment, part.is_redacted, part.redactions) == (None, True, 1)
    assert part.text_version.based_on == text


def test_a_decision_after_the_redacted_text_was_made_closes_the_part(receive: Receive, bruno: User) -> None:
    submission = ready(receive(), bruno)
    RedactionDecision.objects.create(
        text_version=submission.versions.get().texts.get(),
        start=0,
        end=6,
        category="name",
        redact=True,
        by=bruno,
    )
    assert public_parts(submission) == []


def test_an_infected_file_is_not_public(receive: Receive, bruno: User, attach: Callable[..., Any]) -> None:
    attached = attach()
    submission = ready(receive(files=(FileIn(attached),)), bruno)
    assert len(public_parts(submission)) == 2
    FileScan.objects.create(sha256=attached.sha256, result="infected", signature="Eicar", tool="test")
    assert [each.is_file for each in public_parts(submission)] == [False]
    assert sealed_parts(submission) == 1


def test_withheld_withdrawn_and_destroyed_give_nothing(receive: Receive, bruno: User) -> None:
    submission = ready(receive(), bruno)
    for field in ("withdrawn_at", "destroyed_at"):
        setattr(submission, field, submission.received_at)
        assert public_parts(submission) == []
        setattr(submission, field, None)
    withheld = withhold(submission=submission, reason="Not about the questions.", by=bruno)
    assert public_parts(withheld) == []


def test_what_is_not_prepared_or_decided_is_not_ready(receive: Receive, bruno: User) -> None:
    content = replace(NAMED, answers=(AnswerIn("XX-01.q1", "Write to ada@example.org, please."),))
    submission = receive(content)
    with pytest.raises(SubmissionRefused, match="still being prepared"):
        make_ready(submission=submission, by=bruno)
    prepare(submission.pk)
    with pytest.raises(SubmissionRefused, match="wait for a decision: 1"):
        make_ready(submission=submission, by=bruno)
