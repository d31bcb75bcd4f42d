"""One run of ``colloquia analyse``: its folder, its clock, its progress and its closing words."""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from colloquia import __version__
from colloquia.cli import CommandError
from colloquia.engines.analysis import Options, StageTimes, analyse
from colloquia.engines.intake import Understanding, collect, understand
from colloquia.engines.intake.files import walk
from colloquia.engines.jurisdictions import load_profile
from colloquia.engines.meaning.encoders import EncoderMissing, load_encoder
from colloquia.engines.paper import PaperError, read_paper
from colloquia.engines.prior import Prior
from colloquia.engines.records import Paper
from colloquia.engines.results import Analysis, Problem
from colloquia.engines.store import next_prior, read_prior, write_manifest, write_prior
from colloquia.engines.store.manifest import file_digest
from colloquia.engines.store.prior import prior_files
from colloquia.folder_lock import FolderInUse, folder_lock
from colloquia.progress import TerminalProgress
from colloquia.result_folder import Labels, write_results
from colloquia.terminal import printable

WORK = ".work"
_SHOWN = 20


def check(arguments: argparse.Namespace) -> bool:
    """Print how the inputs are understood; whether they can be analysed."""
    understanding = _understand(arguments, _paper(arguments.questions))
    print("\n".join(printable(line) for line in understanding.as_lines()))
    return not understanding.errors


