"""What of a checked submission may be public: the only way from sealed tables to public ones."""

from __future__ import annotations

from dataclasses import dataclass

from colloquia.engines.personal_data import joined
from colloquia.engines.personal_data.known import known_words
from colloquia.submissions.models import (
    Answer,
    CheckState,
    Party,
    Publication,
    RespondentKind,
    Submission,
    TextVersion,
)
from colloquia.submissions.queries.checking_texts import (
    Effective,
    Unit,
    latest_version,
    open_units,
)
from colloquia.submissions.secrets_told import hidden_names

__all__ = ["PartOut", "RespondentOut", "public_parts", "public_respondent", "sealed_parts"]

_PASSED = (CheckState.READY, CheckState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class PartOut:
    """One answer or file that may be public.

    ``position`` is unique among the parts and stays. ``text_version`` is what is shown as text, None where a
    file has no text. ``attachment`` is the core's Attachment where the very file may be given out, else None.
    ``redactions`` counts the placeholders. ``title`` and ``rights_statement`` are blank where the submission
    is anonymous: they are the sender's own words and may say who it is.
    """

    position: int
    question_id: str
    title: str
    is_file: bool
    text_version: TextVersion | None
    attachment: object | None
    language: str
    is_redacted: bool
    redactions: int
    is_public_version: bool
    rights_statement: str
    mining_reserved: bool


@dataclass(frozen=True, slots=True)
class RespondentOut:
    """What may be public of who answers. Names are blank where they may not.

    ``parties`` are ``{"kind", "name", "territory"}``. A person's name is there only where a person answers
    and wishes to be named; the contact of an organisation is nobody's business.
    """

    kind: str
    is_anonymous: bool
    name: str
    organisation: str
    on_behalf_of: str
    territory: str
    stakeholder: str
    language: str
    parties: tuple[dict[str, str], ...]


def public_parts(submission: Submission) -> list[PartOut]:
    """What may be public of a submission that passed the check, in order; nothing before.

    A text in which something is redacted is there only in its redacted version, and then its file never is.
    At most seven queries.
    """
    if not may_be_public(submission):
        return []
    version = latest_version(submission)
    anonymous = version.publication == Publication.ANONYMOUS
    parts = (part_of(unit, anonymous=anonymous) for unit in open_units(version))
    return [each for each in parts if each is not None]


def may_be_public(submission: Submission) -> bool:
    """Whether the check let it pass, and nothing stands against it since."""
    return (
        submission.check_state in _PASSED
        and submission.withdrawn_at is None
        and submission.destroyed_at is None
        and (submission.confirmed_at is not None or submission.entered_by_id is not None)
    )


def part_of(unit: Unit, *, anonymous: bool) -> PartOut | None:
    """What may be public of one unit; None where nothing may, or its redacted text is not made yet."""
    if unit.is_quarantined:
        return None
    spans = unit.spans
    shown = unit.text
    if spans:
        shown = unit.redacted if unit.redacted and made_from(unit.redacted) == merged(spans) else None
        if shown is None:
            return None
    if shown is not None and shown.problem and not shown.text:
        shown = None
    attachment = None
    if unit.file is not None and not spans:
        attachment = unit.file.attachment if is_given(unit, anonymous=anonymous) else None
    if shown is None and attachment is None:
        return None
    source = unit.answer or unit.file
    return PartOut(
        position=unit.position,
        question_id=(unit.answer.question_id or "") if unit.answer else "",
        title=unit.file.title if unit.file and not anonymous else "",
        is_file=unit.file is not None,
        text_version=shown,
        attachment=attachment,
        language=unit.language if shown else (source.language if source else ""),
        is_redacted=bool(spans),
        redactions=len(shown.redactions) if shown and spans else 0,
        is_public_version=unit.is_public_version,
        rights_statement=unit.file.rights_statement if unit.file and not anonymous else "",
        mining_reserved=unit.file.mining_reserved if unit.file else False,
    )


def is_given(unit: Unit, *, anonymous: bool) -> bool:
    """Whether a file itself is given out, were nothing redacted in it: as an officer decided, or else where
    its sender is named and all that it holds stands in its text.
    """
    given = unit.gives_file
    return (not anonymous and not unit.holds) if given is None else given


def made_from(redacted: TextVersion) -> list[Effective]:
    """The spans that stand behind the placeholders of a redacted text."""
    return [(start, end, category) for _from, _to, start, end, category in redacted.redactions]


def merged(spans: list[Effective]) -> list[Effective]:
    """The same without overlaps."""
    return joined(spans)


def sealed_parts(submission: Submission, parts: list[PartOut] | None = None) -> int:
    """How many answers and files of the latest version are not published themselves.

    A confidential answer with a public text counts: what is published is the public text. The sender's
    original message does not count beside what was read from it. ``parts`` spares reading them again.
    """
    version = latest_version(submission)
    whole = Answer.objects.filter(version=version).count() + version.files.filter(is_original=False).count()
    shown = public_parts(submission) if parts is None else parts
    return whole - sum(each.is_file or not each.is_public_version for each in shown)


def public_respondent(submission: Submission) -> RespondentOut:
    """Who may be shown as the respondent. Three queries at most.

    A stakeholder group that names an anonymous sender is left out.
    """
    version = latest_version(submission)
    named = version.publication == Publication.NAMED
    parties = list(Party.objects.filter(version=version).order_by("position")) if named else []
    person = version.kind == RespondentKind.PERSON
    told = bool(version.stakeholder) and bool(known_words(version.stakeholder, hidden_names(version)))
    return RespondentOut(
        kind=version.kind,
        is_anonymous=not named,
        name=version.name if named and person else "",
        organisation=version.organisation if named else "",
        on_behalf_of=version.on_behalf_of if named else "",
        territory=version.territory_id or "",
        stakeholder=version.stakeholder if named or not told else "",
        language=version.language,
        parties=tuple(
            {"kind": each.kind, "name": each.name, "territory": each.territory_id or ""} for each in parties
        ),
    )
