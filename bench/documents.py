"""Files read per second by format, in children and in this process: ``python -m bench.documents``."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from colloquia.engines.documents import Reader, read

SENTENCE = (
    "The office asks whether works made with machines deserve protection, and we answer with a proposal."
)


def _text(path: Path) -> None:
    path.write_text("\n\n".join([SENTENCE] * 20), encoding="utf-8")


def _html(path: Path) -> None:
    path.write_text("".join(f"<p>{SENTENCE}</p>" for _ in range(20)), encoding="utf-8")


def _docx(path: Path) -> None:
    from docx import Document

    document = Document()
    for _ in range(20):
        document.add_paragraph(SENTENCE)
    document.save(str(path))


def _pdf(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for _ in range(3):
        for line in range(40):
            canvas.drawString(72, 760 - 16 * line, SENTENCE[:80])
        canvas.showPage()
    canvas.save()


def _eml(path: Path) -> None:
    body = "\n\n".join([SENTENCE] * 20)
    path.write_text(f"Subject: Our answer\nMIME-Version: 1.0\n\n{body}\n", encoding="utf-8")


MAKERS: dict[str, Callable[[Path], None]] = {
    "txt": _text,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "eml": _eml,
}


def main() -> None:
    """Print one row a format: files per second in this process, in one child and in two."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    count = parser.parse_args().files
    print(
        f"{'format':8}{'in process':>14}{'1 child':>14}{'2 children':>14}   files per second, {count} files"
    )
    with tempfile.TemporaryDirectory() as folder:
        for ending, make in MAKERS.items():
            path = Path(folder) / f"a.{ending}"
            make(path)
            works = [
                partial(_here, path, count),
                partial(_in_children, path, count, 1),
                partial(_in_children, path, count, 2),
            ]
            rates = [_rate(count, work) for work in works]
            print(f"{ending:8}" + "".join(f"{rate:14,.0f}" for rate in rates))


def _here(path: Path, count: int) -> None:
    for _ in range(count):
        read(path)


def _in_children(path: Path, count: int, jobs: int) -> None:
    with Reader(jobs=jobs) as reader:
        for _ in reader.read_many((number, path, path.name) for number in range(count)):
            pass


def _rate(count: int, work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
