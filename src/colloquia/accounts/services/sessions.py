"""Sessions of people: noted at sign-in, ended at their wish, forgotten when they are over."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from colloquia.accounts.models import SignedIn, User

SEEN = "seen_at"
SEEN_EVERY = timedelta(hours=1)
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chromium"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone|iPad", "iOS"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_of(user_agent: str) -> str:
    """Browser and system in a few words, from what the browser says of itself; or blank."""
    browser = next((name for pattern, name in _BROWSERS if pattern in user_agent), "")
    system = next((name for pattern, name in _SYSTEMS if re.search(pattern, user_agent)), "")
    return ", ".join(part for part in (browser, system) if part)


def note_sign_in(*, user: User, session: Any, user_agent: str) -> None:
    """Note a session that has just begun. ``session`` is that of the request; it gets its key here."""
    if not session.session_key:
        session.save()
    now = timezone.now()
    session[SEEN] = now.timestamp()
    SignedIn.objects.update_or_create(
        session_key=session.session_key,
        defaults={"user": user, "device": device_of(user_agent), "begun_at": now, "seen_at": now},
    )


def note_seen(*, session: Any) -> None:
    """Note by the hour that a session is in use; costs nothing in between."""
    now = timezone.now()
    if now.timestamp() - float(session.get(SEEN) or 0) < SEEN_EVERY.total_seconds():
        return
    session[SEEN] = now.timestamp()
    SignedIn.objects.filter(session_key=session.session_key).update(seen_at=now)


@transaction.atomic
def end_session(*, user: User, number: int) -> bool:
    """End one of the person's own sessions; False where there is no such session of theirs."""
    row = SignedIn.objects.filter(pk=number, user=user).first()
    if row is None:
        return False
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    return True


@transaction.atomic
def end_all(*, user: User, but: str = "") -> int:
    """End every session of a person except the one with the key ``but``; gives their number."""
    rows = SignedIn.objects.filter(user=user).exclude(session_key=but)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def forget_ended() -> int:
    """Remove expired sessions and what was noted of them; gives the number of the latter."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return SignedIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]
