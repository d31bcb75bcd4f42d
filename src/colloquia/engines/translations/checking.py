"""What came back from translators against what was sent: the good part is taken, the rest is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from colloquia.engines.translations.folding import cleaned, folded, folded_id, has_words, main_language
from colloquia.engines.translations.records import Unit


@dataclass(frozen=True, slots=True)
class UnitProblem:
    """One passage whose translation was not taken. ``unit`` is what came back, ``None`` where nothing did.

    ``kind`` is a fixed word, ``sentence`` says what, where and what to do.
    """

    kind: str
    unit_id: str
    sentence: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """``accepted`` are the units as sent, each with its translation; every other field lists problems.

    ``copies`` repeat the source, ``empty`` have no translation, ``missing`` did not come back,
    ``incomplete`` lack a part or were merged with a neighbour, ``unknown`` have an id that was not sent,
    ``duplicated`` came back twice with different words, ``changed`` have another source than was sent,
    ``other_language`` are marked as another language than was asked for.
    """

    accepted: tuple[Unit, ...] = ()
    copies: tuple[UnitProblem, ...] = ()
    empty: tuple[UnitProblem, ...] = ()
    missing: tuple[UnitProblem, ...] = ()
    incomplete: tuple[UnitProblem, ...] = ()
    unknown: tuple[UnitProblem, ...] = ()
    duplicated: tuple[UnitProblem, ...] = ()
    changed: tuple[UnitProblem, ...] = ()
    other_language: tuple[UnitProblem, ...] = ()

    @property
    def problems(self) -> tuple[UnitProblem, ...]:
        """All problems, those that lose words first."""
        return (
            *self.unknown,
            *self.duplicated,
            *self.changed,
            *self.incomplete,
            *self.other_language,
            *self.copies,
            *self.empty,
            *self.missing,
        )


_SENTENCES = {
    "copy": "the translation is the source unchanged; translate it, and return it again.",
    "empty": "there is no translation; fill it in, or leave the passage for later.",
    "missing": "the passage did not come back; send it again.",
    "incomplete": "a part is not translated, or cells were merged; complete it, and return it again.",
    "unknown": "no passage with this identifier was sent; find the passage, and enter the translation there.",
    "duplicated": "it came back twice with different words; keep one, and return it again.",
    "changed": "the source is not what was sent; compare both, and enter the translation if it fits.",
    "other-language": "the translation is marked as another language than was asked for; look which it is.",
}


def check(sent: Sequence[Unit], returned: Sequence[Unit]) -> Returned:
    """Compare by id, without regard to case, dashes and invisible marks.

    A unit whose id is unknown is known by its source where exactly one passage has it and did not come back
    otherwise. Sources may differ in quotes, dashes, spacing and invisible marks. Texts without letters may
    stay as they are. Of several returns the one that says something counts.
    """
    return _Check(sent, returned).result()


class _Check:
    def __init__(self, sent: Sequence[Unit], returned: Sequence[Unit]) -> None:
        self._sent = sent
        self._exact = {unit.id: unit for unit in sent}
        self._folded = _unique(sent, lambda unit: folded_id(unit.id))
        self._found: dict[str, list[Unit]] = {}
        self._problems: dict[str, list[UnitProblem]] = {kind: [] for kind in _SENTENCES}
        self._assign(returned)

    def _assign(self, returned: Sequence[Unit]) -> None:
        strangers = []
        for unit in returned:
            known = self._exact.get(unit.id) or self._folded.get(folded_id(unit.id))
            if known is None:
                strangers.append(unit)
            else:
                self._found.setdefault(known.id, []).append(unit)
        left = [unit for unit in self._sent if unit.id not in self._found]
        by_source = _unique(left, lambda unit: folded(unit.source))
        claimed = _unique(strangers, lambda unit: folded(unit.source))
        for unit in strangers:
            source = folded(unit.source)
            known = by_source.get(source) if source and source in claimed else None
            if known is None:
                self._say("unknown", unit.id or "A row without an identifier", unit)
            else:
                self._found[known.id] = [unit]

    def result(self) -> Returned:
        accepted = [unit for unit in map(self._judged, self._sent) if unit is not None]
        said = {kind: tuple(problems) for kind, problems in self._problems.items()}
        return Returned(
            tuple(accepted),
            said["copy"],
            said["empty"],
            said["missing"],
            said["incomplete"],
            said["unknown"],
            said["duplicated"],
            said["changed"],
            said["other-language"],
        )

    def _judged(self, sent: Unit) -> Unit | None:
        """The unit with its translation, or ``None`` after saying why not."""
        found = self._found.get(sent.id)
        if not found:
            self._say("missing", sent.id, None)
            return None
        filled = [unit for unit in found if cleaned(unit.target)]
        if not filled:
            self._say("empty", sent.id, found[0])
            return None
        telling = [unit for unit in filled if not _is_copy(sent, unit)]
        if not telling:
            if has_words(sent.source):
                self._say("copy", sent.id, filled[0])
                return None
            telling = filled
        if len({folded(unit.target) for unit in telling}) > 1:
            for unit in telling:
                self._say("duplicated", sent.id, unit)
            return None
        unit = telling[0]
        kind = _objection(sent, unit)
        if kind:
            self._say(kind, sent.id, unit)
            return None
        return replace(sent, target=cleaned(unit.target), complete=True)

    def _say(self, kind: str, where: str, unit: Unit | None) -> None:
        self._problems[kind].append(UnitProblem(kind, where, f"{where}: {_SENTENCES[kind]}", unit))


def _objection(sent: Unit, unit: Unit) -> str:
    if unit.source.strip() and folded(unit.source) != folded(sent.source):
        return "changed"
    if not unit.complete:
        return "incomplete"
    asked, given = main_language(sent.target_language), main_language(unit.target_language)
    return "other-language" if asked and given and asked != given else ""


def _is_copy(sent: Unit, unit: Unit) -> bool:
    return folded(unit.target) == folded(sent.source)


def _unique(units: Sequence[Unit], key: Callable[[Unit], str]) -> dict[str, Unit]:
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(key(unit), []).append(unit)
    return {value: found[0] for value, found in groups.items() if len(found) == 1}
