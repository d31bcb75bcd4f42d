"""A receipt holds as a whole, and no altered part of it does."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from colloquia.engines.ledger import (
    Receipt,
    ReceiptProblem,
    TreeHead,
    commitment,
    entry,
    key_id,
    leaf_hash,
    new_key,
    node_hash,
    public_pem,
    read_receipt,
    signed,
    verify_heads,
    verify_receipt,
)
from colloquia.engines.ledger.anchors import read_anchor, read_keys, read_proof

KEY = new_key(bytes(range(32)))
SALT = bytes(32)
CONTENT = {"submission": "S-2026-00001", "version": 1, "document": "ab" * 32, "files": []}
AT = "2026-11-26T07:20:31Z"
OTHER = leaf_hash(b"another entry")


def made() -> Receipt:
    leaf = leaf_hash(entry("submission.received", AT, commitment(CONTENT, SALT)))
    head = signed(size=2, root=node_hash(OTHER, leaf), at=AT, key=KEY)
    return Receipt(CONTENT, SALT, "submission.received", AT, 1, (OTHER,), head)


def test_it_holds_and_comes_back_from_its_file() -> None:
    receipt = made()
    again = read_receipt(json.dumps(receipt.as_json()))
    assert again == receipt
    verify_receipt(again, KEY.public)


CHANGES: dict[str, Any] = {
    "content": {**CONTENT, "version": 2},
    "salt": bytes([1, *bytes(31)]),
    "kind": "submission.withdrawn",
    "at": "2026-11-26T07:20:32Z",
    "index": 0,
    "proof": (bytes(32),),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_altered_part_is_refused(name: str) -> None:
    with pytest.raises(ReceiptProblem, match="does not stand in the ledger"):
        verify_receipt(replace(made(), **{name: CHANGES[name]}), KEY.public)


@pytest.mark.parametrize(
    ("name", "value"),
    [("size", 3), ("root", "00" * 32), ("at", "2027-01-01T00:00:00Z"), ("signature", "AAAA")],
)
def test_any_altered_part_of_the_head_is_refused(name: str, value: Any) -> None:
    receipt = made()
    with pytest.raises(ReceiptProblem, match="not signed with this key"):
        verify_receipt(replace(receipt, head=replace(receipt.head, **{name: value})), KEY.public)


def test_another_key_is_refused() -> None:
    with pytest.raises(ReceiptProblem, match="not signed"):
        verify_receipt(made(), new_key(bytes(32)).public)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"v": 2}', "[" * 5000, json.dumps(made().as_json() | {"salt": "zz"}),
     json.dumps(made().as_json() | {"head": {"v": 1, "size": True}})],
)  # fmt: skip
def test_what_is_no_receipt_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ReceiptProblem):
        read_receipt(text)


@pytest.mark.parametrize("content", [{"n": 1.5}, {"n": 2**60}])
def test_content_that_cannot_be_hashed_is_refused(content: Any) -> None:
    with pytest.raises(ReceiptProblem, match="cannot be hashed"):
        verify_receipt(replace(made(), content=content), KEY.public)


def test_two_heads_of_one_size_prove_that_the_ledger_was_rewritten() -> None:
    head = made().head
    with pytest.raises(ReceiptProblem, match="rewritten"):
        verify_heads(head, signed(size=2, root=bytes(32), at=AT, key=KEY), ())
    verify_heads(head, head, ())


def test_a_root_that_is_no_hash_is_refused() -> None:
    with pytest.raises(ReceiptProblem, match="64 hexadecimal digits"):
        verify_heads(TreeHead(1, "zz", AT, "", ""), made().head, ())


def test_keys_are_read_in_every_form_that_is_published() -> None:
    text = base64.b64encode(KEY.public).decode()
    expected = {key_id(KEY.public): KEY.public}
    for given in (text, public_pem(KEY.public), json.dumps({"keys": [{"public": text}]})):
        assert read_keys(given) == expected
    for wrong in ("", "AAAA", "{}", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"):
        with pytest.raises(ReceiptProblem):
            read_keys(wrong)


def test_heads_and_proofs_are_read_in_every_form_that_is_published() -> None:
    head = made().head
    alone = head.as_json()
    assert read_anchor(json.dumps(alone)).head == head
    assert read_anchor(json.dumps({"latest": alone, "heads": []})).head == head
    whole = {"old": alone, "head": alone, "proof": ["00" * 32]}
    assert read_anchor(json.dumps(whole)).proof == (bytes(32),)
    assert read_proof(json.dumps(["00" * 32])) == (bytes(32),)
    for wrong in ("", "[]", "{}", "3", '{"latest": null}'):
        with pytest.raises(ReceiptProblem):
            read_anchor(wrong)
