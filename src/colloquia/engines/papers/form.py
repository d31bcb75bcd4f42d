"""A paper in YAML or JSON to a draft, with line and field of everything that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

from colloquia.engines.paper import IDENTIFIER, LANGUAGE, TEXT_KEYS, Node, PaperReader
from colloquia.engines.papers.records import DraftIssue, DraftLine, DraftPaper, DraftQuestion, Remark

KINDS = ("added", "removed", "split", "merged", "moved", "kept", "widened")
_GRADES = ("authentic",)


def read_form(path: Path, name: str = "") -> DraftPaper:
    """Read the paper; what is wrong comes as serious remarks, all at once. Ids may be left out."""
    reader = _Form(name or path.name)
    root = reader.parse(path)
    draft = reader.draft(root) if root is not None else DraftPaper()
    remarks = tuple(Remark(problem.where, problem.message, serious=True) for problem in reader.problems)
    return DraftPaper(
        title=draft.title, symbol=draft.symbol, date=draft.date, language=draft.language,
        issues=draft.issues, glossary=draft.glossary, lines=draft.lines, remarks=remarks,
    )  # fmt: skip


class _Form(PaperReader):
    """The form of docs/reference/paper-form.md, with the fields that a version needs."""

    def draft(self, root: Node) -> DraftPaper:
        """The whole file."""
        if not isinstance(root.value, dict):
            self.wrong(root.line, "", "must start with fields such as “title:” and “issues:”.")
            return DraftPaper()
        fields = root.value
        language = self.text_of(fields, ("language",), "paper")
        if language and not LANGUAGE.fullmatch(language):
            self.wrong(
                fields["language"].line,
                "language",
                f"“{language}” is not a language code; write en, fr, ar …",
            )
        date = self.text_of(fields, ("date",), "paper")
        if date and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
            self.wrong(fields["date"].line, "date", f"“{date}” is not a date; write it as 2020-05-21.")
        issues = [
            self._issue(node, place)
            for place, node in enumerate(self.listed(fields.get("issues"), "issues", "issues"), start=1)
        ]
        if not issues and not self.problems:
            self.wrong(root.line, "issues", "is missing or empty; list the issues under it.")
        return DraftPaper(
            title=self.text_of(fields, ("title",), "paper"),
            symbol=self.text_of(fields, ("symbol",), "paper"),
            date=date,
            language=language,
            issues=tuple(issues),
            glossary=tuple(self._glossary(fields.get("glossary"))),
            lines=tuple(self._lines(fields.get("lineage"))),
        )

    def _issue(self, node: Node, place: int) -> DraftIssue:
        name = f"issue {place}"
        if not isinstance(node.value, dict):
            self.wrong(node.line, name, "must have fields such as title and questions.")
            return DraftIssue(f"i{place}", "")
        fields = node.value
        title = self.text_of(fields, ("title",), name)
        if not title:
            self.wrong(node.line, f"{name}, title", "is missing; give the issue its title.")
        self._official(fields, name)
        return DraftIssue(
            place=f"i{place}",
            title=title,
            id=self._id(node, fields, name, f"IP-{place:02d}"),
            number=self.text_of(fields, ("number",), name),
            section=self.text_of(fields, ("section",), name),
            paragraphs=self.text_of(fields, ("paragraphs", "paragraph"), name),
            context=self.text_of(fields, ("context",), name),
            where=f"line {node.line}",
            questions=tuple(
                self._question(item, f"i{place}.q{at}", f"{name}, question {at}")
                for at, item in enumerate(
                    self.listed(fields.get("questions"), f"{name}, questions", "questions"), start=1
                )
            ),
        )

    def _question(self, node: Node, place: str, name: str) -> DraftQuestion:
        if not isinstance(node.value, dict):
            self.wrong(node.line, name, "must have the field text.")
            return DraftQuestion(place, "")
        fields = node.value
        text = self.text_of(fields, TEXT_KEYS, name)
        if not text:
            self.wrong(node.line, f"{name}, text", "is missing; write the question as it was put.")
        self._official(fields, name)
        return DraftQuestion(
            place=place,
            text=text,
            id=self._id(node, fields, name, "IP-08.q1"),
            number=self.text_of(fields, ("number",), name),
            paragraphs=self.text_of(fields, ("paragraphs", "paragraph"), name),
            context=self.text_of(fields, ("context",), name),
            where=f"line {node.line}",
        )

    def _id(self, node: Node, fields: dict[str, Node], name: str, example: str) -> str:
        return self.identifier(node, fields, name, example) if "id" in fields else ""

    def _official(self, fields: dict[str, Node], name: str) -> None:
        """Words that somebody graded as not official must not become so by being imported."""
        for key in ("grade", "evidence"):
            grade = self.text_of(fields, (key,), name)
            if grade and grade not in _GRADES:
                self.wrong(
                    fields[key].line,
                    f"{name}, {key}",
                    f"“{grade}” says that this is not the official text; import the official text, and leave "
                    "this field out.",
                )

    def _glossary(self, node: Node | None) -> list[tuple[str, str]]:
        entries = []
        for place, item in enumerate(self.listed(node, "glossary", "terms"), start=1):
            name = f"glossary, term {place}"
            if not isinstance(item.value, dict):
                self.wrong(item.line, name, "must have the fields term and meaning.")
                continue
            term = self.text_of(item.value, ("term",), name)
            meaning = self.text_of(item.value, ("meaning",), name)
            if not term or not meaning:
                self.wrong(item.line, name, "must have the fields term and meaning.")
            else:
                self._official(item.value, name)
                entries.append((term, meaning))
        return entries

    def _lines(self, node: Node | None) -> list[DraftLine]:
        lines = []
        for place, item in enumerate(self.listed(node, "lineage", "lines"), start=1):
            name = f"lineage, line {place}"
            if not isinstance(item.value, dict):
                self.wrong(item.line, name, "must have the fields kind, from and to.")
                continue
            kind = self.text_of(item.value, ("kind",), name)
            if kind not in KINDS:
                self.wrong(item.line, f"{name}, kind", f"must be one of {', '.join(KINDS)}.")
            sides = [tuple(self._ids(item.value.get(side), f"{name}, {side}")) for side in ("from", "to")]
            version = self.text_of(item.value, ("version",), name)
            lines.append(DraftLine(kind, sides[0], sides[1], version))
        return lines

    def _ids(self, node: Node | None, name: str) -> list[str]:
        if node is None or node.value == "":
            return []
        items = node.value if isinstance(node.value, list) else [node]
        found = []
        for item in items:
            if isinstance(item.value, str) and IDENTIFIER.fullmatch(item.value):
                found.append(item.value)
            else:
                self.wrong(item.line, name, "must be ids such as IP-08 or IP-08.q2.")
        return found
