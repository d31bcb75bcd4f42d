"""A site of its own with a closed call that thousands answered, for the benchmark of volume."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

SLUG = "volume"


@dataclass(frozen=True, slots=True)
class Site:
    """The call, and people who look at it."""

    call: Any
    officer: Any
    reviewer: Any
    owner: Any


@contextmanager
def site(size: int, kept: Path | None) -> Iterator[Site]:
    """A site with a closed call and its submissions; in a folder that is kept, it is made only once."""
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"COLLOQUIA_DATA": str(kept or name), "DJANGO_SETTINGS_MODULE": "colloquia.settings"}
        os.environ["SECOND_FACTOR"] = "0"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from colloquia.core.services import load_reference_data
        from colloquia.issues.services import load_starter

        settings.STORAGES["staticfiles"] = {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
        call_command("migrate", verbosity=0)
        if (found := _found()) is not None:
            yield found
            return
        load_reference_data()
        load_starter(Path(settings.CONTENT) / "papers")
        made = _people_and_call()
        from bench.filled import Rows, imports

        begun = time.perf_counter()
        rows = Rows(made.call, [made.officer, made.reviewer], made.owner, size)
        rows.write()
        imports(made.call, made.officer, size // 4)
        _settle()
        print(
            f"{size:,} submissions on {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}, "
            f"made in {time.perf_counter() - begun:.0f} s; {os.cpu_count()} cores, "
            f"load {os.getloadavg()[0]:.1f}\n"
        )
        yield made


def _people_and_call() -> Site:
    from django.utils import timezone

    from bench.filled_one import DAYS
    from colloquia.accounts.models import RoleGrant, User
    from colloquia.issues import queries as issues
    from colloquia.issues.models import PaperVersion
    from colloquia.submissions.call_notices import notices
    from colloquia.submissions.models import Call
    from colloquia.submissions.services.calls import CallValues, create_call

    officer = User.objects.create_superuser("officer@bench.example", name="Officer")
    reviewer = User.objects.create_user("reviewer@bench.example", name="Reviewer")
    RoleGrant.objects.create(user=reviewer, role="reviewer")
    owner = User.objects.create_user("owner@bench.example", name="Owner")
    version = next(
        each for each in PaperVersion.objects.order_by("pk") if sum(1 for _ in issues.questions_of(each)) > 9
    )
    asked = [each.id for each in issues.questions_of(version) if each.wordings][:10]
    now = timezone.now()
    values = CallValues(
        titles={"en": "A call of many answers"}, languages=("en",), paper_version=version.pk,
        questions=tuple(asked), opens_at=now - timedelta(days=DAYS + 2), closes_at=now - timedelta(days=2),
        time_zone="Europe/Zurich", contact="office@bench.example", retention_months=24,
        **notices(["en"], 24),  # type: ignore[arg-type]  # mappings by field of texts
    )  # fmt: skip
    made = create_call(slug=SLUG, values=values, by=officer)
    Call.objects.filter(pk=made.pk).update(announced_at=now - timedelta(days=DAYS + 3))
    return Site(Call.objects.select_related("consultation").get(pk=made.pk), officer, reviewer, owner)


def _found() -> Site | None:
    """The site that an earlier benchmark made and kept."""
    from colloquia.accounts.models import User
    from colloquia.submissions.models import Call

    call = Call.objects.filter(consultation__slug=SLUG).select_related("consultation").first()
    people = [
        User.objects.filter(email=f"{name}@bench.example").first()
        for name in ("officer", "reviewer", "owner")
    ]
    return Site(call, *people) if call else None


def _settle() -> None:
    """As the database of a site that runs for some days: with what it knows of its tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
