"""Who may import papers: officers."""

from __future__ import annotations

import rules

from colloquia.accounts.rules import is_officer

rules.add_perm("issues.import_paper", is_officer)
