"""Fields for a text in each of the site's languages, that of the page first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.core.tables import Words
from colloquia.core.written import direction_of


def languages(first: str = "") -> list[tuple[str, Any]]:
    """Codes and names; the given one, else that of the page, stands first."""
    front = first or get_language() or "en"
    return sorted(settings.LANGUAGES, key=lambda pair: pair[0] != front)


def add_texts(
    form: forms.Form,
    name: str,
    label: Words,
    values: Mapping[str, str],
    *,
    longest: int,
    rows: int = 3,
    first: str = "",
    codes: Iterable[str] = (),
    now: Mapping[str, str] | None = None,
) -> None:
    """Put ``<name>_<code>`` on the form for each language; ``label`` holds ``%(language)s``.

    ``codes`` are languages for which there is a field besides those that are always complete; ``now`` are
    texts that stand beside an empty field.
    """
    wanted = {*settings.COMPLETE_LANGUAGES, *codes, *values, *([first] if first else [])}
    for code, language in languages(first):
        if code not in wanted:
            continue
        attributes = {"lang": code, "dir": direction_of(code)}
        widget = forms.Textarea(attrs={"rows": rows, **attributes}) if rows else forms.TextInput(attributes)
        form.fields[f"{name}_{code}"] = forms.CharField(
            label=label % {"language": language},
            max_length=longest,
            required=False,
            initial=values.get(code, ""),
            widget=widget,
        )
        if now and now.get(code) and not values.get(code):
            form.fields[f"{name}_{code}"].help_text = format_html(
                '{} <span lang="{}" dir="{}">{}</span>',
                _("As it stands now:"),
                code,
                direction_of(code),
                now[code],
            )


def texts_of(form: forms.Form, name: str) -> dict[str, str]:
    """What was written, by language. After ``is_valid``."""
    prefix = f"{name}_"
    return {
        key.removeprefix(prefix): value
        for key, value in form.cleaned_data.items()
        if key.startswith(prefix) and value
    }
