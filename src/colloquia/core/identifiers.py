"""Permanent, typed ids such as ``S-2026-00417``: their form, and the next free one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from colloquia.core.models import IdentifierSequence


class IdentifierError(ValueError):
    """An id was asked for with a kind or scope that does not exist."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one kind of id. ``scope`` is a pattern for the middle part, blank where there is none."""

    kind: str
    meaning: str
    scope: str = ""
    digits: int = 1

    def write(self, scope: str, number: int) -> str:
        """The id as people see it."""
        padded = f"{number:0{self.digits}d}"
        return f"{self.kind}-{scope}-{padded}" if self.scope else f"{self.kind}{padded}"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An id taken apart; ``str`` gives it back in its one proper form."""

    kind: str
    scope: str
    number: int

    def __str__(self) -> str:
        return _FORMS[self.kind].write(self.scope, self.number)


_YEAR = r"\d{4}"
_TERRITORY = r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?|INT-[A-Z]{2,8}"
_FORMS: dict[str, Form] = {}
_LARGEST = 2_000_000_000


def declare(form: Form) -> None:
    """Add a kind of id. Raises IdentifierError where the kind exists with another form."""
    if not re.fullmatch(r"[A-Z]{1,4}", form.kind):
        raise IdentifierError(f"“{form.kind}” is not a kind of id: use one to four capital letters.")
    if _FORMS.setdefault(form.kind, form) != form:
        raise IdentifierError(f"The kind of id “{form.kind}” exists already with another form.")


declare(Form("S", "submission", _YEAR, 5))
declare(Form("I", "instrument", _TERRITORY, 4))
declare(Form("M", "meeting"))
declare(Form("E", "exhibit"))


def allocate(*, kind: str, year: int | None = None, territory: str | None = None) -> str:
    """Give out the next id of a series, within the caller's transaction.

    If that transaction is rolled back, the number is free again: there are no gaps and no
    two objects with one id. Others who want an id of the same series wait until it ends,
    so call this late in a short transaction.

    Raises:
        IdentifierError: for an unknown kind, or a year or territory that does not fit it.
    """
    form = _FORMS.get(kind)
    if form is None:
        raise IdentifierError(f"There is no kind of id “{kind}”; there are {', '.join(sorted(_FORMS))}.")
    given = [str(part) for part in (year, territory) if part is not None]
    scope = given[0] if given else ""
    if len(given) > 1 or not re.fullmatch(form.scope, scope, re.ASCII):
        raise IdentifierError(f"“{scope}” does not fit ids of the kind {kind} ({form.meaning}).")
    with transaction.atomic():
        series = IdentifierSequence.objects.filter(kind=kind, scope=scope)
        if not series.update(last=F("last") + 1):
            IdentifierSequence.objects.bulk_create(
                [IdentifierSequence(kind=kind, scope=scope)], ignore_conflicts=True
            )
            series.update(last=F("last") + 1)
        return form.write(scope, series.values_list("last", flat=True).get())


def reserve(texts: Iterable[str]) -> None:
    """Let no series give out an id that is used already, for instance in an analysis made elsewhere.

    What is no id in its proper form is left alone. One query or two for each series.
    """
    highest: dict[tuple[str, str], int] = {}
    for text in texts:
        found = parse(text)
        if found is not None:
            series = (found.kind, found.scope)
            highest[series] = max(found.number, highest.get(series, 0))
    with transaction.atomic():
        for (kind, scope), number in highest.items():
            row = IdentifierSequence.objects.filter(kind=kind, scope=scope)
            if not row.exists():
                IdentifierSequence.objects.bulk_create(
                    [IdentifierSequence(kind=kind, scope=scope)], ignore_conflicts=True
                )
            row.filter(last__lt=number).update(last=number)


def parse(text: str) -> Identifier | None:
    """An id taken apart, or None where the text is not one in its proper form."""
    for form in _FORMS.values():
        middle = rf"-(?P<scope>{form.scope})-" if form.scope else ""
        match = re.fullmatch(rf"{form.kind}{middle}(?P<number>\d{{1,10}})", text, re.ASCII)
        if match and int(match["number"]) <= _LARGEST:
            found = Identifier(form.kind, match["scope"] if form.scope else "", int(match["number"]))
            return found if str(found) == text and found.number > 0 else None
    return None
