"""Writes a report as one self-contained HTML file, useful without scripts and printable."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from colloquia.engines.report.content import Block
from colloquia.engines.report.context import context
from colloquia.engines.report.options import Options
from colloquia.engines.report.sections import report
from colloquia.engines.report.text import direction
from colloquia.engines.results import Analysis

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")


def write_html(analysis: Analysis, path: Path, options: Options) -> None:
    """Write the report to ``path``, replacing any file there.

    The file holds exactly one style element and no script; serve it under
    ``content_security_policy()``.
    """
    path.write_bytes(html(analysis, options).encode("utf-8"))


def html(analysis: Analysis, options: Options) -> str:
    """The report as HTML."""
    prepared = context(analysis, options)
    template = _environment().get_template("report.html")
    return template.render(
        report=report(prepared),
        words=prepared.words,
        version=options.version,
        style=_style(),
        policy=content_security_policy(),
    )


def content_security_policy() -> str:
    """The strictest policy under which a report shows as meant."""
    return f"default-src 'none'; style-src '{style_hash()}'; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def style_hash() -> str:
    """The hash of the report's style element, as a CSP source expression."""
    digest = hashlib.sha256(_style().encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


@lru_cache(maxsize=1)
def _style() -> str:
    return (TEMPLATES / "report.css").read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    environment.filters["direction"] = direction
    environment.filters["kind"] = _kind
    return environment


def _kind(block: Block) -> str:
    return type(block).__name__
