"""How much one file may cost before reading it is stopped."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. Sizes are bytes, times seconds, ``characters`` code points.

    ``memory``, ``processor_seconds`` and ``wall_seconds`` bind only in a child process
    (``Reader``); all others bind in ``read`` too. ``recycle_after`` is the number of
    files after which a child is replaced.
    """

    file_bytes: int = 200 * MEBIBYTE
    memory: int = 1536 * MEBIBYTE
    processor_seconds: int = 60
    wall_seconds: int = 180
    characters: int = 20_000_000
    pages: int = 5_000
    unpacked_bytes: int = 256 * MEBIBYTE
    unpacked_ratio: int = 200
    archive_entries: int = 10_000
    attachments: int = 100
    attachment_bytes: int = 64 * MEBIBYTE
    depth: int = 5
    ocr_pages: int = 200
    ocr_page_seconds: int = 60
    ocr_seconds: int = 900
    recycle_after: int = 500
