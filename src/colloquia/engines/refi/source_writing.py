"""One text of a project with its selections, as the file of a project holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from colloquia.engines.exchange.writing import Markup
from colloquia.engines.refi.guids import guid
from colloquia.engines.refi.records import Coding, Source

LANGUAGE = "Language"
_NAME = 120


def write_source(
    markup: Markup, source: Source, codings: Sequence[Coding], *, notes: Sequence[str], end_is_last: bool
) -> None:
    """Write ``TextSource``; ``codings`` stand in the order of their places, ``notes`` are GUIDs."""
    markup.start(
        "TextSource",
        {"guid": source.guid, "name": source.name, "plainTextPath": f"internal://{source.guid}.txt"},
    )
    if source.description:
        markup.element("Description", source.description)
    for (start, end), same in groupby(codings, key=lambda coding: (coding.start, coding.end)):
        _selection(markup, source, start, end, list(same), end - 1 if end_is_last else end)
    for note in notes:
        markup.empty("NoteRef", {"targetGUID": note})
    write_values(markup, variables_of(source))
    markup.end()
    markup.line()


def variables_of(source: Source) -> dict[str, str]:
    """The variables of a source that say something, with its language."""
    found = {name: value for name, value in source.variables.items() if value}
    return {**found, LANGUAGE: source.language} if source.language else found


def write_values(markup: Markup, variables: Mapping[str, str]) -> None:
    """Write ``VariableValue`` for each variable, as text."""
    for name, value in variables.items():
        markup.start("VariableValue")
        markup.empty("VariableRef", {"targetGUID": guid("variable", name)})
        markup.element("TextValue", value)
        markup.end()


def _selection(
    markup: Markup, source: Source, start: int, end: int, codings: list[Coding], written_end: int
) -> None:
    markup.start(
        "PlainTextSelection",
        {
            "guid": guid("selection", f"{source.guid}\n{start}\n{end}"),
            "name": _name(source.text[start:end]),
            "startPosition": str(start),
            "endPosition": str(written_end),
            "creatingUser": codings[0].creator or None,
        },
    )
    for coding in codings:
        made = coding.guid or guid(
            "coding", f"{source.guid}\n{start}\n{end}\n{coding.code}\n{coding.creator}"
        )
        markup.start("Coding", {"guid": made, "creatingUser": coding.creator or None})
        markup.empty("CodeRef", {"targetGUID": coding.code})
        markup.end()
    markup.end()
    markup.line()


def _name(text: str) -> str:
    """The text on one line, cut; programs show it, and from it a reader finds how positions were counted."""
    line = " ".join(text.split())
    return line if len(line) <= _NAME else line[: _NAME - 1].rstrip() + "…"
