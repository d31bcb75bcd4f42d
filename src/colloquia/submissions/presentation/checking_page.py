"""A submission as those who check it see it: its parts, and a piece of a text with what was found in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from colloquia.core.components import Fact
from colloquia.core.queries import languages, territory_name
from colloquia.engines.languages.names import language_name
from colloquia.engines.personal_data import redact
from colloquia.submissions.models import (
    Answer,
    Channel,
    FileScan,
    Publication,
    RespondentKind,
    ScanResult,
    Secrecy,
    Submission,
    SubmissionVersion,
)
from colloquia.submissions.presentation.checking_queue import who
from colloquia.submissions.presentation.checking_words import KINDS
from colloquia.submissions.queries.checking_texts import Unit
from colloquia.submissions.secrets_told import hidden_forms

CHUNK = 6000
"""Characters of a text on one page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. ``state``: "", ``found``, ``redact``, ``keep``; ``number`` leads to its line."""

    text: str
    state: str = ""
    kind: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A finding or a redaction by hand, and what was decided. ``key`` is the finding's, 0 for one by hand."""

    number: int
    key: int
    start: int
    end: int
    text: str
    kind: str
    rule: str
    state: str


@dataclass(slots=True)
class Shown:
    """A piece of a text with its findings. ``start`` is its offset in the whole text."""

    number: int = 1
    count: int = 1
    start: int = 0
    pieces: list[Piece] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    waiting: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A part in the list of all parts."""

    unit: Unit
    label: str
    undecided: int
    redactions: int
    current: bool
    problem: str
    scan: str


def parts(units: list[Unit], current: int) -> list[Part]:
    """Every part that may be looked at. One query."""
    scans = _scans(units)
    return [
        Part(
            unit,
            label_of(unit),
            unit.waiting,
            len(unit.spans),
            unit.position == current,
            unit.text.problem if unit.text else "",
            scans.get(unit.file.attachment.sha256, _("Not scanned for malware")) if unit.file else "",
        )
        for unit in units
    ]


def label_of(unit: Unit) -> str:
    """What a part is called. Names of files are the sender's words; who is anonymous may be named by them."""
    if unit.answer is not None:
        return unit.answer.question_id or _("Remarks on the whole")
    return _("File %(number)s") % {"number": unit.file.position if unit.file else 0}


def shown(unit: Unit, number: int) -> Shown:
    """One page of the text of a unit."""
    text = unit.text.text if unit.text else ""
    lines = _lines(unit, text)
    cuts = _cuts(text, lines)
    number = min(max(number, 1), len(cuts))
    start, end = cuts[number - 1]
    here = [each for each in lines if start <= each.start < end]
    waiting = Counter(each.category for each in unit.undecided)
    return Shown(
        number,
        len(cuts),
        start,
        _pieces(text, start, end, here),
        here,
        [(kind, str(KINDS.get(kind, kind)), count) for kind, count in sorted(waiting.items())],
    )


def language_choices(unit: Unit) -> list[tuple[str, str]]:
    """The languages that a text may be said to be in: those of the list, and what it is said to be in now."""
    listed = [(row.code, row.endonym) for row in languages()]
    now = unit.language
    known = not now or any(code == now for code, _name in listed)
    return listed if known else [(now, language_name(now, now)), *listed]


def preview(unit: Unit, number: int) -> tuple[str, int]:
    """One page of the text as the public would read it, and how many pages there are."""
    text = unit.text.text if unit.text else ""
    made = redact(text, unit.spans, unit.language).text
    cuts = _cuts(made, [])
    start, end = cuts[min(max(number, 1), len(cuts)) - 1]
    return made[start:end], len(cuts)


