"""Arabic is complete in every release: each message of the source is there, translated, and no other.

So are the messages of mails in the languages that have no more than these.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from colloquia import messages

EVERY = (*messages.LANGUAGES, *messages.MAIL_LANGUAGES)


def keys(catalogue: messages.Catalog) -> set[tuple[str, ...]]:
    return {
        (message.context or "", *((message.id,) if isinstance(message.id, str) else message.id))
        for message in catalogue
        if message.id
    }


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_catalogue_has_exactly_the_messages_of_the_source(language: str) -> None:
    found, written = keys(messages.source_catalogue()), keys(messages.read_catalogue(language))
    assert sorted(found - written) == [], "missing; run make messages and translate"
    assert sorted(written - found) == [], "stale; run make messages"


@pytest.mark.parametrize("language", messages.MAIL_LANGUAGES)
def test_catalogue_of_mails_has_exactly_the_messages_of_mails(language: str) -> None:
    found = keys(messages.source_catalogue(mails=True))
    written = keys(messages.read_catalogue(language))
    assert sorted(found - written) == [], "missing; run make messages and translate"
    assert sorted(written - found) == [], "stale; run make messages"


@pytest.mark.parametrize("language", EVERY)
def test_every_message_is_translated(language: str) -> None:
    empty = []
    for message in messages.read_catalogue(language):
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            empty.append(message.id)
    assert empty == []


@pytest.mark.parametrize("language", EVERY)
def test_translations_keep_the_places_for_values(language: str) -> None:
    """A translation may leave a number out of a plural form, but never name a value that does not exist."""
    wrong = []
    for message in messages.read_catalogue(language):
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set(re.findall(r"%\((\w+)\)s", " ".join(ids)))
        used = [set(re.findall(r"%\((\w+)\)s", string)) for string in strings]
        if any(names - allowed for names in used) or (len(ids) == 1 and used[0] != allowed):
            wrong.append(message.id)
    assert wrong == []


def test_messages_are_found_in_python_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        "{% load i18n %}{% translate 'One' %}{% blocktranslate count n=n %}{{ n }} file{% plural %}"
        "{{ n }} files"
        "{% endblocktranslate %}{% translate 'May' context 'month' %}"
    )
    (tmp_path / "b.py").write_text("from x import gettext_lazy as _\nlabel = _('Two')\n")
    (tmp_path / "engines").mkdir()
    (tmp_path / "engines" / "c.py").write_text("_('No reader here')\n")
    assert keys(messages.source_catalogue(tmp_path)) == {
        ("", "One"), ("", "Two"), ("", "%(n)s file", "%(n)s files"), ("month", "May"),
    }  # fmt: skip


def test_messages_of_mails_are_those_of_their_templates_and_those_marked(tmp_path: Path) -> None:
    for place, text in (("mail/a.txt", "Sent"), ("email/b_subject.txt", "Coded"), ("c.txt", "Not sent")):
        path = tmp_path / "templates" / "room" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{{% load i18n %}}{{% translate '{text}' %}}")
    (tmp_path / "d.py").write_text("role = _('Officer')  # in mails\nlabel = _('Label')\n")
    assert keys(messages.source_catalogue(tmp_path, mails=True)) == {
        ("", "Sent"), ("", "Coded"), ("", "Officer"),
    }  # fmt: skip


def test_compiling_again_writes_nothing() -> None:
    messages.compile_catalogues()
    assert messages.compile_catalogues() == []
