"""Drafts are saved field by field: what one person did not touch stays, and nobody's text is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from colloquia.submissions import services
from colloquia.submissions.answer_fields import built, flat, mark
from colloquia.submissions.models import AnswerDraft, Submission
from colloquia.submissions.records import AnswerIn, Content, PartyIn
from colloquia.submissions.services import DraftSent
from colloquia.submissions.services.drafting import aside_of, choose_aside, save
from tests.consultations.together import at_once
from tests.submissions.conftest import NAMED

pytestmark = pytest.mark.django_db(transaction=True)

ORDER = ("XX-01.q1", "XX-01.q2")
FIRST, SECOND = "answers.XX-01.q1.text", "answers.XX-01.q2.text"
TEXT = NAMED.answers[0].text


def saving(draft: AnswerDraft, field: str, text: str, seen: str) -> Callable[[threading.Barrier], object]:
    """Saves one field, seen as it was, once all are ready."""

    def act(barrier: threading.Barrier) -> object:
        barrier.wait()
        return save(draft=draft, values={field: text}, seen={field: mark(seen)}, order=ORDER, editor=text)

    return act


def texts(draft: AnswerDraft) -> dict[str, str]:
    draft.refresh_from_db()
    held = flat(Content.from_json(draft.content))
    return {field: held.get(field, "") for field in (FIRST, SECOND)}


def test_content_becomes_fields_and_content_again() -> None:
    content = replace(
        NAMED,
        parties=(PartyIn("state", "Kenya", "KE"), PartyIn("organisation", 'A "body"')),
        answers=(AnswerIn("XX-01.q2", "ثانيا", "ar"), AnswerIn("", "Remarks", public_text="In short")),
    )
    assert built(flat(content), ORDER) == content


def test_two_people_in_two_fields_both_have_their_text(draft: AnswerDraft) -> None:
    at_once(saving(draft, FIRST, "Mine", TEXT), saving(draft, SECOND, "Theirs", ""))
    assert texts(draft) == {FIRST: "Mine", SECOND: "Theirs"}
    assert aside_of(draft) == {}


def test_two_people_in_one_field_lose_neither_text(draft: AnswerDraft) -> None:
    """The first stays, the second is kept beside it; choosing it puts the first aside."""
    at_once(saving(draft, FIRST, "Mine", TEXT), saving(draft, FIRST, "Theirs", TEXT))
    held = texts(draft)[FIRST]
    [kept] = aside_of(draft)[FIRST]
    assert sorted([held, kept["text"]]) == ["Mine", "Theirs"]
    choose_aside(draft=draft, take={kept["id"]}, drop=set(), order=ORDER)
    assert texts(draft)[FIRST] == kept["text"]
    assert [each["text"] for each in aside_of(draft)[FIRST]] == [held]


def test_writing_the_whole_content_loses_a_text(draft: AnswerDraft) -> None:
    """The control: without fields and lock, the second save takes the first away."""

    def careless(field: str, text: str) -> Callable[[threading.Barrier], None]:
        def act(barrier: threading.Barrier) -> None:
            row = AnswerDraft.objects.get(pk=draft.pk)
            barrier.wait()
            row.content = built(flat(Content.from_json(row.content)) | {field: text}, ORDER).as_json()
            row.save(update_fields=["content"])

        return act

    at_once(careless(FIRST, "Mine"), careless(SECOND, "Theirs"))
    assert texts(draft) != {FIRST: "Mine", SECOND: "Theirs"}


def test_a_later_save_of_one_page_takes_the_place_of_its_own_aside(draft: AnswerDraft) -> None:
    save(draft=draft, values={FIRST: "Theirs"}, seen={FIRST: mark(TEXT)}, order=ORDER)
    for text in ("Mine", "Mine, longer"):
        save(draft=draft, values={FIRST: text}, seen={FIRST: mark(TEXT)}, order=ORDER, editor="one")
    assert texts(draft)[FIRST] == "Theirs"
    assert [each["text"] for each in aside_of(draft)[FIRST]] == ["Mine, longer"]


def test_saving_while_sending_is_sealed_or_told(draft: AnswerDraft) -> None:
    """A save that comes after the sending is refused; one before it is in what was sealed."""

    def sending(barrier: threading.Barrier) -> Submission:
        barrier.wait()
        return services.send(draft=draft)

    for number in range(4):
        submission, saved = at_once(sending, saving(draft, SECOND, f"In time {number}", ""))
        assert isinstance(submission, Submission)
        document = submission.versions.get().document
        if isinstance(saved, DraftSent):
            assert "In time" not in document
        else:
            assert f"In time {number}" in document
        draft = _again(draft)


def _again(draft: AnswerDraft) -> AnswerDraft:
    return services.begin(
        call=draft.call, email="ada@example.org", content=NAMED, confirmed_at=draft.confirmed_at
    )


def test_saving_without_the_lock_is_lost_in_silence(draft: AnswerDraft) -> None:
    """The control: a save that does not look writes into a draft that was sent, and nobody is told."""
    stale = AnswerDraft.objects.get(pk=draft.pk)
    submission = services.send(draft=draft)
    stale.content = built({SECOND: "Too late"}, ORDER).as_json()
    stale.save(update_fields=["content"])
    assert "Too late" not in submission.versions.get().document
