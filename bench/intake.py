"""How fast post and mail are taken in, and with how much memory: ``python -m bench.intake``."""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
import zipfile
from datetime import timedelta
from pathlib import Path

MOST_TRANSACTION = 50
"""Milliseconds that a transaction may hold the others up, at the 99th percentile."""


def table(folder: Path, size: int, files: int) -> Path:
    """A ZIP with a table of submissions, some of which name a file of 20 KB."""
    place = folder / "post.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = ["Name,Organisation,Country,E-mail,Date,IP-01.q1,IP-01.q2,Attachment"]
        for number in range(size):
            name = f"letter-{number:05d}.txt" if number < files else ""
            day = f"2026-01-{number % 28 + 1:02d} 10:00"
            text = f"Answer {number}: {'rights holders and users need a register. ' * 12}"
            sender = f"Person {number},Body {number % 997},CH,p{number}@example.org"
            lines.append(f"{sender},{day},{text},Second {number}.,{name}")
            if name:
                archive.writestr(f"files/{name}", f"Letter {number}. " * 1500)
        archive.writestr("answers.csv", "\n".join(lines))
    return place


def prepared() -> object:
    """Tables and an open call in a database of its own."""
    import django

    django.setup()
    from django.utils import timezone

    from colloquia import preparation
    from colloquia.accounts.models import User
    from colloquia.consultations.models import Consultation
    from colloquia.core.models import Territory
    from colloquia.issues.models import Issue, Paper, Question
    from colloquia.submissions.models import Call, CallQuestion

    preparation.migrate()
    Territory.objects.get_or_create(code="CH", defaults={"kind": "state", "name": "Switzerland"})
    User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)
    issue = Issue.objects.create(pk="IP-01", paper=Paper.objects.create(slug="bench", prefix="IP", titles={}))
    now = timezone.now()
    call = Call.objects.create(
        consultation=Consultation.objects.create(slug="bench", titles={"en": "Bench"}),
        titles={"en": "Bench"},
        languages=["en"],
        opens_at=now - timedelta(days=900),
        closes_at=now + timedelta(days=1),
        announced_at=now,
    )
    for number in (1, 2):
        question = Question.objects.create(pk=f"IP-01.q{number}", issue=issue)
        CallQuestion.objects.create(call=call, question=question, position=number)
    return call


def memory() -> float:
    """The most memory that this process had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Look, take in, back up; print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="submissions")
    parser.add_argument("--files", type=int, default=2_000, help="of them with a file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="colloquia-bench-") as name:
        os.environ |= {"COLLOQUIA_DATA": f"{name}/data", "DJANGO_SETTINGS_MODULE": "colloquia.settings"}
        os.environ.pop("DATABASE_URL", None)
        call = prepared()
        measure(call, Path(name), arguments.size, arguments.files)


def measure(call: object, folder: Path, size: int, files: int) -> None:
    """Time each step, and each transaction while submissions are taken in."""
    from django.db import connection, transaction

    from colloquia.accounts.models import User
    from colloquia.backups.making import make
    from colloquia.submissions.services import intake_looking, intake_taking

    place, officer = table(folder, size, files), User.objects.get()
    held: list[float] = []

    def report(step: str, seconds: float) -> None:
        print(f"{step:<24}{seconds:>9.1f} s{size / seconds:>10.0f} a second{memory():>9.0f} MiB", flush=True)

    begun = time.perf_counter()
    with place.open("rb") as stream:
        intake = intake_looking.begin(
            call=call, uploads=[(stream, place.name)], options={}, by=officer, background=False
        )
    intake_looking.look(intake.pk)
    report("look", time.perf_counter() - begun)
    intake.refresh_from_db()
    intake_taking.confirm(intake_id=intake.pk, digest=intake.digest, by=officer, background=False)
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    depth, since = 0, 0.0

    def entering(self: transaction.Atomic) -> None:
        nonlocal depth, since
        enter(self)
        depth += 1
        since = time.perf_counter() if depth == 1 else since

    def leaving(self: transaction.Atomic, *error: object) -> None:
        nonlocal depth
        leave(self, *error)
        depth -= 1
        if not depth:
            held.append(1000 * (time.perf_counter() - since))

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = entering, leaving
    begun = time.perf_counter()
    intake_taking.take(intake.pk)
    report("take in", time.perf_counter() - begun)
    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = enter, leave
    held.sort()
    middle, late = held[len(held) // 2], held[int(len(held) * 0.99)]
    begun = time.perf_counter()
    make(folder / "backup")
    report("back up", time.perf_counter() - begun)
    begun = time.perf_counter()
    make(folder / "backup")
    report("back up again", time.perf_counter() - begun)
    verdict = "kept" if late <= MOST_TRANSACTION else "missed"
    print(
        f"\n{len(held):,} transactions on {connection.vendor}: median {middle:.1f} ms, "
        f"99th percentile {late:.1f} ms, "
        f"longest {held[-1]:.1f} ms; target {MOST_TRANSACTION} ms {verdict}"
    )


if __name__ == "__main__":
    main()
