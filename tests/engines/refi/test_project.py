"""Projects leave and come back whole; positions are understood however they were counted."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colloquia.engines.exchange.nodes import Node
from colloquia.engines.exchange.reading import Bounds, read_xml
from colloquia.engines.refi import (
    Case,
    Code,
    Codebook,
    Coding,
    Note,
    Project,
    Source,
    Unusable,
    Unwritable,
    User,
    guid,
    read_project,
    write_project,
)
from tests.engines.refi.builder import GUID_A, GUID_S, codebooks, project, qdpx, selection, texts, words

ORDERS = {
    "Project": "Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef",
    "Code": "Description NoteRef Code",
    "Case": "Description CodeRef VariableValue SourceRef SelectionRef",
    "TextSource": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "PlainTextSelection": "Description Coding NoteRef",
    "Coding": "CodeRef NoteRef",
    "VariableValue": "VariableRef TextValue",
    "Set": "Description MemberCode MemberSource MemberNote",
}


@st.composite
def projects(draw: st.DrawFn) -> Project:
    codebook = draw(codebooks())
    users = tuple(
        User(guid("user", str(one)), draw(words), draw(words)) for one in range(draw(st.integers(0, 2)))
    )
    sources = tuple(
        Source(
            guid("source", str(one)),
            draw(words),
            draw(texts),
            draw(st.sampled_from(["", "ar", "fr"])),
            draw(words).strip(),
            {"Country": value} if (value := draw(words).strip()) else {},
        )
        for one in range(draw(st.integers(0, 4)))
    )
    codings = []
    for source in sources:
        places = st.integers(0, max(0, len(source.text) - 1))
        for start in draw(st.lists(places, max_size=4, unique=True)) if source.text else []:
            end = draw(st.integers(start + 1, len(source.text)))
            codings.append(
                Coding(
                    draw(st.sampled_from(codebook.codes)).guid,
                    source.guid,
                    start,
                    end,
                    guid("coding", f"{source.guid} {start}"),
                    draw(st.sampled_from(["", *(user.guid for user in users)])),
                )
            )
    cases = (Case(guid("case", "1"), draw(words), "", tuple(one.guid for one in sources)),) if sources else ()
    notes = tuple(
        Note(guid("note", about), draw(words), draw(words), about)
        for about in ["", codebook.codes[0].guid, *(one.guid for one in sources[:1])]
    )
    return Project(draw(words), codebook, sources, tuple(codings), users, cases, notes, draw(words).strip())


def by_place(codings: tuple[Coding, ...]) -> list[tuple[str, int, int, str, str, str]]:
    return sorted((one.source, one.start, one.end, one.code, one.guid, one.creator) for one in codings)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects())
def test_a_project_comes_back_as_it_left(tmp_path: Path, project: Project) -> None:
    write_project(project, tmp_path / "a.qdpx", origin="Colloquia")
    found = read_project(tmp_path / "a.qdpx")
    assert found.problems == ()
    assert (found.name, found.codebook, found.users, found.cases, found.notes, found.description) == (
        (project.name, project.codebook, project.users, project.cases, project.notes, project.description)
    )
    assert found.sources == project.sources


sentences = st.lists(
    st.sampled_from(["Licences cost.", "Who pays 😀?", "合同", "مرحبا بكم"]), min_size=2, max_size=9
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences, st.booleans())
def test_codings_come_back_at_their_places_whichever_end_is_written(
    tmp_path: Path, lines: list[str], end_is_last: bool
) -> None:
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:place]) for place in range(len(lines))]
    codings = tuple(
        Coding(GUID_A, GUID_S, start, start + len(line), guid("coding", str(start)))
        for start, line in zip(starts, lines, strict=True)
    )
    left = Project("P", Codebook((Code(GUID_A, "A"),)), (Source(GUID_S, "S", text),), codings)
    write_project(left, tmp_path / "a.qdpx", origin="Colloquia", end_is_last=end_is_last)
    assert by_place(read_project(tmp_path / "a.qdpx").codings) == by_place(codings)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects())
def test_structure_follows_the_standard(tmp_path: Path, project: Project) -> None:
    write_project(project, tmp_path / "a.qdpx", origin="Colloquia")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as package:
        assert set(package.namelist()) == {
            "project.qde", *(f"sources/{source.guid}.txt" for source in project.sources)
        }  # fmt: skip
        root = read_xml(package.read("project.qde"), Bounds())
    assert (root.name, root.namespace) == ("Project", "urn:QDA-XML:project:1.0")
    for node in [root, *(one for one in root.walk() if isinstance(one, Node))]:
        if node.name in ORDERS:
            order = ORDERS[node.name].split()
            ranks = [order.index(child.name) for child in node.elements()]
            assert ranks == sorted(ranks)
        if node.name in {"Users", "Codes", "Variables", "Cases", "Sources", "Notes", "Sets"}:
            assert node.first() is not None, "the standard forbids an empty list"


def test_the_same_project_gives_the_same_bytes_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    left = Project("P", Codebook((Code(GUID_A, "A"),)), (Source(GUID_S, "S", "Text."),))
    for name in ("a.qdpx", "b.qdpx"):
        write_project(left, tmp_path / name, origin="Colloquia")
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.qdpx", "b.qdpx"]


@pytest.mark.parametrize(
    ("coding", "sentence"),
    [
        (Coding(GUID_A, "s", 0, 1), "names the source s"),
        (Coding("c", GUID_S, 0, 1), "names the code c"),
        (Coding(GUID_A, GUID_S, 0, 6), "goes from 0 to 6, and the text has 5 characters"),
        (Coding(GUID_A, GUID_S, 2, 2), "goes from 2 to 2"),
        (Coding(GUID_A, GUID_S, 0, 1, creator="u"), "names the user u"),
    ],
)
def test_what_cannot_be_written_is_said_and_an_older_file_stays(
    tmp_path: Path, coding: Coding, sentence: str
) -> None:
    target = tmp_path / "a.qdpx"
    target.write_bytes(b"older")
    left = Project("P", Codebook((Code(GUID_A, "A"),)), (Source(GUID_S, "S", "Text."),), (coding,))
    with pytest.raises(Unwritable, match=sentence):
        write_project(left, target, origin="Colloquia")
    assert (target.read_bytes(), len(list(tmp_path.iterdir()))) == (b"older", 1)


LINES = ["The 😀 first line.", "Second, with more words.", "Third one."]


def counted(line: int, newline: str, *, wide: bool, last: bool, mark: int) -> tuple[int, int]:
    def size(text: str) -> int:
        return len(text.encode("utf-16-le")) // 2 if wide else len(text)

    start = mark + sum(size(one + newline) for one in LINES[:line])
    return start, start + size(LINES[line]) - last


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    ("file", "counting", "mark", "counted_mark"),
    [
        ("\n", "\n", "", 0),
        ("\r\n", "\r\n", "", 0),
        ("\r\n", "\n", "", 0),
        ("\r\n", "\r\n", "\ufeff", 1),
        ("\n", "\n", "\ufeff", 0),
    ],
)
def test_positions_are_understood_however_they_were_counted(
    tmp_path: Path,
    file: str,
    counting: str,
    mark: str,
    counted_mark: int,
    wide: bool,
    last: bool,
    named: bool,
) -> None:
    body = "".join(
        selection(
            *counted(line, counting, wide=wide, last=last, mark=counted_mark),
            name=LINES[line] if named else "",
        )
        for line in range(3)
    )
    path = qdpx(tmp_path / "a.qdpx", project(body), {"Sources/A.TXT": (mark + file.join(LINES)).encode()})
    found = read_project(path)
    text = found.sources[0].text
    assert text == "\n".join(LINES)
    assert [text[one.start : one.end] for one in found.codings] == LINES


def test_names_that_were_cut_or_are_no_text_do_not_mislead(tmp_path: Path) -> None:
    body = selection(0, 18, "The 😀 first…") + selection(19, 43, "(12,0)") + selection(44, 54, "Third one.")
    found = read_project(
        qdpx(tmp_path / "a.qdpx", project(body), {"sources/a.txt": "\n".join(LINES).encode()})
    )
    text = found.sources[0].text
    assert [text[one.start : one.end] for one in found.codings] == LINES


@pytest.mark.parametrize(
    "path",
    [
        "internal://../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "internal:///../a.txt",
        "C:\\a.txt",
        "relative://a.txt",
        "",
        "internal://missing.txt",
        "internal://",
    ],
)
def test_paths_never_lead_outside_the_package(tmp_path: Path, path: str) -> None:
    found = read_project(
        qdpx(
            tmp_path / "a.qdpx",
            project(selection(0, 3), path=path),
            {"../../etc/passwd": b"root", "a.txt/": b""},
        )
    )
    assert (found.sources, found.codings) == ((), ())
    assert [problem.kind for problem in found.problems] == ["no-text"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.qdpx"]


@pytest.mark.parametrize("folder", ["", "My project/"])
@pytest.mark.parametrize(
    "path", ["internal://a.txt", "internal:///a.txt", "sources/a.txt", "internal://sources\\A.txt"]
)
def test_texts_are_found_where_programs_and_people_put_them(tmp_path: Path, folder: str, path: str) -> None:
    found = read_project(
        qdpx(
            tmp_path / "a.qdpx",
            project("", path=path),
            {f"{folder}sources/a.txt": b"Text."},
            f"{folder}Project.QDE",
        )
    )
    assert [one.text for one in found.sources] == ["Text."]


def test_codings_that_cannot_be_placed_are_counted_and_the_rest_kept(tmp_path: Path) -> None:
    body = selection(0, 5) + selection(90, 99) + selection(-1, 3) + selection(0, 5, code=guid("x", "unknown"))
    body += (
        '<PlainTextSelection startPosition="one" endPosition="2"><Coding><CodeRef targetGUID="x"/></Coding>'
    )
    body += f'</PlainTextSelection><Coding guid="{GUID_S}"><CodeRef targetGUID="{GUID_A}"/></Coding>'
    extra = (
        '<PictureSource guid="p" name="Map"><PictureSelection><Coding/></PictureSelection></PictureSource>'
    )
    found = read_project(
        qdpx(tmp_path / "a.qdpx", project(body, extra=extra), {"sources/a.txt": b"First words"})
    )
    assert [(one.start, one.end) for one in found.codings] == [(0, 5), (0, 11)]
    assert [(one.kind, one.where) for one in found.problems] == [
        ("not-text", "Map"),
        ("no-place", "Text"),
        ("no-code", "Text"),
    ]
    assert "3 codings" in found.problems[1].sentence


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"readme.txt": b""}, "not-a-project"),
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, "not-a-project"),
        ({"project.qde": b"<CodeBook/>"}, "not-a-project"),
        ({"project.qde": b"<Project"}, "not-xml"),
        ({"project.qde": b'<!DOCTYPE a [<!ENTITY a "b">]><Project/>'}, "entities"),
        ({"project.qde": bytes(20_000_000)}, "bomb"),
    ],
)
def test_packages_that_are_no_project_are_refused(
    tmp_path: Path, entries: dict[str, bytes], kind: str
) -> None:
    path = tmp_path / "a.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    with pytest.raises(Unusable) as caught:
        read_project(path)
    assert caught.value.kind == kind


def test_a_codebook_by_mistake_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.qdpx").write_bytes(b"<CodeBook/>")
    with pytest.raises(Unusable, match=r"not a ZIP package.*REFI-QDA \(.qdpx\)"):
        read_project(tmp_path / "a.qdpx")


def test_notes_are_found_by_what_they_are_about(tmp_path: Path) -> None:
    text = project('<NoteRef targetGUID="n1"/>').replace(
        "</Project>",
        '<Notes><Note guid="n1" name="Memo"><PlainTextContent>Look.</PlainTextContent></Note>'
        '<Note guid="n2" name="Lost" plainTextPath="internal://n.txt"/></Notes></Project>',
    )
    found = read_project(qdpx(tmp_path / "a.qdpx", text, {"sources/a.txt": b"Text."}))
    assert [(one.name, one.text, one.about) for one in found.notes] == [("Memo", "Look.", GUID_S)]
    assert [one.kind for one in found.problems] == ["note"]
