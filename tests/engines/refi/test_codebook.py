"""Codebooks leave and come back whole; what other programs write is understood or refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from colloquia.engines.exchange.reading import read_xml
from colloquia.engines.refi import Code, Codebook, Unusable, Unwritable, guid, read_codebook, write_codebook
from colloquia.engines.refi.codebook_reading import BOUNDS
from tests.engines.refi.builder import GUID_A, GUID_B, codebooks, project

ORDER = {
    "CodeBook": ["Codes", "Sets"],
    "Code": ["Description", "Code"],
    "Set": ["Description", "MemberCode"],
}


@settings(max_examples=60, deadline=None)
@given(codebooks())
def test_a_codebook_comes_back_as_it_left(codebook: Codebook) -> None:
    data = write_codebook(codebook, origin="Colloquia")
    found = read_codebook(data)
    assert found == codebook
    assert (found.origin, found.problems) == ("Colloquia", ())
    assert write_codebook(found, origin="Colloquia") == data


@settings(max_examples=40, deadline=None)
@given(codebooks())
def test_structure_follows_the_standard(codebook: Codebook) -> None:
    root = read_xml(write_codebook(codebook, origin="Colloquia"), BOUNDS)
    assert (root.name, root.namespace) == ("CodeBook", "urn:QDA-XML:codebook:1.0")
    for node in [root, *(one for one in root.walk() if not isinstance(one, str))]:
        ranks = [ORDER[node.name].index(child.name) for child in node.elements() if node.name in ORDER]
        assert ranks == sorted(ranks)
        if node.name == "Code":
            assert set(node.attributes) - {"color"} == {"guid", "name", "iscodable"}


def test_guids_are_the_same_for_ever() -> None:
    assert guid("theme", "T4") == "8e10ce72-eede-5bc4-8923-f535118b1a13"
    assert guid("theme", "T4") != guid("source", "T4")


def test_deep_codebooks_are_written_and_read_without_recursion() -> None:
    codes = tuple(
        Code(guid("t", str(level)), f"Level {level}", parent=guid("t", str(level - 1)) if level else None)
        for level in range(190)
    )
    assert read_codebook(write_codebook(Codebook(codes), origin="")).codes == codes


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ((), "must hold one code"),
        ((Code("1", "A"), Code("1", "B")), "“A” and “B”, have the GUID 1"),
        ((Code("1", "A", parent="9"),), "stands under 9"),
        ((Code("../1", "A"),), "“A” has “../1” for a GUID"),
        ((Code("1", "A", parent="2"), Code("2", "B", parent="1")), "in a circle"),
    ],
)
def test_codes_that_cannot_stand_in_a_book_are_refused(codes: tuple[Code, ...], sentence: str) -> None:
    with pytest.raises(Unwritable, match=sentence):
        write_codebook(Codebook(codes), origin="")


NVIVO = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 origin="NVivo" xmlns="urn:QDA-XML:codebook:1:0" xsi:schemaLocation="urn:QDA-XML:codebook:1:0 Codebook.xsd">
 <Codes><Code guid="{GUID_A}" name="Licensing" isCodable="true"><Description />
  <Code guid="{GUID_B.upper()}" name="Fees" isCodable="false" color="#0f0" /></Code></Codes></CodeBook>"""
MAXQDA = f"""<q:CodeBook xmlns:q="urn:QDA-XML:codebook:1.0" origin="MAXQDA"><q:Codes>
 <q:Code color="#ff2364a2" name="Licensing" guid="{{{GUID_A}}}"><q:Code name="Fees" guid="{GUID_B}"
 isCodable="0" colour="rgb(0, 255, 0)"/></q:Code></q:Codes></q:CodeBook>"""


@pytest.mark.parametrize("data", [NVIVO.encode(), NVIVO.encode("utf-16"), b"\xef\xbb\xbf" + MAXQDA.encode()])
def test_habits_of_programs(data: bytes) -> None:
    found = read_codebook(data)
    assert [(code.guid, code.name, code.parent, code.is_codable) for code in found.codes] == [
        (GUID_A, "Licensing", None, True),
        (GUID_B, "Fees", GUID_A, False),
    ]
    assert (found.codes[1].colour, found.problems) == ("#00FF00", ())


def test_foreign_elements_are_passed_over_and_members_that_are_missing_told() -> None:
    data = f"""<CodeBook xmlns="urn:QDA-XML:codebook:0:4" xmlns:a="urn:example" a:version="9">
 <Codes><Code guid="{GUID_A}" name="Licensing" isCodable="true"><a:extra><Code name="not one"/></a:extra>
 <Description><![CDATA[What a <licence> costs]]></Description></Code></Codes>
 <Sets><Set guid="{GUID_B}" name="Group"><MemberCode guid="{GUID_A}"/><MemberCode guid="{GUID_B}"/></Set>
</Sets></CodeBook>"""
    found = read_codebook(data.encode())
    assert [(code.name, code.description) for code in found.codes] == [
        ("Licensing", "What a <licence> costs")
    ]
    assert [one.codes for one in found.sets] == [(GUID_A,)]
    assert [problem.kind for problem in found.problems] == ["set-member"]


def test_what_is_mended_is_told_with_its_line() -> None:
    data = f"""<CodeBook><Codes>
<Code guid="{GUID_A}" name="A" color="reddish"/>
<Code guid="{GUID_A}" name="B"/>
<Code name="C"/>
<Code guid="code-4" name=" "/>
</Codes></CodeBook>"""
    found = read_codebook(data.encode())
    assert [code.name for code in found.codes] == ["A", "B", "C", " "]
    assert len({code.guid for code in found.codes}) == 4
    assert [(one.kind, one.where) for one in found.problems] == [
        ("colour", "line 2"),
        ("guid-twice", "line 3"),
        ("no-guid", "line 4"),
        ("unnamed", "line 5"),
        ("no-guid", "line 5"),
    ]


def test_the_codebook_of_a_project_file_is_taken() -> None:
    assert [code.name for code in read_codebook(project("").encode()).codes] == ["A", "B"]


@pytest.mark.parametrize(
    ("data", "kind", "line"),
    [
        (b"PK\x03\x04rest", "project", 0),
        (b"\xd0\xcf\x11\xe0rest", "own-format", 0),
        (b"<html>\n</html>", "not-a-codebook", 1),
        (b"\n<CodeBook><Codes/></CodeBook>", "no-codes", 2),
        (b"<CodeBook>" + b"<Code name='a'>" * 300, "too-deep", 1),
        (b'<!DOCTYPE CodeBook [<!ENTITY a "b">]><CodeBook/>', "entities", 1),
        (b"{}", "not-xml", 1),
        (b" " * (40 * 1024 * 1024), "too-large", 0),
    ],
)
def test_hostile_and_mistaken_files_are_refused(data: bytes, kind: str, line: int) -> None:
    with pytest.raises(Unusable) as caught:
        read_codebook(data)
    assert (caught.value.kind, caught.value.line) == (kind, line)
