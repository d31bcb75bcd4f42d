"""Keeping the received files behind the documents of a run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from colloquia.consultations.models import OriginalFile, Run
from colloquia.consultations.queries.state import bulk_of
from colloquia.core.attachments import AttachmentRefused, receive
from colloquia.core.models import Attachment
from colloquia.engines.store.manifest import file_digest


def keep_originals(*, run: Run, files: Iterable[Path], by: Any = None) -> tuple[int, list[str]]:
    """Receive those of ``files`` whose bytes a document of the run was read from.

    Gives how many documents got one, and why files were not taken (an empty one, for instance). Other
    files are left alone. Done again, nothing is kept twice.
    """
    consultation = run.consultation
    held = set(OriginalFile.objects.filter(consultation=consultation).values_list("document_id", flat=True))
    wanted = {
        digest: [name for name in names if name not in held]
        for digest, names in bulk_of(run).documents_by_digest().items()
    }
    kept, refused = 0, []
    for path in files:
        names = wanted.pop(file_digest(path), [])
        if not names:
            continue

        def link(attachment: Attachment, names: list[str] = names) -> None:
            OriginalFile.objects.bulk_create(
                [
                    OriginalFile(consultation=consultation, document_id=name, attachment=attachment)
                    for name in names
                ]
            )

        try:
            with path.open("rb") as stream:
                receive(stream, name=path.name, by=by, then=link)
        except AttachmentRefused as error:
            refused.append(str(error))
        else:
            kept += len(names)
    return kept, refused
