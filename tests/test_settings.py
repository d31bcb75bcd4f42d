"""What an operator may set, and what happens with values that cannot be used."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from colloquia import configuration, databases
from colloquia.configuration import ConfigurationError


def test_blank_is_the_default() -> None:
    assert configuration.port({"PORT": "  "}) == 8000
    assert configuration.port({}) == 8000


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8000x", "٨٠٠٠"])
def test_port_out_of_reach_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="PORT must"):
        configuration.port({"PORT": value})


@pytest.mark.parametrize(
    ("value", "expected"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("Off", False)]
)
def test_switch_understands_words(value: str, expected: bool) -> None:
    assert configuration.switch("DEBUG", {"DEBUG": value}) is expected


def test_switch_refuses_other_words() -> None:
    with pytest.raises(ConfigurationError, match="DEBUG must be yes or no, not “maybe”"):
        configuration.switch("DEBUG", {"DEBUG": "maybe"})


def test_secret_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "url"
    path.write_text("postgres://a:b@host/c\n")
    assert configuration.text("DATABASE_URL", {"DATABASE_URL_FILE": str(path)}) == "postgres://a:b@host/c"


def test_secret_file_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"SECRET_KEY_FILE names .*absent, which cannot be read"):
        configuration.secret_key({"SECRET_KEY_FILE": str(tmp_path / "absent")})


def test_only_secrets_are_read_from_files(tmp_path: Path) -> None:
    path = tmp_path / "port"
    path.write_text("9")
    assert configuration.port({"PORT_FILE": str(path)}) == 8000


def test_secret_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    environment = {"COLLOQUIA_DATA": str(tmp_path / "data")}
    key = configuration.secret_key(environment)
    path = tmp_path / "data" / "secret_key"
    assert len(key) >= 50
    assert configuration.secret_key(environment) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["secret_key"]


def test_secret_key_that_was_emptied_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(ConfigurationError, match="holds no usable key"):
        configuration.secret_key({"COLLOQUIA_DATA": str(tmp_path)})


def test_public_url_follows_the_port() -> None:
    assert configuration.public_url({"PORT": "9000"}) == "http://localhost:9000"
    assert configuration.public_url({"PUBLIC_URL": "https://ip.example/"}) == "https://ip.example"


def test_public_url_needs_a_scheme() -> None:
    with pytest.raises(ConfigurationError, match="PUBLIC_URL must begin"):
        configuration.public_url({"PUBLIC_URL": "ip.example"})


def test_sqlite_takes_the_write_lock_at_once_and_syncs(tmp_path: Path) -> None:
    entry = databases.database("", tmp_path)
    assert entry["NAME"] == str(tmp_path / "colloquia.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert entry["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in entry["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in entry["OPTIONS"]["init_command"]
    assert entry["CONN_MAX_AGE"] is None
    assert entry["ATOMIC_REQUESTS"] is False


def test_sqlite_path_may_be_given(tmp_path: Path) -> None:
    assert databases.database("sqlite:////srv/one.sqlite3", tmp_path)["NAME"] == "/srv/one.sqlite3"
    assert databases.database("sqlite:///one.sqlite3", tmp_path)["NAME"] == str(tmp_path / "one.sqlite3")


def test_postgres_address_is_taken_apart(tmp_path: Path) -> None:
    entry = databases.database("postgres://ada:p%40ss@db.example:5433/colloquia", tmp_path)
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"]) == (
        "ada", "p@ss", "db.example", 5433, "colloquia",
    )  # fmt: skip
    assert entry["ATOMIC_REQUESTS"] is False


def test_other_databases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL begins with “mysql”"):
        databases.database("mysql://host/name", tmp_path)


def test_mail_server_is_taken_apart() -> None:
    mail = databases.mail("smtp+tls://ada:p%40ss@mail.example")
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_HOST_PASSWORD"], mail["EMAIL_USE_TLS"]) == (
        "mail.example", 587, "p@ss", True,
    )  # fmt: skip


@pytest.mark.parametrize("url", ["mail.example", "smtp:", "imap://mail.example"])
def test_mail_address_that_means_nothing_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="EMAIL_URL must be"):
        databases.mail(url)


def test_every_setting_that_is_read_stands_in_the_table() -> None:
    """A name read nowhere, or read without an entry, is a mistake in the table."""
    import re

    package = Path(configuration.__file__).parent
    source = "\n".join(path.read_text() for path in package.rglob("*.py") if path.name != "__init__.py")
    read = set(re.findall(r'\b(?:text|number|switch|words)\("([A-Z_]+)"', source))
    assert read == {setting.name for setting in configuration.SETTINGS}


@pytest.mark.django_db
def test_sqlite_runs_in_write_ahead_mode_with_full_sync() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("a property of SQLite")
    with connection.cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()
        foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()
    assert (synchronous, foreign_keys) == ((2,), (1,))