class AnalysisJob:
    """A run into a folder. What is finished is kept in ``<out>/.work`` until all is."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.out: Path = arguments.out
        self.work = self.out / WORK
        self.profile = load_profile()
        self.prior: Prior | None = None

    def run(self) -> str:
        """Do it; what could not be done, in a few words, "" where everything was."""
        arguments = self.arguments
        paper = _paper(arguments.questions)
        _require_encoder(arguments.encoder)
        self.prior = _prior(arguments.learn_from)
        understanding = _understand(arguments, paper)
        _tell("Warning: ", understanding.warnings, "--check lists them all")
        if understanding.errors:
            raise CommandError(
                "\n".join(printable(f"{item.where}: {item.message}") for item in understanding.errors)
            )
        try:
            self._make_folder()
            with folder_lock(self.out):
                return self._run(paper, understanding)
        except FolderInUse as error:
            raise CommandError(
                f"another run is writing into {self.out}; wait for its end, or name another folder."
            ) from error
        except KeyboardInterrupt:
            print("Interrupted. Nothing is lost: run the same command with --resume.", file=sys.stderr)
            raise
        except OSError as error:
            raise CommandError(_not_written(error, self.out)) from error
        except (MemoryError, BrokenExecutor) as error:
            raise CommandError(
                "there was not enough memory, or one of the processes was stopped from outside. Run the same "
                "command with --resume and --jobs 1; what was finished is kept."
            ) from error

    def _make_folder(self) -> None:
        """Make the folder for the results, unless it would lie among what is read."""
        out = self.out.resolve()
        for given in self.arguments.inputs:
            if given.is_dir() and given.resolve() in (out, *out.parents):
                raise CommandError(
                    f"--out {self.out} lies in the input {given}, where its files would be read as responses "
                    "the next time; name a folder outside of it."
                )
        if self.out.exists() and not self.out.is_dir():
            raise CommandError(f"{self.out} is not a folder; name a new or empty folder.")
        self.out.mkdir(parents=True, exist_ok=True)

    def _run(self, paper: Paper | None, understanding: Understanding) -> str:
        begun = self._open_folder(self._inputs())
        times = StageTimes(time.monotonic)
        with TerminalProgress() as progress:
            analysis = analyse(
                collect(understanding),
                paper=paper,
                options=self._options(paper, begun),
                profile=self.profile,
                store=self.work,
                progress=progress,
                times=times,
                prior=self.prior,
            )
            analysis.problems[:0] = understanding.warnings
            with times.stage("write"):
                progress("write", 0, 1)
                self._write(analysis, begun)
                progress("write", 1, 1)
        self._finish(analysis, begun, times)
        return _closing(analysis, self.out)

    def _options(self, paper: Paper | None, begun: dict[str, Any]) -> Options:
        arguments = self.arguments
        return Options(
            title=text_in(arguments.report_language[0], arguments.title)
            or (paper.title if paper else "Analysis of responses"),
            year=int(begun["begun"][:4]),
            themes=arguments.themes,
            seed=arguments.seed,
            encoder=arguments.encoder,
            jobs=arguments.jobs,
            ocr=arguments.ocr,
            keep_vectors=arguments.keep_vectors,
        )

    def _inputs(self) -> dict[str, str]:
        """Digest of every input file, by the name it was given under; those of an earlier run among them."""
        found: dict[str, str] = {}
        for given in [*self.arguments.inputs, *_paper_file(self.arguments.questions)]:
            files = sorted(item.path for item in walk(given).files) if given.is_dir() else [given]
            for file in files:
                name = str(Path(given.name) / file.relative_to(given)) if given.is_dir() else given.name
                while name in found:
                    name += "'"
                try:
                    found[name] = file_digest(file)
                except OSError as error:
                    found[name] = f"unreadable: {error.strerror}"
        if earlier := self.arguments.learn_from:
            found |= {f"{earlier.name}/{name}": file_digest(earlier / name) for name in prior_files(earlier)}
        return found

    def _parameters(self) -> dict[str, Any]:
        arguments = self.arguments
        # Named only where asked for, so that a run without them keeps its name.
        added: dict[str, Any] = {
            name: True for name in ("keep_vectors", "withhold_persons") if getattr(arguments, name, False)
        }
        if arguments.learn_from:
            added["learn_from"] = arguments.learn_from.name
        return {
            "questions": Path(arguments.questions).name,
            "map": arguments.map,
            "themes": arguments.themes or "auto",
            "seed": arguments.seed,
            "encoder": arguments.encoder,
            "ocr": arguments.ocr,
            "report_language": list(arguments.report_language),
            "title": arguments.title,
            "notice": arguments.notice,
            **added,
        }

    def _open_folder(self, inputs: dict[str, str]) -> dict[str, Any]:
        """The record of the run: a new one, or that of the broken run that is resumed."""
        record = self.work / "run.json"
        asked = {"parameters": self._parameters(), "inputs": inputs, "version": __version__}
        if record.exists() and self.arguments.resume:
            begun: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
            changed = [key for key, value in asked.items() if begun.get(key) != value]
            if changed:
                raise CommandError(
                    f"{self.out} holds a run with other {' and '.join(changed)}; name another folder."
                )
            return begun
        # A run that was killed before it wrote its record did no work.
        if record.exists() or any(path != self.work for path in self.out.iterdir()):
            remedy = "add --resume to go on with it" if record.exists() else "name a new or empty folder"
            raise CommandError(f"{self.out} is not empty; {remedy}.")
        self.work.mkdir(parents=True, exist_ok=True)
        begun = {"begun": datetime.now(UTC).isoformat(timespec="seconds"), **asked}
        begun["run"] = sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
        unfinished = record.with_suffix(".part")
        unfinished.write_text(json.dumps(begun), encoding="utf-8")
        unfinished.replace(record)
        return begun

    def _write(self, analysis: Analysis, begun: dict[str, Any]) -> None:
        """Everything into a folder of its own first, so that the results never stand half-written."""
        arguments = self.arguments
        result = self.work / "result"
        shutil.rmtree(result, ignore_errors=True)
        result.mkdir()
        languages = arguments.report_language
        labels = Labels(
            languages,
            begun["begun"],
            begun["run"],
            titles={language: text_in(language, arguments.title) for language in languages},
            notices={language: text_in(language, arguments.notice) for language in languages},
            withhold_persons=arguments.withhold_persons,
        )
        write_results(analysis, result, labels=labels, profile=self.profile)
        if self.prior:
            write_prior(next_prior(analysis, begun["run"], self.prior), result)

    def _finish(self, analysis: Analysis, begun: dict[str, Any], times: StageTimes) -> None:
        result = self.work / "result"
        write_manifest(
            result,
            {
                "program": f"colloquia {begun['version']}",
                "run": begun["run"],
                "begun": begun["begun"],
                "parameters": {**begun["parameters"], **analysis.parameters},
                "inputs": begun["inputs"],
                "jobs": self.arguments.jobs,
                "seconds": times.seconds,
                "peak_memory_bytes": times.peak_bytes,
            },
        )
        # The manifest last: where it stands, the results are whole.
        for path in sorted(result.iterdir(), key=lambda path: path.name == "manifest.json"):
            path.replace(self.out / path.name)
        shutil.rmtree(self.work, ignore_errors=True)


def _paper(questions: str) -> Paper | None:
    if questions == "none":
        return None
    path = Path(questions)
    try:
        readable = path.is_file()
    except OSError:  # a name that is too long, a loop of links
        readable = False
    if not readable:
        raise CommandError(f"the paper {questions} is not a file; give a YAML or JSON file, or “none”.")
    try:
        return read_paper(path)
    except PaperError as error:
        raise CommandError(str(error)) from error


def _prior(folder: Path | None) -> Prior | None:
    try:
        return read_prior(folder) if folder else None
    except (OSError, ValueError) as error:
        raise CommandError(
            f"{str(error).rstrip('.')}. --learn-from takes the folder of an earlier run."
        ) from error


def text_in(language: str, given: list[str]) -> str:
    """The text meant for a report in ``language``: that given as “ar=…”, or the one for any language."""
    found: dict[str, str] = {}
    for text in given:
        before, equals, after = text.partition("=")
        if equals and before in {"en", "ar"}:
            found[before] = after
        else:
            found[""] = text
    return found.get(language, found.get("", ""))


def _paper_file(questions: str) -> list[Path]:
    return [] if questions == "none" else [Path(questions)]


def _understand(arguments: argparse.Namespace, paper: Paper | None) -> Understanding:
    return understand(arguments.inputs, maps=arguments.map, paper=paper)


def _require_encoder(name: str) -> None:
    try:
        load_encoder(name)
    except EncoderMissing as error:
        raise CommandError(f"{error}.") from error


_NOT_DONE = (
    "unreadable file",
    "partly read file",
    "empty file",
    "missing attachment",
    "link",
    "folder",
    "unsupported language",
)
_NAMES = {"link": "folder with links not followed", "folder": "folder not opened"}
# These were told as warnings before the work.
_WARNED = frozenset(("missing attachment", "link", "folder"))
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


def _not_written(error: OSError, out: Path) -> str:
    """What a person is told of a failure to write (or, rarely, to read again what was understood)."""
    place = error.filename if isinstance(error.filename, str) else str(out)
    reason = os.strerror(error.errno) if error.errno else str(error)
    remedy = "Make room" if error.errno in _FULL else "Put that right, or name another folder"
    return printable(
        f"{place} cannot be used: {reason}. {remedy}, then run the same command with --resume; "
        "what was finished is kept."
    )


def _tell(start: str, problems: Sequence[Problem], rest: str) -> None:
    """Print the first problems to standard error, and how many more there are."""
    for problem in problems[:_SHOWN]:
        print(printable(f"{start}{problem.where}: {problem.message}"), file=sys.stderr)
    if len(problems) > _SHOWN:
        print(f"… and {len(problems) - _SHOWN:,} more; {rest}.", file=sys.stderr)


def _closing(analysis: Analysis, out: Path) -> str:
    """Print what was done; return what was not."""
    funnel = analysis.funnel
    print(
        f"{funnel.received:,} submissions received, {funnel.analysed:,} analysed, "
        f"{funnel.distinct_messages:,} distinct messages; {len(analysis.passages):,} passages, "
        f"{len(analysis.themes):,} themes, {len(analysis.groups):,} shared texts."
    )
    if carried := analysis.carried:
        print(
            f"From the run {carried.run}: {carried.carried:,} of {carried.corrections:,} corrections hold, "
            f"{len(carried.continued):,} themes continue, {len(carried.fresh):,} are new, "
            f"{len(carried.ended):,} ended."
        )
    print(f"Report: {out / 'report.html'}")
    counted = Counter(problem.kind for problem in analysis.problems)
    for kind in _NOT_DONE:
        found = [item for item in analysis.problems if item.kind == kind]
        if kind not in _WARNED:
            _tell(f"{kind}: ", found, "the report lists them")
    missing = [f"{counted[kind]:,} × {_NAMES.get(kind, kind)}" for kind in _NOT_DONE if counted[kind]]
    empty = sum(
        not any(document.text.strip() for document in item.documents) for item in analysis.submissions
    )
    if empty:
        missing.append(f"{empty:,} × submission without readable text")
    return ", ".join(missing)
