"""Names of places, languages and groups of states, as the report shows them.

The caller supplies them from its naming profile; the report never spells a country itself.
"""

from __future__ import annotations

from typing import Protocol


class Names(Protocol):
    """What the report asks of a naming profile. Unknown codes come back as they are."""

    def territory(self, code: str) -> str:
        """The name of a territory for its ISO 3166 code."""

    def language(self, code: str) -> str:
        """The name of a language for its BCP 47 tag."""

    def group(self, code: str) -> str:
        """The name of a group of states for its code."""


class PlainNames:
    """Shows every code as it is; for callers that have no naming profile."""

    def territory(self, code: str) -> str:
        return code

    def language(self, code: str) -> str:
        return code

    def group(self, code: str) -> str:
        return code
