"""A site full of canaries: each sealed table has rows, and each of their words stands nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import private_links
from colloquia.core.models import Attachment, LedgerOpening, OutgoingMail
from colloquia.submissions import models as tables
from colloquia.submissions import services
from colloquia.submissions.models import Call, PublishedPart, Submission, TextVersion
from colloquia.submissions.queries.checking_texts import latest_version, open_units
from colloquia.submissions.records import AnswerIn, Content, FileIn, PartyIn
from colloquia.submissions.services import publishing
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.redacting import make_redacted
from colloquia.submissions.services.withdrawing import withdraw
from tests.leaks.canaries import Canaries

PUBLIC_TABLES = {
    tables.Call, tables.CallQuestion, tables.Extension, tables.PublishedSubmission, tables.PublishedPart,
    tables.PublicAddress,
}  # fmt: skip
"""Whatever stands in them is public."""
OTHER_SEALED = {OutgoingMail, LedgerOpening}
"""Tables of the core that hold what belongs to a sender."""
KEPT = {
    "identifier": "the public id",
    "link_digest": "a hash, looked for as it is",
    "token_digest": "a hash, looked for as it is",
    "sha256": "a hash, looked for as it is",
    "content_sha256": "a hash",
    "digest": "a hash",
    "value": "a hash of a text",
    "language": "a code that says in which language a text is",
    "interface_language": "a code",
    "kind": "the name of a rule or of a kind, which the program gives",
    "category": "the name of a kind of finding, which the program gives",
    "rule": "the name of a rule, which the program gives",
    "tool": "the name of the program",
    "stage": "the name of a stage of the analysis",
    "translations": "keys of rows",
    "counts": "numbers",
    "pages": "offsets",
    "redactions": "offsets",
    "question_id": "the public id of a question",
    "template": "the name of a template",
    "about": "the key of a row",
    "about_type": "the name of a table",
    "about_id": "the key of a row",
    "declared_type": "a media type",
}
"""Fields that hold no words of a sender or an officer, and why; by name."""
OFFICE = {
    "Submission": {"source", "source_key", "withdrawal_reason", "withheld_reason"},
    "SubmissionVersion": {"name", "organisation", "on_behalf_of", "stakeholder", "email"},
    "Party": {"name"},
    "Answer": {"secrecy_reason", "public_text"},
    "SubmissionFile": {"title", "secrecy_reason", "rights_statement"},
    "Hint": {"detail"}, "FileScan": {"signature"}, "CheckNote": {"text"},
    "SealRequest": {"reason", "decision_note"}, "TextVersion": {"text", "problem"},
    "IntakeImport": {"name", "mapping", "options", "report"}, "ImportSource": {"folder"},
    "ImportItem": {"key", "where", "summary", "problems"},
    "RetentionHold": {"reason", "end_reason"}, "CallAnalysis": {"message"},
    "OutgoingMail": {"recipient", "subject", "error"},
    "Attachment": {"name", "original_name"},
}  # fmt: skip
"""Fields that officers and reviewers may read; all others are for nobody but the sender."""
SHAPES: dict[str, Callable[[str], Any]] = {
    "AnswerDraft.content": lambda word: {"name": word, "answers": [{"question": "XX-01.q1", "text": word}]},
    "Hint.detail": lambda word: {"words": [word]},
    "IntakeImport.mapping": lambda word: {"file": {word: "text"}},
    "IntakeImport.options": lambda word: {"note": word},
    "IntakeImport.report": lambda word: {"note": word},
    "ImportItem.summary": lambda word: {
        "received_at": "2026-05-01T09:00:00+00:00",
        "content": {"organisation": word, "answers": [{"question": "XX-01.q1", "text": word}]},
        "files": [],
        "email": word,
    },
    "ImportItem.problems": lambda word: [{"where": word, "message": word}],
    "LedgerOpening.content": lambda word: {"submission": word},
}
"""How a word is put into a field of JSON."""


@dataclass
class World:
    """What was planted, and what addresses need to be made of."""

    canaries: Canaries
    call: Call
    own: list[str] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    def word(self, place: str, reader: str = "nobody") -> str:
        """A canary for a place."""
        return self.canaries.word(place, reader)


def sealed_tables() -> list[type[models.Model]]:
    """Every table of the room that is not public, and those of the core that hold what is a sender's."""
    own = [each for each in apps.get_app_config("submissions").get_models() if each not in PUBLIC_TABLES]
    return [*own, *sorted(OTHER_SEALED, key=lambda each: each.__name__)]


