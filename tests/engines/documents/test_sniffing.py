"""What a file is, by its content first."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.documents import mediatypes as media
from colloquia.engines.documents import problems, read, sniff
from tests.engines.documents.samples import docx, paragraph, pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.pdf", b"%PDF-1.7", media.PDF),
        ("a.docx", b"junk before\n%PDF-1.7", media.PDF),
        ("a.txt", b"<!DOCTYPE html><p>x", media.HTML),
        ("a.txt", b"\xef\xbb\xbf  <!-- saved --> <html>", media.HTML),
        ("a.txt", "\ufeff<html><p>x".encode("utf-16-le"), media.HTML),
        ("a.md", b"<div>inline</div> is Markdown", media.MARKDOWN),
        ("a.txt", b"{\\rtf1", media.RTF),
        ("a.docx", b"{\\rtf1", media.RTF),
        ("a.doc", b"plain words", media.TEXT),
        ("a.csv", b"id,text\n1,x", media.CSV),
        ("a", b"words", media.TEXT),
        ("a.eml", b"Subject: x\n\nwords", media.EML),
        ("a.txt", b"From: a\nTo: b\nMessage-ID: <x>\n\nwords", media.EML),
        ("a.txt", b"From: the people\nSubject: our wish\n\nwords", media.TEXT),
        (
            "a.zip",
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.textPK",
            media.ODT,
        ),
        ("a.txt", b"\x89PNG\r\n\x1a\n", media.PNG),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), media.DOC),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), media.LOCKED_OFFICE),
        ("a.msg", OLE + "__properties_version1.0".encode("utf-16-le"), media.MSG),
        ("a.txt", bytes(100), media.BINARY),
        ("a.txt", "слово".encode("utf-16-le") * 50, media.TEXT),
        ("a.txt", b"", media.EMPTY),
    ],
)
def test_content_decides_before_the_name(name: str, head: bytes, expected: str) -> None:
    assert sniff(name, head) == expected


def test_a_zip_is_looked_into(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.zip", paragraph("x"))
    assert sniff("a.zip", path.read_bytes()[:100], path) == media.DOCX
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("note.txt", "x")
    assert sniff("b.docx", (tmp_path / "b.docx").read_bytes()[:100], tmp_path / "b.docx") == media.ZIP


def test_a_mistyped_file_is_read_as_what_it_is_and_said_so(tmp_path: Path) -> None:
    answer = read(pdf(tmp_path / "a.docx", [[(72, 700, "Text.")]]))
    assert (answer.text, answer.media_type, answer.status) == ("Text.", media.PDF, "read")
    assert answer.problem == "The name ends in .docx but the file is a PDF, and was taken as that."


@pytest.mark.parametrize("ending", ["doc", "xls", "ppt", "msg", "pages", "xlsx", "epub", "heic", "mp3"])
def test_every_refusal_names_a_remedy(ending: str) -> None:
    sentence = problems.unsupported(media.BY_EXTENSION[ending])
    assert ("; " in sentence, sentence.endswith(".")) == (True, True)


_ENDINGS = sorted({"pdf", "docx", "odt", "html", "txt", "md", "rtf", "eml", "zip", "png", "doc", ""})
_STARTS = [
    b"",
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"{\\rtf1 ",
    b"<html>",
    b"Subject: x\nMIME-Version: 1.0\n",
    b"\xff\xfe",
    OLE,
]


@settings(max_examples=150, deadline=None)
@given(start=st.sampled_from(_STARTS), rest=st.binary(max_size=300), ending=st.sampled_from(_ENDINGS))
def test_random_bytes_of_any_name_give_an_answer(
    start: bytes, rest: bytes, ending: str, tmp_path_factory
) -> None:
    path = tmp_path_factory.getbasetemp() / "random"
    path.write_bytes(start + rest)
    answer = read(path, name=f"a.{ending}", ocr="off")
    assert answer.status in ("read", "partial", "empty", "unreadable")
    assert (answer.status == "read") or answer.problem.endswith(".")
    assert str(path) not in answer.problem
    assert not set(answer.text) & set(map(chr, [*range(9), *range(11, 32)]))
