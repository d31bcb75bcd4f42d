"""What a codebook or project that came back would change, held against what stood when it left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from colloquia.consultations.models import CodebookFile, Run
from colloquia.consultations.queries.codebook import (
    Names,
    coders_bulk,
    name_of,
    question_code,
    scope_of,
)
from colloquia.consultations.queries.state import acts_of, machine_themes, state_of
from colloquia.engines import corrections as engine
from colloquia.engines.bulk.coders import CodersBulk
from colloquia.engines.refi import Code, Codebook, Coding, Project, Source, coding_difference, difference
from colloquia.engines.refi.child import read_confined
from colloquia.engines.refi.proposal_records import Known, Left, OurTheme, Proposal, Spot, Standpoint
from colloquia.engines.refi.proposals import propose

_MARK = re.compile(r"\[colloquia ([-\w]+) run (\d{1,9}) correction (\d{1,9})\]")
MOST_REMARKS = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should look at; ``kind`` is a fixed word, ``sentence`` in English."""

    kind: str
    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Recoded:
    """What would become of a file as things stand.

    ``format`` is ``qdc`` or ``qdpx``. ``base`` is the number of the last correction when the file left, None
    where it does not say so or comes from another run (``other_run``): then it is held against what stands.
    ``more`` counts remarks beyond the first.
    """

    format: str
    origin: str
    codes: int
    texts: int
    codings: int
    base: int | None
    other_run: int | None
    proposals: tuple[Proposal, ...]
    left: tuple[Left, ...]
    remarks: tuple[Remark, ...]
    more: int


def recoded(file: CodebookFile, run: Run) -> Recoded:
    """What would become of the file in the state of ``run``; remembered. Raises Unusable."""
    return _recoded(file.pk, run.pk, run.version, len(Names(run).made))


@lru_cache(maxsize=4)
def _recoded(file_id: int, run_id: int, _version: str, _made: int) -> Recoded:
    file = CodebookFile.objects.select_related("attachment").get(pk=file_id)
    run = Run.objects.select_related("consultation").get(pk=run_id)
    kind, theirs = read_confined(file.attachment.path)
    marks = _marks(run, theirs)
    base = next((mark for number, mark in marks if number == run.number and mark <= run.sequence), None)
    other = next((number for number, _mark in marks if number != run.number), None) if base is None else None
    names = Names(run)
    before = _before(run, base)
    held = coders_bulk(run, before, f"at {base}") if base is not None else coders_bulk(run)
    ours, known, spots = _ours(run, names, before, held, theirs)
    changes = difference(ours.codebook, theirs.codebook)
    codings = None
    remarks = [Remark(item.kind, item.where, item.sentence) for item in (*theirs.problems, *changes.notes)]
    if kind == "qdpx":
        placed = {
            source: sorted((start, end) for start, end, _name in found) for source, found in spots.items()
        }
        codings = coding_difference(ours, theirs, passages=placed)
        remarks += [Remark(item.kind, item.where, item.sentence) for item in codings.problems]
        remarks += [
            Remark(item.problem.kind, item.problem.where, item.problem.sentence) for item in codings.unmatched
        ]
    proposals, left = propose(
        _standpoint(before, held),
        _standpoint(state_of(run), coders_bulk(run)),
        known,
        changes,
        codings,
    )
    return Recoded(
        kind,
        theirs.origin,
        len(theirs.codebook.codes),
        len(theirs.sources),
        len(theirs.codings),
        base,
        other,
        tuple(proposals),
        tuple(left),
        tuple(remarks[:MOST_REMARKS]),
        max(0, len(remarks) - MOST_REMARKS),
    )


def _marks(run: Run, theirs: Project) -> list[tuple[int, int]]:
    """Every (run, correction) of this consultation that the file names."""
    texts = [code.description for code in theirs.codebook.codes]
    texts += [theirs.description, *(note.text for note in theirs.notes)]
    found = [match for text in texts for match in _MARK.findall(text)]
    return [(int(number), int(mark)) for slug, number, mark in found if slug == run.consultation.slug]


