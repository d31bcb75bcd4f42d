"""Filled-in answer forms as a draft or an import gets them: in the right call, in another, in none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from docx import Document

from colloquia.core.models import Attachment, Language
from colloquia.engines.answer_forms.writing import write
from colloquia.submissions.call_form import form_of
from colloquia.submissions.models import Call, Publication, RespondentKind
from colloquia.submissions.records import AnswerIn
from colloquia.submissions.services import read_form
from tests.engines.answer_forms.conftest import fill, saved, tick

Sending = Callable[..., Attachment]


@pytest.fixture
def sent(attach: Callable[..., Attachment]) -> Sending:
    """The form of a call, filled in and received under another name."""

    def make(call: Call, ticks: tuple[str, ...] = (), language: str = "en", **answers: str) -> Attachment:
        document = Document(BytesIO(write(form_of(call, language))))
        for code in ticks:
            tick(document, code)
        for code, text in answers.items():
            fill(document, code.replace("__", "-").replace("_", "."), text)
        return attach("Réponse (2).docx", saved(document))

    return make


def test_answers_and_respondent_arrive_in_the_call(call: Call, placed: list[str], sent: Sending) -> None:
    Language.objects.create(code="fr", endonym="français", name="French")
    form = sent(
        call, ("R1.4", "R8.2"), R2="Ada", R3="Example Publishers", R5="Suisse", R7="French", R9="Thanks.",
        XX__01_q2="Oui.",
    )  # fmt: skip
    read = read_form(form, call)
    content = read.content
    assert (read.is_form, read.call, read.problems) == (True, "small-call", ())
    assert (content.kind, content.publication, content.territory, content.language) == (
        "organisation", "anonymous", "CH", "fr",
    )  # fmt: skip
    assert content.answers == (AnswerIn("XX-01.q2", "Oui."), AnswerIn("", "Thanks."))
    assert "stakeholder" not in read.given


def test_arabic_form_is_read_the_same(
    make_call: Callable[..., Call], placed: list[str], sent: Sending
) -> None:
    call = make_call(languages=["en", "ar"], titles={"en": "A call", "ar": "نداء"}, stakeholders=["Industry"])
    read = read_form(sent(call, ("R1.1", "R6.1", "R8.1"), "ar", R5="اليابان", XX__01_q1="نعم."), call)
    content = read.content
    assert (content.kind, content.stakeholder, content.territory) == ("state", "Industry", "JP")
    assert (content.answers, read.problems) == ((AnswerIn("XX-01.q1", "نعم."),), ())


def test_what_is_not_clear_is_told_with_its_place(call: Call, placed: list[str], sent: Sending) -> None:
    read = read_form(sent(call, ("R1.1", "R1.2"), R5="Atlantis", R7="Elvish", XX__01_q1="Yes."), call)
    assert [problem.partition(":")[0] for problem in read.problems] == ["R1", "R5", "R7", "R8"]
    assert (read.content.publication, read.content.territory) == ("confidential", "")


def test_choices_are_told_in_the_words_of_the_reader(call: Call, placed: list[str], sent: Sending) -> None:
    form = sent(call, ("R1.4", "R1.5", "R8.2", "R8.3"), XX__01_q1="Yes.")
    for language in ("en", "ar"):
        with translation.override(language):
            told = read_form(form, call).problems
            who = f"({RespondentKind.ORGANISATION.label} · {RespondentKind.PERSON.label})"
            wish = f"({Publication.ANONYMOUS.label} · {Publication.CONFIDENTIAL.label})"
        assert (who in told[0], wish in told[1]) == (True, True)


def test_form_of_another_call_keeps_every_word(
    make_call: Callable[..., Call], placed: list[str], sent: Sending
) -> None:
    here, there = make_call(), make_call("other-call")
    here.questions.filter(question="XX-01.q2").delete()
    read = read_form(sent(there, ("R8.1",), XX__01_q1="First.", XX__01_q2="Second."), here)
    assert read.call == "other-call"
    assert read.content.answers == (AnswerIn("XX-01.q1", "First."), AnswerIn("", "XX-01.q2\nSecond."))
    assert "is the form of another call (other-call)" in read.problems[0]
    assert "does not ask XX-01.q2" in read.problems[1]


def test_form_of_an_older_state_of_the_call_says_what_it_lacks(
    call: Call, placed: list[str], sent: Sending
) -> None:
    question = call.questions.get(question="XX-01.q2")
    question.delete()
    old = sent(call, ("R8.1",), XX__01_q1="First.")
    question.save()
    read = read_form(old, call)
    assert read.content.answers == (AnswerIn("XX-01.q1", "First."),)
    assert read.problems == (
        "“Réponse (2).docx” has no box for XX-01.q2. If you want to answer that, do it here.",
    )


def test_form_that_lost_its_marks_is_known_by_the_texts_of_the_call(
    call: Call, placed: list[str], sent: Sending, attach: Callable[..., Attachment]
) -> None:
    whole = sent(call, ("R8.1",), XX__01_q1="First.")
    made = BytesIO()
    with zipfile.ZipFile(whole.path) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == "word/document.xml":
                content = content.replace(b"colloquia-form:small-call:1:en", b" ")
            if entry != "docProps/custom.xml":
                target.writestr(entry, content)
    read = read_form(attach("form.docx", made.getvalue()), call)
    assert (read.call, read.content.answers, read.problems) == ("", (AnswerIn("XX-01.q1", "First."),), ())


def test_empty_form_and_no_form(
    call: Call, placed: list[str], sent: Sending, attach: Callable[..., Any]
) -> None:
    empty = read_form(sent(call), call)
    assert (empty.is_form, empty.content.answers, empty.given) == (True, (), frozenset())
    assert "nothing is filled in" in empty.problems[-1]
    other = read_form(attach("annex.txt"), call)
    assert (other.is_form, len(other.problems)) == (False, 1)
    assert other.problems[0].startswith("“annex.txt” is no Word document (DOCX)")
