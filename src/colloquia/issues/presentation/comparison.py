"""Two versions of a paper, made ready for the engine that compares them, and for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from colloquia.engines.papers.compare import Change, Line, Standing, Text, WordingChange, compare
from colloquia.issues import queries
from colloquia.issues.models import PaperVersion
from colloquia.issues.presentation.sentences import language_label
from colloquia.issues.records import Held, IssueIn, QuestionIn, Reported

COUNTED = ("added", "removed", "split", "merged", "moved", "renumbered", "widened", "reworded", "kept")


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """A change with the records of both versions."""

    change: Change
    before: Any
    after: Any

    @property
    def shown(self) -> Any:
        """The record to show: the later one where there is one."""
        return self.after or self.before

    @property
    def labels(self) -> list[tuple[str, str]]:
        """What happened, each with its words."""
        return [(kind, kind_label(kind)) for kind in self.change.kinds]

    @property
    def wording_words(self) -> str:
        """What can be said of the wordings, in a sentence; blank where the difference itself is shown."""
        return wording_sentence(self.change.wording) if self.change.wording else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions compared: issues in order, each with its questions; counts by kind."""

    before: PaperVersion
    after: PaperVersion
    issues: list[tuple[ComparedItem, list[ComparedItem]]]
    issue_counts: dict[str, int]
    question_counts: dict[str, int]
    reported: list[Reported]

    @property
    def folded(self) -> list[tuple[ComparedItem, list[ComparedItem], list[tuple[str, list[str]]]]]:
        """Each issue with its changed questions, and the kept ones by what can be said of their wording."""
        found = []
        for issue, questions in self.issues:
            kept: dict[str, list[str]] = {}
            for item in questions:
                if item.change.kinds == ("kept",):
                    kept.setdefault(item.wording_words, []).append(item.change.id)
            changed = [item for item in questions if item.change.kinds != ("kept",)]
            found.append((issue, changed, list(kept.items())))
        return found


def comparison(before: PaperVersion, after: PaperVersion) -> Comparison:
    """Compare two versions of one paper. At most twelve queries."""
    old_issues, new_issues = (
        {each.id: each for each in queries.issues_of(version)} for version in (before, after)
    )
    old_questions, new_questions = (
        {each.id: each for each in queries.questions_of(version)} for version in (before, after)
    )
    lines = _lines(before, after, [*old_issues, *new_issues, *old_questions, *new_questions])
    issues = compare(
        [_issue(each) for each in old_issues.values()], [_issue(each) for each in new_issues.values()], lines
    )
    questions = compare(
        [_question(each) for each in old_questions.values()],
        [_question(each) for each in new_questions.values()],
        lines,
    )
    by_issue: dict[str, list[ComparedItem]] = {}
    for change in questions:
        item = ComparedItem(change, old_questions.get(change.id), new_questions.get(change.id))
        by_issue.setdefault(item.shown.issue_id, []).append(item)
    return Comparison(
        before,
        after,
        [
            (
                ComparedItem(change, old_issues.get(change.id), new_issues.get(change.id)),
                by_issue.get(change.id, []),
            )
            for change in issues
        ],
        _counts(issues),
        _counts(questions),
        queries.recorded_changes(between=(before, after)),
    )


def kind_label(kind: str) -> str:
    """What happened to an issue or a question, in a word."""
    return {
        "added": _("added"),
        "removed": _("removed"),
        "split": _("split"),
        "merged": _("merged"),
        "moved": _("moved"),
        "renumbered": _("renumbered"),
        "widened": _("widened"),
        "reworded": _("reworded"),
        "kept": _("kept"),
    }[kind]


def wording_sentence(change: WordingChange) -> str:
    """What can be said of two wordings where no difference is shown."""
    match change.state:
        case "same":
            return _("The official wording is the same in both versions.")
        case "neither_held":
            return _("The wording of neither version is held, so wordings are not compared.")
        case "one_held":
            return _("The wording of only one version is held, so wordings are not compared.")
        case "other_language":
            return _("The wordings are held in different languages, so they are not compared.")
        case "other_grade":
            return _("The wordings are not equally sure, so they are not compared.")
        case "own_words":
            return _(
                "Both versions are described in the same words of ours; nothing follows for "
                "the official text."
            )
        case "changed" if change.grade == "authentic":
            return _("Official texts in %(language)s.") % {"language": language_label(change.language)}
        case "changed":
            return _("Our own words in %(language)s, not the official texts.") % {
                "language": language_label(change.language)
            }


def _counts(changes: list[Change]) -> dict[str, int]:
    counts = {kind: sum(kind in change.kinds for change in changes) for kind in COUNTED}
    return {kind: count for kind, count in counts.items() if count}


def _lines(before: PaperVersion, after: PaperVersion, ids: list[str]) -> list[Line]:
    """Lines of descent recorded between the two versions, those of versions in between included."""
    first, last = sorted((before.position, after.position))
    lines = [
        Line(each.kind, each.from_ids, each.to_ids)
        for each in queries.descents(ids)
        if each.from_version.paper_id == before.paper_id
        and first <= each.from_version.position
        and each.to_version.position <= last
    ]
    if before.position > after.position:
        return [Line(line.kind, line.to_ids, line.from_ids) for line in lines]
    return lines


def _issue(each: IssueIn) -> Standing:
    texts = tuple(_text(held, held.title) for held in each.wordings if not held.is_translation)
    return Standing(each.id, each.section.key if each.section else "", each.number, texts)


def _question(each: QuestionIn) -> Standing:
    texts = tuple(_text(held, held.text) for held in each.wordings if not held.is_translation)
    return Standing(each.id, each.issue_id, each.number or each.paragraphs, texts)


def _text(held: Held, text: str) -> Text:
    return Text(held.language, held.grade, text, described_elsewhere=held.described_in is not None)