def _before(run: Run, base: int | None) -> engine.State:
    """The state when the file left, or the present one."""
    if base is None or base == run.sequence:
        return state_of(run)
    return engine.fold(machine_themes(run), acts_of(run, up_to=base))


def _standpoint(state: engine.State, bulk: CodersBulk) -> Standpoint:
    themes = {
        name: OurTheme(theme.question_id, theme.label, theme.parent_id, theme.is_parent)
        for name, theme in state.themes.items()
        if theme.is_live
    }
    return Standpoint(themes, bulk.themes_of_passages())


def _ours(
    run: Run, names: Names, state: engine.State, bulk: CodersBulk, theirs: Project
) -> tuple[Project, Known, dict[str, list[tuple[int, int, str]]]]:
    """What left, as far as it is in the file: the questions and the texts that came back."""
    scope = _scope(run, names, state, theirs)
    codes: list[Code] = []
    themes: dict[str, str] = {}
    live = [(name, theme) for name, theme in state.themes.items() if theme.is_live]
    for question, text in scope:
        codes.append(question_code(names, question, text))
        for name, theme in sorted(live, key=lambda item: not item[1].is_parent):
            if theme.question_id == question:
                above = names.theme(theme.parent_id) if theme.parent_id else names.question(question)
                codes.append(
                    Code(names.theme(name), theme.label, parent=above, is_codable=not theme.is_parent)
                )
                themes[names.theme(name)] = name
    documents = _documents(names, bulk, theirs.sources)
    places = bulk.places(list(documents))
    words = dict(bulk.words(list(documents)))
    sources = [
        Source(names.text(row.document_id), name_of(row), words[row.document_id])
        for row in bulk.text_rows(list(documents))
    ]
    spots = {
        names.text(document): [(place.start, place.end, place.passage_id) for place in listed]
        for document, listed in places.items()
    }
    rows = {
        place.row: (names.text(document), place.start, place.end)
        for document, listed in places.items()
        for place in listed
    }
    codings = [
        Coding(names.theme(theme), *rows[row])
        for question, _text in scope
        for row, theme in bulk.themed(question)
        if row in rows
    ]
    now = state_of(run).themes
    made = {code: theme for code, theme in names.made.items() if theme in now and now[theme].is_live}
    passages: dict[Spot, str] = {
        (source, start, end): name for source, found in spots.items() for start, end, name in found
    }
    known = Known(
        themes,
        {names.question(question): question for question, _text in scope},
        {code: theme for code, theme in made.items() if code not in themes},
        passages,
    )
    return Project("", Codebook(tuple(codes)), tuple(sources), tuple(codings)), known, spots


def _scope(run: Run, names: Names, state: engine.State, theirs: Project) -> list[tuple[str, str]]:
    """The questions that the file speaks of; all of them where it names none."""
    everything = scope_of(run, "")
    here = {code.guid for code in theirs.codebook.codes}
    called = {" ".join(code.name.split()).casefold() for code in theirs.codebook.codes}
    held: set[str] = {theme.question_id for name, theme in state.themes.items() if names.theme(name) in here}
    found = [
        (question, text)
        for question, text in everything
        if question in held
        or names.question(question) in here
        or question_code(names, question, text).name.casefold() in called
    ]
    return found or everything


def _documents(names: Names, bulk: CodersBulk, sources: Iterable[Source]) -> Sequence[str]:
    """Our texts that came back: by GUID, else by the id with which their name begins."""
    listed = list(sources)
    if not listed:
        return []
    here = {source.guid for source in listed}
    called = {source.name.split(maxsplit=1)[0] for source in listed if source.name.strip()}
    return [
        document for document in bulk.document_ids() if names.text(document) in here or document in called
    ]
