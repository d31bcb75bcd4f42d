"""Translating in a real browser: without scripts, by keyboard, in both directions, accessible and light."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.consultations.models import Translation
from colloquia.consultations.services import translation_files
from colloquia.engines.translations import Unit, read_xliff, write_xliff
from tests.consultations.test_translating import OTHERS, WORDS, save, waiting
from tests.e2e.weight import MOST_BYTES, weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "consultations/example/translations"
ARABIC = "S-2026-00010.p1"


def received(run: Run, by: User, tmp_path: Path) -> int:
    """A file that was sent in, with something good, something that stands there, and something wrong."""
    row = waiting(run)[0]
    save(run, by, OTHERS, passage_id="S-2026-00006.p1")
    units = [
        Unit(row.passage_id, "sw", "en", row.text, WORDS),
        Unit("S-2026-00006.p1", "fr", "en", "", WORDS),
        Unit("S-9.p9", "sw", "en", "Maneno.", "Words."),
    ]
    path = tmp_path / "back.xlf"
    path.write_bytes(write_xliff(units, original="x", version="1.2"))
    with path.open("rb") as stream:
        file = translation_files.receive_file(run=run, stream=stream, name=path.name, kind="corrected", by=by)
    return int(file.pk)


def test_pages_are_accessible_and_light(
    site: str, stored_run: Run, bruno: User, signed_in: Any, open_page: Any, browser: Browser, axe: Any,
    tmp_path: Path,
) -> None:  # fmt: skip
    """English in light and Arabic in dark colours in turn: the pages share their pieces."""
    row = save(stored_run, bruno, WORDS, "machine")
    number = received(stored_run, bruno, tmp_path)
    options = signed_in(bruno)
    looks = cycle([("en", "light"), ("ar", "dark")])
    for path in (
        "",
        f"write/?passage={row.passage_id}&passage={ARABIC}&into=fr",
        f"write/?passage={row.passage_id}&into=ar",
        f"write/?passage={ARABIC}&into=en",
        f"{row.pk}/take-back/",
        "files/",
        f"files/{number}/",
        "service/",
    ):
        language, scheme = next(looks)
        address = f"{site}/{HERE}/{path}{'&' if '?' in path else '?'}lang={language}"
        page = open_page(address, color_scheme=scheme, viewport={"width": 390, "height": 800}, **options)
        results = axe.run(page)
        assert results.violations_count == 0, f"{path}\n{results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, path
        page.context.close()
        assert weight(browser, address, **options) <= MOST_BYTES, path


def test_right_to_left_stands_beside_left_to_right(
    site: str, stored_run: Run, bruno: User, signed_in: Any, open_page: Any
) -> None:
    for passage, into, source_side, target_side in (
        (waiting(stored_run)[0].passage_id, "ar", "ltr", "rtl"),
        (ARABIC, "en", "rtl", "ltr"),
    ):
        page = open_page(f"{site}/{HERE}/write/?passage={passage}&into={into}", **signed_in(bruno))
        direction = "node => getComputedStyle(node).direction"
        assert page.locator(".sides p.text").first.evaluate(direction) == source_side
        assert page.locator("textarea").evaluate(direction) == target_side
        left, right = page.locator(".sides > div").all()
        assert left.bounding_box()["y"] == right.bounding_box()["y"]


def test_officer_translates_without_scripts_and_sees_what_another_wrote_meanwhile(
    site: str, stored_run: Run, bruno: User, amara: User, signed_in: Any, browser: Browser
) -> None:
    # A page of its own: the browser complains of the status by which the conflict is told.
    page = browser.new_context(java_script_enabled=False, **signed_in(bruno)).new_page()
    page.goto(f"{site}/{HERE}/")
    page.get_by_role("checkbox", name="Choose the passage S-2026-00011.p1").check()
    page.get_by_role("button", name="Write translations here").click()
    save(stored_run, amara, OTHERS)
    page.get_by_label("Translation of S-2026-00011.p1").fill(WORDS)
    page.get_by_role("radio", name="A person", exact=True).check()
    page.get_by_role("button", name="Keep these translations").click()
    assert page.get_by_role("alert").get_by_text("Somebody else translated").is_visible()
    assert page.get_by_text(OTHERS).is_visible()
    assert page.get_by_label("Translation of S-2026-00011.p1").input_value() == WORDS
    page.get_by_role("button", name="Keep these translations").click()
    assert page.get_by_text("1 translation was kept.").is_visible()
    assert Translation.objects.get(replaced_at=None).text == WORDS
    page.context.close()


def test_file_goes_out_and_comes_back_by_keyboard(
    site: str, stored_run: Run, bruno: User, signed_in: Any, open_page: Any, tmp_path: Path
) -> None:
    page = open_page(f"{site}/{HERE}/", **signed_in(bruno))
    page.get_by_role("radio", name="The 1 passage of this list").press("Space")
    page.get_by_label("File for translators").select_option("xliff-2.1")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download the file").press("Enter")
    (unit,) = read_xliff(Path(waited.value.path()).read_bytes())
    path = tmp_path / "zurück.xlf"
    filled = Unit(unit.id, unit.source_language, unit.target_language, unit.source, WORDS)
    path.write_bytes(write_xliff([filled], original="x"))
    page.get_by_role("link", name="Translations from a file").press("Enter")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("radio", name="A person", exact=True).press("Space")
    page.get_by_role("button", name="Look at the file").press("Enter")
    page.get_by_role("button", name="Keep these translations").press("Enter")
    assert page.get_by_text("1 translation was kept.").is_visible()
    assert Translation.objects.get().text == WORDS
