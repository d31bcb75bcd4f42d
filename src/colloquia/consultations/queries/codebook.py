"""The themes in effect as a codebook, and the texts with their passages as a project, for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from colloquia import __version__
from colloquia.accounts.models import User
from colloquia.consultations.models import (
    CodebookFile,
    Correction,
    MachineTheme,
    Run,
    RunQuestion,
    ThemeInEffect,
)
from colloquia.consultations.queries.state import as_act, bulk_of, bulk_under, state_of
from colloquia.engines.bulk import Filters
from colloquia.engines.bulk.coders import CodersBulk, TextRow
from colloquia.engines.corrections import State
from colloquia.engines.refi import Code, Codebook, Coding, Note, Project, Source, guid
from colloquia.engines.refi import User as Coder

ORIGIN = f"Colloquia {__version__}"
DOCKET = "-"
"""Stands for the themes across all questions, where a question may be chosen."""
MOST_CHARACTERS = 200_000_000
MOST_TEXTS = 50_000
"""More could be written, but not read again under the limits for files that come back."""
_LONGEST_NAME = 120


class TooMuch(Exception):
    """The texts chosen are more than one file should hold; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes into a file: a question ("" for everything, ``DOCKET``), and which submissions."""

    question: str = ""
    filters: Filters = Filters()  # noqa: RUF009 -- frozen
    distinct: bool = False


class Names:
    """GUIDs of one run's consultation. They are the same at every export and in every run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._place = f"{urlsplit(settings.PUBLIC_URL).netloc}/{run.consultation.slug}"

    @cached_property
    def made(self) -> dict[str, str]:
        """By GUID of a code that came back, the theme that was made for it."""
        found: dict[str, str] = {}
        for row in CodebookFile.objects.filter(run=self.run).order_by("pk"):
            found.update(row.made)
        return found

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {theme: code for code, theme in self.made.items()}

    def theme(self, theme_id: str) -> str:
        """Of a theme or a group; one that was made for a code of another program keeps the code's."""
        return self._codes.get(theme_id) or guid("theme", f"{self._place}/{theme_id}")

    def question(self, question_id: str) -> str:
        """Of the code that holds the themes of a question ("" for those across all)."""
        return guid("question", f"{self._place}/{question_id}")

    def text(self, document_id: str) -> str:
        """Of a text version."""
        return guid("text", f"{self._place}/{document_id}")

    def coder(self, key: int | str) -> str:
        """Of an officer, or of the program."""
        return guid("user", f"{self._place}/{key}")


def mark_of(run: Run) -> str:
    """What a file says of where it comes from, so that it is known when it comes back."""
    return f"[colloquia {run.consultation.slug} run {run.number} correction {run.sequence}]"


def scope_of(run: Run, question: str) -> list[tuple[str, str]]:
    """The questions of a choice, id and text; "" stands for the themes across all."""
    rows = list(RunQuestion.objects.filter(run=run).order_by("position").values_list("question_id", "text"))
    everything = [*rows, ("", _("Across all questions"))]
    if question == DOCKET:
        return everything[-1:]
    return [item for item in everything if not question or item[0] == question]


def question_code(names: Names, question: str, text: str, description: str = "") -> Code:
    """The code above the themes of a question."""
    name = f"{question} {text}" if question else text
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
    return Code(names.question(question), short, description, is_codable=False)


def codebook_of(run: Run, choice: Choice) -> Codebook:
    """The themes in effect under their groups and questions, each with its words, origin and counts."""
    names = Names(run)
    rows: dict[str, list[ThemeInEffect]] = {}
    for row in ThemeInEffect.objects.filter(run=run, is_live=True).order_by("-is_parent", "position"):
        rows.setdefault(row.question_id, []).append(row)
    codes = []
    for question, text in scope_of(run, choice.question):
        if question not in rows:
            continue
        codes.append(question_code(names, question, text, f"{text}\n{mark_of(run)}"))
        for row in rows[question]:
            above = names.theme(row.parent_id) if row.parent_id else names.question(question)
            codes.append(
                Code(
                    names.theme(row.theme_id),
                    row.label,
                    _described(row, text),
                    parent=above,
                    is_codable=not row.is_parent,
                )
            )
    return Codebook(tuple(codes))


def _described(row: ThemeInEffect, question: str) -> str:
    counts = {"submissions": row.submissions, "messages": row.messages, "passages": row.passages}
    lines = [
        _("Words: %(words)s") % {"words": ", ".join(row.terms)} if row.terms else "",
        _("Question %(id)s: %(text)s") % {"id": row.question_id, "text": question}
        if row.question_id
        else question,
        _("%(submissions)s submissions, %(messages)s distinct messages, %(passages)s passages") % counts,
        _("Label by an officer.")
        if row.label_by_officer or row.made_by_officer
        else _("Label by the program."),
        row.theme_id,
    ]
    return "\n".join(line for line in lines if line)


