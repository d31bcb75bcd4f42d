"""The illustrative consultation keeps its promises: invented senders, real files, six languages and more."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "content" / "illustrative"
ISSUES_PAPER = ROOT.parent / "shared" / "data" / "programme" / "issues_paper.json"
USES_AI = "Does your organisation use generative AI?"
COLUMNS = ["id", "organisation", "person", "country", "stakeholder", "language", "date", "channel"]
COLUMNS += ["question", "position", "text", "attachment", USES_AI]

# Words that would make a sender look like a state, a public authority or an intergovernmental body.
OFFICIAL = re.compile(
    r"ministr|ministèr|ministeri|minister|government|gouvernement|gobierno|republic|républi|repúbli|kingdom"
    r"|embass|embaj|ambassade|permanent mission|delegation of|patent office|ip office|property office"
    r"|office of|oficina de|office des|united nations|european union|african union|\bwipo\b|\bompi\b"
    r"|federal|parliament|parlement|senate|congress of|authority|agency"
    r"|министер|правительств|республик|посольств|ведомств|федерац|роспатент"
    r"|وزارة|حكومة|جمهورية|مملكة|سفارة|المنظمة العالمية|مكتب البراءات|دولة"
    r"|政府|部委|外交部|共和国|大使馆|知识产权局|专利局|联合国"
    r"|wizara|serikali|министрлі|үкімет",
    re.IGNORECASE,
)


def rows() -> list[dict[str, str]]:
    with (FOLDER / "responses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_sender() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows():
        found[row["id"]].append(row)
    return found


def paper() -> Any:
    return yaml.safe_load((FOLDER / "paper.yaml").read_text(encoding="utf-8"))


def questions() -> dict[str, dict[str, str]]:
    return {question["id"]: question for issue in paper()["issues"] for question in issue["questions"]}


def folded(text: str) -> str:
    return " ".join(text.split())


def test_responses_have_the_documented_columns() -> None:
    assert list(rows()[0]) == COLUMNS


def test_responses_come_from_86_senders_in_130_rows() -> None:
    assert (len(by_sender()), len(rows())) == (86, 130)


def test_inputs_name_the_table_and_the_folder_of_letters() -> None:
    lines = (FOLDER / "inputs.txt").read_text(encoding="utf-8").split("\n")
    assert lines == ["responses.csv", "files/by-email", ""]
    assert [(FOLDER / line).exists() for line in lines if line] == [True, True]


def test_four_letters_came_by_email() -> None:
    assert sorted(path.name for path in (FOLDER / "files" / "by-email").iterdir()) == [
        "grange-aux-synthetiseurs.odt",
        "jacaranda-de-papel.html",
        "lamplighters-mutual.eml",
        "samovar-i-mikroskhema.txt",
    ]


def test_languages_are_the_six_and_two_unsupported_ones() -> None:
    counted = Counter(sender[0]["language"] for sender in by_sender().values())
    # Ten letters came through a campaign page that does not ask for the language.
    assert counted == {"en": 34, "fr": 11, "ar": 8, "es": 7, "zh": 7, "ru": 6, "sw": 2, "kk": 1, "": 10}


def test_a_sender_says_the_same_of_itself_in_every_row() -> None:
    described = ["organisation", "person", "country", "stakeholder", "language", "date", "channel", USES_AI]
    for sender in by_sender().values():
        assert len({tuple(row[name] for name in described) for row in sender}) == 1


def test_every_question_of_a_row_is_in_the_paper() -> None:
    assert {row["question"] for row in rows()} - {""} == set(questions())


def test_every_question_gets_ten_answers_or_more() -> None:
    counted = Counter(row["question"] for row in rows() if row["question"])
    assert min(counted.values()) >= 10


def test_positions_are_declared_for_one_question_only() -> None:
    assert {row["question"] for row in rows() if row["position"]} == {"IP-08.q1"}


def test_every_attachment_exists_and_every_file_is_named() -> None:
    named = [row["attachment"] for row in rows() if row["attachment"]]
    stored = [f"files/attached/{path.name}" for path in (FOLDER / "files" / "attached").iterdir()]
    assert sorted(named) == sorted(stored)
    assert len(named) == 9


def test_every_row_has_a_text_and_no_stray_spaces() -> None:
    assert [row["id"] for row in rows() if not row["text"] or row["text"] != row["text"].strip()] == []


def test_no_file_is_large() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()}
    assert {name: size for name, size in sizes.items() if size > 300_000} == {}


def test_no_sender_is_a_state_an_office_or_an_intergovernmental_body() -> None:
    senders = {row[name] for row in rows() for name in ("organisation", "person")}
    assert [sender for sender in senders if OFFICIAL.search(sender)] == []


def test_the_word_list_finds_official_senders() -> None:
    official = [
        "Ministry of Culture",
        "Ministère de la culture",
        "Министерство",
        "وزارة الثقافة",
        "国家知识产权局",
    ]
    assert [name for name in official if not OFFICIAL.search(name)] == []


def test_stakeholder_kinds_leave_out_states() -> None:
    assert {row["stakeholder"] for row in rows()} == {
        "",
        "Academic or researcher",
        "Civil society",
        "Creator",
        "Creators' organisation",
        "Individual",
        "Legal practitioner",
        "Library, archive or museum",
        "Publisher or producer",
        "Technology company",
    }


def test_the_rows_that_the_explanation_points_at_are_what_it_says() -> None:
    unsupported = {row["id"] for row in rows() if row["language"] in ("sw", "kk")}
    assert unsupported == {"R028", "R041", "R047"}
    assert [row["id"] for row in rows() if row["country"] == "NA"] == ["R084"]
    assert [row["id"] for row in rows() if row["text"].startswith("+")] == ["R042"]
    page = (ROOT / "docs" / "explanation" / "illustrative-consultation.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(R\d{3})`", page)) <= set(by_sender())
    stored = [path.name for path in (FOLDER / "files").rglob("*") if path.is_file()]
    assert [name for name in stored if f"`{name}`" not in page] == []


def test_the_missing_part_exists() -> None:
    senders = [sender[0] for sender in by_sender().values()]
    assert sum(not sender["country"] for sender in senders) == 4
    assert sum(not sender["stakeholder"] for sender in senders) == 1
    assert sum(not sender["organisation"] and not sender["person"] for sender in senders) == 5


def test_form_letter_was_sent_ten_times_with_the_same_core() -> None:
    core = "First, permission: nobody should train a commercial system on the work of a living"
    copies = [row["text"] for row in rows() if core in row["text"]]
    assert len(copies) == 10
    assert len(set(copies)) == 10


def test_three_texts_are_identical() -> None:
    repeated = Counter(row["text"] for row in rows() if len(row["text"]) > 100)
    assert sorted(count for count in repeated.values() if count > 1) == [3]


def test_one_message_came_from_eight_senders_in_their_own_words() -> None:
    wave = ("2026-02-24", "2026-02-25", "2026-02-26")
    sent = [row for row in rows() if row["date"] in wave and row["stakeholder"] == "Technology company"]
    assert (len({row["id"] for row in sent}), len({row["text"] for row in sent})) == (8, 8)
    assert [row["id"] for row in sent if "copies" not in row["text"]] == []


def test_one_letter_came_in_six_languages_from_six_senders() -> None:
    signed = (
        "Cigarra de Cartón",
        "Картонная цикада",
        "الزيز الورقي",
        "纸夏蝉",
        "Cardboard Cicada",
        "Cigale en carton",
    )
    found = [row for row in rows() if any(name in row["organisation"] for name in signed)]
    assert sorted(row["language"] for row in found) == ["ar", "en", "es", "fr", "ru", "zh"]


def test_arabic_and_english_pdf_keep_their_text_in_logical_order() -> None:
    pdfium = pytest.importorskip("pypdfium2")

    def text(name: str) -> tuple[int, str]:
        with pdfium.PdfDocument(FOLDER / "files" / "attached" / name) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        return len(pages), folded(" ".join(pages))

    pages, arabic = text("qandil-response.pdf")
    assert pages == 3
    assert "فصوت الإنسان جزء منه، وليس سلعة تؤخذ ثم يدفع ثمنها." in arabic
    pages, english = text("consortium-submission.pdf")
    assert pages == 12
    assert [number for number in range(1, 52) if f" {number}. " not in english] == []
    assert "Copier pour entraîner, c'est copier." in text("institut-contribution.pdf")[1]


def test_broken_protected_and_empty_files_are_what_they_claim_to_be() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    attached = FOLDER / "files" / "attached"
    with pytest.raises(pdfium.PdfiumError, match="Data format"):
        pdfium.PdfDocument(attached / "cobblestone-statement.pdf")
    with pytest.raises(pdfium.PdfiumError, match="password"):
        pdfium.PdfDocument(attached / "nutshell-protected.pdf")
    assert (attached / "quire-letter.txt").read_bytes() == b""


def test_word_documents_hold_tables_footnotes_and_chinese() -> None:
    docx = pytest.importorskip("docx")
    attached = FOLDER / "files" / "attached"
    english = docx.Document(str(attached / "harbour-heron.docx"))
    assert [len(table.rows) for table in english.tables] == [4, 4]
    notes = [part.blob.decode() for part in english.part.package.iter_parts() if "footnotes" in part.partname]
    assert "We cannot verify deletion." in notes[0]
    chinese = docx.Document(str(attached / "qingshiban.docx"))
    assert chinese.paragraphs[0].text == "先问一声，再用作品"
    spanish = docx.Document(str(attached / "observatorio.docx"))
    assert spanish.tables[0].cell(0, 1).text == "Qué proponemos"


def test_letters_by_email_keep_their_encodings_and_attachment() -> None:
    folder = FOLDER / "files" / "by-email"
    russian = (folder / "samovar-i-mikroskhema.txt").read_bytes()
    assert russian.decode("windows-1251").startswith("Кружок «Самовар и микросхема»")
    with pytest.raises(UnicodeDecodeError):
        russian.decode("utf-8")
    message = BytesParser(policy=policy.default).parsebytes((folder / "lamplighters-mutual.eml").read_bytes())
    assert [part.get_filename() for part in message.iter_attachments()] == ["annex-register.docx"]


def test_about_says_in_two_languages_that_everything_is_invented() -> None:
    about = json.loads((FOLDER / "about.json").read_text(encoding="utf-8"))
    assert about["illustrative"] is True
    assert (sorted(about["title"]), sorted(about["note"])) == (["ar", "en"], ["ar", "en"])
    assert "Every sender is invented" in about["note"]["en"]


def test_paper_says_that_it_is_a_starter_set_in_our_own_words() -> None:
    assert "starter set" in str(paper()["title"])
    assert "in our own words" in str(paper()["title"])
    assert {question["evidence"] for question in questions().values()} == {"recalled", "secondary"}


def test_paper_ids_numbers_and_evidence_agree_with_the_issues_paper() -> None:
    if not ISSUES_PAPER.exists():
        pytest.skip("the issues paper's data are not beside the repository")
    known = {issue["id"]: issue for issue in json.loads(ISSUES_PAPER.read_text(encoding="utf-8"))["issues"]}
    for issue in paper()["issues"]:
        source = known[issue["id"]]
        assert issue["title"] == source["title"]
        assert issue["numbers"] == {"draft": source["number_draft"], "revised": source["number_rev"]}
        evidence = {question["id"]: question["evidence"] for question in source["questions"]}
        for question in issue["questions"]:
            assert question["evidence"] == evidence[question["id"]]
            assert question["text"] not in {item["asks"] for item in source["questions"]}
