"""Finds the question that a heading or a cell means: by id, by number, or by its text."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colloquia.engines.intake.headings import normalise, without_numbering
from colloquia.engines.paper import NumberedPaper

if TYPE_CHECKING:
    from colloquia.engines.records import Paper

SHORTEST_TEXT = 20
SHORTENED = 40
_ISSUE = r"issue|topic|enjeu|tema|asunto|вопрос|议题|議題|المسألة|thema|論点|쟁점"
_QUESTION = r"q|question|frage|pregunta|pergunta|domanda|问题|問題|질문|السؤال|設問"
_NUMBERED = re.compile(
    rf"^\W*(?:(?P<issue>{_ISSUE})|(?P<question>{_QUESTION}))\s*(?:no\.?|n°|nº|№|#)?\s*(?P<number>\d+)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\s*(?P<number>\d+)\s*[.:)]?\s*$")


@dataclass(frozen=True, slots=True)
class QuestionMatch:
    """``question_id`` is None where nothing or no single question was meant; ``how`` says why, for people."""

    question_id: str | None
    how: str = ""


def _id_pattern(name: str) -> str:
    """The id as a pattern that takes other signs, or none, for its dots and dashes."""
    return "".join(re.escape(letter) if letter.isalnum() else r"[._\-\s]?" for letter in name)


class QuestionFinder:
    """Looks up questions of one paper; without a paper it finds none."""

    def __init__(self, paper: Paper | None) -> None:
        self.questions = paper.questions if paper else ()
        self.by_id = {question.id.casefold(): question.id for question in self.questions}
        self.by_text = {normalise(question.text): question.id for question in self.questions}
        self.issues: dict[str, list[str]] = {}
        for question in self.questions:
            self.issues.setdefault(question.issue_id, []).append(question.id)
        self.issue_titles = {
            normalise(question.issue_title): question.issue_id for question in self.questions
        }
        numbers = paper.numbers if isinstance(paper, NumberedPaper) else ()
        self.versions = sorted(
            {number.version for number in numbers if number.version}, key=len, reverse=True
        )
        self.numbered = {
            (number.version, number.number, number.target in self.issues): number.target for number in numbers
        }
        self.current = [
            version for version in dict.fromkeys(number.version for number in numbers) if version != "draft"
        ]
        self.texts = list(self.by_text)
        names = [*self.by_id, *(issue.casefold() for issue in self.issues)]
        parts = [_id_pattern(name) for name in sorted(names, key=len, reverse=True) if not name.isdigit()]
        self.pattern = (
            re.compile(rf"(?<![\w])(?:{'|'.join(parts)})(?![\w])", re.IGNORECASE) if parts else None
        )
        self.squeezed = {re.sub(r"[\W_]", "", name): name for name in names}

    def exact_id(self, label: str) -> str | None:
        """The question with this id, whatever its case; or the only question of the issue with this id."""
        found = self.by_id.get(label.casefold())
        if found:
            return found
        for issue, members in self.issues.items():
            if issue.casefold() == label.casefold() and len(members) == 1:
                return members[0]
        return None

    def near_ids(self, label: str) -> str:
        """A sentence that names the ids most like ``label``."""
        close = difflib.get_close_matches(label.casefold(), list(self.by_id), n=3, cutoff=0.4)
        names = [self.by_id[name] for name in close] or [question.id for question in self.questions[:5]]
        return f"The nearest are: {', '.join(names)}." if names else "The paper has no questions."

    def match(self, value: str) -> QuestionMatch:
        """The question that a cell of a ``question`` column, or a heading, means."""
        value = value.strip()
        if not value or not self.questions:
            return QuestionMatch(None)
        return self._by_id(value) or self._by_text(value) or self._by_number(value) or QuestionMatch(None)

    def _by_id(self, value: str) -> QuestionMatch | None:
        if value.casefold() in self.by_id:
            return QuestionMatch(self.by_id[value.casefold()], "its id")
        hit = self.pattern.search(value) if self.pattern else None
        if not hit:
            return None
        name = self.squeezed.get(re.sub(r"[\W_]", "", hit.group().casefold()), "")
        if name in self.by_id:
            return QuestionMatch(self.by_id[name], "its id")
        issue = next((issue for issue in self.issues if issue.casefold() == name), "")
        return self._issue(issue) if issue else None

    def _issue(self, issue: str) -> QuestionMatch:
        members = self.issues[issue]
        if len(members) == 1:
            return QuestionMatch(members[0], f"the only question of issue {issue}")
        return QuestionMatch(None, f"issue {issue} has {len(members)} questions")

    def _by_text(self, value: str) -> QuestionMatch | None:
        text = normalise(without_numbering(value))
        whole = normalise(value)
        for form in (text, whole):
            if form in self.by_text:
                return QuestionMatch(self.by_text[form], "its text")
            if form in self.issue_titles:
                return self._issue(self.issue_titles[form])
        if len(text) < SHORTEST_TEXT:
            return None
        inside = [key for key in self.texts if len(key) >= SHORTEST_TEXT and key in whole]
        if inside:
            return QuestionMatch(self.by_text[max(inside, key=len)], "its text")
        cut = [key for key in self.texts if len(text) >= SHORTENED and key.startswith(text)]
        if len(cut) == 1:
            return QuestionMatch(self.by_text[cut[0]], "the beginning of its text")
        return None

    def _by_number(self, value: str) -> QuestionMatch | None:
        lowered = value.casefold()
        version = next((name for name in self.versions if re.search(rf"\b{re.escape(name)}", lowered)), "")
        without = re.sub(rf"\b{re.escape(version)}\w*", " ", lowered) if version else lowered
        hit = _NUMBERED.match(without) or _BARE.match(without)
        if not hit:
            return None
        number = str(int(hit["number"]))
        kind = "issue" if "issue" in hit.groupdict() and hit["issue"] else "question"
        named = [version] if version else [*reversed(self.current), "draft", ""]
        for name in named:
            target = self.numbered.get((name, number, kind == "issue"))
            if target:
                shown = f"{kind} number {number}" + (f" of the {name} version" if name else "")
                return self._issue(target) if target in self.issues else QuestionMatch(target, shown)
        if any(issue == (kind == "issue") for _version, _number, issue in self.numbered):
            return None
        return self._by_order(kind, int(number), without[hit.end() :])

    def _by_order(self, kind: str, number: int, rest: str) -> QuestionMatch | None:
        """By position in a paper that gives no numbers, unless the words after the number say otherwise."""
        if kind == "issue":
            names = list(self.issues)
            return self._issue(names[number - 1]) if 0 < number <= len(names) else None
        if not 0 < number <= len(self.questions):
            return None
        question = self.questions[number - 1]
        words = {word for word in normalise(rest).split() if len(word) > 3}
        own = set(normalise(f"{question.text} {question.issue_title}").split())
        if len(words) > 2 and len(words & own) * 3 < len(words):
            return None
        return QuestionMatch(question.id, f"question {number} in the order of the paper")
