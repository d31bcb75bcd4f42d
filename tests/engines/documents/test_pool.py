"""The children: a file that kills one is reported, and everything else goes on.

The children of these tests run the real program with one addition: a reader of plain
text that, told so by the text, crashes, hangs, spins, eats memory or babbles.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from colloquia.engines.documents import Limits, Reader, problems, read
from colloquia.engines.documents.worker import PROGRAM
from tests.engines.documents.samples import docx, paragraph, pdf

DEADLY = """
import ctypes, os, time
from colloquia.engines.documents import plain
_read = plain.read
def _deadly(source):
    order = source.data()
    if order == b"crash": ctypes.string_at(0)
    if order == b"hang": time.sleep(3600)
    if order == b"spin":
        while True: pass
    if order == b"eat": bytearray(1 << 40)
    if order == b"exit": os._exit(3)
    if order == b"babble":
        print("noise", flush=True); os.write(1, b"more noise"); os.write(2, b"and errors")
    if order == b"flood": return _long(source)
    if order == b"call": import socket; socket.create_connection(("127.0.0.1", 9))
    if order == b"write": open("/tmp/colloquia-must-not-exist", "w")
    return _read(source)
def _long(source):
    from colloquia.engines.documents import child
    child.pack_answer = lambda answer: b"CQD1" + b"\\xff" * 12
    return _read(source)
plain.read = _deadly
"""
_LIMITS = Limits(processor_seconds=1, memory=1 << 30)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(_LIMITS, program=_split(PROGRAM)) as made:
        yield made


def _split(program: str) -> str:
    """Return the children's program with the deadly reader put in before it starts."""
    head, tail = program.split("from colloquia", 1)
    return head.replace("; ", "\n") + DEADLY + "\nfrom colloquia" + tail


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def _file(folder: Path, text: str) -> Path:
    path = folder / f"{text}.txt"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        ("crash", problems.CRASHED),
        ("exit", problems.CRASHED),
        ("spin", problems.PROCESSOR),
        ("eat", problems.MEMORY),
        ("flood", problems.OUTPUT),
    ],
)
def test_a_deadly_file_is_reported_and_its_neighbours_are_read(
    reader: Reader, tmp_path: Path, order: str, problem: str
) -> None:
    paths = [_file(tmp_path, text) for text in ("before", order, "after")]
    answers = [answer for _, answer in reader.read_many((path, path, path.name) for path in paths)]
    assert [(answer.text, answer.status, answer.problem) for answer in answers] == [
        ("before", "read", ""),
        ("", "unreadable", problem),
        ("after", "read", ""),
    ]


def test_a_file_that_hangs_is_given_up(tmp_path: Path) -> None:
    # Long enough to start a child on a busy machine, which the second file needs too.
    with Reader(Limits(wall_seconds=6), program=_split(PROGRAM)) as reader:
        assert reader.read(_file(tmp_path, "hang")).problem == problems.WALL_CLOCK
        assert reader.read(_file(tmp_path, "after")).text == "after"


def test_the_same_crash_without_a_reader_ends_the_process(tmp_path: Path) -> None:
    """The negative control: the file is deadly, and it is the child that keeps its death away."""
    program = (
        DEADLY + "\nimport sys, pathlib\nfrom colloquia.engines.documents import read"
        "\nread(pathlib.Path(sys.argv[1]))"
    )
    source = str(Path(sys.modules["colloquia"].__file__ or "").parents[1])
    done = subprocess.run(
        [sys.executable, "-c", program, str(_file(tmp_path, "crash"))],
        env={"PYTHONPATH": source},
        check=False,
    )
    assert done.returncode == -signal.SIGSEGV


def test_what_a_library_prints_gets_into_no_answer(reader: Reader, tmp_path: Path) -> None:
    assert reader.read(_file(tmp_path, "babble")).text == "babble"


@pytest.mark.parametrize("order", ["call", "write"])
def test_children_neither_call_out_nor_write(reader: Reader, tmp_path: Path, order: str) -> None:
    answer = reader.read(_file(tmp_path, order))
    assert (answer.status, answer.problem) == (
        "unreadable",
        problems.damaged("text/plain", PermissionError()),
    )


def test_answers_come_in_the_order_of_the_files_for_any_number_of_jobs(tmp_path: Path) -> None:
    files = [docx(tmp_path / "1.docx", paragraph("word " * 20000)), _file(tmp_path, "two"),
             pdf(tmp_path / "3.pdf", [[(72, 700, "three")]]), _file(tmp_path, "four")]  # fmt: skip
    results = []
    for jobs in (1, 3):
        with Reader(jobs=jobs) as reader:
            results.append(
                list(reader.read_many((index, path, path.name) for index, path in enumerate(files)))
            )
    assert results[0] == results[1]
    assert [key for key, _ in results[0]] == [0, 1, 2, 3]
    assert [answer for _, answer in results[0]] == [read(path) for path in files]


def test_children_are_recycled_and_none_is_left(tmp_path: Path) -> None:
    path = _file(tmp_path, "text")
    before = _children()
    with Reader(Limits(recycle_after=3), jobs=2) as reader:
        answers = [answer.text for _, answer in reader.read_many((n, path, "text.txt") for n in range(20))]
    assert (answers, _children()) == (["text"] * 20, before)


def test_leaving_early_leaves_no_child_and_the_reader_usable(tmp_path: Path) -> None:
    path = _file(tmp_path, "text")
    before = _children()
    with Reader(jobs=2) as reader:
        for _ in reader.read_many((n, path, "text.txt") for n in range(50)):
            break
        assert reader.read(path).text == "text"
    assert _children() == before


def test_an_interrupted_parent_ends_its_children(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\nfrom colloquia.engines.documents import Reader\n"
        f"with Reader(program={_split(PROGRAM)!r}) as reader:\n"
        "    path = pathlib.Path(sys.argv[1])\n    reader.read(pathlib.Path(sys.argv[2]))\n"
        "    [worker] = reader._crew._idle\n    print(worker.process_id, flush=True)\n    reader.read(path)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(_file(tmp_path, "hang")), str(_file(tmp_path, "first"))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(sys.modules["colloquia"].__file__ or "").parents[1])},
    )  # fmt: skip
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGINT)
    _, errors = parent.communicate(timeout=120)
    assert errors.rstrip().endswith("KeyboardInterrupt")
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: path.mkdir(), problems.NOT_A_FILE),
        (os.mkfifo, problems.NOT_A_FILE),
        (lambda path: None, problems.cannot_open(FileNotFoundError(2, "No such file or directory"))),
        (lambda path: path.write_bytes(bytes(2000)), problems.too_large(2000, 1000)),
    ],
)
def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path, make, problem: str) -> None:
    make(tmp_path / "a.pdf")
    with Reader(Limits(file_bytes=1000)) as reader:
        answer = reader.read(tmp_path / "a.pdf")
    assert (answer.status, answer.problem) == ("unreadable", problem)


def test_bytes_are_read_like_a_file() -> None:
    with Reader() as reader:
        assert reader.read_bytes("Größe".encode("cp1252"), "note.txt").text == "Größe"