def project_of(run: Run, choice: Choice, *, created: str) -> Project:
    """Texts with the passages that are in themes, and who put them there. No person is named but officers.

    Raises TooMuch.
    """
    names, state = Names(run), state_of(run)
    bulk = coders_bulk(run)
    asked = [choice.question] if choice.question not in ("", DOCKET) else []
    rows = bulk.texts(filters=choice.filters, questions=asked, distinct=choice.distinct)
    if len(rows) > MOST_TEXTS or sum(row.characters for row in rows) > MOST_CHARACTERS:
        raise TooMuch(
            _(
                "These texts are more than one file should hold. Choose a question, a language or a "
                "stakeholder."
            )
        )
    words = dict(bulk.words([row.document_id for row in rows]))
    book = codebook_of(run, choice)
    codings, coders = _codings(run, names, state, bulk, rows, choice)
    return Project(
        run.consultation.title("en"),
        book,
        tuple(_source(names, row, words[row.document_id]) for row in rows),
        tuple(codings),
        users=tuple(coders),
        notes=tuple(_notes(run, names, state, book, choice, len(rows))),
        description=mark_of(run),
        created=created,
    )


def coders_bulk(run: Run, state: State | None = None, version: str = "") -> CodersBulk:
    """The run's bulk as coders need it, as in effect or in a state named ``version``."""
    bulk = bulk_of(run) if state is None else bulk_under(run, state, version)
    return CodersBulk(bulk.folder, bulk.overlay)


def name_of(row: TextRow) -> str:
    """What a text is called: its id and who sent it, where that is no person. Names of files may name one."""
    return f"{row.document_id} {row.organisation}".strip()


def _source(names: Names, row: TextRow, text: str) -> Source:
    return Source(
        names.text(row.document_id),
        name_of(row),
        text,
        row.language,
        variables={
            "Submission": row.submission_id,
            "Text": row.document_id,
            "Organisation": row.organisation,
            "Stakeholder": row.stakeholder,
            "Territory": row.country,
            "Channel": row.channel,
            "Date": row.date,
            "Translation of": row.translation_of,
        },
    )


def _codings(
    run: Run, names: Names, state: State, bulk: CodersBulk, rows: Sequence[TextRow], choice: Choice
) -> tuple[list[Coding], list[Coder]]:
    by, people = _placed_by(run)
    program = names.coder("program")
    places = {
        place.row: (names.text(document), place)
        for document, listed in bulk.places([row.document_id for row in rows]).items()
        for place in listed
    }
    found, coders = [], {program: Coder(program, ORIGIN, "colloquia")}
    code: dict[str, str] = {}
    for question, _text in scope_of(run, choice.question):
        moved = state.moved.get(question, {})
        for row, theme in bulk.themed(question):
            if row not in places:
                continue
            source, place = places[row]
            creator = program
            if row in moved and (question, row) in by:
                person = by[question, row]
                creator = names.coder(person)
                coders.setdefault(creator, Coder(creator, people[person].name or str(people[person])))
            name = code.setdefault(theme, names.theme(theme))
            found.append(Coding(name, source, place.start, place.end, creator=creator))
    return found, list(coders.values())


def _placed_by(run: Run) -> tuple[dict[tuple[str, int], int], Mapping[int, User]]:
    """The officer who last placed a passage in a question."""
    rows = Correction.objects.filter(run=run, undone_at=None, kind__in=("move", "split", "answer"))
    found: dict[tuple[str, int], int] = {}
    for row in rows.order_by("number"):
        act = as_act(row)
        for anchor in act.anchors():
            found.update({(question, anchor.row): row.by_id for question in act.places()})
    return found, User.objects.in_bulk(set(found.values()))


def _notes(
    run: Run, names: Names, state: State, book: Codebook, choice: Choice, texts: int
) -> Iterable[Note]:
    filters = choice.filters
    lines = [
        _("%(consultation)s, run %(number)s, as corrected up to correction %(sequence)s.")
        % {"consultation": run.consultation.title("en"), "number": run.number, "sequence": run.sequence},
        _("Found by %(program)s, corrected by officers. SHA-256 of its manifest: %(digest)s.")
        % {"program": run.program or ORIGIN, "digest": run.fingerprint},
        _(
            "%(texts)s texts. Question: %(question)s. Languages: %(languages)s. Stakeholders: "
            "%(stakeholders)s."
        )
        % {
            "texts": texts,
            "question": choice.question or "*",
            "languages": ", ".join(filters.languages) or "*",
            "stakeholders": ", ".join(filters.stakeholders) or "*",
        },
        _("One submission of each distinct message.") if choice.distinct else "",
        _("A passage is in at most one theme of a question. Texts of persons stand without their names."),
        mark_of(run),
    ]
    place = names.question("note")
    yield Note(guid("note", place), _("Where this comes from"), "\n".join(line for line in lines if line))
    machine = dict(MachineTheme.objects.filter(run=run).values_list("theme_id", "label"))
    inside = {code.guid for code in book.codes}
    for theme_id, theme in state.themes.items():
        about = names.theme(theme_id)
        if about in inside and theme.label_by_officer and theme_id in machine:
            words = _("The program had named it “%(label)s”.") % {"label": machine[theme_id]}
            yield Note(guid("note", about), theme_id, words, about)
