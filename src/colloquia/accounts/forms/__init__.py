"""What people fill in."""

from __future__ import annotations

from colloquia.accounts.forms.people import ErasureForm, InvitationForm, PreferencesForm, RoleForm
from colloquia.accounts.forms.sign_in import FirstOfficerForm

__all__ = ["ErasureForm", "FirstOfficerForm", "InvitationForm", "PreferencesForm", "RoleForm"]
