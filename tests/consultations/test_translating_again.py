"""From passages that no vector speaks for to the themes of the next run, by all four ways of translating."""

from __future__ import annotations

import argparse
import csv
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.consultations.models import Run, ThemeInEffect, Translation, TranslationFile
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.queries.returned import returned
from colloquia.consultations.queries.translating import entering, standings
from colloquia.consultations.services import again, show_run, store_run, translation_requests
from colloquia.consultations.services.translating import TranslationRefused, take_back
from colloquia.drafting_settings import DraftingSettings
from colloquia.engines.translations import read_docx, read_xliff, write_docx, write_xliff
from tests.consultations.conftest import DOCKET
from tests.consultations.test_translating import save, waiting
from tests.stand_in import StandIn, says

if TYPE_CHECKING:
    from colloquia.accounts.models import User
    from colloquia.consultations.models import Consultation

SWAHILI = {
    "R31": "Waandishi wanapaswa kuombwa ruhusa kabla ya vitabu vyao kutumika kufundisha mashine hizi mpya.",
    "R32": "Nyimbo zetu zisitumike kufundisha mitambo bila idhini yetu; tunaomba daftari lifunguliwe.",
    "R33": "Ruhusa ya mwandishi ni lazima kabla ya mashine kujifunza kutoka kwa kazi yake, siyo baadaye.",
}
ENGLISH = """\
We ask the makers of these systems to publish a register of all works with which they were trained, so \
that every author can see it.
Authors should be asked for permission before their books train a machine, and a register of the books \
used should be open to everybody.
Our songs should not be used to train machines without our permission; we ask that a register of all works \
used be open to all composers.
The law should require the permission of the author before a machine learns from their work, and not after.\
""".splitlines()


