"""Codebooks and packages as programs write them, and strategies for any."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hypothesis import strategies as st

from colloquia.engines.refi import Code, Codebook, CodeSet, guid
from colloquia.engines.refi.trees import book_order

PROJECT = "urn:QDA-XML:project:1.0"
GUID_A = "0a0a0a0a-0000-4000-8000-00000000000a"
GUID_B = "0b0b0b0b-0000-4000-8000-00000000000b"
GUID_S = "05050505-0000-4000-8000-000000000005"


def qdpx(
    path: Path, project: str | bytes, files: dict[str, bytes] | None = None, name: str = "project.qde"
) -> Path:
    """Write a package; ``files`` are its other entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, project)
        for entry, data in (files or {}).items():
            package.writestr(entry, data)
    return path


def selection(start: int, end: int, name: str = "", code: str = GUID_A) -> str:
    """A selection with one coding."""
    made = guid("x", f"{start} {end} {code}")
    return (
        f'<PlainTextSelection guid="{made}" name="{name}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{guid("y", made)}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


def project(selections: str, *, path: str = "internal://a.txt", extra: str = "", origin: str = "Test") -> str:
    """A project with two codes and one text."""
    return (
        f'<Project xmlns="{PROJECT}" name="P" origin="{origin}"><CodeBook><Codes>'
        f'<Code guid="{GUID_A}" name="A" isCodable="true"/><Code guid="{GUID_B}" name="B" isCodable="true"/>'
        f'</Codes></CodeBook><Sources><TextSource guid="{GUID_S}" name="Text" plainTextPath="{path}">'
        f"{selections}</TextSource>{extra}</Sources></Project>"
    )


words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30
).filter(lambda text: all(ord(one) >= 32 or one in "\t\n\r" for one in text))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\ufeff"), max_size=200)
colours = st.sampled_from(["", "#FF0000", "#0A0B0C"])


@st.composite
def codebooks(draw: st.DrawFn, least: int = 1) -> Codebook:
    """Any codebook, in the order of the book."""
    count = draw(st.integers(least, 12))
    codes = []
    for number in range(count):
        parent = draw(st.none() | st.integers(0, number - 1)) if number else None
        codes.append(
            Code(
                guid("theme", str(number)),
                draw(words.filter(str.strip)),
                draw(words).strip(),
                draw(colours),
                None if parent is None else guid("theme", str(parent)),
                draw(st.booleans()),
            )
        )
    members = tuple(code.guid for code in codes[: draw(st.integers(0, count))])
    sets = (
        (CodeSet(guid("set", "1"), draw(words), draw(words).strip(), members),) if draw(st.booleans()) else ()
    )
    return Codebook(book_order(codes), sets)
