"""The catalogues of the interface: found in the source, merged, and compiled without the gettext programs.

``python -m colloquia.messages compile`` makes the ``.mo`` files; ``… update`` brings the ``.po`` files in
line with the source, for a translator. Some languages have a catalogue of the mails alone.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent
LANGUAGES = ("ar",)
MAIL_LANGUAGES = ("es", "fr", "ru", "zh_Hans")
"""Those whose catalogue holds what people get by mail, and nothing of the pages."""
MAIL_TEMPLATES = ("templates/*/mail/*.txt", "templates/*/email/*.txt")
MAIL_MARK = re.compile(r"#.*\bin mails\b")
"""A comment on the line of a message in Python that gets into a mail."""
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}
_STRING = r"""(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
_IN_TEMPLATE = re.compile(
    rf"(?P<name>ngettext|npgettext|pgettext|gettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?"
)
_WITH_CONTEXT = frozenset({"pgettext", "npgettext"})
Message = tuple[str | tuple[str, str], str | None]


def catalogue_path(language: str, suffix: str = ".po") -> Path:
    """Where the catalogue of a language lies."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"django{suffix}"


def source_catalogue(package: Path = PACKAGE, *, mails: bool = False) -> Catalog:
    """Every message of the source, with the files it stands in. Engines have none: they know no reader.

    With ``mails`` those alone that get into a mail: of its templates, and those marked ``# in mails``.
    """
    catalogue = Catalog(project="Colloquia", charset="utf-8")
    for path in sorted(package.rglob("*")):
        relative = path.relative_to(package)
        if relative.parts[0] in {"engines", "locale"} or "migrations" in relative.parts:
            continue
        if path.suffix == ".py":
            found = _in_python(path.read_bytes(), marked=mails)
        elif "templates" in relative.parts and path.suffix in {".html", ".txt"}:
            if mails and not any(relative.match(pattern) for pattern in MAIL_TEMPLATES):
                continue
            found = _in_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for message, context in found:
            catalogue.add(message, context=context, locations=[(relative.as_posix(), 0)])
    return catalogue


def _in_python(source: bytes, *, marked: bool) -> Iterator[Message]:
    lines = source.decode("utf-8").split("\n")
    if marked and not MAIL_MARK.search(source.decode("utf-8")):
        return
    for line, message, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        if not marked or MAIL_MARK.search(lines[line - 1]):
            yield (message if isinstance(message, str) else (message[0], message[1])), context


def _in_template(source: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for match in _IN_TEMPLATE.finditer(templatize(source)):
        strings = [str(ast.literal_eval(part)) for part in match.groups()[1:] if part]
        context = strings.pop(0) if match["name"] in _WITH_CONTEXT else None
        yield ((strings[0], strings[1]) if match["name"].startswith("n") else strings[0]), context


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it was written."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def compile_catalogues() -> list[Path]:
    """Compile every catalogue whose ``.mo`` is absent or older than its ``.po``; gives what was written."""
    written = []
    for language in (*LANGUAGES, *MAIL_LANGUAGES):
        source, target = catalogue_path(language), catalogue_path(language, ".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(f".{os.getpid()}.new")
        with draft.open("wb") as file:
            write_mo(file, read_catalogue(language))
        draft.replace(target)
        written.append(target)
    return written


def update_catalogues() -> list[Path]:
    """Merge the messages of the source into every catalogue: new ones come empty, gone ones go."""
    written = []
    whole, of_mails = source_catalogue(), source_catalogue(mails=True)
    for language in (*LANGUAGES, *MAIL_LANGUAGES):
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = (
            read_catalogue(language) if path.exists() else Catalog(locale=language, project="Colloquia")
        )
        catalogue.update(of_mails if language in MAIL_LANGUAGES else whole, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
        written.append(path)
    return written


def main(arguments: list[str]) -> int:
    """The two commands."""
    actions = {"compile": compile_catalogues, "update": update_catalogues}
    if len(arguments) != 1 or arguments[0] not in actions:
        print("usage: python -m colloquia.messages compile|update", file=sys.stderr)
        return 2
    for path in actions[arguments[0]]():
        print(path.relative_to(PACKAGE))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
