"""What is settled of a call: as one record, on its rows, in the audit and in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from colloquia.core import audit
from colloquia.issues.models import PaperVersion, QuestionPlacement
from colloquia.submissions.commitments import TEXTS
from colloquia.submissions.models import Call, CallQuestion, Submission
from colloquia.submissions.services.call_checks import day_after_months


@dataclass(frozen=True, slots=True)
class CallValues:
    """Everything that an officer settles. Texts are by language; ``questions`` are permanent ids."""

    titles: Mapping[str, str]
    languages: tuple[str, ...]
    paper_version: int | None
    questions: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    introductions: Mapping[str, str] = field(default_factory=dict)
    privacy_notices: Mapping[str, str] = field(default_factory=dict)
    publication_notices: Mapping[str, str] = field(default_factory=dict)
    retention_notices: Mapping[str, str] = field(default_factory=dict)
    stakeholders: tuple[str, ...] = ()
    accepts_late: bool = True
    retention_months: int = 24
    contact: str = ""


def values_of(call: Call) -> CallValues:
    """What is settled now. One query."""
    return CallValues(
        **{name: dict(getattr(call, name)) for name in TEXTS},
        languages=tuple(call.languages),
        paper_version=call.paper_version_id,
        questions=tuple(call.questions.order_by("position").values_list("question_id", flat=True)),
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        time_zone=call.time_zone,
        stakeholders=tuple(call.stakeholders),
        accepts_late=call.accepts_late,
        retention_months=call.retention_months,
        contact=call.contact,
    )


def settle(call: Call, values: CallValues) -> CallValues:
    """Put values on a row, texts stripped and in the order of the languages; gives what was put."""
    texts: dict[str, Any] = {
        name: {
            code: text for code in values.languages if (text := getattr(values, name).get(code, "").strip())
        }
        for name in TEXTS
    }
    for name, each in texts.items():
        setattr(call, name, each)
    call.languages = list(values.languages)
    call.paper_version_id = values.paper_version
    call.stakeholders = list(values.stakeholders)
    call.opens_at, call.closes_at, call.time_zone = values.opens_at, values.closes_at, values.time_zone
    call.accepts_late, call.contact = values.accepts_late, values.contact
    call.retention_months = values.retention_months
    call.retained_until = day_after_months(call.deadline.astimezone(call.zone).date(), call.retention_months)
    return replace(values, **texts, questions=_in_order(values))


def _in_order(values: CallValues) -> tuple[str, ...]:
    """The questions in the order of the paper. One query."""
    placed = QuestionPlacement.objects.filter(version=values.paper_version, is_withdrawn=False)
    order = placed.order_by("position", "pk").values_list("question_id", flat=True)
    wanted = set(values.questions)
    return tuple(each for each in order if each in wanted)


def ask(call: Call, questions: tuple[str, ...]) -> None:
    """Ask these questions in this order. Two queries where they are others."""
    if tuple(call.questions.order_by("position").values_list("question_id", flat=True)) == questions:
        return
    call.questions.all().delete()
    CallQuestion.objects.bulk_create(
        [CallQuestion(call=call, question_id=each, position=place) for place, each in enumerate(questions, 1)]
    )


def save(call: Call) -> None:
    """Keep the row as its next version."""
    call.version += 1
    call.retained_until = day_after_months(call.deadline.astimezone(call.zone).date(), call.retention_months)
    call.save()


def followed(call: Call) -> dict[str, Any]:
    """What a consultation has from its call, by the names of its fields. One query."""
    version = PaperVersion.objects.select_related("paper").filter(pk=call.paper_version_id or 0).first()
    return {
        "titles": dict(call.titles),
        "paper": version.paper.slug if version else "",
        "paper_version": version.key if version else "",
        "closed_on": call.deadline.astimezone(call.zone).date(),
        "closes_at": call.deadline,
        "time_zone": call.time_zone,
    }


def follow(call: Call, by: Any) -> None:
    """The consultation keeps the titles, the paper and the deadline of its call, whatever moved it."""
    row, wanted = call.consultation, followed(call)
    before = {name: getattr(row, name) for name in wanted}
    if before != wanted:
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save(update_fields=list(wanted))
        audit.record(
            row,
            "consultations.follow_call",
            by=by,
            before=audit.readable(before),
            after=audit.readable(wanted),
        )


def has_received(call: Call) -> bool:
    """Whether anything was received. One query."""
    return Submission.objects.filter(call=call).exists()


def readable(values: CallValues) -> dict[str, Any]:
    """What is settled, text by text, so that a difference can be read. Texts are kept whole."""
    found: dict[str, Any] = {}
    for name in TEXTS:
        found |= {f"{name} ({code})": text for code, text in getattr(values, name).items()}
    for name in ("languages", "stakeholders", "questions"):
        found[name] = ", ".join(getattr(values, name))
    found["paper_version"] = _version_name(values.paper_version)
    found |= {name: getattr(values, name).isoformat() for name in ("opens_at", "closes_at")}
    for name in ("time_zone", "accepts_late", "retention_months", "contact"):
        found[name] = getattr(values, name)
    return found


def _version_name(version: int | None) -> str:
    """Paper and version by their addresses. One query."""
    row = PaperVersion.objects.filter(pk=version or 0).values_list("paper__slug", "key").first()
    return "/".join(row) if row else ""
