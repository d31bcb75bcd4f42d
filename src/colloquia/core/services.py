"""Every write to reference data: loading it, replacing the naming profile, signing it off, own groupings."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from colloquia.core import audit, queries, reference
from colloquia.core.models import (
    Grouping,
    Language,
    Membership,
    NamingProfile,
    SubnationalUnit,
    Territory,
    TerritoryName,
)
from colloquia.core.models.jurisdictions import Grade, Origin
from colloquia.engines.jurisdictions import Profile, load_profile
from colloquia.engines.jurisdictions.loading import DATA as PACKAGED
from colloquia.engines.jurisdictions.loading import PACKAGED_PROFILE


class ReferenceDataError(ValueError):
    """A change to reference data was refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. ``changed`` is false where everything was in place."""

    changed: bool
    territories: int
    groupings: int
    languages: int


def load_reference_data(*, by: Any = None) -> Loaded:
    """Bring territories, names, units, groupings and languages in line with the files.

    The operator's profile stays in force where one was installed. Done again, it changes
    nothing. Rows that officers entered are never touched. Each table is its own short
    transaction; interrupted, the next load completes it.
    """
    current = queries.current_naming_profile()
    own = queries.profile_folder(current.fingerprint) if current else None
    return _load(own if own and own.is_dir() else PACKAGED_PROFILE, by=by)


def install_profile(*, folder: Path, by: Any = None) -> Loaded:
    """Put the operator's naming profile in force everywhere.

    It is copied into the data folder, so that the original may go.

    Raises:
        ProfileError: with every problem found; then nothing is changed.
    """
    load_profile(folder)
    fingerprint = reference.folder_fingerprint(folder)
    place = queries.profile_folder(fingerprint)
    if not place.is_dir():
        draft = place.with_name(f".{fingerprint}.{uuid.uuid4().hex}")
        shutil.copytree(
            folder, draft, ignore=lambda _, names: [name for name in names if not name.endswith(".csv")]
        )
        try:
            draft.rename(place)
        except OSError:
            shutil.rmtree(draft, ignore_errors=True)
            if not place.is_dir():
                raise
    return _load(place, by=by)


def use_packaged_profile(*, by: Any = None) -> Loaded:
    """Go back to the forms of the United Nations that come with the program."""
    return _load(PACKAGED_PROFILE, by=by)


@transaction.atomic
def sign_off_profile(*, by: Any, name: str, note: str = "", on: date | None = None) -> NamingProfile:
    """Record that somebody stands for the names of the profile in force.

    Raises:
        ReferenceDataError: where no profile is loaded or no name is given.
    """
    row = NamingProfile.objects.select_for_update().filter(is_current=True).first()
    if row is None or not name.strip():
        raise ReferenceDataError("Load a naming profile first, and say who signs it off.")
    before = audit.snapshot(row)
    row.signed_off_by, row.sign_off_note = name.strip(), note.strip()
    row.signed_off_on = on or timezone.localdate()
    row.save(update_fields=["signed_off_by", "signed_off_on", "sign_off_note"])
    audit.record(row, "core.sign_off_profile", by=by, before=before, note=note)
    return row


@transaction.atomic
def define_grouping(
    *, code: str, names: Mapping[str, str], by: Any, is_complete: bool = False, source: str = ""
) -> Grouping:
    """Add a grouping of the operator's own.

    Raises:
        ReferenceDataError: where the code is taken or there is no English name.
    """
    if not code.strip() or not names.get("en", "").strip():
        raise ReferenceDataError("Give the grouping a code and a name in English.")
    if Grouping.objects.filter(code=code).exists():
        raise ReferenceDataError(f"There is a grouping “{code}” already; choose another code.")
    row = Grouping.objects.create(
        code=code, names=dict(names), is_complete=is_complete, source=source, origin=Origin.OWN
    )
    audit.record(row, "core.define_grouping", by=by, before={})
    return row


@transaction.atomic
def place_in_grouping(
    *,
    grouping: str,
    territory: str,
    by: Any,
    valid_from: date | None = None,
    valid_until: date | None = None,
    grade: str = Grade.RECALLED,
    source: str = "",
) -> Membership:
    """Add a territory to a grouping for a time.

    Raises:
        ReferenceDataError: where the grouping or territory does not exist, the dates are the
            wrong way round, or the time overlaps with one that is recorded.
    """
    for model, key in ((Grouping, grouping), (Territory, territory)):
        if not model.objects.select_for_update().filter(pk=key).exists():
            raise ReferenceDataError(f"There is no {model._meta.verbose_name} “{key}”.")
    if valid_from and valid_until and valid_until < valid_from:
        raise ReferenceDataError("The membership cannot end before it begins.")
    for other in Membership.objects.filter(grouping=grouping, territory=territory):
        begins_later = valid_until and other.valid_from and other.valid_from > valid_until
        ended_before = valid_from and other.valid_until and other.valid_until < valid_from
        if not (begins_later or ended_before):
            raise ReferenceDataError(f"{territory} is in “{grouping}” already for part of that time.")
    row = Membership.objects.create(
        grouping_id=grouping,
        territory_id=territory,
        valid_from=valid_from,
        valid_until=valid_until,
        grade=grade,
        source=source,
        origin=Origin.OWN,
    )
    audit.record(row, "core.place_in_grouping", by=by, before={})
    return row


def _load(folder: Path, *, by: Any) -> Loaded:
    fingerprint = reference.folder_fingerprint(folder)
    data_fingerprint = reference.folder_fingerprint(PACKAGED, reference.DATA, folder)
    current = queries.current_naming_profile()
    unchanged = current is not None and (current.fingerprint, current.data_fingerprint) == (
        fingerprint,
        data_fingerprint,
    )
    if not unchanged:
        profile = load_profile(None if folder == PACKAGED_PROFILE else folder)
        # Until the end nothing counts as loaded, so that an interrupted load is done again.
        NamingProfile.objects.filter(is_current=True).update(data_fingerprint="")
        _write_tables(profile)
        _make_current(profile, fingerprint, data_fingerprint, by)
    return Loaded(
        not unchanged, Territory.objects.count(), Grouping.objects.count(), Language.objects.count()
    )


def _write_tables(profile: Profile) -> None:
    """Each table in a transaction of its own, so that none holds the writers up for long."""
    _upsert(Language, reference.language_rows(), keep=("is_analysed",))
    territories = reference.territory_rows(profile)
    with transaction.atomic():
        _upsert(Territory, territories)
        Territory.objects.exclude(pk__in=[row.pk for row in territories]).update(is_listed=False)
    names = reference.name_rows(profile)
    for language in profile.languages:
        with transaction.atomic():
            TerritoryName.objects.filter(language=language).delete()
            TerritoryName.objects.bulk_create([row for row in names if row.language == language])
    TerritoryName.objects.exclude(language__in=profile.languages).delete()
    taken = set(SubnationalUnit.objects.filter(origin=Origin.OWN).values_list("pk", flat=True))
    _upsert(SubnationalUnit, [row for row in reference.unit_rows(profile) if row.pk not in taken])
    taken = set(Grouping.objects.filter(origin=Origin.OWN).values_list("pk", flat=True))
    _upsert(Grouping, [row for row in reference.grouping_rows(profile) if row.pk not in taken])
    memberships = list(reference.membership_rows(profile))
    for grouping in Grouping.objects.values_list("pk", flat=True):
        with transaction.atomic():
            Membership.objects.filter(origin=Origin.PACKAGED, grouping=grouping).delete()
            Membership.objects.bulk_create(
                [row for row in memberships if row.grouping_id == grouping], ignore_conflicts=True
            )


def _upsert(model: type[models.Model], rows: list[Any], *, keep: tuple[str, ...] = ()) -> None:
    """Add or overwrite rows by primary key; columns in ``keep`` stay as officers set them."""
    columns = [
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in keep
    ]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=columns
    )


@transaction.atomic
def _make_current(profile: Profile, fingerprint: str, data_fingerprint: str, by: Any) -> None:
    sign_off = profile.sign_off
    NamingProfile.objects.filter(is_current=True).exclude(fingerprint=fingerprint).update(is_current=False)
    row, _ = NamingProfile.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "title": sign_off.title or "Naming profile",
            "version": sign_off.version,
            "source": sign_off.source,
            "signed_off_by": sign_off.signed_off_by,
            "signed_off_on": _date(sign_off.signed_off_on),
        },
    )
    row.is_current, row.data_fingerprint, row.loaded_at = True, data_fingerprint, timezone.now()
    row.save(update_fields=["is_current", "data_fingerprint", "loaded_at"])
    audit.record(row, "core.load_reference_data", by=by)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
