"""Looking for malware in received files, where ClamAV is installed."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess

from django.conf import settings

from colloquia.core.models import Attachment
from colloquia.submissions.models import FileScan, ScanResult

logger = logging.getLogger("colloquia.submissions")

PROGRAMS = ("clamdscan", "clamscan")
_SECONDS = 300
_CLEAN, _INFECTED = 0, 1
_FOUND = re.compile(r": (?P<name>.{1,200}) FOUND$", re.MULTILINE)


def program() -> str:
    """The scanner that is used; "" where there is none or it is switched off."""
    if settings.CLAMAV == "off":
        return ""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), "")


def scan(attachment: Attachment) -> FileScan | None:
    """Scan the bytes of a file once; None where they were not scanned, and the page says so."""
    known = FileScan.objects.filter(sha256=attachment.sha256).order_by("-pk").first()
    scanner = program()
    if known is not None or not scanner or not attachment.path.is_file():
        return known
    try:
        return _scanned(scanner, attachment)
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.warning("Attachment %s could not be scanned: %s", attachment.pk, type(error).__name__)
        return None


def _scanned(scanner: str, attachment: Attachment) -> FileScan | None:
    # clamdscan hands the open file over, so that the daemon needs no right to read our folder.
    options = ["--fdpass"] if scanner.endswith("clamdscan") else []
    done = subprocess.run(
        [scanner, "--no-summary", "--stdout", *options, "--", str(attachment.path)],
        capture_output=True,
        timeout=_SECONDS,
        check=False,
        text=True,
        errors="replace",
    )
    if done.returncode not in (_CLEAN, _INFECTED):
        logger.warning("Attachment %s could not be scanned: status %s", attachment.pk, done.returncode)
        return None
    found = _FOUND.search(done.stdout)
    return FileScan.objects.create(
        sha256=attachment.sha256,
        result=ScanResult.INFECTED if done.returncode == _INFECTED else ScanResult.CLEAN,
        signature=found["name"] if found else "",
        tool=_version(scanner),
    )


def _version(scanner: str) -> str:
    said = subprocess.run(
        [scanner, "--version"],
        capture_output=True,
        timeout=_SECONDS,
        check=False,
        text=True,
        errors="replace",
    )
    return said.stdout.strip().partition("\n")[0][:200] or scanner
