"""What must be in place before the site is served: tables, messages, static files, a way in.

Import this only after ``django.setup()``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.urls import reverse

from colloquia import messages
from colloquia.accounts import queries, services
from colloquia.accounts.models import User

LINK_MINUTES = int(services.LINK_LIFETIME.total_seconds() // 60)


def migrate() -> None:
    """Bring the tables up to date; nothing happens where they are."""
    call_command("migrate", verbosity=0, interactive=False)


def compile_messages() -> None:
    """Compile catalogues that changed, where the program's folder can be written to."""
    try:
        messages.compile_catalogues()
    except PermissionError:
        # Installed by another user, with compiled catalogues in the package.
        return


def collect_static_files() -> None:
    """Gather style sheets and scripts under names that carry their hash, unless nothing changed."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(fingerprint, encoding="ascii")


def _static_fingerprint() -> str:
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            lines.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def first_officer_link() -> str | None:
    """A new link that makes its visitor the first officer; None where an officer exists."""
    if queries.officer_exists():
        return None
    try:
        return _address(services.issue_link(user=None))
    except services.LinkRefused:
        return None


def sign_in_link(user: User) -> str:
    """A new link that signs one person in once."""
    return _address(services.issue_link(user=user))


def _address(token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('sign_in_link', args=[token])}"
