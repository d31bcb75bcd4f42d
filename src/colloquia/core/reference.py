"""Reference data as rows, made from the naming profile and the packaged tables."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

from colloquia.core.models import (
    Grouping,
    Language,
    Membership,
    SubnationalUnit,
    Territory,
    TerritoryName,
)
from colloquia.core.models.jurisdictions import Origin
from colloquia.engines.jurisdictions import Profile

DATA = Path(__file__).parent / "data"
"""Names of languages from the Unicode locale data (Unicode License v3); to look them all up takes seconds."""


def folder_fingerprint(*folders: Path) -> str:
    """SHA-256 of every table in the folders, by name and content."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.csv")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def language_rows() -> list[Language]:
    """Every language of ISO 639-1, and the two scripts of Chinese."""
    from colloquia.engines.meaning.encoders import USE_LANGUAGES

    with (DATA / "languages.csv").open(encoding="utf-8", newline="") as file:
        return [
            Language(**row, is_analysed=row["code"].partition("-")[0] in USE_LANGUAGES)
            for row in csv.DictReader(file)
        ]


def territory_rows(profile: Profile) -> list[Territory]:
    """One row for each territory that the profile lists."""
    return [
        Territory(
            code=row.code,
            alpha3=row.alpha3,
            numeric=row.numeric,
            kind=row.kind,
            type=row.type,
            name=profile.name(row.code, profile.languages[0]),
            is_listed=True,
            grade=row.grade,
            source=row.source,
        )
        for row in profile.territories()
    ]


def name_rows(profile: Profile) -> list[TerritoryName]:
    """One row for each territory and language, numbered in the order of the language."""
    return [
        TerritoryName(
            territory_id=row.code,
            language=language,
            name=entry.name,
            full_name=entry.full_name,
            sort_key=entry.sort_key[:200],
            position=position,
            grade=entry.grade,
            source=entry.source,
        )
        for language in profile.languages
        for position, row in enumerate(profile.territories(language), start=1)
        if (entry := profile.entry(row.code, language))
    ]


def unit_rows(profile: Profile) -> list[SubnationalUnit]:
    """The packaged sub-national units of territories that the profile lists."""
    return [
        SubnationalUnit(
            code=unit.code,
            territory_id=unit.territory,
            category=unit.category,
            name=unit.name,
            other_names=list(unit.other_names),
            origin=Origin.PACKAGED,
            grade=unit.grade,
            source=unit.source,
        )
        for row in profile.territories()
        for unit in profile.units(row.code)
    ]


def grouping_rows(profile: Profile) -> list[Grouping]:
    """Groupings, parents before their parts."""
    groups = {group.code: group for group in profile.all_groupings()}

    def depth(code: str) -> int:
        level = 0
        while code in groups and groups[code].parent and level < len(groups):
            code, level = groups[code].parent, level + 1
        return level

    return [
        Grouping(
            code=group.code,
            kind=group.kind,
            parent_id=group.parent if group.parent in groups else None,
            names=dict(group.names),
            is_complete=group.complete,
            origin=Origin.PACKAGED,
            grade=group.grade,
            source=group.source,
        )
        for group in sorted(groups.values(), key=lambda group: depth(group.code))
    ]


def membership_rows(profile: Profile) -> Iterable[Membership]:
    """Memberships of territories that the profile lists."""
    for row in profile.territories():
        for membership in profile.memberships(row.code):
            yield Membership(
                grouping_id=membership.group,
                territory_id=row.code,
                valid_from=membership.valid_from,
                valid_until=membership.valid_until,
                origin=Origin.PACKAGED,
                grade=membership.grade,
                source=membership.source,
            )
