"""Pages of passages and submissions: in order, whole, and safe under many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from colloquia.engines.bulk import Bulk, Overlay
from tests.engines.bulk.conftest import QUESTIONS, Docket
from tests.engines.bulk.test_counting import overlay_of


def test_pages_follow_one_another_without_gap_or_repetition(docket: Docket) -> None:
    bulk = Bulk(docket.folder, overlay_of(docket, 3))
    whole, total = bulk.passages(question=QUESTIONS[0], limit=0)
    pages = [
        row
        for offset in range(0, total, 7)
        for row in bulk.passages(question=QUESTIONS[0], limit=7, offset=offset)[0]
    ]
    assert [row.passage_id for row in pages] == [row.passage_id for row in whole]
    received, _ = bulk.passages(question=QUESTIONS[0], order="received", limit=0)
    assert [row.row for row in received] == sorted(row.row for row in whole)


def test_a_passage_is_the_text_at_its_offsets(docket: Docket) -> None:
    bulk = Bulk(docket.folder, Overlay())
    rows, total = bulk.passages(limit=0)
    assert total == len(docket.tables["passages"])
    for row in rows:
        text = bulk.text_of(row.document_id)
        assert text is not None
        assert text[row.start : row.end] == row.text


def test_placements_say_where_a_passage_went_and_who_said_so(docket: Docket) -> None:
    bulk = Bulk(
        docket.folder,
        Overlay(
            "placed",
            overrides=((QUESTIONS[0], 0, "IP-01.q1.t2"), ("", 1, "")),
            answers=((QUESTIONS[0], 0, True), (QUESTIONS[1], 2, False)),
            not_opinion=(3,),
        ),
    )
    found = {(item.row, item.question_id): item for item in bulk.placements([0, 1, 2, 3])}
    assert (found[0, QUESTIONS[0]].theme_id, found[0, QUESTIONS[0]].by_officer) == ("IP-01.q1.t2", True)
    assert found.get((1, "")) is None or found[1, ""].theme_id == ""
    assert (2, QUESTIONS[1]) not in found
    assert [key for key in found if key[0] == 3] == []


def test_unknown_ids_are_absent(docket: Docket) -> None:
    bulk = Bulk(docket.folder, Overlay())
    assert bulk.passages_by_id(["S-2026-00001.p1", "S-2026-99999.p1", "' OR 1=1"]).keys() == {
        "S-2026-00001.p1"
    }
    assert (bulk.submission("nothing"), bulk.text_of("nothing"), bulk.documents_of("nothing")) == (
        None,
        None,
        [],
    )
    assert bulk.members("X9") == ([], 0)


def test_themes_of_passages_are_those_that_are_counted(docket: Docket) -> None:
    bulk = Bulk(docket.folder, overlay_of(docket, 4))
    themes = bulk.themes_of_passages()
    for question in ("", *QUESTIONS):
        counted = {name: size.passages for name, size in bulk.by_theme(question).items() if ".g" not in name}
        counted.pop("G1", None)
        listed = list(themes[question].values())
        assert {name: listed.count(name) for name in set(listed)} == counted


def test_threads_with_different_overlays_do_not_disturb_one_another(docket: Docket) -> None:
    overlays = [overlay_of(docket, seed) for seed in range(12)]
    alone = [Bulk(docket.folder, overlay).by_theme("") for overlay in overlays]

    def count(number: int) -> bool:
        return Bulk(docket.folder, overlays[number % 12]).by_theme("") == alone[number % 12]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(count, range(96))) == [True] * 96
