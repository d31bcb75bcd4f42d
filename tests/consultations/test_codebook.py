"""A codebook and a project leave and come back: what was changed is proposed, and becomes corrections."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.consultations.models import CodebookFile, Correction, Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of, state_of
from colloquia.consultations.queries.codebook import (
    DOCKET,
    ORIGIN,
    Choice,
    Names,
    codebook_of,
    project_of,
)
from colloquia.consultations.queries.recoding import Recoded, recoded
from colloquia.consultations.services import (
    codebook,
    group_themes,
    merge_themes,
    move_passages,
    rename_theme,
    review_run,
    sign_run,
    undo,
)
from colloquia.engines.bulk import Filters
from colloquia.engines.refi import (
    Code,
    Codebook,
    Coding,
    Project,
    Source,
    Unusable,
    read_codebook,
    write_codebook,
    write_project,
)
from colloquia.engines.refi.child import read_confined

NEW_CODE = "abababab-0000-4000-8000-000000000001"
NEW_GROUP = "abababab-0000-4000-8000-000000000002"


def fresh(run: Run) -> Run:
    return Run.objects.select_related("consultation").get(pk=run.pk)


def packed(project: Project, tmp_path: Path) -> bytes:
    """The bytes of a project file."""
    path = tmp_path / "out.qdpx"
    write_project(project, path, origin="Another program 1.0")
    return path.read_bytes()


def send(run: Run, by: User, data: bytes, name: str = "back.qdpx") -> tuple[CodebookFile, Recoded]:
    """Send a file in, and what is proposed of it."""
    file = codebook.receive_file(run=fresh(run), stream=io.BytesIO(data), name=name, by=by)
    return file, recoded(file, fresh(run))


def take(run: Run, by: User, file: CodebookFile, *, only: str = "", choice: str = "") -> CodebookFile:
    """Take over everything, or proposals of one kind, as the worker does it."""
    run = fresh(run)
    proposals = recoded(file, run).proposals
    picks = {item.key: choice for item in proposals if not only or item.kind == only}
    codebook.confirm_file(file=file.pk, picks=picks, seen=run.sequence, by=by, here=True)
    codebook.perform(file.pk)
    file.refresh_from_db()
    return file


def themes_of(run: Run, question: str = "") -> list[ThemeInEffect]:
    """Themes of questions, the largest first."""
    rows = ThemeInEffect.objects.filter(run=run, is_live=True, is_parent=False)
    rows = rows.filter(question_id=question) if question else rows.exclude(question_id="")
    return list(rows.order_by("-passages", "theme_id"))


def a_pair(run: Run) -> tuple[ThemeInEffect, ThemeInEffect]:
    """Two themes of one question."""
    for theme in themes_of(run):
        rest = [other for other in themes_of(run, theme.question_id) if other.pk != theme.pk]
        if rest:
            return theme, rest[0]
    raise AssertionError


def inside(run: Run, theme: ThemeInEffect | str, question: str = "") -> set[str]:
    """Ids of the passages of a theme now."""
    name = theme if isinstance(theme, str) else theme.theme_id
    asked = question if isinstance(theme, str) else theme.question_id
    rows, _ = bulk_of(fresh(run)).passages(question=asked, theme=name, limit=0)
    return {row.passage_id for row in rows}


def codings_of(project: Project, code: str) -> list[Coding]:
    return [coding for coding in project.codings if coding.code == code]


def recode(project: Project, old: str, new: str | None, *, most: int = 1000) -> Project:
    """Give the first codings of one code another, or none."""
    wanted = codings_of(project, old)[:most]
    kept = [coding for coding in project.codings if coding not in wanted]
    added = [] if new is None else [replace(coding, code=new, guid="") for coding in wanted]
    return replace(project, codings=(*kept, *added))


def with_codes(project: Project, change: Callable[[list[Code]], list[Code]]) -> Project:
    return replace(project, codebook=Codebook(tuple(change(list(project.codebook.codes)))))


def renamed(guid: str, name: str) -> Callable[[list[Code]], list[Code]]:
    return lambda codes: [replace(code, name=name) if code.guid == guid else code for code in codes]


def test_a_codebook_holds_themes_under_questions_and_groups(stored_run: Run) -> None:
    book = read_codebook(write_codebook(codebook_of(stored_run, Choice()), origin=ORIGIN))
    names = Names(stored_run)
    by_guid = {code.guid: code for code in book.codes}
    live = ThemeInEffect.objects.filter(run=stored_run, is_live=True)
    questions = {row.question_id for row in live}
    assert len(by_guid) == live.count() + len(questions)
    for row in live:
        code = by_guid[names.theme(row.theme_id)]
        above = names.theme(row.parent_id) if row.parent_id else names.question(row.question_id)
        assert (code.name, code.parent, code.is_codable) == (row.label, above, not row.is_parent)
        assert f"{row.submissions} submissions, {row.messages} distinct messages" in code.description
        assert row.theme_id in code.description
    assert book == read_codebook(write_codebook(codebook_of(stored_run, Choice()), origin=ORIGIN))


def test_guids_stay_from_run_to_run(stored_run: Run, second_run: Run) -> None:
    assert Names(stored_run).theme("IP-08.q1.t1") == Names(second_run).theme("IP-08.q1.t1")
    assert Names(stored_run).theme("T1") != Names(stored_run).theme("T2")


def test_a_project_holds_texts_and_who_placed_each_passage(stored_run: Run, bruno: User) -> None:
    one, two = a_pair(stored_run)
    moved = sorted(inside(stored_run, one))[0]
    move_passages(
        run=stored_run, question=one.question_id, passages=[moved], theme=two.theme_id, by=bruno, seen=0
    )
    run = fresh(stored_run)
    project = project_of(run, Choice(), created="2026-03-01T09:00:00Z")
    names, bulk = Names(run), bulk_of(run)
    row = bulk.passages_by_id([moved])[moved]
    found = {
        (item.source, item.start, item.end): item for item in codings_of(project, names.theme(two.theme_id))
    }
    coding = found[names.text(row.document_id), row.start, row.end]
    people = {user.guid: user.name for user in project.users}
    assert people[coding.creator] == "Bruno"
    assert set(people.values()) == {"Bruno", ORIGIN}
    assert {source.text for source in project.sources} >= {bulk.text_of(row.document_id)}
    themed = bulk.themes_of_passages()
    assert len(project.codings) == sum(len(places) for places in themed.values())


def test_no_person_is_named_in_a_project_but_officers(stored_run: Run, tmp_path: Path) -> None:
    data = packed(project_of(stored_run, Choice(), created=""), tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book = package.read("project.qde").decode()
    assert "Lantern Players" in book
    persons = {row.person for row in bulk_of(stored_run).submissions(limit=0)[0] if row.person}
    assert persons
    assert [name for name in persons if name in book] == []


@pytest.mark.parametrize(
    ("choice", "texts"),
    [
        (Choice(filters=Filters(languages=("fr",))), 2),
        (Choice(filters=Filters(stakeholders=("Business",))), 4),
        (Choice("IP-07.q1", Filters(languages=("fr",))), 2),
    ],
)
def test_filters_narrow_the_texts(stored_run: Run, choice: Choice, texts: int) -> None:
    project = project_of(stored_run, choice, created="")
    assert len({source.variables["Submission"] for source in project.sources}) == texts


def test_only_distinct_messages(stored_run: Run) -> None:
    """Three submissions are the same letter word for word."""
    every = project_of(stored_run, Choice(), created="")
    distinct = project_of(stored_run, Choice(distinct=True), created="")
    total = bulk_of(stored_run).total()
    senders = {source.variables["Submission"] for source in distinct.sources}
    assert len(senders) == total.messages
    assert len(distinct.sources) < len(every.sources)


@pytest.mark.parametrize("question", ["", "IP-08.q1", DOCKET])
@pytest.mark.parametrize("distinct", [True, False])
def test_out_and_back_unchanged_proposes_nothing(
    stored_run: Run, bruno: User, tmp_path: Path, question: str, distinct: bool
) -> None:
    one, two = a_pair(stored_run)
    group_themes(
        run=stored_run,
        question=one.question_id,
        label="Pair",
        themes=[one.theme_id, two.theme_id],
        by=bruno,
        seen=0,
    )
    run = fresh(stored_run)
    choice = Choice(question, distinct=distinct)
    _, found = send(run, bruno, packed(project_of(run, choice, created=""), tmp_path))
    assert (found.format, found.base, found.proposals, found.left, found.remarks) == ("qdpx", 1, (), (), ())
    book = write_codebook(codebook_of(run, choice), origin=ORIGIN)
    _, found = send(run, bruno, book, "back.qdc")
    assert (found.format, found.base, found.proposals, found.left, found.remarks) == ("qdc", 1, (), (), ())


def test_what_was_corrected_here_meanwhile_is_not_taken_back(
    stored_run: Run, bruno: User, tmp_path: Path
) -> None:
    data = packed(project_of(stored_run, Choice(), created=""), tmp_path)
    one, two = a_pair(stored_run)
    rename_theme(run=stored_run, theme=one.theme_id, label="Meanwhile", by=bruno, seen=0)
    move_passages(
        run=stored_run, question=one.question_id, passages=sorted(inside(stored_run, one))[:1],
        theme=two.theme_id, by=bruno, seen=1,
    )  # fmt: skip
    _, found = send(stored_run, bruno, data)
    assert (found.base, found.proposals) == (0, ())


def test_a_code_renamed_is_a_correction_with_its_file_and_can_be_undone(stored_run: Run, bruno: User) -> None:
    theme = themes_of(stored_run)[0]
    book = codebook_of(stored_run, Choice())
    guid = Names(stored_run).theme(theme.theme_id)
    codes = tuple(replace(code, name="Renamed there") if code.guid == guid else code for code in book.codes)
    file, found = send(stored_run, bruno, write_codebook(Codebook(codes), origin="X"), "mine.qdc")
    assert [(item.kind, item.theme, item.label, item.changed) for item in found.proposals] == [
        ("rename", theme.theme_id, "Renamed there", False)
    ]
    assert Correction.objects.count() == 0
    file = take(stored_run, bruno, file)
    row = Correction.objects.get()
    assert (row.kind, row.note, row.by) == ("rename", "From the file “mine.qdc”.", bruno)
    assert (file.state, file.outcomes[0]["corrections"]) == ("open", [1])
    assert recoded(file, fresh(stored_run)).proposals == ()
    undo(run=fresh(stored_run), number=1, by=bruno, seen=1)
    assert [item.kind for item in recoded(file, fresh(stored_run)).proposals] == ["rename"]


def test_passages_coded_otherwise_are_moved(stored_run: Run, bruno: User, tmp_path: Path) -> None:
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = project_of(stored_run, Choice(), created="")
    project = recode(project, names.theme(one.theme_id), names.theme(two.theme_id), most=2)
    before = inside(stored_run, one)
    file, found = send(stored_run, bruno, packed(project, tmp_path))
    assert [(item.kind, item.theme, len(item.passages)) for item in found.proposals] == [
        ("move", two.theme_id, 2)
    ]
    take(stored_run, bruno, file)
    moved = before - inside(stored_run, one)
    assert moved == set(found.proposals[0].passages)
    assert moved <= inside(stored_run, two)


def test_a_coding_taken_off_takes_the_passage_out_of_its_theme(
    stored_run: Run, bruno: User, tmp_path: Path
) -> None:
    theme = themes_of(stored_run)[0]
    guid = Names(stored_run).theme(theme.theme_id)
    project = recode(project_of(stored_run, Choice(), created=""), guid, None, most=1)
    file, found = send(stored_run, bruno, packed(project, tmp_path))
    assert [(item.kind, item.theme, len(item.passages)) for item in found.proposals] == [("move", "", 1)]
    take(stored_run, bruno, file)
    assert found.proposals[0].passages[0] not in inside(stored_run, theme)


def test_a_second_code_of_a_question_is_proposed_and_not_advised(
    stored_run: Run, bruno: User, tmp_path: Path
) -> None:
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = project_of(stored_run, Choice(), created="")
    coding = codings_of(project, names.theme(one.theme_id))[0]
    project = replace(
        project, codings=(*project.codings, replace(coding, code=names.theme(two.theme_id), guid=""))
    )
    _, found = send(stored_run, bruno, packed(project, tmp_path))
    assert [(item.kind, item.theme, item.double, item.is_advised) for item in found.proposals] == [
        ("move", two.theme_id, True, False)
    ]


def test_a_new_code_becomes_a_theme_in_its_group(stored_run: Run, bruno: User, tmp_path: Path) -> None:
    one, two = a_pair(stored_run)
    group_themes(
        run=stored_run,
        question=one.question_id,
        label="Pair",
        themes=[one.theme_id, two.theme_id],
        by=bruno,
        seen=0,
    )
    run = fresh(stored_run)
    names = Names(run)
    project = project_of(run, Choice(one.question_id), created="")
    group = next(code for code in project.codebook.codes if code.name == "Pair")
    project = with_codes(project, lambda codes: [*codes, Code(NEW_CODE, "A new matter", parent=group.guid)])
    first = codings_of(project, names.theme(one.theme_id))[:2]
    second = codings_of(project, names.theme(two.theme_id))[:1]
    for coding in (*first, *second):
        kept = [item for item in project.codings if item is not coding]
        project = replace(project, codings=(*kept, replace(coding, code=NEW_CODE, guid="")))
    file, found = send(run, bruno, packed(project, tmp_path))
    assert [(item.kind, item.label, len(item.passages)) for item in found.proposals] == [
        ("new", "A new matter", 3)
    ]
    file = take(run, bruno, file)
    made = file.made[NEW_CODE]
    theme = ThemeInEffect.objects.get(run=run, theme_id=made)
    assert (theme.label, theme.parent_id, theme.question_id) == (
        "A new matter", state_of(fresh(run)).themes[one.theme_id].parent_id, one.question_id,
    )  # fmt: skip
    assert inside(run, theme) == set(found.proposals[0].passages)
    assert list(Correction.objects.order_by("number").values_list("kind", flat=True)) == [
        "group",
        "split",
        "move",
    ]
    assert recoded(file, fresh(run)).proposals == ()
    # It leaves with the GUID of that program, and is known when it comes back.
    assert Names(fresh(run)).theme(made) == NEW_CODE
    _, again = send(run, bruno, packed(project_of(fresh(run), Choice(), created=""), tmp_path), "again.qdpx")
    assert again.proposals == ()


def test_a_theme_is_made_of_passages_that_were_in_none(stored_run: Run, bruno: User, tmp_path: Path) -> None:
    one, _two = a_pair(stored_run)
    names = Names(stored_run)
    rows, _ = bulk_of(stored_run).passages(question=one.question_id, theme="", limit=0)
    if not rows:
        taken = sorted(inside(stored_run, one))[:1]
        move_passages(run=stored_run, question=one.question_id, passages=taken, theme="", by=bruno, seen=0)
    run = fresh(stored_run)
    rows, _ = bulk_of(run).passages(question=one.question_id, theme="", limit=1)
    project = project_of(run, Choice(), created="")
    above = names.question(one.question_id)
    project = with_codes(project, lambda codes: [*codes, Code(NEW_CODE, "Alone", parent=above)])
    coding = Coding(NEW_CODE, names.text(rows[0].document_id), rows[0].start, rows[0].end)
    file, found = send(run, bruno, packed(replace(project, codings=(*project.codings, coding)), tmp_path))
    assert [(item.kind, item.passages) for item in found.proposals] == [("new", (rows[0].passage_id,))]
    before = {theme.theme_id: inside(run, theme) for theme in themes_of(run, one.question_id)}
    file = take(run, bruno, file)
    assert inside(run, file.made[NEW_CODE], one.question_id) == {rows[0].passage_id}
    assert {name: inside(run, name, one.question_id) for name in before} == before


def test_a_new_code_above_themes_becomes_a_group_and_themes_move_between_groups(
    stored_run: Run, bruno: User
) -> None:
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    here = {names.theme(one.theme_id), names.theme(two.theme_id)}
    book = codebook_of(stored_run, Choice())
    top = Code(NEW_GROUP, "Together", parent=names.question(one.question_id), is_codable=False)
    codes = [code for code in book.codes if code.guid not in here]
    codes += [top, *(replace(code, parent=NEW_GROUP) for code in book.codes if code.guid in here)]
    file, found = send(stored_run, bruno, write_codebook(Codebook(tuple(codes)), origin="X"), "a.qdc")
    assert [(item.kind, item.label, set(item.themes)) for item in found.proposals] == [
        ("group", "Together", {one.theme_id, two.theme_id})
    ]
    file = take(stored_run, bruno, file)
    group = file.made[NEW_GROUP]
    assert state_of(fresh(stored_run)).themes[one.theme_id].parent_id == group
    back = codebook_of(fresh(stored_run), Choice())
    out = tuple(
        replace(code, parent=names.question(one.question_id)) if code.guid in here else code
        for code in back.codes
    )
    file, found = send(stored_run, bruno, write_codebook(Codebook(out), origin="X"), "b.qdc")
    assert [(item.kind, item.parent) for item in found.proposals] == [("regroup", ""), ("regroup", "")]
    take(stored_run, bruno, file)
    assert state_of(fresh(stored_run)).themes[one.theme_id].parent_id == ""


def test_a_merge_is_seen_where_all_passages_bear_another_code(
    stored_run: Run, bruno: User, tmp_path: Path
) -> None:
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = recode(
        project_of(stored_run, Choice(), created=""), names.theme(two.theme_id), names.theme(one.theme_id)
    )
    project = with_codes(project, lambda codes: [c for c in codes if c.guid != names.theme(two.theme_id)])
    file, found = send(stored_run, bruno, packed(project, tmp_path))
    assert [(item.kind, item.theme, item.parent) for item in found.proposals] == [
        ("merge", two.theme_id, one.theme_id)
    ]
    take(stored_run, bruno, file)
    assert state_of(fresh(stored_run)).in_effect(two.theme_id) == one.theme_id


@pytest.mark.parametrize("choice", ["stay", "out", "merge"])
def test_a_code_that_is_gone_is_asked_about(stored_run: Run, bruno: User, choice: str) -> None:
    one, two = a_pair(stored_run)
    gone = Names(stored_run).theme(two.theme_id)
    book = codebook_of(stored_run, Choice())
    codes = tuple(code for code in book.codes if code.guid != gone)
    file, found = send(stored_run, bruno, write_codebook(Codebook(codes), origin="X"), "a.qdc")
    assert [(item.kind, item.theme, item.is_advised) for item in found.proposals] == [
        ("gone", two.theme_id, False)
    ]
    assert found.proposals[0].choices[:2] == ("stay", "out")
    before = inside(stored_run, two)
    wanted = one.theme_id if choice == "merge" else choice
    if choice == "stay":
        with pytest.raises(codebook.CodebookRefused, match="Tick at least one"):
            take(stored_run, bruno, file, choice=wanted)
        assert inside(stored_run, two) == before
        return
    take(stored_run, bruno, file, choice=wanted)
    assert inside(stored_run, two) == set()
    assert (before <= inside(stored_run, one)) is (choice == "merge")


def maxqda(project: Project, edits: Callable[[str], str] = lambda text: text) -> bytes:
    """The same project as other programs write it: UTF-16, prefixes, own attributes, GUIDs in braces."""
    buffer = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        path = Path(folder) / "x.qdpx"
        write_project(project, path, origin="QDA 26")
        with zipfile.ZipFile(path) as source:
            for entry in source.namelist():
                data = source.read(entry)
                if entry == "project.qde":
                    text = data.decode().replace('encoding="utf-8"', 'encoding="utf-16"')
                    text = text.replace(
                        '<Project xmlns="urn:QDA-XML:project:1.0"',
                        '<Project xmlns="urn:QDA-XML:project:1.0" xmlns:m="urn:m" m:build="9"',
                    )
                    text = text.replace(' isCodable="true"', ' isCodable="true" m:weight="7"')
                    data = edits(text).encode("utf-16")
                else:
                    data = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
                package.writestr(entry.replace("sources/", "Sources/"), data)
    return buffer.getvalue()


def test_a_project_as_another_program_returns_it(stored_run: Run, bruno: User) -> None:
    """UTF-16, other namespaces, Windows line ends and byte order marks, nested codes, GUIDs in capitals."""
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = project_of(stored_run, Choice(), created="")
    project = recode(project, names.theme(one.theme_id), names.theme(two.theme_id), most=1)
    child = Code(NEW_CODE, "Nested below a theme", parent=names.theme(one.theme_id))
    project = with_codes(project, lambda codes: [*codes, child])
    project = recode(project, names.theme(one.theme_id), NEW_CODE, most=1)

    def in_capitals(text: str) -> str:
        for code in project.codebook.codes:
            text = text.replace(code.guid, "{" + code.guid.upper() + "}")
        return text

    file, found = send(stored_run, bruno, maxqda(project, in_capitals))
    assert sorted((item.kind, len(item.passages)) for item in found.proposals) == [("move", 1), ("new", 1)]
    assert [(item.reason, item.name) for item in found.left] == [("nested", "Nested below a theme")]
    file = take(stored_run, bruno, file)
    assert [item.get("refusal") for item in file.outcomes] == [None, None]


def test_a_program_that_gives_its_own_guids_is_understood_by_names(
    stored_run: Run, bruno: User, tmp_path: Path
) -> None:
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = project_of(stored_run, Choice(), created="")
    project = recode(project, names.theme(one.theme_id), names.theme(two.theme_id), most=1)
    data = packed(project, tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = {name: package.read(name) for name in package.namelist()}
    text = entries.pop("project.qde").decode()
    for place, code in enumerate(project.codebook.codes):
        text = text.replace(code.guid, f"cccccccc-0000-4000-8000-{place:012d}")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("project.qde", text)
        for name, content in entries.items():
            package.writestr(name, content)
    _, found = send(stored_run, bruno, buffer.getvalue())
    assert [(item.kind, item.theme, len(item.passages)) for item in found.proposals] == [
        ("move", two.theme_id, 1)
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"no file of this kind",
        b"PK\x03\x04 damaged",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><CodeBook>&b;</CodeBook>",
        b"<CodeBook><Codes></Codes></CodeBook>",
        b"<html></html>",
        b"\xd0\xcf\x11\xe0 old office",
        b"<a>" * 5000,
    ],
)
def test_hostile_files_are_refused_in_words_and_change_nothing(
    stored_run: Run, bruno: User, officer: Client, data: bytes
) -> None:
    with pytest.raises(Unusable):
        send(stored_run, bruno, data, "x.qdc")
    assert CodebookFile.objects.get().state == "closed"
    url = reverse("consultation_codebook", args=["example"])
    response = officer.post(url, {"file": io.BytesIO(data), "run": "1"})
    assert response.status_code == 422
    assert "problem" in response.content.decode()
    assert Correction.objects.count() == 0


def test_a_bomb_and_a_path_out_of_the_package_are_refused(stored_run: Run, bruno: User) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("project.qde", b" " * 60_000_000)
    with pytest.raises(Unusable):
        send(stored_run, bruno, buffer.getvalue())
    outside = io.BytesIO()
    with zipfile.ZipFile(outside, "w") as package:
        text = (
            '<Project name="P"><CodeBook><Codes><Code guid="'
            + NEW_CODE
            + '" name="A"/></Codes></CodeBook><Sources>'
            '<TextSource guid="' + NEW_GROUP + '" name="T" plainTextPath="internal://../../../etc/passwd"/>'
            "</Sources></Project>"
        )
        package.writestr("project.qde", text)
    _, found = send(stored_run, bruno, outside.getvalue())
    assert found.texts == 0 or "root:" not in repr(found)


def test_forty_megabytes_come_back(stored_run: Run, bruno: User, tmp_path: Path) -> None:
    """Texts of others are in the project too: they are told of, and ours are understood."""
    theme = themes_of(stored_run)[0]
    project = project_of(stored_run, Choice(), created="")
    project = with_codes(project, renamed(Names(stored_run).theme(theme.theme_id), "From a large file"))
    letters = random.Random(1).randbytes(26_000_000).hex()
    foreign = Source(NEW_GROUP, "Interviews", letters)
    coding = Coding(project.codings[0].code, NEW_GROUP, 0, 100)
    project = replace(project, sources=(*project.sources, foreign), codings=(*project.codings, coding))
    data = packed(project, tmp_path)
    assert 25_000_000 < len(data) < 60_000_000
    _, found = send(stored_run, bruno, data)
    assert [item.kind for item in found.proposals] == ["rename"]
    assert [item.kind for item in found.remarks] == ["no-source"]


def test_a_file_may_take_only_so_much_time(stored_run: Run, tmp_path: Path) -> None:
    from colloquia.engines.documents.limits import Limits

    path = tmp_path / "x.qdpx"
    path.write_bytes(packed(project_of(stored_run, Choice(), created=""), tmp_path))
    with pytest.raises(Unusable, match="too long"):
        read_confined(path, limits=Limits(wall_seconds=0))
    with pytest.raises(Unusable, match="too much memory"):
        read_confined(path, limits=Limits(memory=1))


def test_two_officers_at_once_and_nothing_is_lost(
    stored_run: Run, bruno: User, officer: Client, tmp_path: Path
) -> None:
    """Bruno looks at his file; Dora renames one of the themes; of his, only that one is told and not done."""
    dora = User.objects.create_superuser("dora@secretariat.example", name="Dora")
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = project_of(stored_run, Choice(), created="")
    project = with_codes(project, renamed(names.theme(one.theme_id), "Bruno's one"))
    project = with_codes(project, renamed(names.theme(two.theme_id), "Bruno's two"))
    file, found = send(stored_run, bruno, packed(project, tmp_path))
    picks = {item.key: "" for item in found.proposals}
    rename_theme(run=stored_run, theme=one.theme_id, label="Dora's", by=dora, seen=0)
    codebook.confirm_file(file=file.pk, picks=picks, seen=0, by=bruno, here=True)
    # A proposal is known by what the file says, so that Dora's correction does not make it another one.
    codebook.perform(file.pk)
    file.refresh_from_db()
    state = state_of(fresh(stored_run))
    assert (state.themes[one.theme_id].label, state.themes[two.theme_id].label) == ("Dora's", "Bruno's two")
    assert [(item["theme"], item.get("others")) for item in file.outcomes] == [
        (one.theme_id, [1]),
        (two.theme_id, None),
    ]
    url = reverse("consultation_codebook_file", args=["example", file.pk])
    page = officer.get(url).content.decode()
    assert "Not done, since others changed the same meanwhile" in page
    assert "Dora" in page
    left = recoded(file, fresh(stored_run)).proposals
    assert [(item.theme, item.changed, item.is_advised) for item in left] == [(one.theme_id, True, False)]
    data = {"pick": left[0].key, "seen": "2", "run": "1", "act": "take"}
    assert officer.post(url, data).status_code == 302
    codebook.perform(file.pk)
    assert state_of(fresh(stored_run)).themes[one.theme_id].label == "Bruno's one"


def test_a_worker_that_was_stopped_goes_on_and_makes_nothing_twice(
    stored_run: Run, bruno: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies after the theme was made and before that was noted: the theme is found again."""

    class Killed(BaseException):
        pass

    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = project_of(stored_run, Choice(one.question_id), created="")
    above = names.question(one.question_id)
    project = with_codes(project, lambda codes: [*codes, Code(NEW_CODE, "Made once", parent=above)])
    project = recode(project, names.theme(one.theme_id), NEW_CODE, most=2)
    project = with_codes(project, renamed(names.theme(two.theme_id), "Renamed too"))
    file, found = send(stored_run, bruno, packed(project, tmp_path))
    picks = {item.key: "" for item in found.proposals}
    codebook.confirm_file(file=file.pk, picks=picks, seen=0, by=bruno, here=True)
    do = codebook._Taking._do

    def dies(self: Any, verb: Any, **values: Any) -> Any:
        do(self, verb, **values)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(codebook._Taking, "_do", dies)
        with pytest.raises(Killed):
            codebook.perform(file.pk)
    file.refresh_from_db()
    assert (file.state, file.outcomes, Correction.objects.count()) == ("taking", [], 1)
    with pytest.raises(codebook.CodebookRefused, match="being taken over"):
        codebook.confirm_file(file=file.pk, picks=picks, seen=0, by=bruno, here=True)
    codebook.perform(file.pk)
    file.refresh_from_db()
    assert file.state == "open"
    assert list(Correction.objects.order_by("number").values_list("kind", flat=True)) == ["split", "rename"]
    assert inside(stored_run, file.made[NEW_CODE], one.question_id) == {
        name for item in found.proposals if item.kind == "new" for name in item.passages
    }


