"""What a run leaves to the next one, on disk: ``prior.json`` and ``prior.parquet``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from colloquia.engines.prior import Prior, PriorTheme, ReviewedPassage, text_digest
from colloquia.engines.results import Analysis
from colloquia.engines.store.storable import storable

SCHEMA = "colloquia.prior/1"
FILES = ("prior.json", "prior.parquet")
_OF_A_RUN = ("manifest.json", "themes.parquet", "passage_themes.parquet", "passages.parquet")
_COLUMNS = ("passage_id", "question_id", "theme_id", "digest")


def write_prior(prior: Prior, folder: Path) -> None:
    """Write themes and reviewed passages to ``prior.json``, who belonged where to ``prior.parquet``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = {
        "schema": SCHEMA,
        "run": prior.run,
        "themes": [asdict(theme) for theme in prior.themes],
        "reviewed": [_plain(item) for item in prior.reviewed],
        "retired": sorted(prior.retired),
    }
    text = json.dumps(values, ensure_ascii=False, indent=1)
    (folder / FILES[0]).write_text(storable(text) + "\n", encoding="utf-8")
    rows = list(_rows(prior))
    schema = pa.schema([(name, pa.string()) for name in _COLUMNS])
    table = pa.Table.from_pylist([dict(zip(_COLUMNS, row, strict=True)) for row in rows], schema=schema)
    pq.write_table(table, folder / FILES[1], compression="zstd")


def read_prior(folder: Path) -> Prior:
    """The ``Prior`` written to ``folder``, or that of the run in it, which nobody corrected.

    Raises FileNotFoundError where the folder holds neither, ValueError where it cannot be understood.
    """
    names = prior_files(folder)
    if names[0] != FILES[0]:
        return prior_of_run(folder)
    import pyarrow.parquet as pq

    try:
        values = json.loads((folder / FILES[0]).read_text(encoding="utf-8"))
        if values.get("schema") != SCHEMA:
            raise ValueError(  # noqa: TRY301 -- told below with the others, with the remedy
                f"its schema is {values.get('schema')!r}, not {SCHEMA!r}"
            )
        assignments: dict[str, dict[str, str]] = defaultdict(dict)
        digests: dict[str, str] = {}
        for row in pq.read_table(folder / FILES[1]).to_pylist():
            if row["theme_id"]:
                assignments[row["question_id"]][row["passage_id"]] = row["theme_id"]
            if row["digest"]:
                digests[row["passage_id"]] = row["digest"]
        return Prior(
            run=values["run"],
            themes=tuple(PriorTheme(**{**item, "terms": tuple(item["terms"])}) for item in values["themes"]),
            reviewed=tuple(ReviewedPassage(**item) for item in values["reviewed"]),
            assignments=dict(assignments),
            retired=frozenset(values["retired"]),
            digests=digests,
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            f"{folder / FILES[0]} cannot be used: {error}. Write it again from the earlier run."
        ) from error


def prior_files(folder: Path) -> tuple[str, ...]:
    """Names of the files that ``read_prior`` would read. Raises FileNotFoundError without them."""
    for names in (FILES, _OF_A_RUN):
        if all((folder / name).is_file() for name in names):
            return names
    raise FileNotFoundError(
        f"{folder} holds nothing to learn from: neither {' and '.join(FILES)} nor the results of a run."
    )


def prior_of_run(folder: Path) -> Prior:
    """The ``Prior`` of the run in ``folder`` as the machine left it, to lay officers' corrections over."""
    import pyarrow.parquet as pq

    run = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["run"]
    rows = pq.read_table(folder / "themes.parquet").to_pylist()
    parents = {row["parent_id"] for row in rows}
    themes = tuple(
        PriorTheme(
            row["theme_id"],
            row["question_id"],
            row["parent_id"],
            row["label"],
            tuple(row["terms"]),
            row["theme_id"] in parents,
        )
        for row in rows
    )
    placed = pq.read_table(folder / "passage_themes.parquet").to_pylist()
    passages = pq.read_table(folder / "passages.parquet", columns=["passage_id", "text"]).to_pylist()
    return Prior(
        run=run,
        themes=themes,
        assignments=_by_question(themes, ((row["passage_id"], row["theme_id"]) for row in placed)),
        retired=frozenset(theme.theme_id for theme in themes),
        digests={row["passage_id"]: text_digest(row["text"]) for row in passages},
    )


def next_prior(analysis: Analysis, run: str, earlier: Prior) -> Prior:
    """What the run ``analysis``, which learned from ``earlier``, leaves to the one after it."""
    by_officer = {theme.theme_id for theme in earlier.themes if theme.by_officer}
    parents = {theme.parent_id for theme in analysis.themes}
    themes = tuple(
        PriorTheme(
            item.theme_id,
            item.question_id,
            item.parent_id,
            item.label,
            item.terms,
            item.theme_id in parents,
            item.theme_id in by_officer,
        )
        for item in analysis.themes
    )
    given = {theme.theme_id for theme in (*earlier.themes, *themes)}
    placed = ((item.passage_id, item.theme_id) for item in analysis.passage_themes)
    return Prior(
        run=run,
        themes=themes,
        reviewed=earlier.reviewed,
        assignments=_by_question(themes, placed),
        retired=earlier.retired | given,
        digests={item.passage_id: text_digest(item.text) for item in analysis.passages},
    )


def _by_question(
    themes: Iterable[PriorTheme], placed: Iterable[tuple[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    question = {theme.theme_id: theme.question_id or "" for theme in themes}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for passage, theme in placed:
        found[question[theme]][passage] = theme
    return dict(found)


def _rows(prior: Prior) -> Iterable[tuple[str, str, str, str]]:
    """Assignments by question, then the passages that are in no theme."""
    seen: set[str] = set()
    for question in sorted(prior.assignments):
        for passage, theme in prior.assignments[question].items():
            seen.add(passage)
            yield passage, question, theme, prior.digests.get(passage, "")
    for passage, digest in prior.digests.items():
        if passage not in seen:
            yield passage, "", "", digest


def _plain(item: ReviewedPassage) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in item.__dataclass_fields__}
    values["themes"], values["questions"] = dict(item.themes), dict(item.questions)
    return values
