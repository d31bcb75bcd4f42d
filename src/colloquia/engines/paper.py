"""Reads a paper of issues and questions from YAML or JSON and says everything that is wrong with it.

The form is documented in ``docs/reference/paper-form.md``.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colloquia.engines.records import Paper, Question
from colloquia.engines.results import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST_PAPER = 5 * 1024 * 1024
MOST_PARTS = 300_000
"""Values in a paper, those that YAML repeats by reference counted each time."""
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,63}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
TEXT_KEYS = ("text", "asks", "question", "question_text")
ISSUE_KEYS = ("id", "title", "context", "questions", "numbers", "number")
PAPER_KEYS = ("title", "symbol", "language", "issues", "questions")


@dataclass(frozen=True, slots=True)
class Number:
    """The number that one version of the paper gave to an issue or a question.

    ``target`` is the id of the issue or question. ``version`` is the version's name in small
    letters, empty where the paper names none.
    """

    target: str
    number: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class NumberedPaper(Paper):
    """A paper with the numbers that its versions gave to issues and questions."""

    numbers: tuple[Number, ...] = ()


class PaperError(ValueError):
    """The paper cannot be used. ``problems`` lists all that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem.where}: {problem.message}" for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file with the line it stands on (0 where unknown)."""

    value: str | list[Node] | dict[str, Node]
    line: int


def read_paper(path: Path) -> NumberedPaper:
    """Read the paper at ``path`` (YAML or JSON, UTF-8).

    Raises ``PaperError`` with every problem found: file, line, field and remedy.
    """
    reader = PaperReader(path.name)
    root = reader.parse(path)
    paper = reader.paper(root) if root is not None else None
    if reader.problems or paper is None:
        raise PaperError(reader.problems)
    return paper


