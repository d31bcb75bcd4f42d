"""A file to a draft of a paper, whatever its form. Hostile files belong in ``child``, not here."""

from __future__ import annotations

from pathlib import Path

from colloquia.engines.documents import mediatypes
from colloquia.engines.documents.extract import Unreadable
from colloquia.engines.documents.limits import Limits
from colloquia.engines.documents.sniffing import HEAD, sniff
from colloquia.engines.papers.form import read_form
from colloquia.engines.papers.records import DraftPaper, Remark
from colloquia.engines.papers.structure import structure
from colloquia.engines.papers.word import WordText, read_word

MOST_QUESTIONS = 2_000


def read_draft(path: Path, name: str, limits: Limits | None = None) -> DraftPaper:
    """Read a paper from YAML, JSON or DOCX. What is wrong comes as remarks; serious ones forbid an import."""
    with path.open("rb") as file:
        kind = sniff(name, file.read(HEAD), path)
    if kind == mediatypes.DOCX:
        draft = _read_docx(path, name, limits or Limits())
    elif name.lower().endswith((".yaml", ".yml", ".json")):
        draft = read_form(path, name)
    else:
        message = "is neither YAML, JSON nor a Word document (DOCX); save it in one of these forms."
        return DraftPaper(remarks=(Remark(name, message, serious=True),))
    questions = sum(len(issue.questions) for issue in draft.issues)
    if questions > MOST_QUESTIONS:
        message = (
            f"holds {questions:,} questions, more than {MOST_QUESTIONS:,}; check that it is the right file."
        )
        return DraftPaper(remarks=(Remark(name, message, serious=True),))
    return draft


def _read_docx(path: Path, name: str, limits: Limits) -> DraftPaper:
    from lxml.etree import XMLSyntaxError

    try:
        text = read_word(path, limits)
    except Unreadable as error:
        return DraftPaper(remarks=(Remark(name, str(error), serious=True),))
    except (XMLSyntaxError, ValueError, KeyError) as error:
        message = (
            f"is damaged ({' '.join(str(error).split())[:150]}); open it in Word and save it again as DOCX."
        )
        return DraftPaper(remarks=(Remark(name, message, serious=True),))
    draft = structure(text.paragraphs)
    return DraftPaper(
        title=draft.title, symbol=draft.symbol, issues=draft.issues,
        remarks=(*draft.remarks, *_left_out(name, text)),
    )  # fmt: skip


def _left_out(name: str, text: WordText) -> list[Remark]:
    remarks = []
    if text.deletions:
        message = (
            f"{text.deletions} tracked deletions are taken as accepted; check that this is the final text."
        )
        remarks.append(Remark(name, message))
    if text.notes:
        remarks.append(
            Remark(name, f"{text.notes} footnotes or endnotes are left out; read them in the file.")
        )
    if text.boxes:
        remarks.append(Remark(name, f"{text.boxes} text boxes are left out; move their text into the body."))
    return remarks
