"""What pages about people show, as plain values."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.accounts.models import Role, User
from colloquia.core.filters import Choice, Filter, FilterBar
from colloquia.core.queries import profile
from colloquia.core.tables import Column, Table
from colloquia.engines.jurisdictions import Profile


def people_bar(query: QueryDict) -> FilterBar:
    """The filters of the list of people."""
    states = (
        Choice("active", _("Active")),
        Choice("invited", _("Invited, never signed in")),
        Choice("closed", _("Closed")),
        Choice("erased", _("Erased")),
    )
    return FilterBar.read(
        query,
        (
            Filter("q", _("Name or address"), "search"),
            Filter("role", _("Role"), choices=[Choice(value, label) for value, label in Role.choices]),
            Filter("state", _("State"), choices=states),
        ),
    )


def people_table(people: Iterable[User], *, total: int | None = None) -> Table:
    """People with their roles. ``people`` come with their roles in force as ``held``."""
    columns = (
        Column("name", _("Name"), link="url"),
        Column("email", _("E-mail address"), "identifier"),
        Column("roles", _("Roles")),
        Column("state", _("State")),
        Column("last", _("Last signed in"), "date"),
    )
    names = profile()
    rows = (
        {
            "name": str(each),
            "url": reverse("person", args=[each.pk]),
            "email": "" if each.erased_at else each.email,
            "roles": ", ".join(role_words(each, names)),
            "state": state_words(each),
            "last": each.last_login.date() if each.last_login else None,
        }
        for each in people
    )
    return Table("people", _("People"), columns, rows, empty=_("Nobody fits these filters."), total=total)


def role_words(user: User, names: Profile) -> list[str]:
    """The roles in force in words, with the state of a focal point."""
    words = []
    if user.is_officer:
        words.append(str(Role.OFFICER.label))
    if user.is_staff:
        words.append(str(Role.ADMINISTRATOR.label))
    for grant in user.held:  # type: ignore[attr-defined]  # fetched by queries.people
        if grant.role not in (Role.OFFICER, Role.ADMINISTRATOR):
            label = str(Role(grant.role).label)
            state = names.name(grant.territory_id, get_language() or "en") if grant.territory_id else ""
            words.append(f"{label}: {state}" if state else label)
    return words


def state_words(user: User) -> str:
    """Active, invited, closed or erased."""
    if user.erased_at is not None:
        return _("Erased")
    if not user.is_active:
        return _("Closed")
    return _("Active") if user.last_login else _("Invited, never signed in")