def words_of(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The fields that hold words."""
    for each in model._meta.concrete_fields:
        if isinstance(each, models.CharField | models.TextField | models.JSONField) and not each.choices:
            yield each


def unplanted() -> list[str]:
    """Sealed tables without a row, and fields of JSON that nobody says how to plant a word in."""
    missing = []
    for model in sealed_tables():
        name = model.__name__
        if not model._default_manager.exists():
            missing.append(f"{name}: tests/leaks/world.py makes no row of it")
        for each in words_of(model):
            shape = f"{name}.{each.name}"
            if isinstance(each, models.JSONField) and each.name not in KEPT and shape not in SHAPES:
                missing.append(f"{shape}: say in SHAPES how to put a word into it")
    return missing


def build(
    call: Call,
    bruno: User,
    olga: User,
    chen: User,
    receive: Callable[..., Submission],
    attach: Callable[..., Attachment],
) -> World:
    """Make everything; afterwards every word in a sealed table is a canary, but for Chen's own submission."""
    world = World(Canaries(), call)
    own = receive(Content(kind="person", name="Chen", answers=(AnswerIn("XX-01.q1", "My own."),)), owner=chen)
    named = _received(world, receive, attach, "named")
    anonymous = _received(world, receive, attach, "anonymous")
    gone = _received(world, receive, attach, "gone")
    for submission in (named, anonymous, gone):
        _publish(world, submission, bruno)
    publishing.unpublish(submission=gone, by=bruno, reason="It named somebody.")
    confidential = _received(world, receive, attach, "confidential")
    waiting = _received(world, receive, attach, "waiting")
    withdrawn = _received(world, receive, attach, "withdrawn")
    withdraw(submission=withdrawn, reason=world.word("reason for withdrawing", "office"))
    every = [named, anonymous, gone, confidential, waiting, withdrawn]
    world.public = [named.identifier, anonymous.identifier]
    world.addresses = {each.identifier: f"{each.pk}" for each in every}
    world.tokens = [services.private_token(each) for each in every]
    _around(world, call, named, bruno, olga, attach)
    _overwrite(world, own)
    _digests(world, own)
    return world


def _received(
    world: World, receive: Callable[..., Submission], attach: Callable[..., Attachment], role: str
) -> Submission:
    """A submission with a word in everything that must not be public, whatever officers do."""

    def word(place: str, reader: str = "nobody") -> str:
        return world.word(f"{role}: {place}", reader)

    public = role in {"named", "anonymous", "gone"}
    # What is public in its time may be read by anybody then; of all others it is for the office at most.
    text = f"Public words of {role}." if role in {"named", "anonymous"} else word("answer", "office")
    publication = role if role in {"anonymous", "confidential"} else "named"
    if role in {"confidential", "withdrawn"}:
        text = word("answer")
    shown = f"Body {role}" if role == "named" else word("organisation", "office")
    content = Content(
        publication=publication,
        kind="organisation",
        name=word("name of the contact", "office"),
        organisation=shown,
        on_behalf_of="" if role == "named" else word("on behalf of", "office"),
        territory="CH" if role == "named" else "KE",
        stakeholder="Industry" if public else word("stakeholder", "office"),
        language="en",
        parties=() if role == "named" else (PartyIn("organisation", word("party", "office"), "JP"),),
        answers=(
            AnswerIn("XX-01.q1", f"{text} Write to {word('redacted', 'office')}@sealed.example now."),
            AnswerIn(
                "XX-01.q2",
                word("confidential answer"),
                secrecy="confidential",
                secrecy_reason=word("reason for secrecy", "office"),
                public_text="" if not public else f"Public version of {role}.",
            ),
        ),
    )
    return receive(
        content,
        files=() if role == "gone" else _files(role, word, attach),
        email=_address(world, role),
        channel="mail",
    )


def _address(world: World, role: str) -> str:
    address = f"{world.word(f'{role}: address', 'office')}@sender.example"
    world.own.append(address)
    return address


def _files(role: str, word: Callable[..., str], attach: Callable[..., Attachment]) -> tuple[FileIn, ...]:
    """A confidential file, one for the public whose mining is reserved, and the message it all came in."""
    secret = attach(f"{word('name of a confidential file')}.txt", f"{word('confidential bytes')}\n".encode())
    annex = attach(
        f"{word('name of a file', 'office')}.txt",
        (f"Open bytes of {role}.\n" if role == "named" else f"{word('bytes', 'office')}\n").encode(),
    )
    # Officers may open the message that a named sender wrote; of others it says who they are.
    reader = "office" if role in {"named", "gone", "waiting"} else "nobody"
    message = attach(
        f"{word('name of the message', reader)}.eml",
        f"From: {word('bytes of the message', reader)}\n".encode(),
    )
    return (
        FileIn(
            secret,
            title=word("title of a confidential file", "office"),
            secrecy="confidential",
            secrecy_reason=word("reason of a file", "office"),
            rights_statement=word("rights of a confidential file", "office"),
        ),
        FileIn(annex, title="Annex" if role == "named" else word("title", "office"), mining_reserved=True),
        FileIn(message, is_original=True),
    )


def _publish(world: World, submission: Submission, by: User) -> None:
    """Redact the address in the first answer, pass the check, publish."""
    prepare(submission.pk)
    unit = open_units(latest_version(submission))[0]
    assert unit.text is not None
    end = unit.text.text.index("@sealed.example") + len("@sealed.example")
    start = unit.text.text.rindex(" ", 0, end) + 1
    tables.RedactionDecision.objects.create(
        text_version=unit.text, start=start, end=end, category="email", redact=True, by=by
    )
    make_redacted(open_units(latest_version(submission))[0], by=by)
    for each in open_units(latest_version(submission)):
        if each.file is not None and each.text is not None and world.canaries.found_in(each.text.text):
            tables.RedactionDecision.objects.create(
                text_version=each.text, start=0, end=len(each.text.text), category="name", redact=True, by=by
            )
            make_redacted(
                next(one for one in open_units(latest_version(submission)) if one.file == each.file), by=by
            )
    Submission.objects.filter(pk=submission.pk).update(check_state="ready")
    publishing.publish(submission=submission, by=by)


def _around(
    world: World, call: Call, submission: Submission, bruno: User, olga: User, attach: Callable[..., Any]
) -> None:
    """A row in each of the other sealed tables."""
    draft = tables.AnswerDraft(call=call, email=f"{world.word('address of a draft')}@draft.example")
    token = private_links.token("draft", draft.pk)
    draft.token_digest = private_links.digest(token)
    draft.save()
    world.own.append(draft.email)
    file = attach(
        f"{world.word('name of a file of a draft')}.txt", f"{world.word('bytes of a draft')}\n".encode()
    )
    drafted = tables.DraftFile.objects.create(draft=draft, attachment=file, position=1)
    tables.DraftUpload.objects.create(draft=draft, name="x", size=1, file=drafted)
    cleared = private_links.token("clearance", draft.pk)
    clearance = tables.Clearance.objects.create(draft=draft, token_digest=private_links.digest(cleared))
    tables.ClearanceRemark.objects.create(clearance=clearance, name="x", text="x")
    world.tokens += [token, cleared]
    tables.Hint.objects.create(submission=submission, kind="spam", detail={})
    first = submission.versions.get().files.first()
    assert first is not None
    tables.FileScan.objects.create(sha256=first.attachment.sha256, result="clean", tool="scanner")
    tables.CheckNote.objects.create(submission=submission, text="x", by=bruno)
    tables.SealRequest.objects.create(submission=submission, act="unseal", reason="x", asked_by=bruno)
    imported = tables.IntakeImport.objects.create(call=call, kind="table", name="x", begun_by=bruno)
    source_file = attach("table.csv", f"{world.word('bytes of an import')}\n".encode())
    tables.ImportSource.objects.create(intake=imported, position=1, attachment=source_file, folder="x")
    tables.ImportItem.objects.create(intake=imported, position=1, key="x", where="x")
    tables.RetentionHold.objects.create(call=call, reason="x", asked_by=bruno, confirmed_by=olga)
    tables.RetentionRun.objects.create(call=call, ended_at=timezone.now())
    tables.CallAnalysis.objects.create(call=call, asked_by=bruno, state="failed")
    source = TextVersion.objects.exclude(pk__in=_public_texts()).first()
    assert source is not None
    tables.TextFingerprint.objects.create(call=call, text_version=source, kind="exact", value="x" * 32)
    tables.PersonalDataFinding.objects.get_or_create(
        text_version=source, start=0, end=1, category="email", rule="x"
    )
    OutgoingMail.objects.create(
        recipient=world.own[0], language="en", subject="x", text="x", template="submissions/mail/receipt"
    )


def _public_texts() -> list[int]:
    rows = PublishedPart.objects.exclude(text_version=None).values_list("text_version", flat=True)
    return [each for each in rows if each is not None]


def _overwrite(world: World, own: Submission) -> None:
    """Put a word into every field of words of every sealed row, also where the same is public elsewhere:
    what reads the sealed table instead of the public one is found.
    """
    public = set(_public_texts())
    for model in [*sealed_tables(), Attachment]:
        for row in model._default_manager.all():
            if (model is TextVersion and row.pk in public) or _submission_of(row) == own.pk:
                continue
            for each in words_of(model):
                if each.name in KEPT or each.name in {"media_type"}:
                    continue
                _set(world, row, each)


def _submission_of(row: models.Model) -> int | None:
    """The submission that a row belongs to; None for a row of none."""
    if isinstance(row, Submission):
        return row.pk
    version = getattr(row, "version", None)
    found = getattr(version, "submission_id", None) or getattr(row, "submission_id", None)
    if isinstance(row, LedgerOpening) and row.about_type == "submissions.submission":
        return int(row.about_id)
    return found


def _set(world: World, row: models.Model, each: models.Field[Any, Any]) -> None:
    model = type(row)
    name = f"{model.__name__}.{each.name}"
    before = getattr(row, each.attname)
    held = world.canaries.found_in(before)
    reader = "office" if each.name in OFFICE.get(model.__name__, ()) else "nobody"
    if _is_shut(row):
        reader = "nobody"
    elif held:
        reader = next(iter(held)).reader
    word = world.word(f"{name} {row.pk}", reader)
    value: Any = word
    if model is TextVersion and each.name == "text":
        value = word.ljust(len(str(before)), ".")  # as long as it was: findings point into it
    elif isinstance(each, models.JSONField):
        value = SHAPES[name](word)
    elif isinstance(each, models.EmailField):
        value = f"{word}@sealed.example"
        if model is OutgoingMail or model.__name__ in {"SubmissionVersion", "AnswerDraft"}:
            world.own.append(value)
    elif model is Attachment:
        value = f"{word}.txt"
    model._default_manager.filter(pk=row.pk).update(**{each.name: value})


def _is_shut(row: models.Model) -> bool:
    """Whether what the row holds is shut for officers too."""
    if isinstance(row, Attachment):
        if tables.ImportSource.objects.filter(attachment=row).exists():
            return False
        files = tables.SubmissionFile.objects.filter(attachment=row)
        named = files.filter(version__publication="named", version__submission__withdrawn_at=None)
        return not files.exclude(secrecy="confidential").exists() or (
            files.filter(is_original=True).exists() and not named.exists()
        )
    return False


def _digests(world: World, own: Submission) -> None:
    """Hashes by which sealed words could be guessed, tokens found, or commitments opened."""
    for model, name in (
        *((tables.Submission, "link_digest"), (tables.AnswerDraft, "token_digest")),
        (tables.Clearance, "token_digest"),
    ):
        for row in model._default_manager.all():
            if row == own:
                continue
            world.canaries.digest(getattr(row, name), f"{model.__name__}.{name} {row.pk}")
    for version in tables.SubmissionVersion.objects.exclude(submission=own):
        world.canaries.digest(version.sha256, f"hash of the document {version.pk}", "office")
    for text in TextVersion.objects.exclude(pk__in=_public_texts()).exclude(version__submission=own):
        world.canaries.digest(text.sha256, f"hash of the text {text.pk}", "office")
    given = set(PublishedPart.objects.exclude(attachment=None).values_list("attachment__sha256", flat=True))
    for file in Attachment.objects.exclude(sha256__in=given):
        world.canaries.digest(file.sha256, f"hash of the file {file.pk}", "office")
    for opening in LedgerOpening.objects.exclude(about_type="submissions.submission", about_id=str(own.pk)):
        world.canaries.digest(bytes(opening.salt).hex(), f"salt of entry {opening.pk}")


def values(world: World) -> dict[str, list[object]]:
    """What is put into addresses, by the name of the parameter."""
    identifiers = [*world.addresses]
    request = tables.SealRequest.objects.get()
    imported = tables.IntakeImport.objects.get()
    return {
        "slug": ["small-call", "small-paper"],
        "identifier": identifiers,
        "submission_id": identifiers[:3],
        "position": [1, 2, 3, 4, 5],
        "pk": [1],
        "rest": ["reset/"],
        "number": [1, request.pk],
        "version": [1],
        "import_id": [imported.pk],
        "file_id": [tables.DraftFile.objects.get().pk],
        "upload_id": [tables.DraftUpload.objects.get().pk],
        "attachment_id": list(Attachment.objects.values_list("pk", flat=True)),
        "question_id": ["XX-01.q1", "XX-01.q2"],
        "issue_id": ["XX-01"],
        "key": ["draft"],
        "token": ["A" * 43],
        "code": ["A" * 22],
        "kind": ["theme"],
        "verb": ["end"],
        "name": ["report.html"],
        "sentence": [1],
        "theme_id": ["T1"],
        "group_id": ["G1"],
        "passage_id": [f"{identifiers[0]}.p1"],
        "document_id": [f"{identifiers[0]}.d1"],
        "written_key": ["body-named"],
    }