def test_a_theme_merged_away_meanwhile_is_passed_over(stored_run: Run, bruno: User, tmp_path: Path) -> None:
    one, two = a_pair(stored_run)
    names = Names(stored_run)
    project = with_codes(
        project_of(stored_run, Choice(), created=""), renamed(names.theme(two.theme_id), "Too late")
    )
    file, found = send(stored_run, bruno, packed(project, tmp_path))
    merge_themes(run=stored_run, themes=[two.theme_id], into=one.theme_id, by=bruno, seen=0)
    picks = {item.key: "" for item in found.proposals}
    codebook.confirm_file(file=file.pk, picks=picks, seen=0, by=bruno, here=True)
    codebook.perform(file.pk)
    file.refresh_from_db()
    assert [item.get("stale") for item in file.outcomes] == [True]


def test_a_file_without_a_mark_is_held_against_what_stands(stored_run: Run, bruno: User) -> None:
    theme = themes_of(stored_run)[0]
    book = codebook_of(stored_run, Choice())
    rename_theme(run=stored_run, theme=theme.theme_id, label="Meanwhile", by=bruno, seen=0)
    bare = Codebook(tuple(replace(code, description="") for code in book.codes))
    _, found = send(stored_run, bruno, write_codebook(bare, origin="X"), "a.qdc")
    assert (found.base, [item.kind for item in found.proposals]) == (None, ["rename"])


