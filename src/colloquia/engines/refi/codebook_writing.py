"""A codebook as a .qdc file, and the same inside a project."""

from __future__ import annotations

import io
from collections.abc import Sequence

from colloquia.engines.exchange import Unwritable
from colloquia.engines.exchange.writing import Markup
from colloquia.engines.refi.guids import check_guids
from colloquia.engines.refi.records import Code, Codebook, CodeSet
from colloquia.engines.refi.trees import children_of, in_order

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def write_codebook(codebook: Codebook, *, origin: str) -> bytes:
    """The codebook as a .qdc file; ``origin`` names the program and its version.

    Code points that XML cannot hold become U+FFFD. Raises ``Unwritable`` where codes cannot
    stand in one book, and where there is none, since the standard asks for one at least.
    """
    if not codebook.codes:
        raise Unwritable("A codebook file must hold one code at least; add a theme first.")
    buffer = io.BytesIO()
    markup = Markup(buffer)
    markup.start("CodeBook", {"xmlns": NAMESPACE, "origin": origin or None})
    write_codes(markup, codebook.codes)
    if codebook.sets:
        write_sets(markup, codebook.sets, member="guid")
    markup.end()
    markup.line()
    return buffer.getvalue()


def write_codes(markup: Markup, codes: Sequence[Code], notes: dict[str, list[str]] | None = None) -> None:
    """Write ``Codes`` with each code in its parent; ``notes`` are GUIDs of notes by that of a code."""
    below = children_of(codes)
    check_guids((code.name, code.guid) for code in codes)
    markup.start("Codes")
    markup.line()
    open_codes = 0
    for code, depth in in_order(below):
        for _closed in range(open_codes - depth):
            markup.end()
            markup.line()
        open_codes = depth + 1
        markup.start(
            "Code",
            {
                "guid": code.guid,
                "name": code.name,
                "isCodable": "true" if code.is_codable else "false",
                "color": code.colour or None,
            },
        )
        if code.description:
            markup.element("Description", code.description)
        for note in (notes or {}).get(code.guid, ()):
            markup.empty("NoteRef", {"targetGUID": note})
    for _closed in range(open_codes):
        markup.end()
        markup.line()
    markup.end()
    markup.line()


def write_sets(markup: Markup, sets: Sequence[CodeSet], *, member: str) -> None:
    """Write ``Sets``; ``member`` is the attribute that names a code, ``targetGUID`` in a project."""
    markup.start("Sets")
    for one in sets:
        markup.start("Set", {"guid": one.guid, "name": one.name})
        if one.description:
            markup.element("Description", one.description)
        for code in one.codes:
            markup.empty("MemberCode", {member: code})
        markup.end()
        markup.line()
    markup.end()
    markup.line()
