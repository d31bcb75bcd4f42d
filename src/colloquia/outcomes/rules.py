"""Who may write summaries, outcomes and revisions: officers."""

from __future__ import annotations

import rules

from colloquia.accounts.rules import is_officer

rules.add_perm("outcomes.edit", is_officer)
