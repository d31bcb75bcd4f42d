"""Whatever happened to a file on its way, reading it gives an answer or says in a sentence why not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colloquia.engines.exchange import Unusable
from colloquia.engines.refi import read_codebook, read_project
from colloquia.engines.translations import check, read_docx, read_xliff, write_docx, write_xliff
from tests.engines.refi.builder import project, qdpx, selection
from tests.engines.translations.builder import SENT, translated

PIECES = st.sampled_from(
    [
        b"<",
        b">",
        b"&",
        b'"',
        b"\x00",
        b"\xff\xfe",
        b"-1",
        b"9" * 30,
        b"</source>",
        b"<Code>",
        b"<!DOCTYPE a []>",
    ]
)
EDITS = st.lists(
    st.tuples(st.floats(0, 0.999), st.integers(0, 40), PIECES | st.binary(max_size=3)), max_size=5
)
TABLE = write_docx(SENT)
QDE = project(selection(0, 6, "First.") + selection(7, 18)).encode()


def damaged(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """``data`` with pieces cut out and others put in their place."""
    for where, cut, piece in edits:
        place = int(where * len(data))
        data = data[:place] + piece + data[place + cut :]
    return data


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_damaged_files_are_read_or_refused(tmp_path: Path, edits: list[tuple[float, int, bytes]]) -> None:
    sent = translated(SENT)
    for version in ("1.2", "2.1"):
        data = damaged(write_xliff(sent, original="d", version=version), edits)
        _read_or_refused(lambda data=data: check(SENT, read_xliff(data)))
    _read_or_refused(lambda: check(SENT, read_docx(damaged(TABLE, edits))))
    _read_or_refused(lambda: read_codebook(damaged(QDE, edits)))
    path = tmp_path / "a.qdpx"
    qdpx(path, damaged(QDE, edits), {"sources/a.txt": b"First. Second one."})
    _read_or_refused(lambda: read_project(path))
    path.write_bytes(damaged(path.read_bytes(), edits))
    _read_or_refused(lambda: read_project(path))


def _read_or_refused(read: Callable[[], object]) -> None:
    with suppress(Unusable):
        read()
