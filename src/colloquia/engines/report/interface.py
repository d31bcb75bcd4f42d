"""The words, plurals, numbers and direction of the report's own language."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from colloquia.engines.report.text import RIGHT_TO_LEFT

LANGUAGES = ("en", "ar")
LOCALE = Path(__file__).with_name("locale")


class Interface:
    """One interface language: ``gettext`` and ``ngettext``, numbers, ``direction`` (ltr or rtl)."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self.direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        right_to_left = self.direction == "rtl"
        self.comma = "، " if right_to_left else ", "
        self.semicolon = "؛ " if right_to_left else "; "
        self.quotes = ("«", "»") if right_to_left else ("“", "”")
        # Without it a sign before a number would change sides.
        self._mark = "\u200e" if right_to_left else ""
        self.gettext = translations.gettext
        self.ngettext = translations.ngettext

    def number(self, value: int) -> str:
        """A whole number with separated thousands: 12,345."""
        return f"{value:,}"

    def decimal(self, value: float) -> str:
        """A figure with two decimals: 0.83."""
        return f"{value:.2f}"

    def share(self, part: int, base: int) -> str:
        """A share of a base in whole per cent; a small part is never rounded to nothing."""
        if base <= 0:
            return "–"
        percent = 100 * part / base
        if 0 < percent < 1:
            return f"{self._mark}<1%"
        if 99 < percent < 100:
            return f"{self._mark}>99%"
        return f"{percent:.0f}%"


@cache
def interface(language: str) -> Interface:
    """The interface in ``en`` or ``ar``; raises ``ValueError`` for any other language."""
    if language not in LANGUAGES:
        raise ValueError(
            f"The report's own language must be one of {', '.join(LANGUAGES)}; {language!r} was asked for."
        )
    if language == "en":
        return Interface(language, NullTranslations())
    return Interface(language, _read(LOCALE / f"{language}.po"))


def _read(path: Path) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.stem)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
