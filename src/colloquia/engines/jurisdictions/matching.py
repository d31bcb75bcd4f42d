"""Reads a country field: exact forms only, and a reason wherever more than one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from colloquia.engines.jurisdictions.folding import LONGEST, clean, fold, letters_of_flags
from colloquia.engines.jurisdictions.loading import ProfileData
from colloquia.engines.jurisdictions.records import Resolution

_UNIT_CODE = re.compile(r"([A-Z]{2})-([A-Z0-9]{1,3})")
_SEPARATORS = re.compile(r"[;,/|()\[\]{}<>+:–—，、；／（）\n]|\s-\s|\s-|-\s")
_JOINED = re.compile(r"\s+(?:and|or|et|ou|y|e|o|и|или|und|oder)\s+|\s*&\s*|[;/|+，、；／和与و]|,\s", re.I)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_STRONG = ("ambiguous", "code-or-answer")
"""Refusals that stand even against a name or a code of the profile."""
_MOST_PIECES = 6
_MOST_WORDS_OF_A_PLACE = 4

_SENTENCES = {
    "blank": "The field is blank.",
    "no-answer": "The field gives no country.",
    "ambiguous": "More than one territory may be meant.",
    "code-or-answer": 'It may be a code or an answer ("not available"); if the column holds codes, say so.',
    "part-of": "The field names a part of a territory; the territory itself is not given.",
    "several": "The field names more than one territory.",
    "former": "The name is that of a state or area that no longer exists.",
    "not-listed": "The naming profile does not list it; an operator's own profile can.",
    "not-one": "The field names a region or no single territory.",
    "unknown": "No territory of the naming profile has this name or code.",
}


@dataclass(slots=True)
class _Pieces:
    """What the parts of a composed field were found to be."""

    names: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    homonyms: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    refused: Resolution | None = None


class Matcher:
    """The index over one profile. It never guesses and never raises."""

    def __init__(self, data: ProfileData) -> None:
        """Build the index; a spelling shared by two territories becomes ambiguous."""
        self._territories = data.territories
        self._units = data.units
        self._alpha3 = {row.alpha3: code for code, row in data.territories.items() if row.alpha3}
        self._refused = {fold(text): (kind, codes) for text, kind, codes in data.unresolved}
        self._no_codes_as_written = {text for text, kind, _ in data.unresolved if kind in _STRONG}
        self._own = {fold(text): code for text, code in data.own_variants}
        self._names: dict[str, str] = {}
        shared: dict[str, set[str]] = {}
        for names in data.names.values():
            for row in names.values():
                for text in (row.name, row.full_name):
                    key = fold(text)
                    if key and self._names.setdefault(key, row.code) != row.code:
                        shared.setdefault(key, {self._names[key]}).add(row.code)
        for key, codes in shared.items():
            self._refused[key] = ("ambiguous", tuple(sorted(codes)))
        for text, code in data.variants:
            self._names.setdefault(fold(text), code)
        self._unit_names: dict[str, set[str]] = {}
        for unit in data.units.values():
            for text in (unit.name, *unit.other_names):
                self._unit_names.setdefault(fold(text), set()).add(unit.code)

    @property
    def keys(self) -> dict[str, str]:
        """Folded spelling to code, for suggestions."""
        return self._names

    def explain(self, text: str, form: str) -> Resolution:
        """See ``Profile.explain``."""
        line = clean(text[: 4 * LONGEST])
        if not line:
            return self._refusal("blank")
        if len(line) > LONGEST:
            return self._refusal("unknown")
        if _FLAG.fullmatch(line):
            return self._whole(letters_of_flags(line), "code")
        line = _FLAG.sub(lambda flag: f", {letters_of_flags(flag[0])}, ", line).strip(", ")
        whole = self._whole(line, form)
        if whole.kind != "unknown" or form == "code":
            return whole
        return self._composed(line)

    def units(self, text: str, within: str) -> set[str]:
        """ISO 3166-2 codes of the units with this code or name, of one territory or of any."""
        line = clean(text[: 4 * LONGEST])
        upper = line.upper()
        for code in (upper, f"{within}-{upper}"):
            if code in self._units and self._units[code].territory == (within or code[:2]):
                return {code}
        found = self._unit_names.get(fold(line), set())
        return {code for code in found if not within or self._units[code].territory == within}

    def _whole(self, line: str, form: str) -> Resolution:
        key = fold(line)
        if key in self._own:
            return self._found(self._own[key], "name")
        code = self._code(line) if form != "name" else ""
        doubtful = key in self._refused and self._refused[key][0] in _STRONG
        written_as_code = line.isupper() and line not in self._no_codes_as_written
        if code and (form == "code" or written_as_code or not doubtful):
            return self._found(code, "code")
        return self._refusal("unknown") if form == "code" else self._name(key, line)

    def _name(self, key: str, line: str) -> Resolution:
        kind, candidates = self._refused.get(key, ("", ()))
        if kind in _STRONG or (kind and key not in self._names):
            return self._refusal(kind, candidates)
        if key in self._names:
            return self._found(self._names[key], "name")
        if not key:
            return self._refusal("no-answer")
        return self._unit_code(line)

    def _code(self, line: str) -> str:
        upper = line.upper()
        if not upper.isascii():
            return ""
        return upper if upper in self._territories else self._alpha3.get(upper, "")

    def _unit_code(self, line: str) -> Resolution:
        match = _UNIT_CODE.fullmatch(line)
        if not match or match[1] not in self._territories:
            return self._refusal("unknown")
        if line in self._units:
            return self._found(match[1], "unit", unit=line)
        if match[2] in self._territories:
            return self._refusal("ambiguous", (match[1], match[2]))
        return self._found(match[1], "unit")

    def _composed(self, line: str) -> Resolution:
        pieces = [piece.strip() for piece in _SEPARATORS.split(line) if piece.strip()]
        if len(pieces) > 1 and len(pieces) <= _MOST_PIECES:
            return self._weigh(self._sort(pieces))
        joined = [self._whole(piece, "any") for piece in _JOINED.split(line)[:_MOST_PIECES]]
        codes = {found.territory.code for found in joined if found.territory}
        if len(codes) > 1:
            return self._refusal("several", tuple(sorted(codes)))
        owners = {self._units[code].territory for code in self._unit_names.get(fold(line), ())}
        if owners:
            return self._refusal("part-of", tuple(sorted(owners)))
        return self._refusal("unknown")

    def _sort(self, pieces: list[str]) -> _Pieces:
        sorted_pieces = _Pieces()
        for piece in pieces:
            found = self._whole(piece, "any")
            units = self._unit_names.get(fold(piece), set())
            if found.territory and found.kind == "code" and len(piece) == 2:
                sorted_pieces.codes.add(found.territory.code)
            elif found.territory:
                sorted_pieces.names.add(found.territory.code)
                if units:
                    sorted_pieces.homonyms.add(found.territory.code)
            elif found.kind in ("ambiguous", "former", "not-listed"):
                sorted_pieces.refused = found
            elif units:
                sorted_pieces.places |= units
            elif found.kind == "unknown":
                sorted_pieces.unknown.append(piece)
            sorted_pieces.units |= units
        return sorted_pieces

    def _weigh(self, pieces: _Pieces) -> Resolution:
        """One territory, if every part of the field agrees with it; else the reason against it."""
        if pieces.refused:
            return pieces.refused
        names = set(pieces.names)
        owners = {self._units[code].territory for code in pieces.units}
        if len(names) > 1:
            rest = names - pieces.homonyms
            if len(rest) == 1 and rest <= owners:
                names = rest
        if len(names | pieces.codes) > 1:
            return self._refusal("several", tuple(sorted(names | pieces.codes)))
        if not names:
            candidates = tuple(sorted(pieces.codes | owners))
            return self._refusal("ambiguous" if candidates else "unknown", candidates)
        (code,) = names
        foreign = {owner for owner in owners if owner != code}
        if (pieces.units and code not in owners) or (foreign and pieces.unknown):
            return self._refusal("ambiguous", tuple(sorted({code, *foreign})))
        for piece in pieces.unknown:
            hidden = {other for other in self._inside(piece) if other != code}
            if hidden or len(piece.split()) > _MOST_WORDS_OF_A_PLACE:
                return self._refusal("ambiguous", tuple(sorted({code, *hidden})))
        own = self._own_units(code, pieces.places) or self._own_units(code, pieces.units)
        return self._found(code, "part", unit=own[0] if len(own) == 1 else "")

    def _own_units(self, code: str, units: set[str]) -> list[str]:
        return [unit for unit in units if self._units[unit].territory == code]

    def _inside(self, piece: str) -> Iterator[str]:
        words = fold(piece).split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                code = self._names.get(" ".join(words[start:end]))
                if code:
                    yield code

    def _found(self, code: str, kind: str, unit: str = "") -> Resolution:
        sentence = {
            "code": "Read as a code.",
            "name": "Read as a name.",
            "unit": "Read as an ISO 3166-2 code.",
            "part": "Read from one part of the field; the other parts name no other territory.",
        }[kind]
        return Resolution(self._territories[code], kind, sentence, (code,), unit)

    def _refusal(self, kind: str, candidates: tuple[str, ...] = ()) -> Resolution:
        return Resolution(None, kind, _SENTENCES.get(kind, _SENTENCES["unknown"]), candidates)
