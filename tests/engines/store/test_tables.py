"""The tables on disk keep their promised columns, every row, and their bytes."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from colloquia.engines.store import SCHEMAS, write_tables
from colloquia.engines.store.tables import GROUPS, ROWS
from tests.engines.analysis.docket import analysed

TYPES = {
    "string": pa.string(),
    "int64": pa.int64(),
    "double": pa.float64(),
    "bool": pa.bool_(),
    "strings": pa.list_(pa.string()),
    "integers": pa.list_(pa.int64()),
}
# The promise of the issue, written out, so that a change of SCHEMAS alone does not pass unseen.
PROMISED = {
    "submissions": "submission_id source_id person organisation country stakeholder channel date language "
    "documents characters status problem position message stated_country stated_language "
    "mail_domain",
    "documents": "document_id submission_id name sha256 media_type pages language status problem question_id "
    "translation_of",
    "passages": "passage_id submission_id document_id page start end text language shared",
    "passage_questions": "passage_id question_id score",
    "themes": "theme_id question_id parent_id label terms submissions distinct_messages stability continues",
    "passage_themes": "passage_id theme_id score",
    "groups": "group_id kind members representative",
    "group_members": "group_id submission_id unique_text",
    "quotes": "quote_id theme_id question_id passage_id start end text",
    "texts": "document_id tool text page_starts",
    "closed": "submission_id heading answer",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    write_tables(analysed(), folder)
    return folder


def clean(text):
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def test_there_is_a_file_for_every_promised_table_and_no_other(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{name}.parquet" for name in PROMISED)


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_columns_stand_in_the_promised_order_with_their_types(folder, name):
    schema = pq.read_schema(folder / f"{name}.parquet")
    assert schema.names == PROMISED[name].split() == list(SCHEMAS[name])
    assert schema.types == [TYPES[kind] for kind in SCHEMAS[name].values()]


@pytest.mark.parametrize(
    "name",
    [
        "passage_questions",
        "themes",
        "passage_themes",
        "groups",
        "group_members",
        "quotes",
    ],
)
def test_every_record_comes_back_as_it_was(folder, name):
    rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
    expected = []
    for item in getattr(analysed(), name):
        values = {key: getattr(item, key) for key in SCHEMAS[name]}
        for key, value in values.items():
            if isinstance(value, str):
                values[key] = clean(value)
            elif isinstance(value, tuple):
                values[key] = [clean(part) for part in value]
        expected.append(values)
    assert len(rows) > 0
    assert rows == expected


def test_passages_come_back_and_say_which_only_repeat_a_letter(folder):
    rows = pq.read_table(folder / "passages.parquet").to_pylist()
    analysis = analysed()
    fields = [key for key in SCHEMAS["passages"] if key != "shared"]
    assert [[row[key] for key in fields] for row in rows] == [
        [clean(value) if isinstance(value := getattr(item, key), str) else value for key in fields]
        for item in analysis.passages
    ]
    named = {item.submission_id: item.source_id for item in analysis.submissions}
    by_sender = {}
    for row in rows:
        by_sender.setdefault(named[row["submission_id"]], []).append(row["shared"])
    assert sorted(name for name, shared in by_sender.items() if any(shared)) == ["R2", "R3"]


def test_submissions_say_which_message_they_share_and_what_was_given(folder):
    rows = {row["source_id"]: row for row in pq.read_table(folder / "submissions.parquet").to_pylist()}
    assert rows["R1"]["message"] == rows["R2"]["message"] == rows["R3"]["message"] >= 0
    assert len({row["message"] for row in rows.values()} - {-1}) == analysed().funnel.distinct_messages
    assert [name for name, row in rows.items() if row["message"] == -1] == ["R10", "R13"]
    assert rows["R3"]["position"] == "support"
    assert (rows["R2"]["country"], rows["R2"]["stated_country"]) == ("KE", "Kenya")
    assert (rows["R5"]["language"], rows["R5"]["stated_language"]) == ("fr", "French")


def test_closed_answers_and_questions_of_documents_are_kept(folder):
    closed = pq.read_table(folder / "closed.parquet").to_pylist()
    assert [(row["heading"], row["answer"]) for row in closed] == [
        ("Agree?", "Yes"),
        ("Agree?", "No"),
        ("Agree?", "Yes"),
    ]
    documents = pq.read_table(folder / "documents.parquet").to_pylist()
    assert [row["question_id"] for row in documents if row["question_id"]] == ["IP-09.q1", "IP-99.q9"]
    assert {row["translation_of"] for row in documents} == {""}


def test_tables_that_are_looked_up_by_id_have_small_row_groups(tmp_path):
    many = replace(analysed(), passages=analysed().passages[:1] * (GROUPS["passages"] + 1), shared=[])
    write_tables(many, tmp_path)
    file = pq.ParquetFile(tmp_path / "passages.parquet")
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [
        GROUPS["passages"],
        1,
    ]


def test_submissions_and_documents_count_what_they_hold(folder):
    analysis = analysed()
    rows = pq.read_table(folder / "submissions.parquet").to_pylist()
    assert [row["source_id"] for row in rows] == [item.source_id for item in analysis.submissions]
    assert [row["documents"] for row in rows] == [len(item.documents) for item in analysis.submissions]
    assert [row["characters"] for row in rows] == [
        sum(len(document.text) for document in item.documents) for item in analysis.submissions
    ]
    documents = pq.read_table(folder / "documents.parquet").to_pylist()
    assert [row["document_id"] for row in documents] == [
        document.document_id for item in analysis.submissions for document in item.documents
    ]
    assert {row["name"]: row["status"] for row in documents}["broken.pdf"] == "unreadable"


def test_a_passage_is_found_in_the_stored_text_at_its_offsets(folder):
    texts = {row["document_id"]: row["text"] for row in pq.read_table(folder / "texts.parquet").to_pylist()}
    for row in pq.read_table(folder / "passages.parquet").to_pylist():
        assert texts[row["document_id"]][row["start"] : row["end"]] == row["text"]


def test_a_lone_surrogate_becomes_one_replacement_so_that_offsets_stay_true(folder):
    texts = pq.read_table(folder / "texts.parquet").to_pylist()
    odd = [row["text"] for row in texts if "Labels, please!" in row["text"]]
    assert odd == ["\ufffd \x00 Labels, please! \U0001f600"]


def test_the_same_analysis_gives_the_same_bytes(folder, tmp_path):
    write_tables(analysed(), tmp_path)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_another_analysis_gives_other_bytes(folder, tmp_path):
    changed = replace(analysed(), quotes=analysed().quotes[1:])
    write_tables(changed, tmp_path)
    assert (tmp_path / "quotes.parquet").read_bytes() != (folder / "quotes.parquet").read_bytes()


def test_tables_without_rows_still_have_their_columns(tmp_path):
    from colloquia.engines.analysis import Options, analyse

    write_tables(analyse([], paper=None, options=Options("Nothing", 2026)), tmp_path)
    for name, columns in PROMISED.items():
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert (table.num_rows, table.column_names) == (0, columns.split())


def test_more_rows_than_a_batch_are_all_written(tmp_path):
    many = replace(analysed(), passage_themes=[analysed().passage_themes[0]] * (ROWS + 7))
    write_tables(many, tmp_path)
    assert pq.read_table(tmp_path / "passage_themes.parquet").num_rows == ROWS + 7
