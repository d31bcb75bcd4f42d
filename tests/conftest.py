"""What every test may use: a data folder of its own, three people, a browser."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from colloquia.accounts.models import User

# Before Django reads its settings: nothing of the developer's own site may be touched or matter.
_FOLDER = tempfile.mkdtemp(prefix="colloquia-tests-")
for _name in (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "DEBUG",
    "ALLOWED_HOSTS",
    "PUBLIC_URL",
    "PORT",
    "HOST",
    "EMAIL_URL",
    "DRAFTING_URL",
):
    os.environ.pop(_name, None)
os.environ["COLLOQUIA_DATA"] = _FOLDER
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colloquia.settings")
# The browser's driver runs an event loop beside tests that use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip
_DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--only-database``: the tests whose result may depend on the database, for a second database."""
    parser.addoption("--only-database", action="store_true", help="run only tests that use the database")


def pytest_configure(config: pytest.Config) -> None:
    """Static files by their plain names, and compiled messages, as the pages under test need them."""
    from django.conf import settings

    from colloquia.messages import compile_catalogues

    # A shell without job control starts what it runs in the background deaf to Ctrl-C, and the programs
    # under test would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    compile_catalogues()
    # The settings were read before this file was: whatever lies in the data folder moves to ours.
    folder = Path(_FOLDER)
    settings.DATA = folder
    settings.RUNS, settings.ATTACHMENTS = folder / "runs", folder / "attachments"
    settings.STATIC_ROOT, settings.MEDIA_ROOT = folder / "static", folder / "media"
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        # A file, as in production: a database in memory has other locks, and races would not be tested.
        database.setdefault("TEST", {})["NAME"] = str(Path(_FOLDER) / "test.sqlite3")
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Tests sign people in without the steps of the sign-in pages; those of the second factor turn it on.
    settings.SECOND_FACTOR_REQUIRED = False
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the data folder."""
    shutil.rmtree(_FOLDER, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what does not use the database, where that was asked for."""
    if not config.getoption("--only-database"):
        return
    chosen = [
        item
        for item in items
        if "browser" not in getattr(item, "fixturenames", ())
        and (
            item.get_closest_marker("django_db")
            or _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        )
    ]
    # Cases of one test differ in what they give and show, seldom in what they ask of the database; the pages
    # of an analysis read its files, and one test of each module asks the database enough.
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for item in chosen:
        module = item.nodeid.partition("::")[0]
        of_files = module.startswith("tests/consultations/") and "pages" in module
        test = (module, "" if of_files else getattr(item, "originalname", item.name))
        seen[test] += 1
        if seen[test] <= (1 if "pages" in module else 2):
            kept.append(item)
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database as the migrations make it, to be copied. One for all processes."""
    with _once(tmp_path_factory, "migrated") as folder:
        if folder is not None:
            _migrate(folder, DATABASE_URL="")
    return _shared(tmp_path_factory) / "migrated"


@pytest.fixture(scope="session")
def migrated_on_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database as the migrations make it, a template. One for all processes."""
    import psycopg

    name = "colloquia_migrated"
    with _once(tmp_path_factory, name) as folder:
        if folder is not None:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                server.execute(f"CREATE DATABASE {name}")
            _migrate(folder, DATABASE_URL=beside(os.environ["DATABASE_URL"], name))
    return name


def beside(url: str, name: str) -> str:
    """The address of another database on the server of ``url``."""
    return f"{url.rpartition('/')[0]}/{name}"


def _shared(factory: pytest.TempPathFactory) -> Path:
    root = factory.getbasetemp()
    return root.parent if "PYTEST_XDIST_WORKER" in os.environ else root


@contextmanager
def _once(factory: pytest.TempPathFactory, name: str) -> Iterator[Path | None]:
    """Gives a folder to the first process that asks for this name, and None to every later one."""
    folder = _shared(factory) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder.with_suffix(".done")
        yield None if done.exists() else folder
        done.touch()


def _migrate(folder: Path, **environment: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "colloquia", "manage", "migrate", "--verbosity=0"],
        env=os.environ | {"COLLOQUIA_DATA": str(folder)} | environment,
        check=True,
    )


@pytest.fixture
def amara(db: None) -> User:
    """A delegate: signed in, without an officer's rights."""
    from colloquia.accounts.models import User

    return User.objects.create_user("amara@delegation.example", name="Amara")


@pytest.fixture
def bruno(db: None) -> User:
    """An officer of the secretariat, who also administers the site."""
    from colloquia.accounts.models import User

    return User.objects.create_superuser("bruno@secretariat.example", name="Bruno")


@pytest.fixture
def chen(db: None) -> User:
    """A stranger: has an account and nothing else, and is refused everywhere."""
    from colloquia.accounts.models import User

    return User.objects.create_user("chen@elsewhere.example", name="Chen")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Absent, the test is skipped, or fails where REQUIRE_BROWSER=1."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "Chromium is not installed"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import Locator, sync_playwright

    click = Locator.click

    def click_and_read(locator: Locator, *arguments: Any, **options: Any) -> None:
        """A click returns when the next page begins to arrive; a test goes on when it is there."""
        click(locator, *arguments, **options)
        locator.page.wait_for_load_state("domcontentloaded")

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_and_read)
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
