from __future__ import annotations

import os

import pytest

from colloquia.engines.intake import collect, understand

from .helpers import messages, texts


def names(items) -> dict[str, list[str]]:
    return {item.source_id: [file.name for file in item.files] for item in items}


def test_every_file_is_a_submission_in_natural_order(write, tmp_path):
    for name in ("in/b10.txt", "in/b2.pdf", "in/A1.docx"):
        write(name, "x")

    assert list(names(collect(understand([tmp_path / "in"])))) == ["A1.docx", "b2.pdf", "b10.txt"]


def test_leftovers_of_systems_are_skipped_and_counted(write, tmp_path):
    for name in ("in/.DS_Store", "in/Thumbs.db", "in/~$letter.docx", "in/.git/config", "in/letter.docx"):
        write(name, "x")

    understanding = understand([tmp_path / "in"])
    assert list(names(collect(understanding))) == ["letter.docx"]
    assert understanding.notes == [
        "in: 4 hidden, lock or system files were skipped (.DS_Store, .git, Thumbs.db)"
    ]


def test_links_are_not_followed(write, tmp_path):
    write("outside/secret.txt", "x")
    write("in/letter.txt", "x")
    os.symlink(tmp_path / "outside", tmp_path / "in" / "folder")
    os.symlink(tmp_path / "outside" / "secret.txt", tmp_path / "in" / "link.txt")

    understanding = understand([tmp_path / "in"])
    assert list(names(collect(understanding))) == ["letter.txt"]
    assert "2 links were not followed (folder, link.txt)" in messages(understanding.warnings)[0]


def test_empty_folder_and_missing_input_are_errors(tmp_path):
    (tmp_path / "in").mkdir()

    assert [problem.kind for problem in understand([tmp_path / "in", tmp_path / "none.csv"]).errors] == [
        "input",
        "input",
    ]
    assert messages(understand([]).errors) == ["INPUT: is missing; name a table or a folder of responses."]


def test_empty_and_foreign_files_are_kept_and_said(write, tmp_path):
    write("in/empty.pdf", b"")
    write("in/film.mp4", b"x")

    understanding = understand([tmp_path / "in"])
    assert [(file.name, file.readable) for file in understanding.files] == [
        ("empty.pdf", False),
        ("film.mp4", False),
    ]
    assert list(names(collect(understanding))) == ["empty.pdf", "film.mp4"]
    assert len(understanding.warnings) == 2


def test_folders_of_a_sender_each_are_one_submission(write, tmp_path):
    for name in ("in/Museum/letter.pdf", "in/Museum/annex.pdf", "in/Ada/letter.pdf", "in/loose.pdf"):
        write(name, "x")

    understanding = understand([tmp_path / "in"])
    assert names(collect(understanding)) == {
        "Ada": ["Ada/letter.pdf"],
        "loose.pdf": ["loose.pdf"],
        "Museum": ["Museum/annex.pdf", "Museum/letter.pdf"],
    }
    assert "--map folders=files" in understanding.notes[0]


def test_folders_that_sort_are_not_submissions(write, tmp_path):
    for name in ("in/en/a.pdf", "in/en/b.pdf", "in/fr/a.pdf"):
        write(name, "x")

    understanding = understand([tmp_path / "in"])
    assert list(names(collect(understanding))) == ["en/a.pdf", "en/b.pdf", "fr/a.pdf"]
    assert "--map folders=submissions" in understanding.notes[0]
    assert list(names(collect(understand([tmp_path / "in"], maps=["folders=submissions"])))) == ["en", "fr"]


def test_files_that_bear_the_id_of_a_row_belong_to_it(write, tmp_path):
    table = write("responses.csv", "id,text\nR-0012,see attached\nR-12,short\n7,numbered\n")
    for name in (
        "in/R-0012_annex.pdf",
        "in/R-0012/more.docx",
        "in/R-00123.pdf",
        "in/7 letter.pdf",
        "in/2024 other.pdf",
    ):
        write(name, "x")

    understanding = understand([table, tmp_path / "in"])
    assert names(collect(understanding)) == {
        "R-0012": ["R-0012/more.docx", "R-0012_annex.pdf"],
        "R-12": [],
        "7": ["7 letter.pdf"],
        "2024 other.pdf": ["2024 other.pdf"],
        "R-00123.pdf": ["R-00123.pdf"],
    }
    assert understanding.warnings == []
    assert (understanding.submissions, understanding.answers, understanding.attached) == (5, 3, 5)


