"""Every message that names a time names it on the clocks of the venue, with the offset or the zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import colloquia
from colloquia.core.models import OutgoingMail
from colloquia.submissions.models import Call, Submission
from colloquia.submissions.services.confirming import post_links
from colloquia.submissions.services.withdrawing import withdraw

pytestmark = pytest.mark.django_db

OPENS = datetime(2026, 11, 1, 9, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
CLOSES = datetime(2026, 11, 26, 11, 2, tzinfo=UTC)


@pytest.fixture
def new_york(make_call: Callable[..., Call]) -> Call:
    """A call that closes on 26 November 2026 at 6:02 in New York."""
    return make_call(
        "new-york", titles={"en": "At the venue"}, opens_at=OPENS, closes_at=CLOSES, announced_at=OPENS,
        time_zone="America/New_York",
    )  # fmt: skip


def mail(name: str) -> list[str]:
    text = OutgoingMail.objects.get(template=f"submissions/mail/{name}").text
    return [line.strip() for line in text.splitlines()]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Deadline: 26 November 2026, 06:02 (America/New York, UTC−05:00)"),
        ("fr", "Date limite\u00a0: 26 novembre 2026, 06:02 (America/New York, UTC−05:00)"),
        ("es", "Fecha límite: 26 de noviembre de 2026, 06:02 (America/New York, UTC−05:00)"),
        ("ru", "Срок: 26 ноября 2026 г., 06:02 (America/New York, UTC−05:00)"),
        ("zh-hans", "截止时间：2026年11月26日 06:02（America/New York, UTC−05:00）"),
        ("ar", "06:02 (America/New York, UTC−05:00)"),
    ],
)
def test_the_first_mail_about_a_draft(
    new_york: Call, make_draft: Callable[..., Any], language: str, line: str
) -> None:
    draft = make_draft(interface_language=language)
    draft.call = new_york
    post_links(draft=draft)
    assert [each.endswith(line) for each in mail("draft") if "06:02" in each] == [True]
    assert [each for each in mail("draft") if "11:02" in each] == []


def test_the_receipt_and_the_withdrawal(new_york: Call, receive: Callable[..., Submission]) -> None:
    submission = receive(call=new_york, received_at=RECEIVED)
    withdraw(submission=submission, reason="", by=None, now=RECEIVED)
    assert "Received: 20 November 2026, 10:30 EST (20 November 2026, 15:30 UTC)" in mail("receipt")
    assert "Deadline: 26 November 2026, 06:02 EST" in mail("receipt")
    assert "Withdrawn: 20 November 2026, 10:30 EST (20 November 2026, 15:30 UTC)" in mail("withdrawn")


def test_no_mail_formats_a_time_of_day_itself_which_would_be_on_the_clocks_of_the_site() -> None:
    templates = Path(colloquia.__file__).parent / "templates"
    found = sorted(templates.glob("*/mail/*.txt"))
    assert [path.name for path in found if re.search(r"\|date:.[^}]*[GHgh]", path.read_text())] == []
    assert {path.name for path in found} >= {"clearance.txt", "check_question.txt", "outcomes_published.txt"}
