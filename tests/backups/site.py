"""A small site in COLLOQUIA_DATA, and submissions that keep arriving: ``python -m tests.backups.site make|send``."""

from __future__ import annotations

import sys
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path


def make(number: int) -> None:
    """Tables, an officer, an open call, and some submissions with a file each."""
    from django.utils import timezone

    from colloquia import preparation
    from colloquia.accounts.models import User
    from colloquia.consultations.models import Consultation
    from colloquia.issues.models import Issue, Paper, PaperVersion, Question
    from colloquia.submissions.models import Call, CallQuestion

    preparation.migrate()
    User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)
    paper = Paper.objects.create(slug="small-paper", prefix="XX", titles={"en": "A small paper"})
    version = PaperVersion.objects.create(paper=paper, key="draft", position=1, titles={"en": "Draft"})
    question = Question.objects.create(pk="XX-01.q1", issue=Issue.objects.create(pk="XX-01", paper=paper))
    now = timezone.now()
    call = Call.objects.create(
        consultation=Consultation.objects.create(slug="small-call", titles={"en": "A small call"}),
        titles={"en": "A small call"}, languages=["en"], paper_version=version, announced_at=now,
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1),
    )  # fmt: skip
    CallQuestion.objects.create(call=call, question=question, position=1)
    for each in range(number):
        send_one(f"site {each}")


def send_one(label: str) -> None:
    """One submission with a file of its own."""
    from django.utils import timezone

    from colloquia.accounts.models import User
    from colloquia.core import attachments
    from colloquia.submissions import services
    from colloquia.submissions.models import Call
    from colloquia.submissions.records import AnswerIn, Content, FileIn, Incoming

    attachment = attachments.receive(BytesIO(f"A file of {label}.\n".encode()), name="annex.txt")
    content = Content(organisation=label, answers=(AnswerIn("XX-01.q1", f"مرحبا, says {label}."),))
    services.receive(
        call=Call.objects.select_related("consultation").get(),
        incoming=Incoming(content, (FileIn(attachment),)),
        received_at=timezone.now(),
        confirmed_at=timezone.now(),
        entered_by=User.objects.get(),
    )


def send(until: Path) -> None:
    """Submissions one after the other, until a file appears; says when the first is in."""
    for number in count():
        send_one(f"late {number}")
        if number == 0:
            print("sending", flush=True)
        if until.exists():
            print(number + 1, flush=True)
            return


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colloquia.settings")
    import django

    django.setup()
    if sys.argv[1] == "make":
        make(int(sys.argv[2]))
    else:
        send(Path(sys.argv[2]))
