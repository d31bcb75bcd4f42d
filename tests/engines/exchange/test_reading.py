"""XML from strangers: every attack and every accident ends in a sentence with line and remedy."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from colloquia.engines.exchange import Unusable
from colloquia.engines.exchange.packages import Allowance, opened
from colloquia.engines.exchange.reading import Bounds, read_xml
from colloquia.engines.exchange.writing import Markup, allowed

BOUNDS = Bounds(size=1_000_000, elements=1_000, depth=50)


def refused(data: bytes, bounds: Bounds = BOUNDS) -> Unusable:
    with pytest.raises(Unusable) as caught:
        read_xml(data, bounds)
    return caught.value


LAUGHS = b'<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;">]>\n<a>&m;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
PARAMETER = b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd">%x;]><a/>'


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, PARAMETER, b'<!DOCTYPE a SYSTEM "a.dtd"><a/>'])
def test_document_types_are_refused(data: bytes) -> None:
    assert refused(data).kind == "entities"


def test_a_bare_document_type_passes_only_where_it_is_allowed_and_is_not_followed() -> None:
    data = b'<!DOCTYPE a PUBLIC "-//X" "http://127.0.0.1:9/a.dtd"><a>text</a>'
    assert read_xml(data, BOUNDS, document_type=True).text() == "text"
    with pytest.raises(Unusable, match="uses the entity “nbsp”"):
        read_xml(data.replace(b"text", b"a&nbsp;b"), BOUNDS, document_type=True)


def test_depth_is_bounded_and_the_line_named() -> None:
    error = refused(b"<a>\n" * 51 + b"</a>" * 51)
    assert (error.kind, error.line) == ("too-deep", 51)
    assert str(error).startswith("Line 51: elements stand more than 50 deep")


def test_extreme_depth_does_not_exhaust_the_stack() -> None:
    deep = Bounds(size=10_000_000, elements=1_000_000, depth=1_000_000)
    root = read_xml(b"<a>" * 200_000 + b"x" + b"</a>" * 200_000, deep)
    assert root.text() == "x"


def test_elements_and_bytes_are_bounded() -> None:
    assert refused(b"<a>" + b"<b/>" * 1_000 + b"</a>").kind == "too-large"
    assert refused(b"<a>" + b" " * 1_000_000 + b"</a>").kind == "too-large"


@pytest.mark.parametrize(
    ("data", "kind", "line"),
    [
        (b"", "empty", 0),
        (b"\xef\xbb\xbf \n", "empty", 0),
        (b"Dear colleague,\nattached", "not-xml", 1),
        (b"<a>\n<b>\n</a>", "not-xml", 3),
        (b"<a>\n\n", "not-xml", 3),
        (b"<a>\n\xff</a>", "encoding", 2),
        (b"<a>&nbsp;</a>", "not-xml", 1),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding", 1),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "encoding", 1),
        (b"<a>\x00</a>", "not-xml", 1),
    ],
)
def test_what_is_not_xml_is_said_with_its_line(data: bytes, kind: str, line: int) -> None:
    error = refused(data)
    assert (error.kind, error.line) == (kind, line)


@pytest.mark.parametrize(
    "data",
    [
        "<a>Ünïcode 合</a>".encode(),
        b"\xef\xbb\xbf" + "<a>Ünïcode 合</a>".encode(),
        "<a>Ünïcode 合</a>".encode("utf-16"),
        "<a>Ünïcode 合</a>".encode("utf-16-le"),
        "<a>Ünïcode 合</a>".encode("utf-16-be"),
        "<a>Ünïcode 合</a>".encode("utf-32"),
        '<?xml version="1.0" encoding="utf-16"?><a>Ünïcode 合</a>'.encode(),
        '\ufeff<?xml version="1.0" encoding="utf-8"?><a>Ünïcode 合</a>'.encode("utf-16-le"),
        '\n <?xml version="1.0" encoding="gb18030"?><a>Ünïcode 合</a>'.encode("gb18030"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert read_xml(data, BOUNDS).text() == "Ünïcode 合"


def test_attributes_are_found_without_case_and_apart_from_foreign_ones() -> None:
    node = read_xml(b'<a GUID="1" xmlns:m="urn:m" m:guid="2" xml:lang="fr"/>', BOUNDS)
    assert (node.get("guid"), node.get("urn:m}guid"), node.get("xml:lang")) == ("1", "2", "fr")


def test_markup_keeps_line_ends_and_quotes_and_replaces_what_xml_lacks() -> None:
    buffer = io.BytesIO()
    markup = Markup(buffer)
    markup.element("a", "1 < 2 & \r\n\x00", {"b": 'say "yes"\n\tnow\r', "c": None})
    node = read_xml(buffer.getvalue(), BOUNDS)
    assert (node.text(), node.attributes) == ("1 < 2 & \r\n\ufffd", {"b": 'say "yes"\n\tnow\r'})
    assert allowed("a\ud800\x0b\uffff") == "a\ufffd\ufffd\ufffd"


def package(**files: bytes) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer


def read_entry(file: io.BytesIO, name: str, allowance: Allowance) -> bytes:
    with opened(file, allowance, remedy="export it again") as found:
        return found.read(name)


@pytest.mark.parametrize(
    "allowance", [Allowance(ratio=100), Allowance(unpacked=1_000_000), Allowance(entries=0)]
)
def test_packages_that_unpack_to_too_much_are_refused(allowance: Allowance) -> None:
    with pytest.raises(Unusable) as caught:
        read_entry(package(a=bytes(20_000_000)), "a", allowance)
    assert caught.value.kind in {"bomb", "too-large"}


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    data = bytearray(package(a=bytes(3_000_000)).getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(Unusable) as caught:
        read_entry(io.BytesIO(bytes(data)), "a", Allowance(unpacked=100_000))
    assert caught.value.kind in {"bomb", "damaged"}


def test_locked_and_damaged_entries_are_said() -> None:
    data = bytearray(package(a=b"text" * 100).getvalue())
    at = data.index(b"PK\x01\x02")
    locked = bytes(data[: at + 8]) + b"\x01" + bytes(data[at + 9 :])
    with pytest.raises(Unusable, match="protected by a password"):
        read_entry(io.BytesIO(locked), "a", Allowance())
    data[32:36] = b"\xff\xff\xff\xff"
    with pytest.raises(Unusable, match="“a” in the package is damaged"):
        read_entry(io.BytesIO(bytes(data)), "a", Allowance())
    with pytest.raises(Unusable, match="not a ZIP package"):
        read_entry(io.BytesIO(b"PK\x03\x04 no"), "a", Allowance())
