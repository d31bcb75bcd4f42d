"""Passages from an XLIFF file as a program for translators left it."""

from __future__ import annotations

from collections.abc import Iterator

from colloquia.engines.exchange import Unusable
from colloquia.engines.exchange.nodes import Node
from colloquia.engines.exchange.reading import MEBIBYTE, Bounds, read_xml
from colloquia.engines.translations.folding import folded, has_words
from colloquia.engines.translations.ids import from_token, token
from colloquia.engines.translations.inline import plain
from colloquia.engines.translations.records import Unit

BOUNDS = Bounds(size=64 * MEBIBYTE, elements=1_000_000, depth=200)
_UNTOUCHED = frozenset({"new", "needs-translation", "initial"})


def read_xliff(data: bytes) -> list[Unit]:
    """The units of XLIFF 1.0 to 1.2 and 2.0 to 2.2, in the order of the file.

    Tags, segments and proposals from memories are taken out. A copy of the source that is still marked
    as untranslated is no target. A unit of which a segment has no target is not ``complete``.
    Raises ``Unusable`` for what is no XLIFF.
    """
    if data.startswith(b"PK\x03\x04"):
        raise Unusable(
            "package",
            "The file is a package of a program for translators; export the XLIFF file itself from it.",
        )
    root = read_xml(data, BOUNDS, document_type=True)
    if root.name != "xliff":
        raise Unusable(
            "not-xliff",
            f"the file begins with “{root.name}”, and an XLIFF file with “xliff”; export the translation as "
            "XLIFF 1.2 or 2.1.",
            line=root.line,
        )
    two = root.get("version").startswith("2") or "document:2" in root.namespace
    return list(_units_2(root) if two else _units_1(root))


def _units_1(root: Node) -> Iterator[Unit]:
    for file in root.elements("file"):
        source_language, target_language = file.get("source-language"), file.get("target-language")
        for node in file.walk():
            if isinstance(node, Node) and node.name == "trans-unit":
                yield _unit_1(node, source_language, target_language)


def _unit_1(node: Node, source_language: str, target_language: str) -> Unit:
    source, target = node.first("source"), node.first("target")
    said = plain(source) if source else ""
    found = plain(target) if target else ""
    state = (target.get("state") if target else "").lower()
    if state in _UNTOUCHED and folded(found) == folded(said):
        found = ""
    return Unit(
        node.get("resname") if _is_ours(node.get("id"), node.get("resname")) else node.get("id"),
        (source.get("xml:lang") if source else "") or source_language,
        (target.get("xml:lang") if target else "") or target_language,
        said,
        found,
        _note(node),
        _is_complete(node, target),
    )


def _is_ours(written: str, name: str) -> bool:
    """Whether the name is the id that was sent: some programs number units anew and keep the name."""
    return bool(name) and written != name and (not written or written.isdigit() or written == token(name))


def _is_complete(node: Node, target: Node | None) -> bool:
    """Whether every segment into which a program cut the source has words in the target."""
    cut = node.first("seg-source")
    if cut is None or target is None:
        return True
    wanted = {mark.get("mid") for mark in _segments(cut) if has_words(plain(mark))}
    given = {mark.get("mid") for mark in _segments(target) if plain(mark).strip()}
    return not given or wanted <= given


def _segments(node: Node) -> Iterator[Node]:
    for one in node.walk():
        if isinstance(one, Node) and one.name == "mrk" and one.get("mtype") == "seg":
            yield one


def _note(node: Node) -> str:
    return "\n".join(note.text().strip() for note in node.elements("note") if note.text().strip())


def _units_2(root: Node) -> Iterator[Unit]:
    source_language, target_language = root.get("srclang"), root.get("trglang")
    for node in root.walk():
        if isinstance(node, Node) and node.name == "unit":
            yield _unit_2(node, source_language, target_language)


def _unit_2(node: Node, source_language: str, target_language: str) -> Unit:
    data = {
        one.get("id"): one.text() for held in node.elements("originalData") for one in held.elements("data")
    }
    sources: list[str] = []
    targets: list[tuple[int, str]] = []
    missing = found = False
    for place, part in enumerate(node.elements("segment", "ignorable"), 1):
        source, target = part.first("source"), part.first("target")
        said = plain(source, data) if source else ""
        sources.append(said)
        words = plain(target, data) if target else ""
        order = target.get("order") if target else ""
        if part.name == "ignorable":
            words = words if target else said
        elif part.get("state") in _UNTOUCHED and folded(words) == folded(said):
            words = ""
        if part.name == "segment":
            missing = missing or (has_words(said) and not words.strip())
            found = found or bool(words.strip())
        targets.append((int(order) if order.isdecimal() and len(order) < 9 else place, words))
    notes = node.first("notes")
    return Unit(
        from_token(node.get("id")),
        source_language,
        target_language,
        "".join(sources),
        "".join(words for _order, words in sorted(targets, key=lambda one: one[0])) if found else "",
        _note(notes) if notes else "",
        not (found and missing),
    )
