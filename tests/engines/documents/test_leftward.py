"""Right-to-left and vertical scripts in PDF files, which readers of PDF like to turn round."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from colloquia.engines.documents import read
from colloquia.engines.documents.reading_order import Glyph, in_reading_order

ARABIC = (
    "نعتقد أن حق المؤلف يجب أن يحمي الإنسان وليس الآلة، وقد جاء ذلك في المادة 12 من القانون رقم 2021/45 "
    "(النظام الأساسي). لا إله إلا الله ولله الأمر. للأعمال لله الحمد. الإبداع في أنظمة AI "
    "systems ثم 3.5 من «النص»."
)
JAPANESE = "著作権は人間の創作を保護すべきであり、機械の出力を保護すべきではないと考えます。" * 3


def _seen(text: str) -> list[Glyph]:
    """Return glyphs that stand from left to right in the order of the letters given."""
    return [
        Glyph(letter, 10.0 * at, 10.0 * at + 10, 10.0 * at, 0.0, 10.0, at) for at, letter in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("seen", "read_as"),
    [
        ("ב א", "א ב"),
        ("12 הנש", "שנה 12"),
        ("2021/45 קוח", "חוק 2021/45"),
        ("ןאכ AI systems םש", "שם AI systems כאן"),
        ("(LLM) הלמ", "מלה (LLM)"),
        (")דחא( הלמ", "מלה (אחד)"),
        ("(דחא) הלמ", "מלה (אחד)"),
        ("%3.5 קר", "רק 3.5%"),
    ],
)
def test_what_is_seen_becomes_what_is_read(seen: str, read_as: str) -> None:
    assert in_reading_order(_seen(seen), True) == (read_as, True)


def test_a_foreign_word_in_an_english_line_is_turned_alone() -> None:
    assert in_reading_order(_seen("the word םולש means"), False) == ("the word שלום means", False)


def test_lam_comes_before_alef_in_their_ligature() -> None:
    glyphs = _seen("xy")
    glyphs[0].text, glyphs[1].text = "\u0627\u0644", "\u0623"
    assert in_reading_order(glyphs, True)[0] == "\u0623\u0644\u0627"


_FLAT = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
    '<style:style style:name="R" style:family="paragraph">'
    '<style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="start"/>'
    '<style:text-properties style:font-family-complex="DejaVu Sans" style:language-complex="ar"/>'
    "</style:style></office:automatic-styles>"
    '<office:body><office:text><text:p text:style-name="R">TEXT</text:p>'
    "</office:text></office:body></office:document>"
)


def _arabic_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=ar"], capture_output=True, check=False).stdout.strip())


def _print_by_browser(page: str, folder: Path) -> Path:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed to print a PDF with")
    (folder / "a.html").write_text(page, encoding="utf-8")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={folder}/p", f"--print-to-pdf={folder}/a.pdf", f"{folder}/a.html"],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return folder / "a.pdf"


def _print_by_office(folder: Path) -> Path:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice is installed to print a PDF with")
    (folder / "a.fodt").write_text(_FLAT.replace("TEXT", ARABIC), encoding="utf-8")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/p", "--headless",
         "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(folder / "a.fodt")],
        capture_output=True, check=True, timeout=100,
    )  # fmt: skip
    if not (folder / "a.pdf").exists():
        pytest.skip("this LibreOffice cannot open flat OpenDocument files")
    return folder / "a.pdf"


@pytest.mark.parametrize("producer", ["browser", "office"])
def test_arabic_survives_in_reading_order(tmp_path: Path, producer: str) -> None:
    if not _arabic_font():
        pytest.skip("no Arabic font is installed")
    page = f'<html lang="ar" dir="rtl"><meta charset="utf-8"><p>{ARABIC}'
    path = _print_by_browser(page, tmp_path) if producer == "browser" else _print_by_office(tmp_path)
    assert " ".join(read(path).text.split()) == ARABIC


def test_vertical_japanese_is_read_column_by_column(tmp_path: Path) -> None:
    if not subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False).stdout.strip():
        pytest.skip("no Japanese font is installed")
    style = "writing-mode:vertical-rl"
    page = f'<html lang="ja"><meta charset="utf-8"><body style="{style}"><p>{JAPANESE}</p><p>第二の段落。</p>'
    assert read(_print_by_browser(page, tmp_path)).text == f"{JAPANESE}\n\n第二の段落。"
