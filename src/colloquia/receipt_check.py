"""One receipt checked offline: against its own head, a key, a later head, and the files it speaks of.

Needs no database, no Django and no connection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from colloquia.cli import CommandError
from colloquia.engines.ledger import (
    Receipt,
    ReceiptProblem,
    TreeHead,
    read_receipt,
    verify_content,
    verify_head,
    verify_heads,
)
from colloquia.engines.ledger.anchors import read_anchor, read_keys, read_proof

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Given:
    """The files that were given; those that were not are None."""

    receipt: Path
    key: Path | None = None
    head: Path | None = None
    proof: Path | None = None
    document: Path | None = None
    files: Sequence[Path] = ()


def check(given: Given) -> Iterator[str]:
    """Check in order and give a sentence for each part that holds.

    Raises:
        CommandError: at the first part that does not hold, or a file that cannot be read.
    """
    if given.key is None and given.head is None:
        raise CommandError(
            "a receipt cannot vouch for itself: give --key with the public key, or --head with a head that "
            "you kept or that was published elsewhere."
        )
    receipt = _read(given.receipt, read_receipt)
    keys = _read(given.key, read_keys) if given.key else None
    _held(given.receipt, lambda: verify_content(receipt))
    size = receipt.head.size
    yield f"The content stands in the ledger as entry {receipt.index}, under the head of {size} entries."
    yield _signature(given.receipt, receipt.head, keys)
    if given.head:
        yield from _later(given.head, given.proof, receipt, keys)
    yield from _contents(given, receipt)


def read_head_file(path: Path) -> TreeHead:
    """A head that was kept elsewhere. Raises CommandError."""
    return _read(path, read_anchor).head


def _signature(path: Path, head: TreeHead, keys: dict[str, bytes] | None) -> str:
    if keys is None:
        return f"NOT CHECKED: the signature of the head of {head.size} entries, since no --key was given."
    if head.key not in keys:
        held = ", ".join(sorted(keys))
        raise CommandError(f"{path}: its head names the key {head.key}; --key holds {held}.")
    if not verify_head(head, keys[head.key]):
        raise CommandError(f"{path}: the head of {head.size} entries was not signed with the key {head.key}.")
    return f"The head of {head.size} entries was signed on {head.at} with the key {head.key}."


def _later(
    path: Path, proof_path: Path | None, receipt: Receipt, keys: dict[str, bytes] | None
) -> Iterator[str]:
    anchor = _read(path, read_anchor)
    proof = _read(proof_path, read_proof) if proof_path else anchor.proof
    sizes = sorted((anchor.head.size, receipt.head.size))
    if proof is None and sizes[0] != sizes[1]:
        raise CommandError(
            f"{path}: it is a head of {anchor.head.size} entries, the receipt's one of {receipt.head.size}. "
            f"Give --proof with the file /ledger/consistency.json?old={sizes[0]}&size={sizes[1]} of the site."
        )
    _held(path, lambda: verify_heads(receipt.head, anchor.head, proof or ()))
    yield f"The ledger of {sizes[1]} entries continues that of {sizes[0]}: nothing was rewritten."
    yield _signature(path, anchor.head, keys)


def _contents(given: Given, receipt: Receipt) -> Iterator[str]:
    content = receipt.content if isinstance(receipt.content, dict) else {}
    if given.document:
        if _sha256(given.document) != content.get("document"):
            raise CommandError(f"{given.document}: this is not the document that the receipt speaks of.")
        yield f"{given.document} is the document that was sealed."
    for path in given.files:
        if _sha256(path) not in content.get("files", ()):
            raise CommandError(f"{path}: this is none of the files that the receipt speaks of.")
        yield f"{path} is one of the files that were received."


def _held(path: Path, checked: Callable[[], None]) -> None:
    try:
        checked()
    except ReceiptProblem as problem:
        raise CommandError(f"{path}: {problem}") from problem


def _read(path: Path, reader: Callable[[str], Read]) -> Read:
    try:
        return reader(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Name a file that can be read.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: this is not text in UTF-8.") from error
    except ReceiptProblem as problem:
        raise CommandError(f"{path}: {problem}") from problem


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Name a file that can be read.") from error
