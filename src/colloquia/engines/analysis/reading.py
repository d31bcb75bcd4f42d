"""From what was understood of the input to submissions with the text of every document."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from colloquia.engines.analysis.options import Progress
from colloquia.engines.documents import Reader
from colloquia.engines.organisations.cells import is_person
from colloquia.engines.organisations.domains import own_domain
from colloquia.engines.records import Document, Incoming, IncomingFile, ReadText, Submission
from colloquia.engines.results import Problem
from colloquia.engines.store.manifest import file_digest

_DEEPEST = 3
_REPORTED = 200


def submission_id(year: int, number: int) -> str:
    """``S-2026-00417``: the year and the place in the order of receipt."""
    return f"S-{year}-{number:05d}"


@dataclass(slots=True)
class Reading:
    """Reads the documents of submissions; ``store`` keeps finished files so that a run can resume."""

    reader: Reader
    store: Path | None
    progress: Progress
    problems: list[Problem] = field(default_factory=list)
    done: int = 0

    def submissions(self, incoming: Iterable[Incoming], year: int) -> list[Submission]:
        """All submissions in order, none dropped; what could not be read says why."""
        received = list(incoming)
        files = [file for item in received for file in item.files]
        texts = self._read_all(files)
        result = []
        for number, item in enumerate(received, start=1):
            submission = _empty_submission(item, submission_id(year, number))
            _add_answers(submission, item)
            for file in item.files:
                digest, read = next(texts)
                self._add_file(submission, file, digest, read, 0)
                submission.mail_domain = submission.mail_domain or _own_domain(
                    read.mail_domain, item.stakeholder
                )
            _judge(submission)
            self.problems.extend(Problem("input", item.source_id, text) for text in item.problems)
            result.append(submission)
            if number % _REPORTED == 0 or number == len(received):
                self.progress("read", number, len(received))
        return result

    def _read_all(self, files: list[IncomingFile]) -> Iterator[tuple[str, ReadText]]:
        """Digest and text of each file in order; those that ``store`` holds are not opened again."""
        digests = [_digest(file.path) for file in files]
        kept = [self._kept(digest, file.name) for digest, file in zip(digests, files, strict=True)]
        waiting = (
            (place, file.path, file.name)
            for place, (file, held) in enumerate(zip(files, kept, strict=True))
            if held is None
        )
        fresh = self.reader.read_many(waiting)
        for digest, file, held in zip(digests, files, kept, strict=True):
            if held is None:
                _, read = next(fresh)
                self._keep(digest, file.name, read)
            else:
                read = held
            yield digest, read

    def _add_file(
        self, submission: Submission, file: IncomingFile, digest: str, read: ReadText, depth: int
    ) -> None:
        submission.documents.append(
            Document(
                document_id=f"{submission.submission_id}.d{len(submission.documents) + 1}",
                submission_id=submission.submission_id,
                name=file.name,
                sha256=digest,
                media_type=read.media_type,
                text=read.text,
                page_starts=read.page_starts,
                status=read.status,
                problem=read.problem,
                tool=read.tool,
                question_id=file.question_id,
            )
        )
        if read.status != "read":
            kind = {"partial": "partly read file", "empty": "empty file"}.get(read.status, "unreadable file")
            self.problems.append(Problem(kind, f"{submission.source_id}, {file.name}", read.problem))
        for name, data in read.attachments:
            inner = replace(file, name=f"{file.name} / {name}")
            if depth >= _DEEPEST:
                text = "It is attached to an attachment of an attachment; send it by itself."
                self.problems.append(
                    Problem("unreadable file", f"{submission.source_id}, {inner.name}", text)
                )
                continue
            self._add_file(
                submission, inner, sha256(data).hexdigest(), self._read_bytes(data, name), depth + 1
            )

    def _read_bytes(self, data: bytes, name: str) -> ReadText:
        digest = sha256(data).hexdigest()
        if held := self._kept(digest, name):
            return held
        with tempfile.NamedTemporaryFile(prefix="colloquia-") as copy:
            copy.write(data)
            copy.flush()
            read = self.reader.read(Path(copy.name), name)
        self._keep(digest, name, read)
        return read

    def _place(self, digest: str, name: str) -> Path | None:
        if self.store is None or not digest:
            return None
        ending = sha256(Path(name).suffix.lower().encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return self.store / f"{digest}-{ending}.json"

    def _kept(self, digest: str, name: str) -> ReadText | None:
        place = self._place(digest, name)
        if place is None or not place.exists():
            return None
        values = json.loads(place.read_text(encoding="utf-8"))
        values["page_starts"] = tuple(values["page_starts"])
        values["attachments"] = tuple((name, base64.b64decode(data)) for name, data in values["attachments"])
        return ReadText(**values)

    def _keep(self, digest: str, name: str, read: ReadText) -> None:
        place = self._place(digest, name)
        if place is None:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        values = asdict(replace(read, attachments=()))
        values["attachments"] = [
            (name, base64.b64encode(data).decode("ascii")) for name, data in read.attachments
        ]
        unfinished = place.with_suffix(".part")
        unfinished.write_text(json.dumps(values), encoding="utf-8")
        unfinished.replace(place)


def _empty_submission(item: Incoming, identifier: str) -> Submission:
    return Submission(
        submission_id=identifier,
        source_id=item.source_id,
        documents=[],
        person=item.person,
        organisation=item.organisation,
        country=item.country,
        stakeholder=item.stakeholder,
        channel=item.channel,
        date=item.date,
        language=item.language,
        position=item.position,
        closed=item.closed,
        stated_country=item.country,
        stated_language=item.language,
        mail_domain=_own_domain(item.mail_domain, item.stakeholder),
    )


def _own_domain(domain: str, stakeholder: str) -> str:
    """The domain where it tells something of a body: not one that is open to everybody, not a person's."""
    return "" if not domain or is_person(stakeholder) else own_domain(domain)


def _add_answers(submission: Submission, item: Incoming) -> None:
    for answer in item.answers:
        data = answer.text.encode("utf-8", "surrogatepass")
        submission.documents.append(
            Document(
                document_id=f"{submission.submission_id}.d{len(submission.documents) + 1}",
                submission_id=submission.submission_id,
                name=answer.locator,
                sha256=sha256(data).hexdigest(),
                media_type="text/plain",
                text=answer.text.replace("\r\n", "\n").replace("\r", "\n"),
                status="read" if answer.text.strip() else "empty",
                question_id=answer.question_id,
            )
        )


def _judge(submission: Submission) -> None:
    statuses = [document.status for document in submission.documents]
    failed = [document for document in submission.documents if document.status in {"partial", "unreadable"}]
    submission.problem = " ".join(dict.fromkeys(document.problem for document in failed if document.problem))
    if any(status in {"read", "partial"} for status in statuses):
        submission.status = "partial" if failed else "read"
    elif "unreadable" in statuses:
        submission.status = "unreadable"
    else:
        submission.status = "empty"
        submission.problem = submission.problem or "Nothing to read: no text and no readable file."


def _digest(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError:
        return ""
