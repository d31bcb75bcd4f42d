"""The pages of the room as JSON: the same facts, with the same part left out for the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse

from colloquia.consultations.models import Consultation
from colloquia.consultations.presentation.breakdowns import Breakdown
from colloquia.consultations.presentation.closed import closed_tables
from colloquia.consultations.presentation.counts import QuestionRow, ThemeRow
from colloquia.consultations.presentation.visit import Visit
from colloquia.core.components import Quote
from colloquia.engines.bulk import PassageRow, SubmissionRow


def answer(data: Mapping[str, Any]) -> JsonResponse:
    """An answer that a person can read too."""
    return JsonResponse({"ok": True, **data}, json_dumps_params={"ensure_ascii": False})


def listed_json(row: Consultation) -> dict[str, Any]:
    """A consultation as the list has it; ``hidden`` where its analysis was shown and is not at present."""
    run = row.shown_run
    return {
        "slug": row.slug,
        "url": f"{settings.PUBLIC_URL}{reverse('consultation', args=[row.slug])}",
        "titles": row.titles,
        "notes": row.notes,
        "illustrative": row.is_illustrative,
        "closed_on": row.closed_on.isoformat() if row.closed_on else None,
        "closes_at": row.closes_at.isoformat() if row.closes_at else None,
        "time_zone": row.time_zone,
        "run": run.number if run else None,
        "signed": run.is_signed if run else False,
        "hidden": row.is_hidden,
    }


def head_json(visit: Visit) -> dict[str, Any]:
    """Which consultation, which run, which part of it."""
    run, consultation = visit.run, visit.consultation
    return {
        "consultation": {
            "slug": visit.slug,
            "url": visit.permanent("consultation"),
            "titles": consultation.titles,
            "notes": consultation.notes,
            "illustrative": consultation.is_illustrative,
            "closed_on": consultation.closed_on.isoformat() if consultation.closed_on else None,
            "closes_at": consultation.closes_at.isoformat() if consultation.closes_at else None,
            "time_zone": consultation.time_zone,
        },
        "run": {
            "number": run.number,
            "status": run.status,
            "signed_at": run.signed_at.isoformat() if run.signed_at else None,
            "begun_at": run.begun_at.isoformat() if run.begun_at else None,
            "corrections": run.sequence,
        },
        "filters": [{"name": name, "value": value} for name, value in visit.filtering.pairs],
        "unknown_filters": [{"name": str(label), "value": value} for label, value in visit.filtering.unknown],
    }


def question_json(visit: Visit, row: QuestionRow) -> dict[str, Any]:
    """A question with its counts."""
    return {
        "id": row.question_id,
        "url": visit.permanent("consultation_question", row.question_id),
        "text": row.text,
        "language": row.language or None,
        "issue": row.issue_id,
        "grade": row.grade or None,
        **counts_json(row),
    }


def counts_json(row: QuestionRow | ThemeRow) -> dict[str, Any]:
    """Counts; null where the public is not told."""
    counts = row.counts
    return {
        "submissions": counts.submissions,
        "distinct_messages": counts.messages,
        "organisations": counts.organisations,
        "states": counts.states,
        "passages": counts.passages,
    }


def theme_json(visit: Visit, row: ThemeRow) -> dict[str, Any]:
    """A theme in effect with its counts."""
    theme = row.theme
    return {
        "id": theme.theme_id,
        "url": visit.permanent("consultation_theme", theme.theme_id),
        "question": theme.question_id or None,
        "group": theme.parent_id or None,
        "is_group": theme.is_parent,
        "label": theme.label,
        "label_by": "officer" if theme.label_by_officer else "machine",
        "terms": theme.terms,
        "stability": theme.stability,
        **counts_json(row),
    }


def breakdown_json(item: Breakdown) -> dict[str, Any]:
    """A breakdown with its base and missing part."""
    return {
        "dimension": item.dimension,
        "base": item.base,
        "missing": item.missing,
        "overlapping": item.dimension == "group",
        "rows": [
            {
                "value": row["value"],
                "label": row["label"],
                "submissions": row["submissions"],
                "distinct_messages": row["messages"],
            }
            for row in item.rows
        ],
    }


def closed_json(visit: Visit) -> list[dict[str, Any]]:
    """Closed questions as tabulated."""
    return [
        {
            "question": str(table.caption),
            "base_sentence": str(table.base),
            "rows": [
                {
                    "answer": row["label"],
                    "submissions": row["submissions"],
                    "distinct_messages": row.get("messages"),
                }
                for row in table.rows
            ],
        }
        for table in closed_tables(visit)
    ]


def passage_json(visit: Visit, row: PassageRow) -> dict[str, Any]:
    """A passage with its place in the text version. Persons for officers only."""
    data = {
        "id": row.passage_id,
        "url": visit.permanent("consultation_passage", row.passage_id),
        "submission": row.submission_id,
        "document": row.document_id,
        "page": row.page or None,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "language": row.language,
        "shared": row.shared,
        "organisation": row.organisation or None,
        "stakeholder": row.stakeholder or None,
        "territory": row.country or None,
    }
    return data | ({"person": row.person or None} if visit.officer else {})


def quote_json(quote: Quote) -> dict[str, Any]:
    """A quote with its passage, and the translation that stands beside it."""
    return {
        "passage": quote.identifier,
        "text": quote.text,
        "language": quote.language,
        "source": str(quote.source),
        "translation": {
            "text": quote.translation,
            "language": quote.translation_language,
            "made_by": quote.translated_by or "person",
        }
        if quote.translation
        else None,
    }


def submission_json(visit: Visit, row: SubmissionRow) -> dict[str, Any]:
    """A submission in a list. Persons and ids at the source for officers only."""
    data = {
        "id": row.submission_id,
        "url": visit.permanent("consultation_submission", row.submission_id),
        "organisation": row.organisation or None,
        "stakeholder": row.stakeholder or None,
        "territory": row.country or None,
        "channel": row.channel or None,
        "date": row.date or None,
        "language": row.language or None,
        "position": row.position or None,
        "documents": row.documents,
        "characters": row.characters,
        "status": row.status,
    }
    if visit.officer:
        data |= {"person": row.person or None, "source_id": row.source_id}
    return data


def page_json(
    visit: Visit, name: str, rows: Iterable[Any], total: int, page: int, size: int
) -> dict[str, Any]:
    """A page of a list: ``count`` of all, and the address of the next page or null."""
    query = visit.request.GET.copy()
    query["page"] = str(page + 1)
    following = f"{visit.request.path}?{query.urlencode()}" if page * size < total else None
    return {name: list(rows), "count": total, "page": page, "next": following}


def linked_data(visit: Visit) -> dict[str, Any]:
    """The consultation's analysis as a schema.org Dataset."""
    run, consultation = visit.run, visit.consultation
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": visit.permanent("consultation"),
        "name": consultation.title(visit.language),
        "description": consultation.note(visit.language) or consultation.title(visit.language),
        "inLanguage": visit.language,
        "version": str(run.number),
        "creativeWorkStatus": "Published" if run.is_signed else "Draft",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": visit.permanent("consultation_json"),
            }
        ],
    }
    if run.begun_at:
        data["dateCreated"] = run.begun_at.date().isoformat()
    return data
