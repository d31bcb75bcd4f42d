"""XLIFF goes out as the standard has it, and comes in as programs for translators leave it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from colloquia.engines.exchange.reading import Bounds, read_xml
from colloquia.engines.translations import Unit, Unusable, Unwritable, read_xliff, write_xliff
from colloquia.engines.translations.ids import from_token, token
from tests.engines.translations.builder import SENT, ids, unit_lists

ONE = "urn:oasis:names:tc:xliff:document:1.2"
TWO = "urn:oasis:names:tc:xliff:document:2.0"


@settings(max_examples=60, deadline=None)
@given(unit_lists())
def test_units_come_back_as_they_left(units: list[Unit]) -> None:
    for version in ("1.2", "2.1"):
        assert read_xliff(write_xliff(units, original="docket", version=version)) == units


@given(ids)
def test_any_id_survives_as_a_token(written: str) -> None:
    assert from_token(token(written)) == written
    assert from_token(token(f"_x0041_{written}")) == f"_x0041_{written}"
    assert from_token("_xD800_ _x110000_") == "_xD800_ _x110000_"


def test_version_2_holds_what_xml_cannot() -> None:
    units = [Unit("a", "fr", "en", "form\x0cfeed \uffff", "bell\x07")]
    assert read_xliff(write_xliff(units, original="d")) == units
    back = read_xliff(write_xliff(units, original="d", version="1.2"))
    assert [(one.source, one.target) for one in back] == [("form\ufffdfeed \ufffd", "bell\ufffd")]


def test_structure_of_both_versions() -> None:
    one = read_xml(write_xliff(SENT, original="docket", version="1.2"), Bounds())
    file = next(one.elements())
    assert (one.namespace, one.get("version"), file.attributes) == (
        ONE,
        "1.2",
        {"original": "docket", "source-language": "sw", "target-language": "en", "datatype": "plaintext"},
    )
    assert [child.name for child in next(next(file.elements()).elements()).elements()] == ["source", "note"]
    two = read_xml(write_xliff(SENT, original="docket"), Bounds())
    unit = next(next(two.elements()).elements())
    assert (two.namespace, two.get("version"), two.get("srclang"), two.get("trglang")) == (
        TWO,
        "2.1",
        "sw",
        "en",
    )
    assert (unit.get("id"), [child.name for child in unit.elements()]) == (SENT[0].id, ["notes", "segment"])


def test_several_pairs_of_languages_need_version_1_2() -> None:
    units = [SENT[0], replace(SENT[1], source_language="am"), SENT[2]]
    back = read_xliff(write_xliff(units, original="d", version="1.2"))
    assert [(one.id, one.source_language) for one in back] == [
        (SENT[0].id, "sw"),
        (SENT[2].id, "sw"),
        (SENT[1].id, "am"),
    ]
    with pytest.raises(Unwritable, match="here are sw to en, am to en"):
        write_xliff(units, original="d")


@pytest.mark.parametrize(("name", "sentence"), [("", "has no id"), (SENT[0].id, "is used twice")])
def test_ids_must_be_there_and_differ(name: str, sentence: str) -> None:
    with pytest.raises(Unwritable, match=sentence):
        write_xliff([SENT[0], replace(SENT[1], id=name)], original="d")


def version_1(body: str, attributes: str = 'source-language="fr" target-language="en"') -> bytes:
    return (
        f'<xliff version="1.2" xmlns="{ONE}" xmlns:mq="MQXliff"><file original="a" {attributes}>'
        f"<header/><body>{body}</body></file></xliff>"
    ).encode()


def unit_1(source: str, target: str, rest: str = "") -> str:
    return f'<trans-unit id="p1"><source>{source}</source>{rest}{target}</trans-unit>'


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ('<target><g id="1">Bold</g> text</target>', "Bold text"),
        (
            '<target>a<x id="1"/>b<ph id="2">{0}</ph>c<bpt id="3">&lt;b></bpt>d<ept id="3"/></target>',
            "abcd",
        ),
        ('<target>one<x id="1" ctype="lb"/>two<ph id="2">&lt;br/&gt;</ph>three</target>', "one\ntwo\nthree"),
        ('<target>a<ph id="1">&lt;img alt="<sub>a tree</sub>"/></ph>b</target>', "aa treeb"),
        (
            '<target><mrk mtype="seg" mid="0">First.</mrk> <mrk mtype="seg" mid="1">Second.</mrk></target>',
            "First. Second.",
        ),
        ('<target>a<mq:ch val="&#x2028;"/>b<mq:rxt>tag</mq:rxt></target>', "a\u2028b"),
        ("<target>a<![CDATA[ < b]]></target>", "a < b"),
        ("<target/>", ""),
        ("", ""),
        ('<target state="needs-translation">Le texte.</target>', ""),
        ('<target state="translated">Le texte.</target>', "Le texte."),
        ('<target state="needs-translation">Something new.</target>', "Something new."),
        ("<alt-trans><target>From a memory</target></alt-trans>", ""),
        (
            "<target>Mine</target><alt-trans><source>x</source><target>Theirs</target></alt-trans>",
            "Mine",
        ),
    ],
)
def test_targets_of_version_1(target: str, words: str) -> None:
    (unit,) = read_xliff(version_1(unit_1("Le texte.", target)))
    assert (unit.source, unit.target, unit.complete) == ("Le texte.", words, True)


def test_segments_that_lack_a_target_make_a_unit_incomplete() -> None:
    cut = '<seg-source><mrk mtype="seg" mid="0">Un.</mrk> <mrk mtype="seg" mid="1">Deux.</mrk></seg-source>'
    target = '<target><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1"/></target>'
    (unit,) = read_xliff(version_1(unit_1("Un. Deux.", target, cut)))
    assert (unit.target.strip(), unit.complete) == ("One.", False)


def test_groups_and_several_files_are_read_with_their_languages() -> None:
    unit = unit_1("a", '<target xml:lang="de">b</target>')
    first = version_1(f"<group><group>{unit}</group></group>")
    second = version_1(unit_1("c", "<target>d</target>"), 'source-language="ar"')
    data = first.replace(b"</xliff>", b"") + second[second.index(b"<file") :]
    assert [(one.source_language, one.target_language, one.target) for one in read_xliff(data)] == [
        ("fr", "de", "b"),
        ("ar", "", "d"),
    ]


def test_units_that_a_program_numbered_anew_are_known_by_their_names() -> None:
    data = version_1('<trans-unit id="7" resname="S-1.p1"><source>a</source></trans-unit>')
    assert [one.id for one in read_xliff(data)] == ["S-1.p1"]
    data = version_1('<trans-unit id="S-1.p1" resname="title"><source>a</source></trans-unit>')
    assert [one.id for one in read_xliff(data)] == ["S-1.p1"]


def test_older_versions_and_a_bare_document_type_are_read() -> None:
    data = (
        '<?xml version="1.0"?><!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "http://127.0.0.1:9/xliff.dtd">'
        '<xliff version="1.0"><file source-language="fr" original="a"><body>'
        '<trans-unit id="p1"><source>a</source><target>b</target><note>n</note></trans-unit>'
        "</body></file></xliff>"
    )
    assert read_xliff(data.encode("utf-16")) == [Unit("p1", "fr", "", "a", "b", "n")]


def version_2(units: str) -> bytes:
    return (
        f'<xliff version="2.1" srcLang="fr" trgLang="en" xmlns="{TWO}" xmlns:slr="urn:slr">'
        f'<file id="f1"><group id="g"><unit id="p1">{units}</unit></group></file></xliff>'
    ).encode()


def segment(source: str, target: str, state: str = "translated") -> str:
    return f'<segment state="{state}"><source>{source}</source>{target}</segment>'


@pytest.mark.parametrize(
    ("body", "source", "target", "complete"),
    [
        (
            segment('<pc id="1">Un</pc><ph id="2"/>', '<target><pc id="1">One</pc><ph id="2"/></target>'),
            "Un",
            "One",
            True,
        ),
        (segment("a<cp hex='0007'/>", "<target>b<cp hex='zz'/></target>"), "a\x07", "b\ufffd", True),
        (
            segment('a<ph id="1" type="fmt" subType="xlf:lb"/>b', '<target>c<mrk id="m">d</mrk></target>'),
            "a\nb",
            "cd",
            True,
        ),
        (
            segment("Un.", "<target>One.</target>")
            + "<ignorable><source> </source></ignorable>"
            + segment("Deux.", "<target>Two.</target>"),
            "Un. Deux.",
            "One. Two.",
            True,
        ),
        (
            segment("Un.", '<target order="2">One.</target>')
            + segment("Deux.", '<target order="1">Two.</target>'),
            "Un.Deux.",
            "Two.One.",
            True,
        ),
        (
            segment("Un.", "<target>One.</target>") + segment("Deux.", "", "initial"),
            "Un.Deux.",
            "One.",
            False,
        ),
        (segment("Un.", "<target>Un.</target>", "initial"), "Un.", "", True),
        (
            '<originalData><data id="d">\n</data></originalData>' + segment('a<ph id="1" dataRef="d"/>b', ""),
            "a\nb",
            "",
            True,
        ),
        ("<notes><note>n</note></notes><slr:data/>" + segment("a", "<target>b</target>"), "a", "b", True),
    ],
)
def test_units_of_version_2(body: str, source: str, target: str, complete: bool) -> None:
    (unit,) = read_xliff(version_2(body))
    assert (unit.id, unit.source, unit.target, unit.complete) == ("p1", source, target, complete)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04", "package"),
        (b"<tmx/>", "not-xliff"),
        (b"Dear colleague", "not-xml"),
        (b'<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>', "entities"),
        (b'<!DOCTYPE xliff SYSTEM "x.dtd"><xliff>&eacute;</xliff>', "entities"),
        (b"<xliff>" * 300, "too-deep"),
    ],
)
def test_hostile_and_mistaken_files_are_refused(data: bytes, kind: str) -> None:
    with pytest.raises(Unusable) as caught:
        read_xliff(data)
    assert caught.value.kind == kind
