"""``colloquia load``: reference data, and the illustrative consultation as an analysis to read."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HELP = "Load reference data and the illustrative consultation"
SLUG = "illustrative"


def configure(parser: argparse.ArgumentParser) -> None:
    """How many processes the analysis may use."""
    parser.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes for the analysis (all cores)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Load both. Done again, it changes nothing; two at once take turns."""
    import django

    django.setup()
    from django.conf import settings

    from colloquia import preparation
    from colloquia.consultations.services.starter import only_one
    from colloquia.core.services import load_reference_data

    source = Path(settings.CONTENT) / SLUG
    with only_one(lambda: print("Another load is at work; waiting for it …", flush=True)):
        print("Loading reference data …", flush=True)
        preparation.migrate()
        load_reference_data()
        _load_papers(Path(settings.CONTENT) / "papers")
        return _load_analysis(source, max(1, arguments.jobs))


def _load_papers(folder: Path) -> None:
    """The starter set of papers and questions. What an officer imported or decided stays."""
    from colloquia.cli import CommandError
    from colloquia.issues.services import StarterError, load_starter

    try:
        changes = load_starter(folder)
    except StarterError as error:
        raise CommandError(str(error)) from error
    if changes.any:
        print("The starter set of questions is loaded.", flush=True)
    elif folder.is_dir():
        print("The starter set of questions is up to date.", flush=True)


def _load_analysis(source: Path, jobs: int) -> int:
    from colloquia.cli import CommandError
    from colloquia.consultations.services.starter import load_starter

    if not (source / "about.json").is_file():
        raise CommandError(
            f"the starter programme is not at {source.parent}; set COLLOQUIA_CONTENT to its folder."
        )

    def compute(out: Path) -> None:
        print("Analysing the illustrative consultation; some files are damaged on purpose …", flush=True)
        _analyse(source, out, jobs)

    changed = load_starter(source=source, slug=SLUG, compute=compute)
    print(f"The illustrative consultation is {'ready' if changed else 'up to date'}.", flush=True)
    return 0


def _analyse(source: Path, out: Path, jobs: int) -> None:
    """Run ``colloquia analyse`` in the source folder. Raises CommandError where no report came of it."""
    from colloquia.cli import CommandError
    from colloquia.supervisor import end_with_parent

    inputs = (source / "inputs.txt").read_text(encoding="utf-8").split("\n")
    command = [
        sys.executable, "-m", "colloquia", "analyse", *(name.strip() for name in inputs if name.strip()),
        "--questions", "paper.yaml", "--out", str(out), "--jobs", str(jobs),
        "--report-language", "en,ar", "--keep-vectors", "--withhold-persons", *_labels(source),
    ]  # fmt: skip
    status = subprocess.run(
        command,
        cwd=source,
        check=False,
        stdout=subprocess.DEVNULL,  # it names the draft's folder; progress and problems come on stderr
        preexec_fn=end_with_parent,
    ).returncode
    if status not in {0, 3}:  # 3: done, with problems that the report names
        raise CommandError(f"the illustrative analysis failed with status {status}.")
    absent = [name for name in ("analysis.json", "report.html") if not (out / name).is_file()]
    if absent:
        raise CommandError(f"the illustrative analysis failed with status {status}; there is no {absent[0]}.")


def _labels(source: Path) -> list[str]:
    """Title and notice of the report in each language of its interface, as arguments."""
    try:
        about = json.loads((source / "about.json").read_text(encoding="utf-8"))
        return [
            f"--{option}={language}={text}"
            for option, key in (("title", "title"), ("notice", "note"))
            for language, text in about.get(key, {}).items()
            if language in {"en", "ar"}
        ]
    except (OSError, ValueError, AttributeError):
        return []
