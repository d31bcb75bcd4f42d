"""Passages out to translators as files and back: nothing is kept before it was shown, the good part is."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.consultations.models import Run, Translation, TranslationFile
from colloquia.consultations.queries.returned import returned
from colloquia.consultations.services import translation_files as services
from colloquia.core.attachments import AttachmentRefused
from colloquia.core.models import Attachment
from colloquia.engines.translations import Unit, Unusable, read_docx, read_xliff, write_docx, write_xliff
from tests.consultations.test_translating import OTHERS, WORDS, save, waiting

LIST = reverse("consultation_translations", args=["example"])
FILE = reverse("consultation_translations_file", args=["example"])
UPLOAD = reverse("consultation_translations_upload", args=["example"])


def unit(run: Run, target: str = WORDS, **more: Any) -> Unit:
    row = waiting(run)[0]
    given = {"id": row.passage_id, "source": row.text, "source_language": row.language} | more
    return Unit(target_language="en", target=target, **given)


def xliff(*units: Unit) -> bytes:
    return write_xliff(units, original="example", version="1.2")


def receive(run: Run, data: bytes, by: Any, name: str = "back.xlf", kind: str = "person") -> TranslationFile:
    return services.receive_file(run=run, stream=io.BytesIO(data), name=name, kind=kind, by=by)


def upload(client: Client, data: bytes, name: str, **more: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(UPLOAD, {"file": file, "kind": "person", **more}, follow=True)


@pytest.mark.parametrize(
    ("form", "read"), [("docx", read_docx), ("xliff-2.1", read_xliff), ("xliff-1.2", read_xliff)]
)
def test_round_trip_by_every_kind_of_file(
    stored_run: Run, officer: Client, tmp_path: Path, form: str, read: Any
) -> None:
    page = officer.get(FILE, {"which": "all", "format": form, "into": "en"})
    assert re.search(r'filename="example-1-sw-en\.(xlf|docx)"', page["Content-Disposition"])
    out = read(page.content)
    assert [(item.id, item.source, item.target) for item in out] == [
        (row.passage_id, row.text, "") for row in waiting(stored_run)
    ]
    back = [unit(stored_run)]
    data = write_docx(back) if form == "docx" else write_xliff(back, original="x", version=form[-3:])  # type: ignore[arg-type]
    shown = upload(officer, data, "zurück.docx" if form == "docx" else "zurück.xlf")
    assert Translation.objects.count() == 0
    here, _ = shown.redirect_chain[-1]
    officer.post(here, {"act": "store", "digest": returned(TranslationFile.objects.get()).digest})
    row = Translation.objects.get()
    assert (row.text, row.kind, row.how, row.language) == (WORDS, "person", form.partition("-")[0], "en")
    assert (row.file, row.file and row.file.stored) == (TranslationFile.objects.get(), 1)
    assert TranslationFile.objects.get().state == "stored"


def test_what_is_wrong_is_told_each_with_its_sentence_and_the_good_part_kept(
    stored_run: Run, officer: Client, bruno: User
) -> None:
    good, other = unit(stored_run), "S-2026-00006.p1"
    data = xliff(
        good,
        Unit("S-2026-99999.p1", "sw", "en", "Maneno mengine.", "Other words."),
        Unit(other, "fr", "en", "Une tout autre phrase qui ne s'y trouve pas.", "Quite another sentence."),
    )
    twice = xliff(good).replace(b"</body>", b"").split(b"<trans-unit")[1].split(b"</trans-unit>")[0]
    data = data.replace(
        b"</body>",
        b"<trans-unit" + twice.replace(WORDS.encode(), OTHERS.encode()) + b"</trans-unit></body>",
        1,
    )
    file = receive(stored_run, data, bruno)
    plan = returned(file)
    assert sorted((item.kind, item.where) for item in plan.objections) == [
        ("changed", other),
        ("duplicated", good.id),
        ("duplicated", good.id),
        ("unknown", "S-2026-99999.p1"),
    ]
    page = officer.get(reverse("consultation_translations_received", args=["example", file.pk]))
    for words in ("Unknown identifiers", "Twice, with different words", "Changed originals"):
        assert words in page.content.decode()


@pytest.mark.parametrize(("target", "kind"), [("", "empty"), (None, "copy"), ("x" * 20_001, "long")])
def test_copies_gaps_and_what_is_too_long_are_not_kept(
    stored_run: Run, bruno: User, target: str | None, kind: str
) -> None:
    source = waiting(stored_run)[0].text
    plan = returned(receive(stored_run, xliff(unit(stored_run, source if target is None else target)), bruno))
    assert [(item.kind, plan.new) for item in plan.objections] == [(kind, ())]


def test_what_stands_there_already_is_left_or_replaced_as_the_officer_decides(
    stored_run: Run, bruno: User
) -> None:
    first = save(stored_run, bruno)
    file = receive(stored_run, xliff(unit(stored_run, OTHERS)), bruno)
    plan = returned(file)
    assert [(item.held, item.text) for item in plan.replacing] == [(first, OTHERS)]
    done = services.store_file(file=file.pk, digest=plan.digest, replace=False, by=bruno)
    assert (done.stored, Translation.objects.get().text) == (0, WORDS)
    file = receive(stored_run, xliff(unit(stored_run, OTHERS)), bruno)
    done = services.store_file(file=file.pk, digest=returned(file).digest, replace=True, by=bruno)
    assert (done.stored, Translation.objects.get(replaced_at=None).text) == (1, OTHERS)
    first.refresh_from_db()
    assert first.replaced_at is not None


def test_machines_words_that_come_back_unchanged_stay_the_machines(stored_run: Run, bruno: User) -> None:
    save(stored_run, bruno, WORDS, "machine")
    plan = returned(receive(stored_run, xliff(unit(stored_run)), bruno))
    assert (plan.same, plan.new, plan.replacing) == ((waiting(stored_run)[0].passage_id,), (), ())


def test_file_out_carries_translations_for_correction_where_asked(
    stored_run: Run, officer: Client, bruno: User
) -> None:
    save(stored_run, bruno, WORDS, "machine")
    asked = {"which": "all", "format": "xliff-1.2", "into": "en"}
    assert [item.target for item in read_xliff(officer.get(FILE, asked).content)] == [""]
    assert [item.target for item in read_xliff(officer.get(FILE, {**asked, "filled": "1"}).content)] == [
        WORDS
    ]


def test_what_was_shown_is_what_is_kept_or_it_is_shown_again(
    stored_run: Run, officer: Client, bruno: User
) -> None:
    file = receive(stored_run, xliff(unit(stored_run)), bruno)
    digest = returned(file).digest
    save(stored_run, bruno, OTHERS)
    with pytest.raises(services.FileRefused, match="Others translated"):
        services.store_file(file=file.pk, digest=digest, replace=True, by=bruno)
    assert [row.text for row in Translation.objects.all()] == [OTHERS]
    here = reverse("consultation_translations_received", args=["example", file.pk])
    page = officer.post(here, {"act": "store", "digest": digest}, follow=True).content.decode()
    assert "Look again, then confirm" in page
    assert OTHERS in page
    assert WORDS in page


def test_file_is_decided_on_once(stored_run: Run, bruno: User) -> None:
    file = receive(stored_run, xliff(unit(stored_run)), bruno)
    digest = returned(file).digest
    services.discard_file(file=file.pk, by=bruno)
    with pytest.raises(services.FileRefused, match="decided on already"):
        services.store_file(file=file.pk, digest=digest, replace=False, by=bruno)
    assert (Translation.objects.count(), Attachment.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7 nothing", "../../etc/passwd.xlf", "not well-formed XML"),
        (b"<html></html>", "a.xlf", "neither XLIFF nor a Word document"),
        (b"PK\x03\x04broken", "<script>.docx", "neither XLIFF nor a Word document"),
        (b"\xd0\xcf\x11\xe0old", "a.doc", "old Word document"),
        (b"", "a.xlf", "empty"),
        (b"<xliff version='1.2'></xliff>", "a.xlf", "does not say into which language"),
    ],
)
def test_wrong_files_are_refused_in_words(
    stored_run: Run, officer: Client, data: bytes, name: str, words: str
) -> None:
    page = upload(officer, data, name)
    assert (page.status_code, page.redirect_chain) == (400, [])
    assert words in page.content.decode()
    assert "<script>.docx" not in page.content.decode()
    assert set(TranslationFile.objects.values_list("state", flat=True)) <= {"discarded"}


def test_file_of_forty_megabytes_is_refused_before_it_is_read(
    stored_run: Run, officer: Client, bruno: User
) -> None:
    page = upload(officer, b" " * (40 * 1024 * 1024), "large.xlf")
    assert (page.status_code, Attachment.objects.count()) == (400, 0)
    assert "larger than 20 MB" in page.content.decode()
    with pytest.raises(AttachmentRefused, match="larger than 20 MiB"):
        receive(stored_run, b" " * (21 * 1024 * 1024), bruno)


def test_word_table_without_a_table_is_refused(stored_run: Run, bruno: User) -> None:
    from docx import Document

    buffer = io.BytesIO()
    Document().save(buffer)
    with pytest.raises(Unusable, match="no table"):
        receive(stored_run, buffer.getvalue(), bruno, "letter.docx")


def test_several_languages_do_not_fit_into_one_xliff_2_and_the_page_says_so(
    stored_run: Run, officer: Client
) -> None:
    asked = {"passage": ["S-2026-00006.p1", waiting(stored_run)[0].passage_id], "into": "en"}
    page = officer.get(FILE, {**asked, "format": "xliff-2.1"}, follow=True)
    assert "Choose one language, or take XLIFF 1.2 or Word" in page.content.decode()
    assert officer.get(FILE, {**asked, "format": "xliff-1.2"}).status_code == 200


@pytest.mark.parametrize("asked", [{}, {"format": "xls"}, {"format": "docx", "passage": "nothing"}])
def test_file_out_of_nothing_leads_back_with_a_sentence(
    stored_run: Run, officer: Client, asked: dict[str, str]
) -> None:
    page = officer.get(FILE, asked, follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    assert re.search("Choose (at least one|XLIFF)", page.content.decode())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_each_translation_is_kept_once(stored_run: Run, bruno: User) -> None:
    file = receive(stored_run, xliff(unit(stored_run)), bruno)
    digest = returned(file).digest
    told: list[object] = []
    barrier = threading.Barrier(2)

    def confirm() -> None:
        try:
            barrier.wait()
            done = services.store_file(file=file.pk, digest=digest, replace=False, by=bruno)
            told.append(done.stored)
        except services.FileRefused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 in told
    assert Translation.objects.count() == 1
    file.refresh_from_db()
    assert (file.state, file.stored) == ("stored", 1)
