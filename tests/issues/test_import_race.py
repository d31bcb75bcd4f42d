"""Two officers import the same version at the same moment: one writes, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from colloquia.accounts.models import User
from colloquia.core.models import AuditEntry
from colloquia.issues import services
from colloquia.issues.models import PaperImport, PaperVersion
from colloquia.issues.planning import plan_of
from colloquia.issues.services.writing import write_version
from tests.issues.conftest import PAPER

pytestmark = pytest.mark.django_db(transaction=True)
Look = Callable[..., PaperImport]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run them together; gives how each ended, sorted."""
    ends: list[str] = []
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
            ends.append("written")
        except services.ImportRefused as error:
            ends.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_one_of_two_is_told(look: Look, bruno: User) -> None:
    records = [look(prefix="EX"), look(PAPER + "\n# other bytes\n", prefix="EX")]
    plans = [(record.pk, plan_of(record).digest) for record in records]
    ends = at_once(
        *(lambda pk=pk, digest=digest: services.confirm(import_id=pk, digest=digest, by=bruno)
          for pk, digest in plans)
    )  # fmt: skip
    told = next(end for end in ends if end != "written")
    assert ends.count("written") == 1
    assert "is held already" in told or "at the same moment" in told
    assert (PaperVersion.objects.count(), _imports()) == (1, 1)


def test_without_looking_again_under_the_lock_both_would_write(look: Look, bruno: User) -> None:
    """The control: the writing alone lets the second import overwrite the first."""
    bare = "\n".join(line for line in PAPER.splitlines() if "section:" not in line)
    records = [look(bare, prefix="EX"), look(bare + "\n# other bytes\n", prefix="EX")]
    plans = [(plan_of(record), record.attachment) for record in records]
    for plan, attachment in plans:
        with transaction.atomic():
            write_version(plan, attachment=attachment, by=bruno)
    assert (PaperVersion.objects.count(), _imports()) == (1, 2)


def _imports() -> int:
    """How often a version was written."""
    return AuditEntry.objects.filter(verb="issues.import_paper", object_type="issues.paperversion").count()
