"""Answer forms that came by mail or in a folder: read, and taken into the plan of their submission."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from colloquia.submissions.models import Channel
from colloquia.submissions.services.intake_fields import Fields
from colloquia.submissions.services.intake_records import Plan, Trouble

_FORM_PROBE = 4 << 20


class Forms(Fields):
    """Reads answer forms. Each that may be one costs a process of its own, and up to a second."""

    def _form_in_mail(self, plan: Plan, data: bytes, name: str) -> None:
        with tempfile.NamedTemporaryFile(prefix="colloquia-", suffix=".docx") as copy:
            copy.write(data)
            copy.flush()
            self._form(plan, Path(copy.name), name)

    def _form(self, plan: Plan, path: Path, name: str) -> None:
        """Read a file as an answer form of the call, and take what it says into the plan.

        The form itself is its sender's original from then on: it says everything, and who wrote it.
        """
        from colloquia.engines.answer_forms.child import read_file
        from colloquia.submissions.services.forms_in import taken

        if not _may_be_form(path, self.asked):
            return
        form = taken(read_file(path), name=Path(name).name, call=self.call)
        if not form.is_form:
            return
        with path.open("rb") as stream:
            own = hashlib.file_digest(stream, "sha256").hexdigest()
        plan.troubles += [Trouble(plan.where, sentence) for sentence in form.problems]
        mine = plan.content
        fields = {each: getattr(form.content, each) for each in form.given if each != "answers"}
        stated = "publication" in fields
        # What a form leaves open is no wish of its sender, and an officer's word for all does not fill it in.
        fields["publication"] = form.content.publication
        plan.wish = plan.extra["wish"] = "sender" if stated else "default"
        plan.files = [replace(each, is_original=True) if each.sha256 == own else each for each in plan.files]
        if {"name", "organisation"} & set(fields) and mine.kind == "organisation" and "kind" not in fields:
            fields.setdefault("name", "")
        texts = [(each.question, each.text) for each in form.content.answers]
        texts += [(each.question, each.text) for each in mine.answers]
        plan.content = replace(mine, **fields, answers=self._answers(texts))
        if not self.options.get("channel") and plan.channel == Channel.FOLDER:
            plan.channel = Channel.FORM


def _may_be_form(path: Path, asked: list[str]) -> bool:
    """Whether it is worth a process of its own: marks of an answer form stand in the file."""
    if path.suffix.lower() != ".docx":
        return False
    marks = [b"colloquia-form", b"Colloquia.", *(each.encode() for each in asked)]
    try:
        with zipfile.ZipFile(path) as archive:
            for name in ("docProps/custom.xml", "word/document.xml"):
                if name in archive.namelist():
                    with archive.open(name) as stream:
                        data = stream.read(_FORM_PROBE)
                    if any(mark in data for mark in marks):
                        return True
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return False
    return False
