"""A site full of canaries: each sealed table has rows, and each of their words stands nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.core import private_links
from colloquia.core.models import Attachment, OutgoingMail
from colloquia.submissions import models as tables
from colloquia.submissions import services
from colloquia.submissions.models import Call, Submission, TextVersion
from colloquia.submissions.queries.checking_texts import latest_version, open_units
from colloquia.submissions.records import AnswerIn, Content, FileIn, PartyIn
from colloquia.submissions.services import publishing
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.redacting import make_redacted
from colloquia.submissions.services.withdrawing import withdraw
from tests.leaks.canaries import Canaries
from tests.leaks.planting import World, note_digests, overwrite, public_texts


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
    overwrite(world, own)
    note_digests(world, own)
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
    # A message, or an answer form left among the files, says what is confidential, and who is anonymous.
    reader = "nobody"
    form = attach(
        f"{word('name of the form', reader)}.txt",
        f"{word('bytes of the form', reader)}\ncolloquia-form:small-call:1:en\n".encode(),
    )
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
        FileIn(form, title=word("title of the form", "office")),
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
    source = TextVersion.objects.exclude(pk__in=public_texts()).first()
    assert source is not None
    tables.TextFingerprint.objects.create(call=call, text_version=source, kind="exact", value="x" * 32)
    tables.PersonalDataFinding.objects.get_or_create(
        text_version=source, start=0, end=1, category="email", rule="x"
    )
    OutgoingMail.objects.create(
        recipient=world.own[0], language="en", subject="x", text="x", template="submissions/mail/receipt"
    )


def values(world: World) -> dict[str, list[object]]:
    """What is put into addresses, by the name of the parameter."""
    identifiers = [*world.addresses]
    request = tables.SealRequest.objects.get()
    imported = tables.IntakeImport.objects.get()
    return {
        "slug": ["small-call", "small-paper"],
        "identifier": identifiers,
        "submission_id": identifiers[:3],
        "position": [1, 2, 3, 4, 5, 6, 7],
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
