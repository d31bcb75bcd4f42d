"""Passages as an XLIFF file, which every program for translators opens."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from colloquia.engines.exchange import Unwritable
from colloquia.engines.exchange.writing import Markup, allowed
from colloquia.engines.translations.ids import checked, token
from colloquia.engines.translations.records import Unit

NAMESPACES = {
    "1.2": "urn:oasis:names:tc:xliff:document:1.2",
    "2.1": "urn:oasis:names:tc:xliff:document:2.0",
}


def write_xliff(units: Iterable[Unit], *, original: str, version: Literal["1.2", "2.1"] = "2.1") -> bytes:
    """The units as XLIFF; ``original`` names where they are from.

    Version 1.2 holds several pairs of languages, each in a part of its own; 2.1 holds one. Raises
    ``Unwritable`` for an id used twice, and for several pairs in 2.1.
    """
    every = checked(units)
    buffer = io.BytesIO()
    if version == "1.2":
        _write_1(Markup(buffer), every, original)
    else:
        _write_2(Markup(buffer), every, original)
    return buffer.getvalue()


def _pair(unit: Unit) -> tuple[str, str]:
    return unit.source_language, unit.target_language


def _write_1(markup: Markup, units: Sequence[Unit], original: str) -> None:
    markup.start("xliff", {"version": "1.2", "xmlns": NAMESPACES["1.2"]})
    order = {pair: place for place, pair in enumerate(dict.fromkeys(map(_pair, units)))}
    for (source, target), same in groupby(sorted(units, key=lambda unit: order[_pair(unit)]), key=_pair):
        markup.start(
            "file",
            {
                "original": original,
                "source-language": source,
                "target-language": target or None,
                "datatype": "plaintext",
            },
        )
        markup.start("body")
        markup.line()
        for unit in same:
            markup.start("trans-unit", {"id": unit.id, "resname": unit.id, "xml:space": "preserve"})
            markup.element("source", unit.source)
            if unit.target:
                markup.element("target", unit.target, {"state": "translated"})
            if unit.note:
                markup.element("note", unit.note)
            markup.end()
            markup.line()
        markup.end()
        markup.end()
        markup.line()
    markup.end()


def _write_2(markup: Markup, units: Sequence[Unit], original: str) -> None:
    pairs = list(dict.fromkeys(map(_pair, units)))
    if len(pairs) > 1:
        named = ", ".join(f"{source} to {target}" for source, target in pairs)
        raise Unwritable(
            f"An XLIFF 2.1 file holds one pair of languages, and here are {named}; write a file for each."
        )
    source, target = pairs[0] if pairs else ("en", "")
    markup.start(
        "xliff", {"version": "2.1", "xmlns": NAMESPACES["2.1"], "srcLang": source, "trgLang": target or None}
    )
    markup.start("file", {"id": "f1", "original": original})
    markup.line()
    for unit in units:
        markup.start("unit", {"id": token(unit.id), "name": unit.id, "xml:space": "preserve"})
        if unit.note:
            markup.start("notes")
            markup.element("note", unit.note)
            markup.end()
        markup.start("segment", {"id": "s1", "state": "translated" if unit.target else "initial"})
        _text_2(markup, "source", unit.source)
        if unit.target:
            _text_2(markup, "target", unit.target)
        markup.end()
        markup.end()
        markup.line()
    markup.end()
    markup.end()


def _text_2(markup: Markup, name: str, text: str) -> None:
    """Text with ``cp`` for each code point that XML cannot hold."""
    markup.start(name)
    kept = 0
    for place, character in enumerate(text):
        if allowed(character) != character and not "\ud800" <= character <= "\udfff":
            markup.text(text[kept:place])
            markup.empty("cp", {"hex": f"{ord(character):04X}"})
            kept = place + 1
    markup.text(text[kept:])
    markup.end()