def test_attachments_are_found_by_name_path_case_and_normal_form(write, tmp_path):
    table = write(
        "responses.csv",
        (
            "id,text,attachment\nA,x,LETTER.PDF\nB,x,sub/annex.docx; "
            'cafe\u0301.txt\nC,x,"one.pdf, two.pdf"\nD,,\n'
        ),
    )
    for name in (
        "in/letter.pdf",
        "in/sub/annex.docx",
        "in/other/annex.docx",
        "in/caf\u00e9.txt",
        "one.pdf",
        "two.pdf",
    ):
        write(name, "x")

    assert names(collect(understand([table, tmp_path / "in"]))) == {
        "A": ["letter.pdf"],
        "B": ["sub/annex.docx", "caf\u00e9.txt"],
        "C": ["one.pdf", "two.pdf"],
        "D": [],
        "other/annex.docx": ["other/annex.docx"],
    }


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("../secret.txt", "points outside the folder"),
        ("..\\secret.txt", "points outside the folder"),
        ("/etc/hosts.txt", "was not found"),
        ("lost.pdf", "was not found; give the folder that holds it"),
        ("https://example.org/files/lost.pdf", "was not fetched from the network"),
        ("same.pdf", "could be any of 2 files"),
        ("link.txt", "was not found"),
    ],
)
def test_attachment_that_cannot_be_used_is_named_with_a_remedy(write, tmp_path, cell, reason):
    write("secret.txt", "x")
    for name in ("in/a/same.pdf", "in/b/same.pdf", "tables/other.pdf"):
        write(name, "x")
    table = write(
        "tables/responses.csv",
        [["id", "text", "attachment"], ["R1", "words", cell], ["R2", "words", "other.pdf"]],
    )
    os.symlink(tmp_path / "secret.txt", tmp_path / "tables" / "link.txt")

    understanding = understand([table, tmp_path / "in"])
    item = next(iter(collect(understanding)))
    assert item.files == []
    assert reason in item.problems[0]
    assert reason in messages(understanding.warnings)[0]
    assert messages(understanding.warnings)[0].startswith("responses.csv, row 2: names the file")


def test_address_finds_the_file_that_was_downloaded(write, tmp_path):
    table = write("r.csv", "id,comment,attachment\nA,words,https://example.org/D-1/attachment_1.pdf\n")
    for name in ("in/D-1/attachment_1.pdf", "in/D-2/attachment_1.pdf"):
        write(name, "x")

    assert names(collect(understand([table, tmp_path / "in"])))["A"] == ["D-1/attachment_1.pdf"]


@pytest.mark.parametrize(
    "text",
    [
        "See attached.", "Please find our response attached", "Voir pièce jointe", "Véase adjunto",
        "См. приложение",
        "见附件", "انظر المرفق", "Siehe Anhang", "添付参照", "첨부파일 참조", "Vedi allegato", "Ver anexo",
    ],
)  # fmt: skip
def test_answer_that_points_to_a_missing_file_is_said(write, text):
    understanding = understand(
        [write("r.csv", [["id", "text"], ["A", text], ["B", "An answer of its own."]])]
    )

    assert texts(list(collect(understanding))) == [[text], ["An answer of its own."]]
    assert [problem.where for problem in understanding.warnings] == ["r.csv, row 2"]


def test_table_in_a_folder_is_read_as_table_and_other_tables_as_files(write, tmp_path):
    write("in/responses.csv", "id,comment,file\nA,words,figures.csv\n")
    write("in/figures.csv", "comment,count\nx,1\n")
    write("in/numbers.csv", "a,b\n1,2\n")

    understanding = understand([tmp_path / "in"], maps=["attachment=file"])
    assert [table.name for table in understanding.tables] == ["figures.csv", "responses.csv"]
    assert "numbers.csv" in names(collect(understanding))


def test_attachment_of_a_named_table_is_not_read_as_table(write, tmp_path):
    table = write("responses.csv", "id,comment,attachment\nA,words,figures.csv\n")
    write("in/figures.csv", "comment,count\nx,1\n")

    assert names(collect(understand([table, tmp_path / "in"]))) == {"A": ["figures.csv"]}


def test_register_of_senders_describes_the_files_that_bear_its_ids(write, tmp_path):
    table = write("register.csv", "id,organisation,country\nR-1,Museum,FR\nR-2,Library,KE\n")
    write("in/R-1.pdf", "x")

    items = list(collect(understand([table, tmp_path / "in"])))
    assert [(item.source_id, item.organisation, len(item.files)) for item in items] == [
        ("R-1", "Museum", 1),
        ("R-2", "Library", 0),
    ]


def test_one_document_given_as_input(write):
    understanding = understand([write("letter.pdf", "x")])

    assert names(collect(understanding)) == {"letter.pdf": ["letter.pdf"]}


def test_same_names_in_two_folders_stay_apart(write, tmp_path):
    write("one/letter.pdf", "x")
    write("two/letter.pdf", "y")

    assert list(names(collect(understand([tmp_path / "one", tmp_path / "two"])))) == [
        "letter.pdf",
        "letter.pdf (2)",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open every file")
def test_file_without_permission_is_said(write, tmp_path):
    write("in/letter.pdf", "x").chmod(0)

    assert "check the permissions" in messages(understand([tmp_path / "in"]).warnings)[0]