def respondent(submission: Submission, version: SubmissionVersion, language: str) -> list[Fact]:
    """Who sent it, as far as those who check may know, and what they wish."""
    named = version.publication == Publication.NAMED
    territory = territory_name(version.territory_id, language) if version.territory_id else ""
    facts = [
        Fact(_("Sender"), who(version, territory)),
        Fact(_("Kind of respondent"), str(RespondentKind(version.kind).label)),
        Fact(_("Wish"), str(Publication(version.publication).label)),
        Fact(_("Channel"), str(Channel(submission.channel).label)),
        Fact(_("Received"), moment=submission.received_at),
        Fact(_("Version"), version.number),
    ]
    if version.language:
        facts.append(Fact(_("Language"), language_name(version.language, language)))
    if named:
        given = (
            (_("Contact"), version.name if version.kind != RespondentKind.PERSON else ""),
            (_("On behalf of"), version.on_behalf_of),
            (_("Established in"), territory),
            (_("E-mail address"), version.email),
            (_("Together with"), "; ".join(each.name for each in version.parties.all())),
        )
        facts += [Fact(term, value) for term, value in given if value]
    if version.stakeholder and version.publication != Publication.CONFIDENTIAL:
        facts.append(Fact(_("Stakeholder group"), version.stakeholder))
    return facts


def sealed(version: SubmissionVersion) -> list[dict[str, Any]]:
    """What is sealed of a version: that it exists, and the reason its sender gave. Three queries at most."""
    whole = version.publication == Publication.CONFIDENTIAL
    rows: list[dict[str, Any]] = [
        {
            "label": answer.question_id or _("Remarks on the whole"),
            "reason": answer.secrecy_reason,
            "stands_in": bool(answer.public_text.strip()),
        }
        for answer in Answer.objects.filter(version=version).order_by("position")
        if whole or answer.secrecy == Secrecy.CONFIDENTIAL
    ]
    files = list(version.files.filter(is_original=False).order_by("position"))
    standing = {each.public_version_of_id for each in files}
    rows += [
        {
            "label": _("File %(number)s") % {"number": file.position},
            "reason": file.secrecy_reason,
            "stands_in": file.pk in standing,
        }
        for file in files
        if whole or file.secrecy == Secrecy.CONFIDENTIAL
    ]
    rows += [
        {
            "label": _("File %(number)s") % {"number": file.position},
            "reason": _("It is an answer form, which says what is sealed and who sent it."),
            "stands_in": False,
        }
        for file in hidden_forms(version, files)
        if not whole and file.secrecy == Secrecy.PUBLIC
    ]
    return rows


def _lines(unit: Unit, text: str) -> list[Line]:
    effect = unit.in_effect
    spans: dict[tuple[int, int], tuple[int, str, str, str]] = {}
    for finding in unit.findings:
        decided = effect.get((finding.start, finding.end))
        state = "" if decided is None else ("redact" if decided.redact else "keep")
        kind = decided.category if decided else finding.category
        spans[finding.start, finding.end] = (finding.pk, kind, finding.rule, state)
    for span, decided in effect.items():
        if span not in spans and decided.redact:
            spans[span] = (0, decided.category, "", "redact")
    return [
        Line(number, key, start, end, text[start:end], str(KINDS.get(kind, kind)), rule, state)
        for number, ((start, end), (key, kind, rule, state)) in enumerate(sorted(spans.items()), start=1)
    ]


def _cuts(text: str, lines: list[Line]) -> list[tuple[int, int]]:
    """Where a long text is divided into pages: behind a line or a word, and never within a finding."""
    ends = {each.start: each.end for each in lines}
    cuts, start = [], 0
    while len(text) - start > CHUNK:
        end = start + CHUNK
        for mark in ("\n", " "):
            found = text.rfind(mark, start + CHUNK // 2, end)
            if found > 0:
                end = found + 1
                break
        crossing = [last for first, last in ends.items() if start <= first < end < last]
        end = max([end, *crossing])
        cuts.append((start, end))
        start = end
    return [*cuts, (start, len(text))]


def _pieces(text: str, start: int, end: int, lines: list[Line]) -> list[Piece]:
    pieces, at = [], start
    for line in lines:
        if line.start < at:
            continue
        pieces.append(Piece(text[at : line.start]))
        pieces.append(Piece(line.text, line.state or "found", line.kind, line.number))
        at = line.end
    pieces.append(Piece(text[at:end]))
    return [each for each in pieces if each.text]


def _scans(units: list[Unit]) -> dict[str, str]:
    hashes = [each.file.attachment.sha256 for each in units if each.file]
    if not hashes:
        return {}
    said = {}
    for row in FileScan.objects.filter(sha256__in=hashes).order_by("pk"):
        clean = _("Scanned: nothing found") if row.result == ScanResult.CLEAN else _("Malware found")
        said[row.sha256] = clean
    return said
