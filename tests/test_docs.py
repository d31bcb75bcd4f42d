"""The documentation as a contract: settings, commands and addresses stand in it or a test fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from colloquia import cli, configuration

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize("setting", configuration.SETTINGS, ids=lambda setting: setting.name)
def test_setting_is_documented_with_its_default(setting: configuration.Setting) -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    section = re.search(rf"^## `{setting.name}`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section is not None, f"docs/reference/settings.md has no section on {setting.name}"
    assert f"`{setting.default or 'empty'}`" in section[1] or "no default" in section[1].lower()
    assert (f"`{setting.name}_FILE`" in section[1]) is setting.secret


def test_no_setting_is_documented_that_does_not_exist() -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `([A-Z_]+)`$", text, re.MULTILINE)) == {
        s.name for s in configuration.SETTINGS
    }


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_command_is_documented(name: str) -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert f"## `colloquia {name}`" in text


@pytest.mark.parametrize(
    "target", re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
)
def test_make_target_is_documented(target: str) -> None:
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    assert f"`make {target}`" in text


def own_routes() -> list[str]:
    """Every address of ours; those of allauth and of the administration are theirs to document."""
    routes = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif pattern.callback.__module__.startswith("colloquia."):
                routes.append("/" + route)

    walk(get_resolver().url_patterns, "")
    return routes


@pytest.mark.parametrize("route", own_routes())
def test_route_is_documented(route: str) -> None:
    text = (REFERENCE / "urls.md").read_text(encoding="utf-8")
    shown = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route)
    assert f"`{shown}`" in text


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
        if not target.startswith(("http://", "https://", "mailto:")) and not (path.parent / target).exists()
    ]
    assert broken == []
