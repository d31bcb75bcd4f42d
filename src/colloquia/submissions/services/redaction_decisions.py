"""What people decide on findings and on words of their own choice. A decision is a row that stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from colloquia.core import audit
from colloquia.core.queries import languages
from colloquia.engines.personal_data import CATEGORIES, find
from colloquia.submissions.models import (
    CheckState,
    PersonalDataFinding,
    RedactionDecision,
    Submission,
    TextVersion,
)
from colloquia.submissions.queries.checking_texts import FILE, LANGUAGE, Unit, latest_version, open_units
from colloquia.submissions.secrets_told import hides_forms
from colloquia.submissions.services.checking import locked
from colloquia.submissions.services.refusals import SubmissionRefused

LONGEST_WORDS = 500
MOST_PLACES = 500
"""Places that one request redacts; more are a mistake."""
Span = tuple[int, int, str, bool, int | None]
"""Start, end, category, whether to redact, and the key of the finding."""


def decide_findings(
    *, submission: Submission, position: int, choices: Mapping[int, bool], by: Any, changed: int | None = None
) -> int:
    """Redact or keep findings by their keys; gives how many decisions are new.

    Raises:
        SubmissionRefused: the check is closed, or somebody changed it meanwhile.
    """
    with transaction.atomic():
        row, unit = _begin(submission, position, changed)
        return _write(
            row,
            unit,
            [
                (each.start, each.end, each.category, choices[each.pk], each.pk)
                for each in unit.findings
                if each.pk in choices
            ],
            by=by,
        )


def decide_kind(
    *,
    submission: Submission,
    position: int,
    category: str,
    redact: bool,
    by: Any,
    changed: int | None = None,
) -> int:
    """Redact or keep every finding of a kind on which nobody decided yet; a blank kind stands for all.

    Raises:
        SubmissionRefused: as above.
    """
    with transaction.atomic():
        row, unit = _begin(submission, position, changed)
        return _write(
            row,
            unit,
            [
                (each.start, each.end, each.category, redact, each.pk)
                for each in unit.undecided
                if category in ("", each.category)
            ],
            by=by,
        )


def redact_words(
    *,
    submission: Submission,
    position: int,
    words: str,
    category: str,
    by: Any,
    start: int | None = None,
    changed: int | None = None,
) -> int:
    """Redact words that a person names, everywhere in the text, or only where they begin at ``start``.

    Raises:
        SubmissionRefused: the words are not in the text, or as above.
    """
    wanted = words.replace("\r\n", "\n").strip()
    if not wanted:
        raise SubmissionRefused({"words": _("Write or select the words to redact.")})
    if len(wanted) > LONGEST_WORDS:
        raise SubmissionRefused(
            {"words": _("Redact at most %(n)s characters at a time.") % {"n": LONGEST_WORDS}}
        )
    if category not in CATEGORIES:
        raise SubmissionRefused({"category": _("Choose what kind of personal data it is.")})
    with transaction.atomic():
        row, unit = _begin(submission, position, changed)
        places = _places(_text(unit).text, wanted, start)
        if not places:
            raise SubmissionRefused(
                {"words": _("These words are not in this text, letter by letter. Copy them from it.")}
            )
        if len(places) > MOST_PLACES:
            raise SubmissionRefused(
                {"words": _("These words occur %(n)s times; name longer ones.") % {"n": len(places)}}
            )
        spans = [(at, at + len(wanted), category, True, None) for at in places]
        return _write(row, unit, spans, by=by)


def keep(
    *, submission: Submission, position: int, start: int, end: int, by: Any, changed: int | None = None
) -> int:
    """Take a redaction back: what stands there stays. The decision for it remains in the record.

    Raises:
        SubmissionRefused: as above.
    """
    with transaction.atomic():
        row, unit = _begin(submission, position, changed)
        standing = unit.in_effect.get((start, end))
        if standing is None:
            raise SubmissionRefused(_("Nothing is redacted there any more."))
        return _write(row, unit, [(start, end, standing.category, False, standing.finding_id)], by=by)


def decide_file(
    *, submission: Submission, position: int, give_out: bool, by: Any, changed: int | None = None
) -> int:
    """Give out a file itself, or its text alone. A file in which something is redacted never is.

    Raises:
        SubmissionRefused: it is no file, or as above.
    """
    with transaction.atomic():
        row, unit = _begin(submission, position, changed)
        text = _text(unit)
        if unit.file is None:
            raise SubmissionRefused(_("This part is no file."))
        if unit.gives_file is give_out:
            return 0
        if give_out and "inside" in text.beside and hides_forms(unit.file.version):
            raise SubmissionRefused(
                _(
                    "Files stand inside this one, and something of this submission is sealed: nobody checked "
                    "whether they tell it. Publish the text alone."
                )
            )
        RedactionDecision.objects.create(
            text_version=text, start=0, end=0, category=FILE, redact=not give_out, by=by
        )
        given = [{"file given out": each} for each in (unit.gives_file, give_out)]
        _told(row, unit, "submissions.redact", *given, by=by)
    return 1


def say_language(
    *, submission: Submission, position: int, language: str, by: Any, changed: int | None = None
) -> None:
    """Say in which language the text of a part is; blank where nobody knows. The rules of the language then
    look through the text too, and what they find besides waits for a decision.

    Raises:
        SubmissionRefused: it is no language of the list, or as above.
    """
    code = language.strip().lower()
    with transaction.atomic():
        row, unit = _begin(submission, position, changed)
        text, before = _text(unit), unit.language
        if before == code:
            return
        if code and not languages().filter(code=code).exists():
            raise SubmissionRefused({"language": _("Choose a language of the list.")})
        RedactionDecision.objects.create(
            text_version=text, start=0, end=0, category=f"{LANGUAGE}{code}", redact=False, by=by
        )
        known = {(each.start, each.end) for each in unit.findings}
        PersonalDataFinding.objects.bulk_create(
            [
                PersonalDataFinding(
                    text_version=text,
                    start=each.start,
                    end=each.end,
                    category=each.category,
                    rule=each.rule,
                )
                for each in find(text.text, code)
                if (each.start, each.end) not in known
            ]
        )
        _told(row, unit, "submissions.say_language", {"language": before}, {"language": code}, by=by)


def _begin(submission: Submission, position: int, changed: int | None) -> tuple[Submission, Unit]:
    row = locked(submission, changed)
    if row.check_state not in (CheckState.WAITING, CheckState.CHECKING):
        raise SubmissionRefused(_("Its check is closed. Take it up again before you change anything."))
    unit = next((each for each in open_units(latest_version(row)) if each.position == position), None)
    if unit is None:
        raise SubmissionRefused(_("There is no such part any more."))
    _text(unit)
    return row, unit


def _text(unit: Unit) -> TextVersion:
    if unit.text is None:
        raise SubmissionRefused(_("This part has no text that could be looked at yet."))
    return unit.text


def _write(row: Submission, unit: Unit, spans: Iterable[Span], *, by: Any) -> int:
    """Add a row for each span on which the decision is new."""
    effect = unit.in_effect
    new, before, after = [], {}, {}
    for start, end, category, redact, finding in spans:
        standing = effect.get((start, end))
        if standing is None or standing.redact is not redact or standing.category != category:
            new.append(
                RedactionDecision(
                    text_version=_text(unit),
                    finding_id=finding,
                    start=start,
                    end=end,
                    category=category,
                    redact=redact,
                    by=by,
                )
            )
            place = f"part {unit.position}, characters {start} to {end}"
            before[place] = _decided(standing.category, standing.redact) if standing else None
            after[place] = _decided(category, redact)
    RedactionDecision.objects.bulk_create(new)
    if new:
        _told(row, unit, "submissions.redact", before, after, by=by)
    return len(new)


def _decided(category: str, redact: bool) -> str:
    return f"{category} {'redacted' if redact else 'kept'}"


def _told(
    row: Submission, unit: Unit, verb: str, before: dict[str, Any], after: dict[str, Any], *, by: Any
) -> None:
    """Move the submission on, and tell the audit what was decided and where, without a word of the text."""
    row.changed += 1
    row.check_state = CheckState.CHECKING
    row.save(update_fields=["changed", "check_state"])
    audit.record(row, verb, by=by, before=before, after=after, note=f"part {unit.position}")


def _places(text: str, wanted: str, start: int | None) -> list[int]:
    if start is not None and text.startswith(wanted, start):
        return [start]
    places, at = [], text.find(wanted)
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + len(wanted))
    return places
