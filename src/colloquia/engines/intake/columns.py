"""Decides what each column of a table is: by ``--map``, by its heading, by the paper, by its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colloquia.engines.intake.headings import field_and_rank, field_by_phrase, normalise, without_numbering
from colloquia.engines.intake.stakeholders import is_stakeholder_word
from colloquia.engines.intake.understanding import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colloquia.engines.intake.layout import Heading, Layout
    from colloquia.engines.intake.maps import Rule
    from colloquia.engines.intake.questions import QuestionFinder
    from colloquia.engines.intake.values import ColumnValues

SINGLE = (
    "id",
    "organisation",
    "country",
    "stakeholder",
    "language",
    "date",
    "channel",
    "question",
    "position",
)
PERSONAL = "personal data, never read into an analysis"
DOMAINS = "personal data; of its addresses only the domain is kept, to tell organisations apart"
TOOL = "written by the survey tool or for machines"
RUNNING = frozenset((
    "index", "row", "row number", "no", "nr", "number", "n", "序号", "序號", "编号", "編號",
    "番号", "通し番号", "번호", "일련번호", "номер",
    "الرقم", "رقم", "numero", "nummer", "lfd nr", "laufende nummer",
))  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """A column while it is being decided; ``rank`` orders several columns that name one field."""

    place: int
    heading: Heading
    values: ColumnValues
    role: str = ""
    rank: int = 0
    sure: str = "named"
    question_id: str | None = None
    reason: str = ""

    def settle(self, role: str, sure: str = "named", reason: str = "") -> None:
        self.role, self.sure, self.reason = role, sure, reason


@dataclass(slots=True)
class Decision:
    """The columns of a table, with candidates for text where it stayed undecided."""

    columns: list[Column]
    undecided: list[str] = field(default_factory=list)
    unused_prose: list[str] = field(default_factory=list)


def decide(
    layout: Layout, values: Sequence[ColumnValues], rules: Mapping[int, Rule], finder: QuestionFinder
) -> Decision:
    """Give every column its role. ``rules`` holds the ``--map`` of each column that has one."""
    candidates = [
        Candidate(place, heading, column)
        for place, (heading, column) in enumerate(zip(layout.headings, values, strict=True))
    ]
    for candidate in candidates:
        _first_reading(candidate, rules.get(candidate.place), finder)
    mapped = {candidate.role for candidate in candidates if candidate.sure == "mapped"}
    _doubt_by_cells(candidates, mapped)
    _keep_strongest(candidates, mapped)
    undecided = _find_text(candidates, layout, mapped)
    unused: list[str] = []
    for candidate in candidates:
        if not candidate.role:
            _closed_or_ignored(candidate, unused)
    return Decision([_column(candidate) for candidate in candidates], undecided, unused)


def _first_reading(candidate: Candidate, rule: Rule | None, finder: QuestionFinder) -> None:
    heading = candidate.heading
    if rule is not None:
        role = "ignored" if rule.field == "ignore" else rule.field
        candidate.settle(role, "mapped", "left out as asked" if role == "ignored" else "")
        if rule.question:
            candidate.question_id = finder.exact_id(rule.question)
        return
    names = [field_and_rank(alias) for alias in heading.aliases if alias]
    named = next((found for found in names if found[0]), ("", 0))
    match = next((found for found in map(finder.match, heading.aliases) if found.question_id), None)
    if match is not None and named[0] not in SINGLE:
        if candidate.values.is_prose or not candidate.values.is_choice or "id" in match.how:
            candidate.settle("text", "named" if match.how in ("its id", "its text") else "guessed")
            candidate.question_id = match.question_id
            candidate.reason = f"found by {match.how}"
        return
    if named[0]:
        candidate.role, candidate.rank = named
        return
    phrase = next((found for found in map(field_by_phrase, heading.aliases) if found), "")
    if phrase:
        candidate.settle(phrase, "guessed", "by the wording of the heading")
        candidate.rank = 500
    elif heading.open_ended:
        candidate.settle("text", "named", "an open-ended question")


def is_running_number(column: Column) -> bool:
    """Whether an id column only numbers the rows of its own table."""
    return column.sure == "named" and normalise(column.heading.rpartition(".")[2]) in RUNNING


def _doubt_by_cells(candidates: list[Candidate], mapped: set[str]) -> None:
    """Take back readings that the cells contradict."""
    for candidate in candidates:
        values = candidate.values
        if candidate.sure == "mapped":
            continue
        if not values.filled and candidate.role != "id":
            candidate.settle("ignored", "named", "empty")
        elif _is_tick(candidate):
            candidate.settle("closed", "named", "ticked or blank")
        elif values.is_personal or candidate.role == "personal":
            candidate.settle("ignored", candidate.sure, DOMAINS if values.holds_mail else PERSONAL)
        elif candidate.role == "tool":
            candidate.settle("ignored", candidate.sure, TOOL)
        elif (
            (candidate.role == "attachment" and not values.names_files)
            or (candidate.role == "position" and (values.is_prose or values.distinct > 40))
            or (candidate.role in ("stakeholder", "country") and values.is_prose)
            or (candidate.role == "id" and not _can_be_id(candidate))
        ):
            candidate.settle("")
        elif candidate.role == "title":
            _title(candidate)
    _find_mail(candidates)
    texts = [candidate for candidate in candidates if candidate.role == "text"]
    for candidate in texts:
        other = any(rival is not candidate and rival.values.is_prose for rival in candidates)
        closed = (
            candidate.values.is_choice and candidate.values.filled >= 10 and not candidate.values.is_prose
        )
        if (candidate.sure == "named" and not candidate.question_id and closed and other) or (
            candidate.sure != "mapped" and "text" in mapped and not candidate.question_id
        ):
            candidate.settle("")
    if "stakeholder" not in mapped and not any(candidate.role == "stakeholder" for candidate in candidates):
        _stakeholder_by_cells(candidates)


def _find_mail(candidates: list[Candidate]) -> None:
    """Where no column is mostly addresses of e-mail, the personal one with most of them is theirs."""
    if any(candidate.reason == DOMAINS for candidate in candidates):
        return
    personal = [each for each in candidates if each.reason == PERSONAL and each.values.emails]
    for candidate in sorted(personal, key=lambda each: -each.values.emails)[:1]:
        candidate.reason = DOMAINS


def _is_tick(candidate: Candidate) -> bool:
    """Whether the cells repeat the option that ends the heading, as tools write a ticked box."""
    values = candidate.values
    if values.distinct != 1 or values.more_values:
        return False
    option = normalise(next(iter(values.values)))
    name = normalise(candidate.heading.name)
    return name != option and name.endswith(" " + option)


def _can_be_id(candidate: Candidate) -> bool:
    values = candidate.values
    return not values.is_prose and (
        candidate.rank <= 12 or values.more_values or 2 * values.distinct >= values.filled
    )


def _title(candidate: Candidate) -> None:
    """A title is part of what was said, unless it is a formula repeated over the rows."""
    values = candidate.values
    formula = sum(
        1
        for value in values.values
        if normalise(value).startswith(("comment ", "submission ", "response ", "feedback "))
    )
    various = values.more_values or 10 * values.distinct >= 8 * values.filled
    if various and 2 * formula <= values.distinct:
        candidate.settle("text", "named", "a title of the answer")
    else:
        candidate.settle("ignored", "named", "titles that repeat themselves; use --map text=… to read them")


def _stakeholder_by_cells(candidates: list[Candidate]) -> None:
    for candidate in candidates:
        values = candidate.values
        if candidate.role in ("", "channel") and values.is_choice and values.filled:
            known = sum(count for value, count in values.values.items() if is_stakeholder_word(value))
            if 10 * known >= 8 * values.filled:
                candidate.settle("stakeholder", "guessed", "by its values")
                return


def _keep_strongest(candidates: list[Candidate], mapped: set[str]) -> None:
    """One column for each field that a submission has once; the others fall back to their cells."""
    for role in SINGLE:
        rivals = [candidate for candidate in candidates if candidate.role == role]
        if len(rivals) < 2:
            continue
        best = min(
            rivals, key=lambda candidate: (candidate.sure != "mapped", candidate.rank, candidate.place)
        )
        for candidate in rivals:
            if candidate is not best:
                reason = f'"{best.heading.name}" is read as the {role}'
                candidate.settle("ignored" if role in ("id", "date") else "", "named", reason)
    for candidate in candidates:
        if (
            candidate.role in ("person", "attachment")
            and candidate.sure != "mapped"
            and candidate.role in mapped
        ):
            candidate.settle("ignored", "named", f"another column is mapped to {candidate.role}")


def _find_text(candidates: list[Candidate], layout: Layout, mapped: set[str]) -> list[str]:
    """Read columns of prose as text where no heading says which; the headings where it stays undecided."""
    texts = [
        candidate for candidate in candidates if candidate.role == "text" and "title" not in candidate.reason
    ]
    prose = [candidate for candidate in candidates if not candidate.role and candidate.values.is_prose]
    if not prose or "text" in mapped:
        return []
    survey = bool(layout.tool) or any(candidate.question_id for candidate in texts)
    asking = all(_asks(candidate.heading) for candidate in prose)
    if survey or (not texts and (len(prose) == 1 or asking)):
        chosen = prose
    elif texts:
        return []
    else:
        ordered = sorted(prose, key=lambda candidate: -_mean(candidate))
        if _mean(ordered[0]) < 3 * _mean(ordered[1]):
            return [candidate.heading.name for candidate in prose]
        chosen = ordered[:1]
    for candidate in chosen:
        candidate.settle("text", "guessed", "by its prose")
    return []


def _mean(candidate: Candidate) -> float:
    return candidate.values.weight / max(1, candidate.values.filled)


def _asks(heading: Heading) -> bool:
    return any(mark in heading.name for mark in "?？؟") or any(
        without_numbering(alias) != alias for alias in heading.aliases
    )


def _closed_or_ignored(candidate: Candidate, unused: list[str]) -> None:
    values = candidate.values
    before = f"{candidate.reason}; " if candidate.reason else ""
    if values.is_prose:
        candidate.settle("ignored", "guessed", f"{before}prose that no one asked for")
        unused.append(candidate.heading.name)
    elif values.is_choice:
        candidate.settle("closed", "guessed", candidate.reason)
    elif values.links * 2 > values.filled:
        candidate.settle("ignored", "guessed", f"{before}links, which are never followed")
    else:
        candidate.settle(
            "ignored",
            "guessed",
            f"{before}too many different values to tabulate; use --map closed=… to keep it",
        )


def _column(candidate: Candidate) -> Column:
    values = candidate.values
    choices = values.choices() if candidate.role == "closed" else ()
    return Column(
        candidate.place,
        candidate.heading.name,
        candidate.role,
        candidate.sure,
        candidate.question_id,
        candidate.reason,
        values.filled,
        choices,
        gives_domain=candidate.reason == DOMAINS,
    )
