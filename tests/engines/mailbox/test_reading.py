"""Messages in every odd encoding come out as text, names and files."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime
from pathlib import Path

import pytest

from colloquia.engines.mailbox import content_key, message_at, read, spans

RUSSIAN = "Мы считаем, что правообладатели должны получать вознаграждение за использование произведений."
ARABIC = "نرى أن حقوق المؤلف يجب أن تحترم في كل مكان."
CHINESE = "我们认为版权应当得到保护,作者应当得到报酬。"
JAPANESE = "著作権について意見を述べます。"


def message(body: bytes, charset: str, encoding: str = "8bit", kind: str = "text/plain") -> bytes:
    """A message of one part."""
    declared = f"; charset={charset}" if charset else ""
    head = f"Content-Type: {kind}{declared}\nContent-Transfer-Encoding: {encoding}\n\n"
    return b"From: Ann <ann@example.org>\n" + head.encode() + body


def encoded_word(text: str, charset: str) -> str:
    """An encoded word of RFC 2047."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "koi8-r", "us-ascii"),
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (RUSSIAN, "utf-8", "x-nonsense"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "utf-8", ""),
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "hz", "hz-gb-2312"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        ("Les œuvres de l’été à Paris.", "cp1252", "iso-8859-1"),
        ("모든 저작물은 보호되어야 합니다.", "iso2022_kr", "iso-2022-kr"),
    ],
)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_body_in_many_charsets(text: str, codec: str, declared: str, encoding: str) -> None:
    body = text.encode(codec)
    if encoding == "base64":
        body = base64.encodebytes(body)
    elif encoding == "quoted-printable":
        body = quopri.encodestring(body)
    assert read(message(body, declared, encoding)).text == text


def test_headers_in_every_fashion() -> None:
    raw = (
        b"From: " + "Иван Петров".encode("koi8-r") + b" <ivan@example.org>\n"
        b"Subject: " + encoded_word("Ответ на", "koi8-r").encode()
        + b"\n " + encoded_word(" вопрос", "utf-8").encode()
        + b"\nContent-Language: ru-RU\n\n" + RUSSIAN.encode()
    )  # fmt: skip
    letter = read(raw)
    assert (letter.sender_name, letter.sender_address) == ("Иван Петров", "ivan@example.org")
    assert (letter.subject, letter.language) == ("Ответ на вопрос", "ru-ru")


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ('"Office, Legal" <legal@example.org>', "Office, Legal", "legal@example.org"),
        (f"{encoded_word('山田', 'iso-2022-jp')} <y@example.jp>", "山田", "y@example.jp"),
        ("plain@example.org", "", "plain@example.org"),
        ("Nobody", "Nobody", ""),
        ("<a@b>", "", ""),
        ("x" * 400 + "@example.org", "", ""),
    ],
)
def test_senders(written: str, name: str, address: str) -> None:
    letter = read(f"From: {written}\n\nText.".encode())
    assert (letter.sender_name[:40], letter.sender_address) == (name, address)


def test_files_by_name_and_kind() -> None:
    parts = [
        (
            "Content-Type: application/pdf\nContent-Disposition: attachment;\n"
            " filename*0*=UTF-8''%D0%9E%D1%82;\n filename*1*=%D0%B2%D0%B5%D1%82.pdf\n\nabc"
        ),
        (
            f'Content-Type: application/pdf; name="{encoded_word("意见.pdf", "gb2312")}"\n'
            "Content-Disposition: attachment\n\nabc"
        ),
        "Content-Type: message/rfc822\n\nSubject: Inside\nFrom: b@c.example\n\nHello",
        "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+",
        "Content-Type: text/plain; name=../../notes.txt\nContent-Disposition: attachment\n\nA note.",
        (
            "Content-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain\n\n\n"
            "--in\nContent-Type: text/html\n\n<style>p{}</style><p>Only <b>here</b></p>\n"
            "--in--"
        ),
    ]
    body = "".join(f"--edge\n{part}\n" for part in parts)
    letter = read(
        f"From: a@b.example\nContent-Type: multipart/mixed; boundary=edge\n\n{body}--edge--\n".encode()
    )
    assert [part.name for part in letter.parts] == [
        "Ответ.pdf", "意见.pdf", "Inside.eml", "winmail.dat", "notes.txt",
    ]  # fmt: skip
    assert letter.text == "Only here"
    assert ("tnef", "winmail.dat") in {(each.kind, each.detail) for each in letter.troubles}


def test_nested_without_end_is_given_up_in_time() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    assert [each.kind for each in read(deep).troubles][:1] == ["deep"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied", "reply"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", "report"),
        ("Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA", "folder"),
        ("Auto-Submitted: auto-generated", ""),
    ],
)
def test_messages_that_no_person_wrote(header: str, kind: str) -> None:
    assert read(f"{header}\n\nText.".encode()).automatic == kind


def test_dates() -> None:
    letter = read(
        b"Date: Mon, 23 Nov 2026 10:00:00 +0100\nReceived: from a by b; Mon, 23 Nov 2026 09:00:07 +0000\n"
        b"Received: from c by a; Mon, 23 Nov 2026 09:00:01 +0000\n\nText.",
        separator="a@b.example Mon Nov 23 09:05:00 2026",
    )
    assert letter.received == letter.moment == datetime(2026, 11, 23, 9, 0, 7, tzinfo=UTC)
    assert letter.sent == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert letter.filed == datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    assert read(b"Date: Thu, 1 Jan 1970 99:00:00\n\nText.").moment is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_mailbox_is_cut_only_where_a_message_begins(end: str, tmp_path: Path) -> None:
    one = "From: a@b.example\nSubject: One\n\nFirst line.\n\nFrom here on it is text.\n>From quoted.\n"
    two = "From: c@d.example\n\nSecond.\n"
    whole = "".join(f"From x Mon Nov 23 09:00:00 2026\n{each}\n" for each in (one, two)).replace("\n", end)
    path = tmp_path / "mbox"
    path.write_bytes(whole.encode())
    found = [message_at(path, span) for span in spans(path)]
    assert [read(each).text for each in found] == [
        "First line.\n\nFrom here on it is text.\nFrom quoted.", "Second.",
    ]  # fmt: skip
    assert [content_key(each) for each in found] == [content_key(each.encode()) for each in (one, two)]


def test_one_message_is_a_mailbox_of_one(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(b"Subject: One\n\nText.\n")
    assert [(span.start, span.end, span.separator) for span in spans(path)] == [(0, 20, "")]
    (tmp_path / "none").write_bytes(b"")
    assert list(spans(tmp_path / "none")) == []
