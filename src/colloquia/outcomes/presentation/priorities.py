"""Results of a round as a table, and its parts in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from colloquia.core.queries import territory_name
from colloquia.core.tables import Column, Table
from colloquia.issues.queries import issue_titles
from colloquia.outcomes.models import PriorityRound
from colloquia.outcomes.queries.priorities import Results


def label_of(round_: PriorityRound, code: str) -> str:
    """The label of a level in the language of the page, else in English."""
    for level in round_.levels:
        if level["code"] == code:
            labels: dict[str, str] = level["labels"]
            return labels.get(get_language() or "en") or labels.get("en") or next(iter(labels.values()), code)
    return code


def base_of(results: Results) -> str:
    """How many of the states that were asked answered."""
    return _("%(answered)s of %(invited)s invited states answered.") % {
        "answered": results.answered,
        "invited": results.invited,
    }


def counts_table(results: Results) -> Table:
    """Numbers of states by issue, in the order of the paper, and level. What is not told is an empty cell."""
    round_ = results.round
    titles = issue_titles(round_.issue_ids)
    levels = [(level["code"], label_of(round_, level["code"])) for level in round_.levels]
    columns = (
        Column("issue", _("Issue"), "identifier"),
        Column("title", _("Title")),
        *(Column(code, label, "number") for code, label in levels),
        Column("none", _("Answered, and gave no level here"), "number"),
    )
    rows = [
        {
            "issue": issue,
            "title": titles.get(issue, ""),
            **{code: results.counts[issue][code] for code, _label in levels},
            "none": results.counts[issue][""],
        }
        for issue in round_.issue_ids
    ]
    return Table("priorities", str(round_), columns, rows, base=base_of(results))


def states_table(results: Results) -> Table:
    """What each state answered, by issue; only where states were told so before."""
    language = get_language() or "en"
    columns = (
        Column("state", pgettext("kind of respondent", "State")),
        Column("code", _("Code"), "identifier", shown=False),
        Column("issue", _("Issue"), "identifier"),
        Column("level", _("Level")),
        Column("remark", _("Remark")),
    )
    rows = [
        {
            "state": territory_name(code, language),
            "code": code,
            "issue": issue,
            "level": label_of(results.round, answers[issue].level),
            "remark": answers[issue].remark,
        }
        for code, answers in sorted(results.states.items())
        for issue in results.round.issue_ids
        if issue in answers
    ]
    return Table("states", _("What each state answered"), columns, rows, base=base_of(results))


def as_json(results: Results) -> dict[str, Any]:
    """The same for programs; None is what is not told."""
    round_ = results.round
    return {
        "number": round_.pk,
        "titles": round_.titles,
        "closed": round_.closes_at.isoformat(),
        "published": round_.published_at.isoformat() if round_.published_at else None,
        "invited_states": results.invited,
        "answered_states": results.answered,
        "levels": round_.levels,
        "counts": [
            {
                "issue": issue,
                "states": {
                    ("no_level" if code == "" else code): n for code, n in results.counts[issue].items()
                },
            }
            for issue in round_.issue_ids
        ],
        "states": [
            {"state": code, "answers": {issue: each.level for issue, each in answers.items()}}
            for code, answers in sorted(results.states.items())
        ]
        if round_.shows_states
        else None,
    }
