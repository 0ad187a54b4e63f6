"""The formulas behind `make eval`: each takes plain lists, so that a test can work them out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from math import log2


def ndcg(grades: Sequence[int], all_grades: Iterable[int], depth: int = 10) -> float:
    """Return nDCG with gain 2^grade - 1 and discount log2(rank + 1) (Burges et al. 2005).

    `grades`: of the results, best first; `all_grades`: of everything that could have been found.
    """
    best = discounted(sorted(all_grades, reverse=True)[:depth])
    return discounted(grades[:depth]) / best if best else 0.0


def discounted(grades: Sequence[int]) -> float:
    """Return the discounted gain of grades in rank order."""
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1))


def accuracy(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return the share of (truth, answer) that agree; 0 without any."""
    return sum(truth == answer for truth, answer in pairs) / len(pairs) if pairs else 0.0


def macro_f1(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return the mean F1 over the classes that occur in truth or answers."""
    right = Counter(truth for truth, answer in pairs if truth == answer)
    said = Counter(answer for _, answer in pairs)
    true = Counter(truth for truth, _ in pairs)
    classes = set(said) | set(true)
    return sum(2 * right[c] / (said[c] + true[c]) for c in classes) / len(classes) if classes else 0.0


def pairs_within(groups: Mapping[int, Hashable]) -> set[tuple[int, int]]:
    """Return the pairs of records that share a group; `groups`: record -> group."""
    members: dict[Hashable, list[int]] = {}
    for record, group in groups.items():
        members.setdefault(group, []).append(record)
    return {pair for records in members.values() for pair in combinations(sorted(records), 2)}


def precision_recall(found: set[tuple[int, int]], true: set[tuple[int, int]]) -> tuple[float, float]:
    """Return precision and recall of pairs; nothing found is precise, nothing to find is complete."""
    both = len(found & true)
    return both / len(found) if found else 1.0, both / len(true) if true else 1.0
