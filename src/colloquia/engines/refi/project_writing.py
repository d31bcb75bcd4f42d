"""A project with its texts and codings as a .qdpx package, written piece by piece."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from colloquia.engines.exchange import Unwritable
from colloquia.engines.exchange.writing import Markup
from colloquia.engines.refi.codebook_writing import write_codes, write_sets
from colloquia.engines.refi.guids import check_guids, guid
from colloquia.engines.refi.records import Coding, Project
from colloquia.engines.refi.source_writing import LANGUAGE, variables_of, write_source, write_values

NAMESPACE = "urn:QDA-XML:project:1.0"
# The earliest time a package can hold: the same project always gives the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def write_project(project: Project, path: Path, *, origin: str, end_is_last: bool = False) -> None:
    """Write the project to ``path`` as .qdpx; ``origin`` names the program and its version.

    Positions are code points from 0. The end of a selection is the place after its last character,
    as most programs read it; with ``end_is_last`` it is the last character, as the wording of the
    standard has it. Raises ``Unwritable`` where records name what is not there; ``path`` then stays
    as it was.
    """
    codings = _codings_by_source(project)
    unfinished = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as package:
            with package.open(_entry("project.qde"), "w", force_zip64=True) as stream:
                _Writing(Markup(stream), project, codings, end_is_last).write(origin)
            for source in project.sources:
                package.writestr(_entry(f"sources/{source.guid}.txt"), source.text.encode("utf-8", "replace"))
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _codings_by_source(project: Project) -> dict[str, list[Coding]]:
    """Codings of each source in the order of their places; all that they name is looked up."""
    texts = {source.guid: source for source in project.sources}
    if len(texts) < len(project.sources):
        raise Unwritable("Two sources have the same GUID; give each its own.")
    check_guids((source.name, source.guid) for source in project.sources)
    codes = {code.guid for code in project.codebook.codes}
    users = {user.guid for user in project.users}
    found: dict[str, list[Coding]] = {}
    for coding in project.codings:
        source = texts.get(coding.source)
        if source is None:
            raise Unwritable(
                f"A coding names the source {coding.source}, which is not in the project; add it."
            )
        if coding.code not in codes:
            raise Unwritable(
                f"A coding of “{source.name}” names the code {coding.code}, which is not in the codebook; "
                "add it."
            )
        if coding.creator and coding.creator not in users:
            raise Unwritable(
                f"A coding of “{source.name}” names the user {coding.creator}, who is not in the project; "
                "add the user."
            )
        if not 0 <= coding.start < coding.end <= len(source.text):
            raise Unwritable(
                f"A coding of “{source.name}” goes from {coding.start} to {coding.end}, and the text has "
                f"{len(source.text)} characters; give it a place inside."
            )
        found.setdefault(coding.source, []).append(coding)
    for codings in found.values():
        codings.sort(key=lambda coding: (coding.start, coding.end))
    return found


class _Writing:
    """Writes project.qde in the order that the standard asks for."""

    def __init__(
        self, markup: Markup, project: Project, codings: dict[str, list[Coding]], end_is_last: bool
    ) -> None:
        self._markup = markup
        self._project = project
        self._codings = codings
        self._end_is_last = end_is_last
        self._notes: dict[str, list[str]] = {}
        for note in project.notes:
            self._notes.setdefault(note.about, []).append(note.guid)

    def write(self, origin: str) -> None:
        markup, project = self._markup, self._project
        markup.start(
            "Project",
            {
                "xmlns": NAMESPACE,
                "name": project.name,
                "origin": origin or None,
                "creationDateTime": project.created or None,
            },
        )
        markup.line()
        self._users()
        if project.codebook.codes:
            markup.start("CodeBook")
            write_codes(markup, project.codebook.codes, self._notes)
            markup.end()
            markup.line()
        self._variables()
        self._cases()
        if project.sources:
            markup.start("Sources")
            markup.line()
            for source in project.sources:
                write_source(
                    markup,
                    source,
                    self._codings.get(source.guid, ()),
                    notes=self._notes.get(source.guid, ()),
                    end_is_last=self._end_is_last,
                )
            markup.end()
            markup.line()
        self._write_notes()
        if project.codebook.sets:
            write_sets(markup, project.codebook.sets, member="targetGUID")
        if project.description:
            markup.element("Description", project.description)
        self._references(self._notes.get("", ()))
        markup.end()
        markup.line()

    def _users(self) -> None:
        if self._project.users:
            self._markup.start("Users")
            for user in self._project.users:
                self._markup.empty("User", {"guid": user.guid, "name": user.name, "id": user.id or None})
            self._markup.end()
            self._markup.line()

    def _variables(self) -> None:
        names = dict.fromkeys(
            [name for source in self._project.sources for name in variables_of(source)]
            + [name for case in self._project.cases for name, value in case.variables.items() if value]
        )
        if names:
            self._markup.start("Variables")
            for name in sorted(names, key=lambda name: (name != LANGUAGE, name)):
                self._markup.empty(
                    "Variable", {"guid": guid("variable", name), "name": name, "typeOfVariable": "Text"}
                )
            self._markup.end()
            self._markup.line()

    def _cases(self) -> None:
        if not self._project.cases:
            return
        self._markup.start("Cases")
        for case in self._project.cases:
            self._markup.start("Case", {"guid": case.guid, "name": case.name})
            if case.description:
                self._markup.element("Description", case.description)
            write_values(self._markup, {name: value for name, value in case.variables.items() if value})
            for source in case.sources:
                self._markup.empty("SourceRef", {"targetGUID": source})
            self._markup.end()
            self._markup.line()
        self._markup.end()
        self._markup.line()

    def _write_notes(self) -> None:
        if self._project.notes:
            self._markup.start("Notes")
            for note in self._project.notes:
                self._markup.start("Note", {"guid": note.guid, "name": note.name})
                self._markup.element("PlainTextContent", note.text)
                self._markup.end()
                self._markup.line()
            self._markup.end()
            self._markup.line()

    def _references(self, notes: Iterable[str]) -> None:
        for note in notes:
            self._markup.empty("NoteRef", {"targetGUID": note})
