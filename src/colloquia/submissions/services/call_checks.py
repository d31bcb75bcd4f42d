"""What a call lacks before it can be announced, and what can no longer be changed afterwards."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.engines.languages.names import language_name
from colloquia.submissions.models import Call, CallState
from colloquia.submissions.queries.calls import without_wording

_NOTICES = ("privacy_notices", "publication_notices", "retention_notices")


def day_after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def unready(values: Any, now: datetime) -> dict[str, str]:
    """Sentences by field; empty where the call can be announced. One query."""
    found: dict[str, str] = {}
    if not values.languages:
        found["languages"] = _("Choose at least one language.")
    for code in values.languages:
        name = _name(code)
        if not values.titles.get(code):
            found[f"titles_{code}"] = _("Give a title in %(language)s.") % {"language": name}
        for notice in _NOTICES:
            if not getattr(values, notice).get(code):
                found[f"{notice}_{code}"] = _("Write this notice in %(language)s.") % {"language": name}
        told = values.retention_notices.get(code, "")
        if told and str(values.retention_months) not in told:
            found[f"retention_notices_{code}"] = _(
                "The notice on retention in %(language)s does not name the time, %(months)s months; add it."
            ) % {"language": name, "months": values.retention_months}
    if not values.questions:
        found["questions"] = _("Choose at least one question.")
    elif unheld := without_wording(values.paper_version, values.questions):
        found["questions"] = not_askable(unheld)
    if values.closes_at <= now:
        found["closes_at"] = _("The deadline has passed; choose a later one.")
    if not values.contact:
        found["contact"] = _("Give an address to which people may write with questions.")
    return found


def not_askable(questions: Iterable[str]) -> str:
    """Why these questions cannot be asked, and what helps."""
    return _(
        "Nobody could read what is asked: the wording of %(questions)s is held in no language. Take them out "
        "of the call, or import the text of the paper first."
    ) % {"questions": ", ".join(questions)}


def changes_refused(call: Call, before: Any, after: Any, *, received: bool, now: datetime) -> dict[str, str]:
    """Sentences by field for what was promised to the public and cannot be taken back."""
    found: dict[str, str] = {}
    if after.closes_at <= after.opens_at:
        found["closes_at"] = _("A call closes after it opens.")
    if call.announced_at is None:
        return found
    if not after.titles or not after.languages or not after.questions:
        found[""] = _("A call that is announced keeps a title, a language and a question.")
    if after.closes_at != before.closes_at:
        found["closes_at"] = _("The deadline is announced. Extend the call, or close it early.")
    if after.time_zone != before.time_zone:
        found["time_zone"] = _("The time zone is announced and stays.")
    if after.opens_at != before.opens_at and call.state(now) != CallState.ANNOUNCED:
        found["opens_at"] = _("The call has opened already; its opening stays.")
    same = after.paper_version == before.paper_version
    new = [each for each in after.questions if not same or each not in before.questions]
    if unheld := without_wording(after.paper_version, new):
        found["questions"] = not_askable(unheld)
    if not received:
        return found
    gone = [each for each in before.questions if each not in after.questions]
    if gone:
        found["questions"] = _(
            "Answers have been received, so that no question can be taken away: %(questions)s."
        ) % {"questions": ", ".join(gone)}
    if after.paper_version != before.paper_version:
        found["paper_version"] = _("Answers have been received; the version of the paper stays.")
    if after.retention_months != before.retention_months:
        found["retention_months"] = _("Answers have been received; the retention time promised stays.")
    return found


def reasons_missing(call: Call, given: Mapping[str, str]) -> dict[str, str]:
    """A reason is shown to every reader, so each language of the call needs one."""
    return {
        f"reasons_{code}": _("Give the reason in %(language)s.") % {"language": _name(code)}
        for code in call.languages
        if not given.get(code)
    }


def _name(code: str) -> str:
    return language_name(code, get_language() or "en")
