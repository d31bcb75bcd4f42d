"""Speed of finding exact and edited letters, side by side with datasketch: ``python -m bench.duplicates``."""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence

from colloquia.engines.duplicates.folding import fold
from colloquia.engines.duplicates.grouping import find_shared_text

PERMUTATIONS, BANDS, ROWS = 128, 32, 4
LETTERS = 10
SYLLABLES = [
    "ka", "le", "mi", "no", "ru", "sa", "te", "vo", "pi", "da",
    "fer", "gun", "hal", "jor", "ket", "lun", "mar", "nis", "pol", "quen",
]  # fmt: skip


def docket(size: int, seed: int = 0) -> list[str]:
    """Make ``size`` invented comments: 60 % edited copies of ten letters, most with a preamble."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(4000)]
    weights = [1 / (rank + 5) for rank in range(len(words))]

    def sentences(count: int) -> list[str]:
        return rng.choices(words, weights, k=count)

    letters = [sentences(45) for _ in range(LETTERS)]
    texts = []
    for _ in range(size):
        if rng.random() < 0.6:
            rate = rng.uniform(0.02, 0.15)
            text = [rng.choice(words) if rng.random() < rate else word for word in rng.choice(letters)]
            if rng.random() < 0.7:
                text = [*sentences(rng.randint(8, 40)), *text]
        else:
            text = sentences(rng.randint(20, 90))
        texts.append(" ".join(text).capitalize() + ".")
    return texts


def datasketch_groups(texts: Sequence[str]) -> int:
    """Do the same job with datasketch, without verifying; return the number of groups."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    parent = list(range(len(texts)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    seen: dict[str, int] = {}
    for number, text in enumerate(texts):
        folded = fold(text)
        if seen.setdefault(folded, number) != number:
            parent[number] = root(seen[folded])
            continue
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in {folded[i : i + 5] for i in range(len(folded) - 4)}])
        # Only texts that found no partner enter the index, or its answers grow with the square of a campaign.
        found = index.query(sketch)
        for other in found:
            parent[root(number)] = root(other)
        if not found:
            index.insert(number, sketch)
    sizes: dict[int, int] = {}
    for number in range(len(texts)):
        sizes[root(number)] = sizes.get(root(number), 0) + 1
    return sum(size > 1 for size in sizes.values())


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    """Wall time of one call and what it returned."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def main() -> None:
    """Print both speeds on one docket, then how ours grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    arguments = parser.parse_args()
    texts = docket(arguments.texts)
    print(f"{len(texts)} comments, {sum(map(len, texts)) / len(texts):.0f} characters on average")
    find_shared_text(texts[:200])
    ours, shared = seconds(lambda: find_shared_text(texts))
    theirs, groups = seconds(lambda: datasketch_groups(texts))
    edited = [group for group in shared if group.kind == "edited"]  # type: ignore[attr-defined]
    print(f"{'':12}{'texts/s':>10}{'seconds':>10}{'groups':>8}")
    print(f"{'colloquia':12}{len(texts) / ours:>10.0f}{ours:>10.2f}{len(edited):>8}")
    print(f"{'datasketch':12}{len(texts) / theirs:>10.0f}{theirs:>10.2f}{groups:>8}")
    print(f"ratio {theirs / ours:.1f} (target 6; ours verifies every member, datasketch does not)")
    print(f"\n{'texts':>10}{'seconds':>10}{'texts/s':>10}{'peak MiB':>10}")
    for size in arguments.sizes:
        texts = docket(size, seed=1)
        taken, _ = seconds(lambda texts=texts: find_shared_text(texts))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>10}{taken:>10.2f}{size / taken:>10.0f}{peak:>10.0f}")


if __name__ == "__main__":
    main()
