"""The ``--map`` arguments: what the user says about columns, matched to their headings."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colloquia.engines.results import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colloquia.engines.intake.layout import Heading

FIELDS = (
    "id",
    "text",
    "person",
    "organisation",
    "country",
    "stakeholder",
    "language",
    "date",
    "channel",
    "question",
    "position",
    "attachment",
)
OTHER = ("closed", "ignore")
FOLDERS = ("files", "submissions")
SPELLINGS = {"organization": "organisation", "ignored": "ignore"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One ``--map``: the field, the question for ``text.QUESTION``, and the heading as typed."""

    field: str
    question: str
    heading: str
    typed: str


def parse_maps(maps: Sequence[str]) -> tuple[list[Rule], str, list[Problem]]:
    """Rules, the choice for ``folders`` (empty where none), and what is wrong with the arguments."""
    rules: list[Rule] = []
    folders = ""
    problems: list[Problem] = []
    for typed in maps:
        left, equals, heading = typed.partition("=")
        name, _dot, question = left.strip().partition(".")
        name = SPELLINGS.get(name.strip().casefold(), name.strip().casefold())
        heading = heading.strip()
        where = f"--map {typed}"
        if not equals or not heading:
            problems.append(Problem("map", where, 'has no heading; write it as --map text="Your comments".'))
        elif name == "folders":
            if heading in FOLDERS:
                folders = heading
            else:
                problems.append(Problem("map", where, "must be folders=files or folders=submissions."))
        elif name not in FIELDS + OTHER:
            near = difflib.get_close_matches(name, FIELDS + OTHER, n=1)
            hint = f'Did you mean "{near[0]}"? ' if near else ""
            problems.append(
                Problem(
                    "map", where, f'"{name}" is not a field. {hint}Use one of: {", ".join(FIELDS + OTHER)}.'
                )
            )
        elif question and name not in ("text", "attachment", "closed"):
            problems.append(
                Problem("map", where, f"only text and attachment take a question; write --map {name}=…")
            )
        else:
            rules.append(Rule(name, question.strip(), heading, typed))
    return rules, folders, problems


def find_columns(heading: str, headings: Sequence[Heading]) -> list[int]:
    """Columns that the typed heading means: exactly, then whatever the case and spaces, then by a prefix
    ending in "…".
    """
    exact = [place for place, item in enumerate(headings) if heading in item.aliases]
    if exact:
        return exact[:1]
    wanted = _loose(heading)
    loose = [place for place, item in enumerate(headings) if wanted in map(_loose, item.aliases)]
    if loose:
        return loose[:1]
    shortened = re.fullmatch(r"(.*?)\s*(?:…|\.\.\.)", wanted)
    if shortened and shortened[1]:
        return [
            place
            for place, item in enumerate(headings)
            if any(_loose(alias).startswith(shortened[1]) for alias in item.aliases)
        ]
    return []


def nearest(heading: str, names: Sequence[str]) -> str:
    """A sentence that names the headings most like the typed one."""
    wanted = _loose(heading).removesuffix("…").removesuffix("...")
    by_form = {_loose(name): name for name in names}
    close = difflib.get_close_matches(wanted, list(by_form), n=3, cutoff=0.5)
    close += [form for form in by_form if wanted and wanted in form and form not in close][:3]
    if close:
        return "The nearest headings are: " + ", ".join(quoted(by_form[form]) for form in close[:4]) + "."
    listed = ", ".join(quoted(name) for name in list(names)[:12])
    return (
        f"The headings are: {listed}{' …' if len(names) > 12 else ''}." if names else "No table has headings."
    )


def quoted(name: str) -> str:
    """A heading in quotation marks, shortened for a message."""
    return f'"{name}"' if len(name) <= 70 else f'"{name[:67].rstrip()}…"'


def _loose(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
