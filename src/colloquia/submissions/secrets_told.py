"""What would tell something that is sealed: a filled-in answer form, and the sender's own names."""

from __future__ import annotations

from collections.abc import Iterable

from colloquia.submissions.models import (
    Answer,
    Publication,
    RespondentKind,
    Secrecy,
    SubmissionFile,
    SubmissionVersion,
    TextKind,
)


def hides_forms(
    version: SubmissionVersion,
    answers: Iterable[Answer] | None = None,
    files: Iterable[SubmissionFile] | None = None,
) -> bool:
    """Whether a filled-in answer form of this version says something that is sealed: who sent it, or a part.

    Two queries at most, where the rows are not given.
    """
    if version.publication != Publication.NAMED:
        return True
    rows = (
        version.answers.all() if answers is None else answers,
        version.files.all() if files is None else files,
    )
    return any(each.secrecy == Secrecy.CONFIDENTIAL for several in rows for each in several)


def hidden_forms(version: SubmissionVersion, files: list[SubmissionFile]) -> list[SubmissionFile]:
    """The answer forms among the files of a version that say something sealed. Two queries at most."""
    if not files or not hides_forms(version, files=files):
        return []
    texts = version.texts.exclude(file=None).exclude(kind=TextKind.REDACTED).values_list("file_id", "beside")
    forms = {key for key, beside in texts if "form" in beside}
    return [each for each in files if each.pk in forms]


def is_hidden_form(file: SubmissionFile) -> bool:
    """Whether a file may be an answer form that says something sealed. What is not read yet may be one."""
    if not hides_forms(file.version):
        return False
    read = list(file.texts.exclude(kind=TextKind.REDACTED).values_list("beside", flat=True))
    return not read or any("form" in each for each in read)


def hidden_names(version: SubmissionVersion) -> list[tuple[str, str]]:
    """The sender's own names that are not published, each with its kind."""
    public = {version.organisation.casefold(), version.on_behalf_of.casefold()}
    if version.publication == Publication.NAMED:
        hidden = version.kind != RespondentKind.PERSON and version.name.casefold() not in public
        return [(version.name, "name")] if hidden else []
    parties = version.parties.values_list("name", "kind")
    return [
        (version.name, "name"),
        (version.organisation, "other"),
        (version.on_behalf_of, "other"),
        (version.email, "email"),
        *((name, "name" if kind == RespondentKind.PERSON else "other") for name, kind in parties),
    ]
