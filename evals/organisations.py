"""Organisations under several spellings: what is joined by itself, and what is proposed to a person."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import numpy as np

from colloquia.engines.organisations import Mention, Resolution, propose
from evals.rows import Row, absent, bootstrap

TASK = "organisations"
GOLD = Path(__file__).parent / "data" / "organisations.csv"
APPLICANTS = "landscape/assignee-benchmarks/air-umass-assignees-benchmark-spellings.csv"
SETS = ("development", "held_out")
PRECISION = 0.99
_FIELDS = ("name", "country", "e_mail_domain", "url_domain", "stakeholder", "channel", "acronym")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Mentions with the body each belongs to, and for a body that is a part, its whole."""

    mentions: tuple[Mention, ...]
    body: Mapping[str, str]
    whole: Mapping[str, str]


def rows(shared: Path, seed: int) -> list[Row]:
    """Both sets of our own, then both halves of the applicants' spellings."""
    found: list[Row] = []
    for part in SETS:
        found += _measured(f"invented, {part}", gold(part), seed)
    path = shared / "data" / APPLICANTS
    for part in SETS:
        name = f"patent applicants, {part}"
        if path.exists():
            found += _measured(name, applicants(path, part), seed)
        else:
            found.append(absent(TASK, name, "precision of what is joined", PRECISION))
    return found


def gold(part: str) -> Labelled:
    """The invented mentions of one set."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        records = [record for record in csv.DictReader(file) if record["set"] == part]
    mentions = tuple(
        Mention(f"m{place}", **{field: record[field] for field in _FIELDS})
        for place, record in enumerate(records)
    )
    return Labelled(
        mentions,
        {mention.mention_id: record["body"] for mention, record in zip(mentions, records, strict=True)},
        {record["body"]: record["part_of"] for record in records if record["part_of"]},
    )


def applicants(path: Path, part: str) -> Labelled:
    """Spellings of one half of the entities, halved by hash of the entity, so that no entity is in both."""
    with path.open(encoding="utf-8", newline="") as file:
        records = [record for record in csv.DictReader(file) if half(record["entity"]) == part]
    mentions = tuple(Mention(f"m{place}", record["name"]) for place, record in enumerate(records))
    labels = {mention.mention_id: record["entity"] for mention, record in zip(mentions, records, strict=True)}
    return Labelled(mentions, labels, {})


def half(entity: str) -> str:
    """The half to which an entity belongs, always the same."""
    return SETS[sha256(entity.encode()).digest()[0] % 2]


def accepted(found: Resolution, body: Mapping[str, str]) -> tuple[dict[str, str], list[bool]]:
    """Groups of mentions once a person accepted every right proposal, and which of them are right.

    A body that was joined from several is taken for the one that most of its mentions belong to.
    """
    owner = {
        one.key: Counter(sorted(body[mention] for mention in one.mentions)).most_common(1)[0][0]
        for one in found.bodies
    }
    parent = {one.key: one.key for one in found.bodies}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    right = []
    for proposal in found.proposals:
        if proposal.kind == "same":
            one, other = proposal.keys
            right.append(owner[one] == owner[other])
            if right[-1]:
                parent[root(one)] = root(other)
    return {mention: root(one.key) for one in found.bodies for mention in one.mentions}, right


def _measured(data: str, labelled: Labelled, seed: int) -> list[Row]:
    found = propose(labelled.mentions)
    body = labelled.body
    joined = {mention: one.key for one in found.bodies for mention in one.mentions}
    grouped, right = accepted(found, body)
    wrong_joins = [
        (body[one], body[other])
        for members in found.bodies
        for one, other in combinations(members.mentions, 2)
        if body[one] != body[other]
    ]
    bodies = sorted(set(body.values()))
    tables = {
        name: np.array([pairs(body, groups, one) for one in bodies])
        for name, groups in (("joined", joined), ("accepted", grouped))
    }
    wrong = Counter(one for pair in wrong_joins for one in pair)
    # A wrong pair counts half for each of its bodies, so that resampling bodies resamples it too.
    joins = np.array([(tables["joined"][at, 0], wrong[one] / 2) for at, one in enumerate(bodies)])
    result = [
        _row(
            data,
            "precision of what is joined",
            joins,
            _precision,
            seed,
            PRECISION,
            f"{len(wrong_joins)} of {len(wrong_joins) + int(joins[:, 0].sum())} pairs wrong",
        ),
        _row(data, "recall of what is joined", tables["joined"], _recall, seed),
        _row(data, "recall once right proposals are accepted", tables["accepted"], _recall, seed),
        Row(
            TASK,
            data,
            "precision of proposals, same",
            float(np.mean(right)),
            *bootstrap(np.array(right, float), seed=seed),
            note=f"{len(right)} proposals for {len(found.bodies)} bodies",
        ),
    ]
    if labelled.whole:
        result += _parts(data, found, labelled, seed)
    return result


def pairs(body: Mapping[str, str], groups: Mapping[str, Hashable], one: str) -> tuple[int, int]:
    """Pairs of mentions of one body that stand in one group, and all its pairs."""
    members = [mention for mention, owner in body.items() if owner == one]
    together = Counter(groups[mention] for mention in members if mention in groups)
    return sum(count * (count - 1) // 2 for count in together.values()), len(members) * (
        len(members) - 1
    ) // 2


def _precision(table: np.ndarray) -> float:
    right, wrong = table.sum(axis=0)
    return float(right / (right + wrong)) if right + wrong else float("nan")


def _recall(table: np.ndarray) -> float:
    together, every = table.sum(axis=0)
    return float(together / every) if every else float("nan")


def _row(
    data: str,
    measure: str,
    table: np.ndarray,
    statistic: Callable[[np.ndarray], float],
    seed: int,
    target: float | None = None,
    note: str = "",
) -> Row:
    return Row(TASK, data, measure, statistic(table), *bootstrap(table, statistic, seed), target, note=note)


def _parts(data: str, found: Resolution, labelled: Labelled, seed: int) -> list[Row]:
    """Whether parts are proposed to their wholes, and never joined with them or proposed as the same."""
    body, whole = labelled.body, labelled.whole
    owner = {one.key: body[one.mentions[0]] for one in found.bodies}
    proposed = {(owner[one.keys[1]], owner[one.keys[0]]) for one in found.proposals if one.kind == "part of"}
    hits = np.array([(part, of) in proposed for part, of in whole.items()], float)
    right = np.array([whole.get(part) == of for part, of in sorted(proposed)], float)
    return [
        Row(TASK, data, "parts proposed to their whole", float(hits.mean()), *bootstrap(hits, seed=seed)),
        Row(TASK, data, "precision of proposals, part of", float(right.mean()), *bootstrap(right, seed=seed)),
    ]
