"""Reads a filled-in form where it runs. Hostile files belong in ``child``, not here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from colloquia.engines.answer_forms.choices import ticked
from colloquia.engines.answer_forms.layout import code_of_box, fingerprint
from colloquia.engines.answer_forms.records import CHOICES, FIELDS, REMARKS, FilledForm, FormProblem
from colloquia.engines.answer_forms.walking import Walk
from colloquia.engines.documents import mediatypes, problems
from colloquia.engines.documents.containers import Container, opened
from colloquia.engines.documents.extract import Source, Unreadable
from colloquia.engines.documents.limits import Limits
from colloquia.engines.documents.sniffing import HEAD, sniff
from colloquia.engines.documents.trees import local_name
from colloquia.engines.documents.word import _main_part

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAME = re.compile(r"colloquia-form:([\w-]{1,80}):(\d{1,6}):([A-Za-z-]{2,12})")
_PROPERTY = "Colloquia."


def read_here(path: Path, known: Iterable[str], limits: Limits) -> FilledForm:
    """What was filled in. ``known`` are texts that the form prints itself, besides those it says."""
    from lxml.etree import XMLSyntaxError

    try:
        if _is_another_kind(path, limits):
            return FilledForm(problems=(FormProblem("not_word"),))
        with opened(Source(path, "form.docx", mediatypes.DOCX, limits)) as container:
            return _read(container, known, limits)
    except Unreadable as error:
        return FilledForm(problems=(FormProblem("unreadable", detail=str(error)),))
    except (XMLSyntaxError, ValueError, KeyError, RecursionError, OSError) as error:
        damaged = problems.damaged(mediatypes.DOCX, error)
        return FilledForm(problems=(FormProblem("unreadable", detail=damaged),))


def _is_another_kind(path: Path, limits: Limits) -> bool:
    """Whether it is no DOCX, whatever it is called. Raises Unreadable for what nobody can read."""
    size = path.stat().st_size
    if not size:
        raise Unreadable(problems.EMPTY_FILE)
    if size > limits.file_bytes:
        raise Unreadable(problems.too_large(size, limits.file_bytes))
    with path.open("rb") as file:
        kind = sniff("form.docx", file.read(HEAD), path)
    if kind == mediatypes.LOCKED_OFFICE:
        raise Unreadable(problems.PASSWORD)
    return kind != mediatypes.DOCX


def _read(container: Container, known: Iterable[str], limits: Limits) -> FilledForm:
    body = container.tree(_main_part(container))
    if body is None:
        raise Unreadable(problems.damaged(mediatypes.DOCX, KeyError()))
    marks = _marks(container)
    own = {each for name, value in marks.items() if name.startswith("texts.") for each in value.split()}
    own |= {fingerprint(each) for each in known}
    notes = {kind: _notes(container, kind) for kind in ("footnote", "endnote")}
    walk = Walk(
        own=frozenset(own),
        numbering=container.tree("word/numbering.xml"),
        notes=notes,
        most=limits.characters,
    )
    walk.take(body)
    said = _NAME.search(walk.last_line)
    call, version, language = said.groups() if said else ("", "0", "")
    version = marks.get("version", version)
    found = walk.problems()
    if not walk.boxes:
        return FilledForm(problems=(FormProblem("not_a_form"),))
    respondent, unclear = _respondent(walk)
    return FilledForm(
        call=marks.get("call", call),
        version=int(version) if version.isascii() and version.isdigit() else 0,
        language=marks.get("language", language),
        respondent=respondent,
        answers={
            box: text
            for box in walk.boxes
            if box not in FIELDS and box != REMARKS and (text := walk.text(box))
        },
        boxes=tuple(box for box in walk.boxes if box not in FIELDS and box != REMARKS),
        remarks=walk.text(REMARKS),
        outside=tuple(walk.outside),
        problems=(*found, *unclear),
    )


def _respondent(walk: Walk) -> tuple[dict[str, str], list[FormProblem]]:
    found: dict[str, str] = {}
    unclear = []
    for name in FIELDS:
        lines = walk.lines(name)
        choice, problem = ticked(code_of_box(name), lines, CHOICES.get(name, ()))
        if problem:
            unclear.append(problem)
        if choice:
            found[name] = choice
        elif name not in CHOICES and not problem:
            written = walk.text(name)
            if written and f"{code_of_box(name)}." not in written:
                found[name] = written
    return found, unclear


def _marks(container: Container) -> dict[str, str]:
    """The properties that the form was given when it was made; what is left of them."""
    root = container.tree("docProps/custom.xml")
    found: dict[str, str] = {}
    for entry in root if root is not None else ():
        name = str(entry.get("name", ""))
        if name.startswith(_PROPERTY) and len(found) < 200:
            found[name.removeprefix(_PROPERTY)] = "".join(str(piece) for piece in entry.itertext())[:2000]
    return found


def _notes(container: Container, kind: str) -> dict[str, _Element]:
    """Footnotes or endnotes by their id."""
    root = container.tree(f"word/{kind}s.xml")
    found: dict[str, _Element] = {}
    for note in root if root is not None else ():
        if local_name(note) == kind:
            identifier = next((value for key, value in note.items() if key.endswith("}id")), "")
            found[str(identifier)] = note
    return found