class PaperReader:
    """Walks the file once, collecting problems instead of stopping at the first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.seen: dict[str, int] = {}
        self.numbers: list[Number] = []
        self.converted = 0

    def wrong(self, line: int, field: str, message: str) -> None:
        where = ", ".join(part for part in (self.name, f"line {line}" if line else "", field) if part)
        self.problems.append(Problem("paper", where, message))

    def parse(self, path: Path) -> Node | None:
        try:
            if path.stat().st_size > LARGEST_PAPER:
                self.wrong(
                    0,
                    "",
                    "is over 5 MB, too large for a paper of questions; check that it is the right file.",
                )
                return None
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.wrong(0, f"byte {error.start + 1}", "is not UTF-8; save the paper as UTF-8.")
        except OSError as error:
            reason = error.strerror or str(error)
            self.wrong(0, "", f"cannot be opened ({reason}); check the path and the permissions.")
        else:
            if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("{", "["):
                text = self.check_json(text)
            return self.compose(text)
        return None

    def check_json(self, text: str) -> str:
        """Report what is wrong with the JSON; return it in a shape that the YAML composer reads."""
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            self.wrong(
                error.lineno, f"column {error.colno}", f"is not valid JSON ({error.msg}); correct it there."
            )
            return ""
        except RecursionError:
            self.wrong(0, "", "is nested too deeply; use the form of the documentation.")
            return ""
        if re.search(r"\\u[dD][89abAB]", text):
            return json.dumps(data, ensure_ascii=False, indent=1)
        return text.replace("\t", " ")

    def compose(self, text: str) -> Node | None:
        import yaml  # slow import

        if self.problems:
            return None
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            if node is None:
                self.wrong(0, "", "is empty; write a title and issues with questions.")
                return None
            return self.convert_whole(node)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 0
            lines = text.splitlines()
            if mark and mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
                self.wrong(line, "", "a tab is used for indentation, which YAML does not allow; use spaces.")
            else:
                reason = " ".join(str(error.problem or "").split())
                self.wrong(
                    line,
                    "",
                    f"is not valid YAML ({reason}); check the indentation, and put text that holds ': ' or "
                    "starts with a special sign in quotation marks.",
                )
        except (yaml.YAMLError, ValueError) as error:
            self.wrong(
                0,
                "",
                f"is not valid YAML ({' '.join(str(error).split())[:200]}); save it as plain UTF-8 text.",
            )
        except RecursionError:
            self.wrong(0, "", "is nested too deeply; use the form of the documentation.")
        return None

    def convert_whole(self, node: Any) -> Node | None:
        root = self.convert(node, 0)
        if self.converted <= MOST_PARTS:
            return root
        self.wrong(0, "", "repeats its own parts too often; write out what is meant, once.")
        return None

    def convert(self, node: Any, depth: int) -> Node:
        line = node.start_mark.line + 1
        self.converted += 1
        if depth > 12 or self.converted > MOST_PARTS:
            return Node("", line)
        if node.id == "sequence":
            return Node([self.convert(item, depth + 1) for item in node.value], line)
        if node.id == "mapping":
            fields: dict[str, Node] = {}
            for key, value in node.value:
                name = str(key.value)
                if name in fields and depth <= 6:
                    self.wrong(
                        key.start_mark.line + 1, name, "is given twice in the same place; keep one of them."
                    )
                fields[name] = self.convert(value, depth + 1)
            return Node(fields, line)
        return Node("" if node.tag.endswith(":null") else str(node.value), line)

    def text_of(self, fields: dict[str, Node], keys: tuple[str, ...], place: str) -> str:
        """The first of ``keys`` that is present, as one clean string; complains about lists and mappings.

        What was complained about counts as given, so that one mistake is told once.
        """
        for key in keys:
            node = fields.get(key)
            if node is None:
                continue
            if isinstance(node.value, str):
                return " ".join(node.value.split())
            self.wrong(
                node.line,
                f"{place}, {key}",
                "must be text; put the text behind the colon, in quotation marks.",
            )
            return "?"
        return ""

    def identifier(self, node: Node, fields: dict[str, Node], place: str, example: str) -> str:
        label = self.text_of(fields, ("id",), place)
        if not label:
            self.wrong(node.line, f"{place}, id", f"is missing; give it a permanent label such as {example}.")
        elif not IDENTIFIER.fullmatch(label):
            self.wrong(
                node.line,
                f"{place}, id",
                f'"{label}" cannot be a label; use letters, digits, dots and dashes only, such as {example}.',
            )
        elif label.casefold() in self.seen:
            self.wrong(
                node.line,
                f"{place}, id",
                f'"{label}" is used already in line {self.seen[label.casefold()]}; '
                "every label may stand once.",
            )
        else:
            self.seen[label.casefold()] = node.line
        return label

    def listed(self, node: Node | None, place: str, what: str) -> list[Node]:
        if node is None or node.value == "":
            return []
        if not isinstance(node.value, list):
            self.wrong(node.line, place, f"must be a list; start each of the {what} with a dash.")
            return []
        return node.value

    def paper(self, root: Node) -> NumberedPaper | None:
        if not isinstance(root.value, dict):
            self.wrong(
                root.line,
                "",
                'must start with fields such as "title:" and "issues:", not with a list or a text.',
            )
            return None
        fields = root.value
        title = self.text_of(fields, ("title",), "paper")
        symbol = self.text_of(fields, ("symbol",), "paper")
        if not title and isinstance(fields.get("documents", root).value, list):
            title, symbol = self.latest_document(fields["documents"])
        if not title:
            self.wrong(root.line, "title", f"is missing; give the paper its title.{_near('title', fields)}")
        language = self.text_of(fields, ("language",), "paper") or "en"
        if not LANGUAGE.fullmatch(language):
            self.wrong(
                fields["language"].line,
                "language",
                f'"{language}" is not a language code; write en, fr, ar …',
            )
        questions = self.issues(fields) if "issues" in fields or "questions" not in fields else []
        flat = (
            self.listed(fields.get("questions"), "questions", "questions") if "issues" not in fields else []
        )
        for position, node in enumerate(flat, start=1):
            questions.extend(self.question(node, f"question {position}", "paper", title, "", order=position))
        if not questions and not self.problems:
            self.wrong(root.line, "issues", "holds no question; add at least one.")
        return NumberedPaper(
            title=title,
            questions=tuple(questions),
            language=language,
            symbol=symbol,
            numbers=tuple(self.numbers),
        )

    def latest_document(self, documents: Node) -> tuple[str, str]:
        """Title and symbol of the last listed version that counts its issues."""
        for node in reversed(documents.value if isinstance(documents.value, list) else []):
            if isinstance(node.value, dict) and "issues" in node.value:
                return self.text_of(node.value, ("title",), "document"), self.text_of(
                    node.value, ("symbol",), "document"
                )
        return "", ""

    def issues(self, fields: dict[str, Node]) -> list[Question]:
        if "issues" not in fields:
            self.wrong(1, "issues", f"is missing; list the issues under it.{_near('issues', fields)}")
            return []
        questions: list[Question] = []
        for position, node in enumerate(self.listed(fields["issues"], "issues", "issues"), start=1):
            place = f"issue {position}"
            if not isinstance(node.value, dict):
                self.wrong(node.line, place, "must have fields such as id, title and questions.")
                continue
            issue = self.identifier(node, node.value, place, f"IP-{position:02d}")
            place = f"issue {issue}" if issue else place
            title = self.text_of(node.value, ("title",), place)
            if not title:
                self.wrong(node.line, f"{place}, title", "is missing; give the issue its title.")
            context = self.text_of(node.value, ("context",), place)
            self.number(node.value, issue, place)
            if "questions" not in node.value:
                hint = _near("questions", node.value)
                self.wrong(node.line, f"{place}, questions", f"is missing; list at least one question.{hint}")
            for order, item in enumerate(
                self.listed(node.value.get("questions"), f"{place}, questions", "questions"), 1
            ):
                questions.extend(
                    self.question(item, f"{place}, question {order}", issue, title, context, order=order)
                )
        return questions

    def question(
        self, node: Node, place: str, issue: str, issue_title: str, context: str, *, order: int
    ) -> list[Question]:
        if not isinstance(node.value, dict):
            self.wrong(node.line, place, "must have the fields id and text.")
            return []
        label = self.identifier(node, node.value, place, f"{issue or 'IP-01'}.q{order}")
        place = f"question {label}" if label else place
        text = self.text_of(node.value, TEXT_KEYS, place)
        if not text:
            self.wrong(node.line, f"{place}, text", "is missing; write the question as it was put.")
        self.number(node.value, label, place)
        own_context = self.text_of(node.value, ("context",), place)
        evidence = self.text_of(node.value, ("evidence",), place)
        return [Question(label, text, issue, issue_title, own_context or context, evidence)]

    def number(self, fields: dict[str, Node], target: str, place: str) -> None:
        """Collect ``number: 7``, ``numbers: {draft: 7, revised: 8}`` and ``number_draft: 7``."""
        plain = self.text_of(fields, ("number",), place)
        if plain:
            self.numbers.append(Number(target, plain))
        versions = fields.get("numbers")
        if versions is not None and versions.value != "":
            if not isinstance(versions.value, dict):
                self.wrong(
                    versions.line, f"{place}, numbers", "must name versions, as in {draft: 7, revised: 8}."
                )
            else:
                for version in versions.value:
                    self.versioned(
                        version, self.text_of(versions.value, (version,), f"{place}, numbers"), target
                    )
        for key in fields:
            if key.startswith("number_"):
                self.versioned(key.removeprefix("number_"), self.text_of(fields, (key,), place), target)

    def versioned(self, version: str, number: str, target: str) -> None:
        if number:
            self.numbers.append(Number(target, number, version.casefold()))


def _near(wanted: str, present: Iterable[str]) -> str:
    close = difflib.get_close_matches(wanted, list(present), n=1, cutoff=0.6)
    return f' Was "{close[0]}" meant to be "{wanted}"?' if close else ""
