"""One submission of a call that is made in bulk, with every row about it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

_SURNAMES = (
    "Alvarez",
    "Bauer",
    "Chen",
    "Diallo",
    "Eriksen",
    "Fofana",
    "Gupta",
    "Haddad",
    "Ivanova",
    "Jansen",
)
_BODIES = (
    "Association",
    "Institute",
    "Federation",
    "Alliance",
    "Society",
    "Council",
    "Network",
    "Foundation",
)
_GROUPS = ("Creators", "Industry", "Academia", "Civil society", "Public body")
_CATEGORIES = ("email", "phone", "person", "address")
DAYS = 60
"""For how long the call was open."""


class Made:
    """One submission with all its rows."""

    def __init__(self, rows: Any, number: int) -> None:
        from colloquia.core import private_links
        from colloquia.submissions.models import Submission

        self.rows, self.number, random = rows, number, rows.random
        self.wish = random.choices(("named", "anonymous", "confidential"), (75, 15, 10))[0]
        kind = random.choices(
            ("state", "office", "intergovernmental", "organisation", "person"), (6, 4, 2, 48, 40)
        )
        self.kind = kind[0]
        self.language = random.choice(rows.languages)
        is_late, confirmed = random.random() < 0.02, random.random() > 0.02
        withdrawn = confirmed and random.random() < 0.02
        span = timedelta(days=DAYS).total_seconds()
        offset = span + random.random() * 86_400 if is_late else span * (number / rows.size)
        self.at = (rows.begun + timedelta(seconds=offset)).replace(microsecond=0)
        imported = not is_late and random.random() < 0.15
        passed = confirmed and not withdrawn and self.wish != "confidential"
        chance = random.random()
        self.is_public = passed and chance < 0.85
        state = "published" if self.is_public else "waiting"
        if not self.is_public and confirmed and not withdrawn:
            state = random.choices(("waiting", "checking", "ready", "withheld"), (60, 25, 12, 3))[0]
        key = uuid.UUID(int=random.getrandbits(128), version=4)
        self.imported = imported
        self.submission = Submission(
            identifier=f"S-{self.at.year}-{number + 1:05d}",
            key=key,
            call=rows.call,
            owner=rows.owner if number % 100 == 0 else None,
            link_digest=private_links.digest(private_links.token("submission", key)),
            channel=random.choice(("mail", "post", "spreadsheet", "folder"))
            if imported
            else random.choices(("web", "form"), (9, 1))[0],
            received_at=self.at,
            entered_by=rows.people[0] if imported else None,
            source_key=hashlib.sha256(str(number).encode()).hexdigest() if imported else "",
            is_late=is_late,
            confirmed_at=self.at if confirmed else None,
            withdrawn_at=self.at + timedelta(hours=1) if withdrawn else None,
            check_state=state,
            withheld_reason="Not about the questions." if state == "withheld" else "",
            assigned_to=None if state == "waiting" else random.choice(rows.people),
            changed=1 if state == "waiting" else 4,
        )
        self.attachment = self._attachment() if number % 5 == 0 else None
        self.texts: list[Any] = []
        self.findings: list[Any] = []
        self.parts: list[Any] = []

    def _attachment(self) -> Any:
        """A received text file of some twenty thousand characters."""
        from colloquia.core.models import Attachment

        self.file_text = self.rows.text(self.language, 20_000)
        data = self.file_text.encode()
        made = Attachment(
            sha256=hashlib.sha256(data).hexdigest(), size=len(data), original_name="annex.txt",
            name="annex.txt", declared_type="text/plain", media_type="text/plain", received_at=self.at,
        )  # fmt: skip
        made.path.parent.mkdir(parents=True, exist_ok=True)
        made.path.write_bytes(data)
        return made

    def seal(self, index: int) -> None:
        """The version with its document, answers and file."""
        from colloquia.submissions import models
        from colloquia.submissions.records import AnswerIn, Content, FileIn, Incoming, PartyIn, document_of

        rows, random, number = self.rows, self.rows.random, self.number
        surname, body = random.choice(_SURNAMES), random.choice(_BODIES)
        territory = random.choice(rows.territories)
        secret = self.is_public and random.random() < 0.05
        answers = tuple(
            AnswerIn(
                question, rows.text(self.language, random.randint(300, 1500)), self.language,
                secrecy="confidential" if secret and not place else "public",
                secrecy_reason="Business secrets." if secret and not place else "",
            )
            for place, question in enumerate(sorted(random.sample(rows.questions, 3)))
        )  # fmt: skip
        self.content = Content(
            publication=self.wish,
            kind=self.kind,
            name=f"Person {number} {surname}",
            organisation="" if self.kind in {"person", "state"} else f"{surname} {body} {number}",
            territory=territory,
            stakeholder=random.choice(_GROUPS),
            language=self.language,
            parties=(PartyIn("organisation", f"Partner {number}", territory),) if number % 40 == 0 else (),
            answers=answers,
        )
        reserved = self.attachment is not None and random.random() < 0.05
        files = (FileIn(self.attachment, mining_reserved=reserved),) if self.attachment else ()
        self.received = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        incoming = Incoming(self.content, files)
        document = document_of(incoming, call=rows.call.consultation.slug, received=self.received)
        self.version = models.SubmissionVersion(
            submission=self.submission, number=1, received_at=self.at, document=document.decode(),
            sha256=hashlib.sha256(document).hexdigest(), publication=self.wish, kind=self.kind,
            name=self.content.name, organisation=self.content.organisation, territory_id=territory,
            stakeholder=self.content.stakeholder, language=self.language,
            email="" if self.imported else f"sender{number}@bench.example", ledger_index=index,
        )  # fmt: skip
        self.answers = [
            models.Answer(
                version=self.version, question_id=each.question, position=place, text=each.text,
                language=each.language, secrecy=each.secrecy, secrecy_reason=each.secrecy_reason,
            )
            for place, each in enumerate(answers, start=1)
        ]  # fmt: skip
        self.file = (
            models.SubmissionFile(
                version=self.version, attachment=self.attachment, position=1, mining_reserved=reserved
            )
            if self.attachment
            else None
        )

    def parties(self) -> Iterator[Any]:
        """Who submits together."""
        from colloquia.submissions.models import Party

        for place, each in enumerate(self.content.parties, start=1):
            yield Party(
                version=self.version,
                position=place,
                kind=each.kind,
                name=each.name,
                territory_id=each.territory,
            )

    def make_texts(self) -> list[Any]:
        """The texts that the preparation makes: of nothing that is confidential."""
        if self.wish == "confidential" or self.submission.withdrawn_at:
            return []
        self.texts = [self._text(each.text, answer=each) for each in self.answers if each.secrecy == "public"]
        if self.file:
            self.texts.append(self._text(self.file_text, file=self.file))
        return self.texts

    def _text(self, text: str, **of: Any) -> Any:
        from colloquia.submissions.models import TextVersion

        return TextVersion(
            version=self.version, **of, kind="extracted" if "file" in of else "received", text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(), language=self.language, tool="bench",
            made_at=self.at, searched_at=self.at,
        )  # fmt: skip

    def make_findings(self) -> list[Any]:
        """Personal data found in some of the texts; the spans are drawn."""
        from colloquia.submissions.models import PersonalDataFinding

        random = self.rows.random
        for text in self.texts:
            for _each in range(random.choice((0, 0, 0, 1, 2))):
                start = random.randrange(len(text.text) - 20)
                self.findings.append(
                    PersonalDataFinding(
                        text_version=text,
                        start=start,
                        end=start + 12,
                        category=random.choice(_CATEGORIES),
                        rule="drawn",
                    )
                )
        return self.findings

    def decisions(self) -> Iterator[Any]:
        """What was decided where the check is over: all of it stays."""
        from colloquia.submissions.models import RedactionDecision

        if self.submission.check_state in {"ready", "published"}:
            for each in self.findings:
                yield RedactionDecision(
                    text_version=each.text_version, finding=each, start=each.start, end=each.end,
                    category=each.category, redact=False, by=self.rows.people[1], at=self.at,
                )  # fmt: skip

    def hints(self) -> Iterator[Any]:
        """Signs to look at in one of twelve."""
        from colloquia.submissions.models import Hint

        if self.texts and self.rows.random.random() < 1 / 12:
            yield Hint(submission=self.submission, kind="links_only", detail={"links": 1, "version": 1})

    def fingerprints(self) -> Iterator[Any]:
        """By what texts are found again."""
        from colloquia.engines.duplicates.fingerprints import fingerprint
        from colloquia.submissions.models import TextFingerprint

        for text in self.texts:
            made = fingerprint(text.text[:2000])
            values = [("exact", made.exact), *(("band", band) for band in made.bands)]
            for kind, value in values:
                yield TextFingerprint(call=self.rows.call, text_version=text, kind=kind, value=value)

    def publish(self) -> Any:
        """The public row, and its parts."""
        from colloquia.submissions.folding import folded, searched
        from colloquia.submissions.models import PublishedPart, PublishedSubmission

        content, named = self.content, self.wish == "named"
        person = content.name if named and self.kind == "person" else ""
        organisation = content.organisation if named else ""
        after = len(self.answers)
        row = PublishedSubmission(
            submission=self.submission, identifier=self.submission.identifier, call=self.rows.call, version=1,
            kind=self.kind, is_anonymous=not named, name=person, organisation=organisation,
            territory_id=content.territory if named else None,
            parties=[
                {"kind": each.kind, "name": each.name, "territory": each.territory}
                for each in content.parties
                if named
            ],
            stakeholder=content.stakeholder, language=self.language, channel=self.submission.channel,
            received_on=self.at.astimezone(self.rows.call.zone).date(), is_late=self.submission.is_late,
            sealed_parts=len(self.answers) + bool(self.file) - len(self.texts),
            search_text=searched(
                [folded(each) for each in (self.submission.identifier, organisation, person) if each]
                + [folded(each.text) for each in self.texts]
            ),
            published_at=self.at + timedelta(days=2), changed_at=self.at + timedelta(days=2),
            published_by=self.rows.people[0],
        )  # fmt: skip
        for text in self.texts:
            given = text.file.attachment if text.file and named else None
            self.parts.append(
                PublishedPart(
                    published=row, position=text.answer.position if text.answer else after + 1,
                    question_id=text.answer.question_id if text.answer else "", is_file=bool(text.file),
                    attachment=given, sha256=given.sha256 if given else text.sha256, text_version=text,
                    language=self.language, mining_reserved=bool(text.file) and text.file.mining_reserved,
                )
            )  # fmt: skip
        return row

    def received_entry(self) -> tuple[str, Any, dict[str, Any], datetime]:
        """What the ledger commits to at the receipt."""
        content = {
            "submission": self.submission.identifier,
            "version": 1,
            "received": self.received,
            "document": self.version.sha256,
            "files": [self.attachment.sha256] if self.attachment else [],
        }
        return "submission.received", self.submission, content, self.at

    def withdrawn_entry(self) -> tuple[str, Any, dict[str, Any], datetime]:
        """What the ledger commits to when its sender takes it back."""
        at = self.submission.withdrawn_at
        content = {
            "submission": self.submission.identifier,
            "version": 1,
            "withdrawn": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        return "submission.withdrawn", self.submission, content, at

    def published_entry(self) -> tuple[str, Any, dict[str, Any], datetime]:
        """What the ledger commits to when it is published."""
        parts = [
            {
                "position": each.position,
                "question": each.question_id,
                "file": each.attachment.sha256 if each.attachment else "",
                "text": each.text_version.sha256,
            }
            for each in self.parts
        ]
        content = {"submission": self.submission.identifier, "version": 1, "parts": parts}
        return "submission.published", self.submission, content, self.at + timedelta(days=2)

    def audit(self) -> Iterator[Any]:
        """Who did what."""
        from colloquia.core.models import AuditEntry

        verbs = ["submissions.receive"]
        if self.submission.check_state != "waiting":
            verbs.append("submissions.take")
        if self.is_public:
            verbs += ["submissions.make_ready", "submissions.publish"]
        for verb in verbs:
            yield AuditEntry(
                at=self.at, actor=None if verb.endswith("receive") else self.rows.people[0],
                actor_label="bench", verb=verb, object_type="submissions.submission",
                object_id=str(self.submission.pk), object_label=self.submission.identifier,
                changes={"check_state": ["waiting", "checking"]},
            )  # fmt: skip