def test_a_file_of_another_run_says_so(
    stored_run: Run, second_run: Run, bruno: User, officer: Client
) -> None:
    book = write_codebook(codebook_of(stored_run, Choice()), origin=ORIGIN)
    file, found = send(second_run, bruno, book, "a.qdc")
    assert (found.base, found.other_run, found.proposals) == (None, 1, ())
    url = reverse("consultation_codebook_file", args=["example", file.pk])
    assert "was made from run 1" in officer.get(url, {"run": "2"}).content.decode()


def test_a_signed_run_takes_no_file(stored_run: Run, bruno: User) -> None:
    dora = User.objects.create_superuser("dora@secretariat.example", name="Dora")
    book = write_codebook(codebook_of(stored_run, Choice()), origin=ORIGIN)
    file, _ = send(stored_run, bruno, book, "a.qdc")
    review_run(run=fresh(stored_run), by=bruno)
    sign_run(run=fresh(stored_run), by=dora, seen_read=0)
    with pytest.raises(codebook.CodebookRefused, match="signed"):
        send(stored_run, bruno, book, "a.qdc")
    with pytest.raises(codebook.CodebookRefused, match="signed"):
        codebook.confirm_file(file=file.pk, picks={"x": ""}, seen=0, by=bruno, here=True)


def test_pages_give_files_and_take_them(stored_run: Run, officer: Client, bruno: User) -> None:
    page = reverse("consultation_codebook", args=["example"])
    out = reverse("consultation_codebook_out", args=["example"])
    assert officer.get(page).status_code == 200
    response = officer.get(out, {"format": "qdc", "question": "IP-08.q1", "run": "1"})
    assert response["Content-Disposition"] == 'attachment; filename="example-run1-IP-08.q1.qdc"'
    assert len(read_codebook(response.content).codes) > 1
    response = officer.get(out, {"format": "qdpx", "distinct": "on", "language": ["fr"]})
    data = b"".join(response.streaming_content)
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    refused = officer.get(out, {"format": "docx"})
    assert refused.status_code == 302
    response = officer.post(page, {"file": io.BytesIO(data), "run": "1"})
    assert response.status_code == 302
    shown = officer.get(response.url).content.decode()
    assert "Nothing is to be taken over" in shown
    file = CodebookFile.objects.get()
    twin = officer.get(reverse("consultation_codebook_file_json", args=["example", file.pk])).json()
    assert (twin["ok"], twin["proposals"], twin["left_after_correction"]) == (True, [], 0)
    assert officer.post(response.url, {"act": "take", "seen": "0"}).status_code == 302
    assert officer.post(response.url, {"act": "close"}).status_code == 302
    file.refresh_from_db()
    assert file.state == "closed"
    assert len(officer.get(reverse("consultation_codebook_json", args=["example"])).json()["files"]) == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("consultation_codebook", []),
        ("consultation_codebook_json", []),
        ("consultation_codebook_out", []),
        ("consultation_codebook_file", [1]),
        ("consultation_codebook_file_json", [1]),
    ],
)
def test_strangers_are_refused(
    stored_run: Run, client: Client, chen: User, name: str, arguments: list[int]
) -> None:
    url = reverse(name, args=["example", *arguments])
    assert client.get(url).status_code == 302
    client.force_login(chen)
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    stored_run: Run, bruno: User, officer: Client, django_assert_num_queries: Any
) -> None:
    book = write_codebook(codebook_of(stored_run, Choice()), origin=ORIGIN)
    url = reverse("consultation_codebook", args=["example"])
    send(stored_run, bruno, book, "a.qdc")
    officer.get(url)
    with django_assert_num_queries(8):
        officer.get(url)
    send(stored_run, bruno, book, "b.qdc")
    send(stored_run, bruno, book, "c.qdc")
    officer.get(url)
    with django_assert_num_queries(8):
        officer.get(url)
