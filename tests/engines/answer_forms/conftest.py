"""A small form in English and in Arabic, and a way to fill boxes in as Word leaves them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from colloquia.engines.answer_forms.records import Form, FormField, FormIssue, FormQuestion
from colloquia.engines.answer_forms.writing import write

_KINDS = ("State", "Intellectual property office", "Intergovernmental organisation", "Organisation", "Person")
_WISHES = ("Public, with the name", "Public, without the name", "Confidential")


def form_in(language: str, **fields: Any) -> Form:
    """Three questions under two issues; everything that is not given stays in English."""
    return Form(
        **{
            "call": "small-call",
            "version": 3,
            "language": language,
            "words_language": "ar" if language == "ar" else "en",
            "title": "نداء صغير" if language == "ar" else "A small call",
            "head": ("Answers are taken until 1 March 2026.",),
            "introduction": ("Please answer what you can.",),
            "sections": (("How to fill in", ("Write below each question.",), "en"),),
            "respondent_title": "Who answers",
            "fields": (
                FormField("kind", "Who answers", choices=_KINDS),
                FormField("name", "Your name"),
                FormField("organisation", "Organisation"),
                FormField("on_behalf_of", "On behalf of"),
                FormField("territory", "Country"),
                FormField("stakeholder", "Group", choices=("Industry", "Academia")),
                FormField("language", "Language"),
                FormField("publication", "Publication", choices=_WISHES),
            ),
            "questions_title": "Questions",
            "issues": (
                FormIssue(
                    "XX-01",
                    "First issue",
                    "en",
                    (
                        FormQuestion("XX-01.q1", "Who owns it?", "en"),
                        FormQuestion("XX-01.q2", "For how long?", "en"),
                    ),
                ),
                FormIssue("XX-02", "Second issue", "en", (FormQuestion("XX-02.q1", "ماذا بعد؟", "ar"),)),
            ),
            "tick_here": "Tick one.",
            "remarks_title": "Anything else",
            **fields,
        }
    )


@pytest.fixture
def form() -> Form:
    """The form in English."""
    return form_in("en")


@pytest.fixture
def opened(form: Form) -> Callable[..., Any]:
    """The form as python-docx opens it."""
    return lambda given=form: Document(BytesIO(write(given)))


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def room(document: Any, code: str) -> Any:
    """The cell below the heading of a box."""
    for table in document.tables:
        if table.cell(0, 0).text.split()[:1] == [code]:
            return table.cell(1, 0)
    raise AssertionError(code)


def fill(document: Any, code: str, *texts: str) -> None:
    """Write paragraphs into a box."""
    cell = room(document, code)
    cell.paragraphs[0].add_run(texts[0])
    for text in texts[1:]:
        cell.add_paragraph(text)


def tick(document: Any, code: str) -> None:
    """Click a box, as Word does."""
    for each in document.element.body.iter(qn("w:sdt")):
        if each.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == code:
            for inner in each.iter():
                if inner.tag.endswith("}checked"):
                    inner.set(f"{inner.tag.rpartition('}')[0]}}}val", "1")
            next(each.iter(qn("w:t"))).text = "☒"
            return
    raise AssertionError(code)
