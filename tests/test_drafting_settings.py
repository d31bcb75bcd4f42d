"""The settings of the language model: off unless an address is set, and nothing secret in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from colloquia import drafting_settings
from colloquia.configuration import ConfigurationError
from colloquia.drafting_settings import DraftingSettings, Secret

KEY = "sk-only-for-this-test-93f1"
GOOD = {"DRAFTING_URL": "http://localhost:11434/v1/", "DRAFTING_MODEL": "small"}


def test_without_an_address_everything_is_off() -> None:
    assert drafting_settings.read({}) is None
    assert drafting_settings.read({"DRAFTING_MODEL": "small", "TRANSLATION_MODEL": "small"}) is None


def test_settings_are_read() -> None:
    read = drafting_settings.read({**GOOD, "DRAFTING_KEY": KEY, "DRAFTING_TIMEOUT": "30"})
    assert read == DraftingSettings(
        url="http://localhost:11434/v1", model="small", timeout=30, key=Secret(KEY)
    )


def test_key_may_stand_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(KEY + "\n")
    read = drafting_settings.read({**GOOD, "DRAFTING_KEY_FILE": str(path)})
    assert read is not None
    assert read.key.reveal() == KEY


def test_key_is_not_in_the_representation() -> None:
    given = DraftingSettings(url="http://localhost", key=Secret(KEY))
    assert repr(given.key) == str(given.key) == "Secret(…)"
    assert KEY not in f"{given!r} {given}"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"DRAFTING_MODEL": ""}, "neither DRAFTING_MODEL nor TRANSLATION_MODEL"),
        ({"DRAFTING_URL": "localhost:11434"}, "beginning with http:// or https://"),
        ({"DRAFTING_URL": "ftp://localhost/v1"}, "beginning with http:// or https://"),
        ({"DRAFTING_URL": "http://"}, "beginning with http:// or https://"),
        ({"DRAFTING_URL": "http://localhost:0/v1"}, "beginning with http:// or https://"),
        ({"DRAFTING_URL": "http://local host/v1"}, "beginning with http:// or https://"),
        ({"DRAFTING_URL": "http://localhost:port/v1"}, "cannot be read"),
        ({"DRAFTING_URL": f"http://me:{KEY}@localhost/v1"}, "no name, password"),
        ({"DRAFTING_URL": f"http://localhost/v1?key={KEY}"}, "no name, password"),
        ({"DRAFTING_TIMEOUT": "0"}, "DRAFTING_TIMEOUT must lie between 1 and 3600"),
        ({"DRAFTING_TIMEOUT": "soon"}, "DRAFTING_TIMEOUT must be a whole number"),
        ({"DRAFTING_KEY": KEY + "\nHost: elsewhere"}, "DRAFTING_KEY must be one line"),
        ({"DRAFTING_KEY": KEY + "é"}, "DRAFTING_KEY must be one line"),
        ({"DRAFTING_MODEL": "small\nmodel"}, "DRAFTING_MODEL must be the name of a model"),
        ({"TRANSLATION_MODEL": "x" * 201}, "TRANSLATION_MODEL must be the name of a model"),
    ],
)
def test_unusable_values_are_refused_without_the_key(changed: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message.replace("?", r"\?")) as refused:
        drafting_settings.read({**GOOD, **changed})
    assert KEY not in str(refused.value)
