"""Names of files as strangers give them, made safe to show and to save under."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

_LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_LONGEST_ENDING = 12
_ENDINGS = {
    ".bmp", ".csv", ".doc", ".docx", ".eml", ".epub", ".gif", ".htm", ".html", ".jpeg", ".jpg", ".json",
    ".mbox", ".md", ".mp3", ".mp4", ".msg", ".odp", ".ods", ".odt", ".pdf", ".png", ".ppt", ".pptx", ".rtf",
    ".svg", ".tar", ".tif", ".tiff", ".tsv", ".txt", ".webp", ".xls", ".xlsx", ".xml", ".zip",
}  # fmt: skip
"""Endings that name a format. What else stands behind a dot may be a person: “Letter of Dr.Okafor”."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)


def storable(name: str) -> str:
    """The name as sent, with only those characters replaced that a database refuses."""
    return name.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")[:2000]


def safe_name(name: str) -> str:
    """A name without folders, control and direction marks, or what a system reserves; never blank.

    Letters of every script stay. The ending is kept when a long name is cut.
    """
    text = "".join(mark for mark in name if unicodedata.category(mark)[0] != "C")
    text = unicodedata.normalize("NFC", text)
    text = re.split(r"[/\\]", text)[-1]
    text = " ".join(_FORBIDDEN.sub("_", text).split()).strip(". ")
    if _DEVICES.fullmatch(text):
        text = f"_{text}"
    stem, dot, ending = text.rpartition(".")
    if len(text) > _LONGEST:
        keep = dot and len(ending) <= _LONGEST_ENDING
        text = f"{stem[: _LONGEST - len(ending) - 1]}.{ending}" if keep else text[:_LONGEST]
    return text or "file"


def plain_ending(name: str) -> str:
    """The ending of a name where it is a known format's, such as ``.pdf``; otherwise blank."""
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending in _ENDINGS else ""


def of_form(name: str) -> str:
    """The name of a file that a browser sent in a form: it writes a quotation mark or the end of a line as a
    code, and nothing else.
    """
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
