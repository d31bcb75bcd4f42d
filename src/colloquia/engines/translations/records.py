"""What travels to translators and back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage to translate. Languages are codes such as ``fr`` or ``zh-Hant``.

    ``target`` is empty where there is no translation yet. ``note`` is for the translator. A unit that
    came back with a part still untranslated, or mixed with its neighbour, is not ``complete``.
    """

    id: str
    source_language: str
    target_language: str
    source: str
    target: str = ""
    note: str = ""
    complete: bool = True
