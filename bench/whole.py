"""The whole analysis beside the encoder alone, and how it grows: ``python -m bench.whole``."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.docket import write_docket

STAGES = (
    "read", "passages", "languages", "duplicates", "meaning", "similar", "themes", "counts", "write",
)  # fmt: skip


def whole(docket: Path, out: Path, jobs: int) -> tuple[float, dict[str, float], int]:
    """Wall seconds of ``colloquia analyse`` as a person runs it, seconds by stage, peak bytes."""
    command = [
        sys.executable, "-m", "colloquia", "analyse", str(docket), "--questions", "none",
        "--out", str(out), "--jobs", str(jobs),
    ]  # fmt: skip
    begun = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    taken = time.perf_counter() - begun
    if done.returncode not in {0, 3}:
        raise SystemExit(done.stderr)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return taken, manifest["seconds"], max(manifest["peak_memory_bytes"].values())


def encoder_alone(texts: Path, jobs: int) -> float:
    """Wall seconds of a process that only encodes the same texts, with as many jobs."""
    command = [sys.executable, "-m", "bench.whole", "--encode", str(texts), "--jobs", str(jobs)]
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - begun


def _encode(texts: Path, jobs: int) -> None:
    from colloquia.engines.meaning.batches import encode
    from colloquia.engines.meaning.crew import Crew

    with Crew(jobs) as crew:
        encode(json.loads(texts.read_text(encoding="utf-8")), encoder="use", crew=crew)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--beside", type=int, default=10_000, help="size of the docket encoded alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--encode", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.encode:
        _encode(arguments.encode, arguments.jobs)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        load = os.getloadavg()[0]
        print(f"{arguments.jobs} processes, {os.cpu_count()} cores, load {load:.1f} at the start\n")
        _grow(folder, arguments.sizes, arguments.jobs)
        if arguments.beside:
            _beside(folder, arguments.beside, arguments.jobs)


def _grow(folder: Path, sizes: list[int], jobs: int) -> None:
    heads = "".join(f"{stage:>11}" for stage in STAGES)
    print(f"{'comments':>9}{'seconds':>9}{'ms each':>9}{'peak MiB':>10}{heads}")
    for size in sizes:
        write_docket(folder / f"{size}.csv", size, seed=size)
        taken, stages, peak = whole(folder / f"{size}.csv", folder / f"out{size}", jobs)
        cells = "".join(f"{stages.get(stage, 0.0):>11.1f}" for stage in STAGES)
        print(f"{size:>9,}{taken:>9.1f}{1000 * taken / size:>9.2f}{peak / 2**20:>10,.0f}{cells}", flush=True)


def _beside(folder: Path, size: int, jobs: int) -> None:
    """Encoder, whole, encoder: the mean of both runs around, since machines are noisy."""
    texts = write_docket(folder / "beside.csv", size, seed=7)
    (folder / "beside.json").write_text(json.dumps(texts), encoding="utf-8")
    before = encoder_alone(folder / "beside.json", jobs)
    taken, _, _ = whole(folder / "beside.csv", folder / "beside", jobs)
    after = encoder_alone(folder / "beside.json", jobs)
    alone = (before + after) / 2
    print(f"\n{size:,} distinct comments: encoder alone {before:.1f} s and {after:.1f} s, ", end="")
    print(f"the whole {taken:.1f} s")
    print(f"the whole takes {taken / alone:.2f} times the encoder (target: at most 2)")


if __name__ == "__main__":
    main()
