"""Make the files of the illustrative consultation from the readable sources in this folder.

The files are committed; nothing of the product runs this. It needs LibreOffice, Chromium, reportlab and the
Noto fonts:  python content/illustrative/build/make_files.py
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

HERE = Path(__file__).parent
ATTACHED = HERE.parent / "files" / "attached"
BY_EMAIL = HERE.parent / "files" / "by-email"
FOOTNOTE = re.compile(r"\[\^(\d+)\]")


@dataclass
class Source:
    """A source text: its header lines, its blocks as (kind, text) and its footnotes by number."""

    lang: str = ""
    title: str = ""
    running: str = ""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


def parse(path: Path) -> Source:
    """Read the small markup: ``#`` and ``##`` headings, ``+`` numbered paragraphs, ``-`` items, ``|`` rows,
    ``>`` boxes, ``---`` a new page, ``[^1]: text`` footnotes; blank lines part paragraphs."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    source = Source(**dict(line.split(": ", 1) for line in head.splitlines()))
    number = 0
    for block in body.strip().split("\n\n"):
        for line in block.splitlines():
            if note := re.match(r"\[\^(\d+)\]: (.*)", line):
                source.notes[note[1]] = note[2]
            elif line == "---":
                source.blocks.append(("break", ""))
            elif found := re.match(r"(##?|\+|-|>|\|) ?(.*)", line):
                kind, text = found[1], found[2]
                if kind == "+":
                    number += 1
                    text = f"{number}. {text}"
                source.blocks.append((kind, text))
            else:
                source.blocks.append(("p", line))
    return source


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.rstrip().rstrip("|").split("|")]


# ---------------------------------------------------------------- PDF, printed by Chromium

TAGS = {"#": "h1", "##": "h2", "-": "li", "p": "p", "+": "p"}


