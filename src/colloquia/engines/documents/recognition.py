"""Text recognition by the ``tesseract`` program, one picture at a time, within limits."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from functools import cache

from colloquia.engines.documents import problems
from colloquia.engines.documents.cleaning import clean
from colloquia.engines.documents.extract import Source, Unreadable

_FIRST = ("eng",)
_NOT_LANGUAGES = frozenset({"osd", "equ", "snum"})
_MOST_LANGUAGES = 6
_SCRIPTS = {
    "Arabic": ("ara", "fas", "urd"),
    "Cyrillic": ("rus", "ukr", "bul", "srp"),
    "Han": ("chi_sim", "chi_tra"),
    "Hangul": ("kor",),
    "Korean": ("kor",),
    "Japanese": ("jpn",),
    "Thai": ("tha",),
    "Greek": ("ell",),
    "Hebrew": ("heb",),
    "Devanagari": ("hin",),
}


@cache
def installed() -> tuple[str, tuple[str, ...]]:
    """Return the program's version and the languages installed, both empty where there is none."""
    if shutil.which("tesseract") is None:
        return "", ()
    try:
        version = subprocess.run(
            ["tesseract", "--version"], capture_output=True, timeout=20, check=True
        ).stdout
        listed = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return "", ()
    number = re.search(r"tesseract v?([\d.]+\d)", version.decode("utf-8", "replace"))
    names = [line.strip() for line in listed.decode("utf-8", "replace").splitlines()[1:]]
    languages = tuple(sorted(name for name in names if re.fullmatch(r"[a-z]{3}(_\w+)?", name)))
    return (number[1] if number else "unknown"), languages


class Recogniser:
    """Recognises the pictures of one file; the first tells the script."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._version, self._installed = installed() if source.ocr != "off" else ("", ())
        self._languages = self._asked()
        self._started = time.monotonic()
        self.pages = 0

    @property
    def available(self) -> bool:
        """Tell whether pictures can be recognised at all."""
        return bool(self._version and (self._languages or self._source.ocr == "auto") and self._usable())

    @property
    def tool(self) -> str:
        """The program with its version and languages, for the record."""
        return f"tesseract {self._version} ({self._languages})"

    def demand(self) -> None:
        """Raise ``Unreadable`` where recognition is switched off or not installed."""
        if self._source.ocr == "off":
            raise Unreadable(problems.OCR_OFF)
        if not self.available:
            raise Unreadable(problems.PICTURES_WITHOUT_OCR)

    def exhausted(self) -> bool:
        """Tell whether this file has had its share of pages or time."""
        limits = self._source.limits
        return self.pages >= limits.ocr_pages or time.monotonic() - self._started > limits.ocr_seconds

    def recognise(self, picture: bytes) -> str | None:
        """Return the text of a picture file, ``None`` where it failed or took too long."""
        self.pages += 1
        if not self._languages:
            self._languages = self._languages_of(self._run(picture, "--psm", "0") or "")
        text = self._run(picture, "-l", self._languages)
        return None if text is None else clean_keeping_pages(text)

    def _run(self, picture: bytes, *options: str) -> str | None:
        try:
            done = subprocess.run(
                ["tesseract", "stdin", "stdout", *options],
                input=picture,
                capture_output=True,
                timeout=self._source.limits.ocr_page_seconds,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.decode("utf-8", "replace")

    def _usable(self) -> list[str]:
        return [name for name in self._installed if name not in _NOT_LANGUAGES]

    def _asked(self) -> str:
        if self._source.ocr in ("auto", "off"):
            return ""
        return "+".join(name for name in self._source.ocr.split("+") if name in self._installed)

    def _languages_of(self, orientation: str) -> str:
        """Choose from the script that was found; Latin, or nothing found, means all others."""
        usable = self._usable()
        script = re.search(r"^Script: (\w+)", orientation, re.MULTILINE)
        matching = [name for name in _SCRIPTS.get(script[1] if script else "", ()) if name in usable]
        bound = {name for names in _SCRIPTS.values() for name in names}
        latin = [name for name in usable if name not in bound]
        ordered = sorted(matching or latin or usable, key=lambda name: name not in _FIRST)
        return "+".join(ordered[:_MOST_LANGUAGES])


def clean_keeping_pages(text: str) -> str:
    """Return recognised text without controls, its form feeds between pages kept."""
    return "\f".join(clean(page) for page in text.split("\f"))
