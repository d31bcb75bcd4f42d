"""Text, HTML, RTF, ODT, e-mail and ZIP."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from colloquia.engines.documents import Limits, Reader, problems, read
from colloquia.engines.documents.filenames import safe_name, unique_names
from colloquia.engines.documents.hypertext import visible_text


def _read(tmp_path: Path, name: str, data: bytes):
    path = tmp_path / name
    path.write_bytes(data)
    return read(path)


def test_plain_text_stays_as_it_stands(tmp_path: Path) -> None:
    answer = _read(
        tmp_path, "a.txt", "  One \r\ntwo\x00\r\r\n\ufb01ne e\u0301 \u202eon, and on and on and on\n".encode()
    )
    assert (answer.text, answer.status) == (
        "  One \ntwo\n\n\ufb01ne e\u0301 \u202eon, and on and on and on\n",
        "read",
    )


def test_a_text_with_a_lost_place_is_partial(tmp_path: Path) -> None:
    answer = _read(tmp_path, "a.txt", "déjà vu ".encode() * 9 + b"\xc3")
    assert (answer.status, answer.problem) == ("partial", problems.undecodable(1, "utf-8"))


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_nothing_is_called_empty(tmp_path: Path, data: bytes) -> None:
    answer = _read(tmp_path, "a.txt", data)
    assert (answer.text, answer.status) == ("", "empty")


def test_a_page_gives_its_visible_blocks() -> None:
    page = (
        "<!doctype html><head><title>Not this</title><style>p{}</style></head><body><h1>Head</h1>"
        "<p>One <b>bold</b>\n  word.<br>Next line.<script>no()</script><p hidden>no</p>"
        '<div style="color:red; display : none">no</div><ul><li>first<li>second</ul>'
        "<table><tr><td>a<td>b<tr><td>c<td>d</table><pre>x\n  y</pre>&lt;tag&gt;"
    )
    assert visible_text(page).split("\n\n") == [
        "Head", "One bold word.\nNext line.", "first", "second", "a\tb\nc\td", "x\n  y", "<tag>",
    ]  # fmt: skip


def test_a_page_in_a_declared_encoding(tmp_path: Path) -> None:
    data = '<html><meta charset="windows-1251"><p>Слово</p>'.encode("cp1251")
    assert _read(tmp_path, "a.html", data).text == "Слово"


def test_a_line_of_ten_megabytes_and_deep_nesting(tmp_path: Path) -> None:
    assert len(visible_text("<p>" + "word " * 2_000_000)) == 9_999_999
    assert visible_text("<div>" * 5000 + "deep") == "deep"
    path = tmp_path / "deep.html"
    path.write_text("<div>" * 200_000 + "x")
    with Reader(Limits(processor_seconds=1)) as reader:
        assert reader.read(path).problem == problems.PROCESSOR


def test_rich_text_knows_code_pages_and_what_is_no_text(tmp_path: Path) -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}"
        rb"{\info{\author Me}}\f0 Caf\'e9 \u8364? {\b bold}\par \f1\'cf\'f0\par\f2\'93\'fa\'96\'7b\par"
        rb"{\v hidden}{\pict 89504e}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}} \u-10179?\u-8704?\par}"
    )
    answer = _read(tmp_path, "a.rtf", data)
    assert (answer.text, answer.status) == ("Café € bold\n\nПр\n\n日本\n\nlink \N{GRINNING FACE}", "read")


def test_truncated_rich_text_keeps_its_part(tmp_path: Path) -> None:
    answer = _read(tmp_path, "a.rtf", rb"{\rtf1 The beginning {\b of")
    assert (answer.text, answer.status, answer.problem) == ("The beginning of", "partial", problems.CUT_OFF)


def _odt(path: Path, body: str, manifest: str = "") -> Path:
    names = {
        key: f"urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"
        for key in ("office", "text", "table", "drawing")
    }
    spaces = " ".join(f'xmlns:{key}="{uri}"' for key, uri in names.items())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return path


def test_an_open_document_in_reading_order(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h>Title</text:h>"
        '<text:p>One <text:s text:c="2"/>two<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body>"
        "<text:p>The note.</text:p></text:note-body></text:note> three<text:line-break/>four"
        "<office:annotation><text:p>comment</text:p></office:annotation></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    answer = read(_odt(tmp_path / "a.odt", body))
    assert answer.text == "Title\n\nOne   two three\nfour\n\na\tb\n\nThe note."
    assert answer.problem == problems.left_out(1, 1, 0)[0]


def test_an_open_document_with_a_password(tmp_path: Path) -> None:
    answer = read(_odt(tmp_path / "a.odt", "", manifest="<encryption-data/>"))
    assert (answer.status, answer.problem) == ("unreadable", problems.PASSWORD)


def _message() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Réponse à la consultation 著作権"
    message["From"] = "someone@example.org"
    message.set_content("Bonjour,\n\nnous soutenons.\n> cité\n")
    message.add_alternative("<p>Not this</p>", subtype="html")
    message.add_attachment(b"one", maintype="application", subtype="pdf", filename="../../etc/réponse.pdf")
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("Inner text.")
    inner.add_attachment("two", filename="RÉPONSE.pdf")
    message.add_attachment(inner)
    return message


def test_a_message_with_what_came_along(tmp_path: Path) -> None:
    answer = _read(tmp_path, "a.eml", _message().as_bytes())
    assert answer.text == (
        "Réponse à la consultation 著作権\n\nBonjour,\n\nnous soutenons.\n> cité\n\nInner\n\nInner text."
    )
    assert [(name, data.strip()) for name, data in answer.attachments] == [
        ("réponse.pdf", b"one"), ("RÉPONSE (2).pdf", b"two"),
    ]  # fmt: skip


def test_messages_in_messages_are_followed_to_a_depth(tmp_path: Path) -> None:
    head = b"Subject: level\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    answer = _read(tmp_path, "a.eml", head * 20 + b"Subject: last\n\ntext\n")
    assert (answer.text, answer.status) == ("\n\n".join(["level"] * 6), "partial")
    assert _read(tmp_path, "b.eml", head * 3000).problem == problems.too_deep(5)


def test_too_many_attachments_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(_message().as_bytes())
    answer = read(path, limits=Limits(attachments=1))
    assert (answer.status, len(answer.attachments)) == ("partial", 1)
    assert answer.problem == problems.dropped_attachments(1)


def test_an_archive_hands_on_its_files_but_not_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (("x/a.txt", b"1"), ("../../a.txt", b"2"), ("deep.zip", b"PK\x05\x06" + bytes(18))):
            archive.writestr(name, data)
    answer = read(path)
    assert (answer.text, answer.status) == ("", "partial")
    assert answer.attachments == (("a.txt", b"2"), ("a (2).txt", b"1"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\x\\a.doc", "a.doc"), ("..", "attachment.pdf"),
        ("", "attachment.pdf"),
        ("a\x00b\n\u202efdp.exe", "abfdp.exe"), ("NUL.txt", "_NUL.txt"), (".htaccess", "htaccess"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"), ("مرفق.pdf", "مرفق.pdf"),
    ],
)  # fmt: skip
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name, "application/pdf") == safe


def test_names_are_made_unique() -> None:
    assert unique_names(["a.txt", "A.TXT", "a.txt", "b"]) == ["a.txt", "A (2).TXT", "a (3).txt", "b"]