@pytest.fixture(scope="module")
def swahili_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The docket of the tests with three more answers in Swahili, analysed."""
    from colloquia.analysis_job import AnalysisJob
    from colloquia.commands.analyse import configure

    folder = tmp_path_factory.mktemp("swahili")
    docket = folder / "docket"
    shutil.copytree(DOCKET, docket)
    with (docket / "responses.csv").open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    with (docket / "responses.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        for number, text in SWAHILI.items():
            writer.writerow({"id": number, "language": "sw", "question": "IP-08.q1", "text": text})
    parser = argparse.ArgumentParser()
    configure(parser)
    options = ["--jobs", "1", "--ocr", "off", "--keep-vectors", "--questions", str(docket / "paper.yaml")]
    AnalysisJob(
        parser.parse_args([str(docket / "responses.csv"), *options, "--out", str(folder / "out")])
    ).run()
    return folder / "out"


@pytest.fixture
def swahili_run(consultation: Consultation, swahili_folder: Path, runs: Path) -> Run:
    """Run 1 with four passages in an unsupported language."""
    run = store_run(consultation=consultation, folder=swahili_folder)
    show_run(run=run)
    return run


def file_back(client: Client, run: Run, name: str, text: str, form: str) -> None:
    """Download one passage, write its translation into the file, send that back and confirm."""
    asked = {"passage": name, "format": form, "into": "en"}
    out = client.get(reverse("consultation_translations_file", args=["example"]), asked).content
    (unit,) = read_docx(out) if form == "docx" else read_xliff(out)
    filled = [type(unit)(unit.id, unit.source_language, unit.target_language, unit.source, text)]
    file = io.BytesIO(write_docx(filled) if form == "docx" else write_xliff(filled, original="x"))
    file.name = "back.docx" if form == "docx" else "back.xlf"
    client.post(
        reverse("consultation_translations_upload", args=["example"]), {"file": file, "kind": "person"}
    )
    row = TranslationFile.objects.latest("pk")
    here = reverse("consultation_translations_received", args=["example", row.pk])
    client.post(here, {"act": "store", "digest": returned(row).digest})


def analysed_again(run: Run, by: Any) -> Run:
    asked = again.request_analysis(run=run, by=by, here=True)
    made = again.perform(asked.pk)
    assert made is not None
    return made


def test_passages_enter_the_analysis_by_every_way_of_translating(
    swahili_run: Run, officer: Client, bruno: User, settings: Any
) -> None:
    run = swahili_run
    typed, by_xliff, by_docx, by_service = [row.passage_id for row in waiting(run)]
    assert run.funnel["unsupported"] == 4
    before, _ = bulk_of(run).passages(limit=0)

    write = reverse("consultation_translations_write", args=["example"])
    officer.post(
        write, {"into": "en", "passage": typed, f"{typed}-text": ENGLISH[0], "kind": "person"}, follow=True
    )
    file_back(officer, run, by_xliff, ENGLISH[1], "xliff-2.1")
    file_back(officer, run, by_docx, ENGLISH[2], "docx")
    with StandIn(says({"translation": ENGLISH[3]})) as endpoint:
        settings.DRAFTING = DraftingSettings(endpoint.url, translation_model="stand-in")
        asked = translation_requests.request_translations(
            run=run, passages=[by_service], language="en", by=bruno, here=True
        )
        translation_requests.perform_request(asked.pk)
    assert list(Translation.objects.order_by("pk").values_list("text", "how", "kind")) == [
        (ENGLISH[0], "typed", "person"),
        (ENGLISH[1], "xliff", "person"),
        (ENGLISH[2], "docx", "person"),
        (ENGLISH[3], "service", "machine"),
    ]

    made = analysed_again(run, bruno)
    assert (made.number, made.funnel["unsupported"], made.funnel["received"]) == (
        2,
        0,
        run.funnel["received"],
    )
    after, _ = bulk_of(made).passages(limit=0)
    texts = {item.passage_id: item.text for item in after}
    assert {item.passage_id: texts[item.passage_id] for item in before} == {
        item.passage_id: item.text for item in before
    }
    old = {item.passage_id for item in before}
    new = [item for item in after if item.passage_id not in old]
    assert sorted(item.text for item in new) == sorted(ENGLISH)
    themes = set(
        ThemeInEffect.objects.filter(run=made, question_id="IP-08.q1", is_live=True).values_list(
            "theme_id", flat=True
        )
    )
    placed = {
        item.row
        for item in bulk_of(made).placements([item.row for item in new])
        if item.question_id == "IP-08.q1" and item.theme_id in themes
    }
    assert placed == {item.row for item in new}
    assert {(item.entered, item.enters, item.is_stale) for item in standings(made)} == {(2, False, False)}
    assert (
        "Entered the analysis in run 2."
        in officer.get(reverse("consultation_translations", args=["example"])).content.decode()
    )

    order = {name: place for place, name in enumerate((typed, by_xliff, by_docx, by_service))}
    officer.logout()
    show_run(run=made)
    for row, words in zip(waiting(made), ("by a person",) * 3 + ("Machine translation",), strict=True):
        page = officer.get(
            reverse("consultation_submission", args=["example", row.submission_id])
        ).content.decode()
        assert 0 < page.index(row.text) < page.index(ENGLISH[order[row.passage_id]])
        assert words in page
    theme = next(iter({item.theme_id for item in bulk_of(made).placements([new[0].row]) if item.theme_id}))
    assert officer.get(reverse("consultation_theme", args=["example", theme])).status_code == 200


def test_better_translation_enters_the_run_after_and_none_is_taken_back(
    swahili_run: Run, bruno: User
) -> None:
    first = save(swahili_run, bruno, ENGLISH[0])
    second = analysed_again(swahili_run, bruno)
    with pytest.raises(TranslationRefused, match="in the analysis already"):
        take_back(run=second, translation=first.pk, by=bruno)
    better = save(second, bruno, ENGLISH[1], seen=first.pk)
    assert [(item.row, item.entered, item.enters) for item in standings(second)] == [(better, 0, True)]
    french = save(second, bruno, "Nous demandons un registre de toutes les œuvres.", language="fr")
    assert entering(second) == [better.pk]
    third = analysed_again(second, bruno)
    assert [(item.row, item.entered, item.enters) for item in standings(third)] == [
        (better, 3, False),
        (french, 0, False),
    ]
    texts = {item.text for item in bulk_of(third).passages(limit=0)[0]}
    assert (ENGLISH[0] in texts, ENGLISH[1] in texts) == (False, True)
