"""Loads a naming profile from a folder and lays it over the packaged reference data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from colloquia.engines.jurisdictions.records import (
    Group,
    Membership,
    ProfileName,
    SignOff,
    SubnationalUnit,
    Territory,
)
from colloquia.engines.jurisdictions.tables import LONGEST_NAME, ProfileError, Table, parse_date, read_table

DATA = Path(__file__).parent / "data"
PACKAGED_PROFILE = DATA / "profile"
GRADES = ("verified", "secondary", "recalled")
_CODE = re.compile(r"[A-Z]{2}")
_LANGUAGE_FILE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?")
_LANGUAGES_OF_GROUPS = ("en", "fr", "es", "ru", "zh", "ar")


@dataclass(slots=True)
class ProfileData:
    """Everything read, before it is indexed."""

    sign_off: SignOff
    fallback: tuple[str, ...]
    names: dict[str, dict[str, ProfileName]]
    territories: dict[str, Territory] = field(default_factory=dict)
    units: dict[str, SubnationalUnit] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    memberships: list[Membership] = field(default_factory=list)
    own_variants: list[tuple[str, str]] = field(default_factory=list)
    variants: list[tuple[str, str]] = field(default_factory=list)
    unresolved: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)


def read_profile(folder: Path | None) -> ProfileData:
    """The data of the profile in ``folder``, or of the packaged one.

    Raises:
        ProfileError: with every problem found, if there is any.
    """
    folder = folder or PACKAGED_PROFILE
    problems: list[str] = []
    if not folder.is_dir():
        raise ProfileError([f"{folder.name}: there is no such folder of a naming profile."])
    about = _read_about(folder, problems)
    names = _read_names(folder, problems)
    fallback = tuple(dict.fromkeys([*about.get("fallback", "").split(), *sorted(names)]))
    data = ProfileData(
        sign_off=SignOff(
            *(about.get(key, "") for key in ("title", "version", "source", "signed_off_by", "signed_off_on"))
        ),
        fallback=tuple(language for language in fallback if language in names),
        names=names,
    )
    for source in (DATA, folder):
        _read_each(source / "territories.csv", ("code", "kind"), data, problems, _add_territory)
    _complete_territories(data)
    for source in (DATA, folder):
        _read_each(source / "subdivisions.csv", ("code", "territory", "name"), data, problems, _add_unit)
        _read_each(source / "groupings.csv", ("code", "kind", "en"), data, problems, _add_group)
        _read_each(source / "memberships.csv", ("grouping", "territory"), data, problems, _add_membership)
        _read_each(source / "unresolved.csv", ("text", "kind"), data, problems, _add_unresolved)
    _read_each(DATA / "variants.csv", ("text", "code"), data, problems, _add_variant)
    _read_each(folder / "variants.csv", ("text", "code"), data, problems, _add_own_variant)
    if problems:
        raise ProfileError(problems)
    return data


def _read_about(folder: Path, problems: list[str]) -> dict[str, str]:
    table = read_table(folder / "profile.csv", required=("field", "value"))
    problems += table.problems
    return {row["field"]: row.get("value", "") for _, row in table.rows}


def _read_names(folder: Path, problems: list[str]) -> dict[str, dict[str, ProfileName]]:
    found: dict[str, dict[str, ProfileName]] = {}
    types: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        if not _LANGUAGE_FILE.fullmatch(path.stem):
            continue
        table = read_table(path, required=("code", "name", "sort_key", "type"))
        names = found.setdefault(path.stem, {})
        holders: dict[str, str] = {}
        for row, cells in table.rows:
            code, name = cells["code"].upper(), cells["name"]
            if not _CODE.fullmatch(code):
                table.problem(row, "code", f"“{code}” is not a code of two letters.")
            elif not name or len(name) > LONGEST_NAME:
                table.problem(row, "name", f"give {code} a name of 1 to {LONGEST_NAME} characters.")
            elif code in names:
                table.problem(row, "code", f"{code} stands twice; keep one row.")
            elif holders.setdefault(name, code) != code:
                table.problem(row, "name", f"“{name}” is already the name of {holders[name]}.")
            elif types.setdefault(code, cells["type"]) != cells["type"]:
                table.problem(
                    row, "type", f"{code} is “{types[code]}” in another language; use one type everywhere."
                )
            else:
                names[code] = ProfileName(
                    code,
                    name,
                    cells.get("full_name", ""),
                    cells["sort_key"] or name,
                    cells["type"],
                    _grade(table, row, cells),
                    cells.get("source", ""),
                )
        problems += table.problems
    if not found:
        problems.append(f"{folder.name}: holds no table of names; add one, for instance en.csv.")
    return found


def _complete_territories(data: ProfileData) -> None:
    """Keep what the profile names; what it alone knows becomes a territory of its own."""
    listed: dict[str, ProfileName] = {}
    for language in data.fallback:
        for code, name in data.names[language].items():
            listed.setdefault(code, name)
    known = data.territories
    data.territories = {
        code: Territory(
            code,
            known[code].alpha3 if code in known else "",
            known[code].numeric if code in known else "",
            known[code].kind if code in known else "territory",
            name.type,
            known[code].grade if code in known else name.grade,
            known[code].source if code in known else name.source,
        )
        for code, name in sorted(listed.items())
    }


_Adder = Callable[[ProfileData, Table, int, dict[str, str]], None]


def _read_each(
    path: Path, required: tuple[str, ...], data: ProfileData, problems: list[str], add: _Adder
) -> None:
    if not path.exists():
        return
    table = read_table(path, required=required)
    for row, cells in table.rows:
        add(data, table, row, cells)
    problems += table.problems


def _grade(table: Table, row: int, cells: dict[str, str]) -> str:
    grade = cells.get("grade", "") or "recalled"
    if grade not in GRADES:
        table.problem(row, "grade", f"“{grade}” is not one of {', '.join(GRADES)}.")
    return grade


def _add_territory(data: ProfileData, table: Table, row: int, cells: dict[str, str]) -> None:
    code = cells["code"].upper()
    if not _CODE.fullmatch(code):
        table.problem(row, "code", f"“{code}” is not a code of two letters.")
        return
    data.territories[code] = Territory(
        code,
        cells.get("alpha3", "").upper(),
        cells.get("numeric", ""),
        cells["kind"] or "territory",
        "",
        _grade(table, row, cells),
        cells.get("source", ""),
    )


def _add_unit(data: ProfileData, table: Table, row: int, cells: dict[str, str]) -> None:
    code = cells["code"].upper()
    if not cells["name"] or not code.startswith(cells["territory"].upper() + "-"):
        table.problem(row, "code", "give a name, and a code that begins with the territory’s (CH-VD).")
        return
    if cells["territory"].upper() in data.territories:
        others = tuple(name for name in cells.get("other_names", "").split("|") if name)
        data.units[code] = SubnationalUnit(
            code,
            cells["territory"].upper(),
            cells.get("category", ""),
            cells["name"],
            others,
            _grade(table, row, cells),
            cells.get("source", ""),
        )


def _add_group(data: ProfileData, table: Table, row: int, cells: dict[str, str]) -> None:
    names = {language: cells[language] for language in _LANGUAGES_OF_GROUPS if cells.get(language)}
    if not cells["code"] or "en" not in names:
        table.problem(row, "code", "give the group a code and a name in the column en.")
        return
    data.groups[cells["code"]] = Group(
        cells["code"],
        cells["kind"] or "own",
        names,
        cells.get("parent", ""),
        cells.get("complete", "") == "yes",
        _grade(table, row, cells),
        cells.get("source", ""),
    )


def _add_membership(data: ProfileData, table: Table, row: int, cells: dict[str, str]) -> None:
    group, territory = cells["grouping"], cells["territory"].upper()
    if group not in data.groups:
        table.problem(row, "grouping", f"“{group}” is not in groupings.csv.")
        return
    begin = parse_date(table, row, "valid_from", cells.get("valid_from", ""))
    end = parse_date(table, row, "valid_until", cells.get("valid_until", ""))
    if begin and end and end < begin:
        table.problem(row, "valid_until", "ends before it begins.")
    elif territory in data.territories:
        data.memberships.append(
            Membership(group, territory, begin, end, _grade(table, row, cells), cells.get("source", ""))
        )


def _add_unresolved(data: ProfileData, _table: Table, _row: int, cells: dict[str, str]) -> None:
    candidates = tuple(code for code in cells.get("candidates", "").split() if code in data.territories)
    data.unresolved.append((cells["text"], cells["kind"], candidates))


def _add_variant(data: ProfileData, _table: Table, _row: int, cells: dict[str, str]) -> None:
    if cells["code"] in data.territories:
        data.variants.append((cells["text"], cells["code"]))


def _add_own_variant(data: ProfileData, table: Table, row: int, cells: dict[str, str]) -> None:
    if cells["code"].upper() not in data.territories:
        table.problem(row, "code", f"the profile names no territory “{cells['code']}”.")
        return
    data.own_variants.append((cells["text"], cells["code"].upper()))
