"""ZIP containers and the XML in them, opened so that a hostile one does no harm."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from colloquia.engines.documents import problems
from colloquia.engines.documents.extract import Source, Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_SMALL = 8 * 1024 * 1024


class Container:
    """The parts of a ZIP container; all reading counts against one allowance."""

    def __init__(self, archive: zipfile.ZipFile, source: Source) -> None:
        self._archive = archive
        self._allowance = source.limits.unpacked_bytes
        self._ratio = source.limits.unpacked_ratio
        self.names = frozenset(archive.namelist())

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, ``None`` where it is absent.

        Raises ``Unreadable`` for an encrypted part and for one that unpacks to too much.
        """
        if name not in self.names:
            return None
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 1:
            raise Unreadable(problems.PASSWORD)
        packed = max(1, entry.compress_size)
        if entry.file_size > self._allowance or (
            entry.file_size > _SMALL and entry.file_size / packed > self._ratio
        ):
            raise Unreadable(problems.BOMB)
        with self._archive.open(entry) as stream:
            # The directory may lie about the size, so the reading itself is bounded too.
            data = stream.read(self._allowance + 1)
        self._allowance -= len(data)
        if self._allowance < 0:
            raise Unreadable(problems.BOMB)
        return data

    def tree(self, name: str) -> _Element | None:
        """Return the root of an XML part, ``None`` where the part is absent."""
        data = self.part(name)
        return None if data is None else parse_xml(data)


@contextmanager
def opened(source: Source) -> Iterator[Container]:
    """Open a ZIP container; raise ``Unreadable`` where it is not one or holds too many parts."""
    try:
        archive = zipfile.ZipFile(source.path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise Unreadable(problems.damaged(source.media_type, error)) from error
    with archive:
        if len(archive.infolist()) > source.limits.archive_entries:
            raise Unreadable(problems.BOMB)
        yield Container(archive, source)


def parse_xml(data: bytes) -> _Element:
    """Return the root of an XML document; entities and outside files are never resolved.

    Raises ``Unreadable`` for a document type declaration with entities.
    """
    from lxml import etree

    parser: Any = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise Unreadable(problems.DOCTYPE)
    return root