def make_pdf(name: str, target: Path) -> None:
    source = parse(HERE / f"{name}.md")
    style = (HERE / "print.css").read_text(encoding="utf-8")
    parts: list[str] = []
    table: list[str] = []
    for kind, text in [*source.blocks, ("end", "")]:
        if kind == "|":
            table.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells(text)) + "</tr>")
            continue
        if table:
            parts.append("<table>" + "".join(table) + "</table>")
            table = []
        if kind in TAGS:
            parts.append(f"<{TAGS[kind]}>{html.escape(text)}</{TAGS[kind]}>")
        elif kind == ">":
            parts.append(f'<p class="box">{html.escape(text)}</p>')
        elif kind == "break":
            parts.append('<div class="break"></div>')
    page = (
        f'<!DOCTYPE html><html lang="{source.lang}"><meta charset="utf-8">'
        f"<title>{html.escape(source.title)}</title>"
        f"<style>{style.replace('RUNNING', source.running)}</style>{''.join(parts)}</html>"
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/page.pdf"]
        subprocess.run([*command, f"file://{folder}/page.html"], check=True, capture_output=True, timeout=120)
        shutil.move(f"{folder}/page.pdf", target)


# ---------------------------------------------------------------- DOCX and ODT, through flat OpenDocument

CELL = '<table:table-cell table:style-name="cell"><text:p text:style-name="Cell">'


def flat_text(source: Source) -> str:
    def inline(text: str) -> str:
        def note(found: re.Match[str]) -> str:
            return (
                f'<text:note text:note-class="footnote"><text:note-citation>{found[1]}</text:note-citation>'
                f"<text:note-body><text:p>{html.escape(source.notes[found[1]])}</text:p></text:note-body></text:note>"
            )

        return FOOTNOTE.sub(note, html.escape(text))

    parts: list[str] = []
    items: list[str] = []
    rows: list[list[str]] = []
    for kind, text in [*source.blocks, ("end", "")]:
        if items and kind != "-":
            parts.append(f"<text:list>{''.join(items)}</text:list>")
            items = []
        if rows and kind != "|":
            lines = "".join(
                "<table:table-row>"
                + "".join(f"{CELL}{cell}</text:p></table:table-cell>" for cell in row)
                + "</table:table-row>"
                for row in rows
            )
            parts.append(f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>')
            parts.append(f"{lines}</table:table>")
            rows = []
        if kind == "-":
            items.append(f"<text:list-item><text:p>{inline(text)}</text:p></text:list-item>")
        elif kind == "|":
            rows.append([inline(cell) for cell in cells(text)])
        elif kind in ("#", "##"):
            level = len(kind)
            start = f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">'
            parts.append(f"{start}{inline(text)}</text:h>")
        elif kind in ("p", "+"):
            parts.append(f'<text:p text:style-name="Standard">{inline(text)}</text:p>')
    return (
        (HERE / "flat.xml")
        .read_text(encoding="utf-8")
        .format(
            title=html.escape(source.title),
            lang=source.lang,
            font="Noto Naskh Arabic" if source.lang == "ar" else "Noto Serif",
            way='style:writing-mode="rl-tb" fo:text-align="end"' if source.lang == "ar" else "",
            running=html.escape(source.running),
            body="".join(parts),
        )
    )


def make_office(name: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        flat = Path(folder) / f"{target.stem}.fodt"
        flat.write_text(flat_text(parse(HERE / f"{name}.md")), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        command += [target.suffix[1:], "--outdir", folder, str(flat)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.move(f"{folder}/{target.name}", target)


# ---------------------------------------------------------------- the rest


def make_message(target: Path, annex: Path) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Hester Lampwick <hester@lamplighters.example>"
    message["To"] = "Illustrative consultation <answers@consultation.example>"
    message["Date"] = "Tue, 03 Mar 2026 09:12:00 +0000"
    message["Subject"] = "Answers of Lamplighters' Mutual (illustrative), with an annex"
    message["Message-ID"] = "<illustrative-1@lamplighters.example>"
    message.set_content((HERE / "lamplighter-message.txt").read_text(encoding="utf-8"))
    subtype = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    content = annex.read_bytes()
    message.add_attachment(content, maintype="application", subtype=subtype, filename="annex-register.docx")
    message.set_boundary("=_illustrative_1")
    target.write_bytes(message.as_bytes())


def make_protected(target: Path) -> None:
    """A PDF that opens with a password only."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    lock = StandardEncryption("walnut", ownerPassword="hazelnut", strength=128)
    canvas = Canvas(str(target), pagesize=A4, encrypt=lock, invariant=1)
    lines = ("Nutshell Encryption Society (illustrative)", "Whoever may lawfully read may also train.")
    for index, line in enumerate(lines):
        canvas.drawString(72, 760 - 20 * index, line)
    canvas.save()


def make_broken(target: Path) -> None:
    """A PDF that was cut off while it was being sent: the first part of a real one."""
    whole = (ATTACHED / "institut-contribution.pdf").read_bytes()
    target.write_bytes(whole[:6000])


def main() -> None:
    ATTACHED.mkdir(parents=True, exist_ok=True)
    BY_EMAIL.mkdir(parents=True, exist_ok=True)
    for name in ("consortium-submission", "institut-contribution"):
        make_pdf(name, ATTACHED / f"{name}.pdf")
    # Not by Chromium: its text layer gives back the letters of Arabic words in the wrong order.
    make_office("qandil-response", ATTACHED / "qandil-response.pdf")
    for name in ("harbour-heron", "observatorio", "qingshiban"):
        make_office(name, ATTACHED / f"{name}.docx")
    make_office("grange", BY_EMAIL / "grange-aux-synthetiseurs.odt")
    with tempfile.TemporaryDirectory() as folder:
        make_office("lamplighter-annex", Path(folder) / "annex-register.docx")
        make_message(BY_EMAIL / "lamplighters-mutual.eml", Path(folder) / "annex-register.docx")
    letter = (HERE / "samovar-letter.txt").read_text(encoding="utf-8")
    (BY_EMAIL / "samovar-i-mikroskhema.txt").write_bytes(letter.encode("windows-1251"))
    shutil.copyfile(HERE / "jacaranda.html", BY_EMAIL / "jacaranda-de-papel.html")
    make_protected(ATTACHED / "nutshell-protected.pdf")
    make_broken(ATTACHED / "cobblestone-statement.pdf")
    (ATTACHED / "quire-letter.txt").write_bytes(b"")


if __name__ == "__main__":
    main()
