"""Officers take a project away in Chromium, without scripts, and bring it back changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.accounts.models import User
from colloquia.consultations.models import CodebookFile, Correction, Run, ThemeInEffect
from colloquia.consultations.queries.codebook import Choice, Names, project_of
from colloquia.consultations.services import codebook
from colloquia.engines.refi import Code, Codebook, Project, read_project
from tests.consultations.test_codebook import (
    NEW_CODE,
    a_pair,
    packed,
    recode,
    renamed,
    send,
    take,
    with_codes,
)
from tests.e2e.weight import MOST_BYTES, weight

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODEBOOK = "/consultations/example/codebook/"
SignedIn = Callable[[User], dict[str, Any]]


def edited(run: Run, project: Project) -> Project:
    """A theme renamed, a passage coded otherwise, a new code, a code that is gone."""
    one, two = a_pair(run)
    names = Names(run)
    above = names.question(one.question_id)
    project = with_codes(project, lambda codes: [*codes, Code(NEW_CODE, "A new matter", parent=above)])
    project = recode(project, names.theme(one.theme_id), NEW_CODE, most=1)
    project = recode(project, names.theme(one.theme_id), names.theme(two.theme_id), most=1)
    project = with_codes(project, renamed(names.theme(one.theme_id), "Renamed <elsewhere>"))
    other = next(
        row.theme_id
        for row in ThemeInEffect.objects.filter(run=run, is_live=True, is_parent=False)
        if row.theme_id not in (one.theme_id, two.theme_id) and row.question_id
    )
    gone = names.theme(other)
    project = recode(project, gone, None)
    codes = tuple(code for code in project.codebook.codes if code.guid != gone)
    return replace(project, codebook=Codebook(codes))


def test_a_project_leaves_and_comes_back(
    site: str, open_page: Any, signed_in: SignedIn, bruno: User, stored_run: Run, tmp_path: Path
) -> None:
    page: Page = open_page(f"{site}{CODEBOOK}", java_script_enabled=False, **signed_in(bruno))
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download").click()
    left = tmp_path / "left.qdpx"
    caught.value.save_as(left)
    assert caught.value.suggested_filename == "example-run1.qdpx"
    back = tmp_path / "from-elsewhere.qdpx"
    back.write_bytes(packed(edited(stored_run, read_project(left)), tmp_path))
    page.get_by_label("File").set_input_files(back)
    page.get_by_role("button", name="Show what would change").click()
    words = page.locator("main").inner_text()
    assert "Renamed <elsewhere>" in words
    assert "Make the theme “A new matter” of 1 passage" in words
    assert Correction.objects.count() == 0
    page.locator("select[name^=gone-]").select_option("out")
    page.get_by_role("button", name="Take over what is ticked").click()
    assert "Under way" in page.locator("main").inner_text()
    codebook.perform(CodebookFile.objects.get().pk)
    page.get_by_role("link", name="Look again").click()
    words = page.locator("main").inner_text()
    assert "What was taken over" in words
    assert "Nothing is to be taken over" not in words or "Not done" not in words
    kinds = list(Correction.objects.order_by("number").values_list("kind", flat=True))
    assert sorted(kinds) == ["move", "move", "rename", "split"]
    page.get_by_role("link", name="History of corrections, where each can be undone").click()
    assert "From the file “from-elsewhere.qdpx”." in page.locator("main").inner_text()


@pytest.mark.parametrize(("state", "language"), [("index", "ar"), ("proposals", "en"), ("taken", "ar")])
def test_pages_are_accessible_and_light(
    site: str,
    browser: Browser,
    axe: Any,
    signed_in: SignedIn,
    bruno: User,
    stored_run: Run,
    tmp_path: Path,
    *,
    state: str,
    language: str,
) -> None:
    data = packed(edited(stored_run, project_of(stored_run, Choice(), created="")), tmp_path)
    file, _ = send(stored_run, bruno, data)
    if state == "taken":
        take(stored_run, bruno, file, only="rename")
    address = f"{site}{CODEBOOK}" + ("" if state == "index" else f"{file.pk}/")
    context = browser.new_context(viewport={"width": 390, "height": 800}, **signed_in(bruno))
    page = context.new_page()
    page.goto(f"{address}?lang={language}")
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    results = axe.run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    context.close()
    assert weight(browser, address, **signed_in(bruno)) <= MOST_BYTES


def test_strangers_are_refused(site: str, browser: Browser, signed_in: SignedIn, chen: User) -> None:
    context = browser.new_context(**signed_in(chen))
    for path in (CODEBOOK, f"{CODEBOOK}file/", f"{CODEBOOK}1/"):
        assert context.request.get(f"{site}{path}").status == 403
    context.close()
