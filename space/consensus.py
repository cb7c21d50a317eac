"""Consensus: which findings do several providers agree on, and how strong is each?"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True)
class Agreed(Generic[K, S]):
    """One subject, and who named it: provider → strength of the finding."""

    subject: S
    by: Mapping[K, float]


def consensus(findings: Mapping[K, Mapping[S, float]]) -> list[Agreed[K, S]]:
    """Bring the findings of several providers together, one entry a subject.

    findings: provider → subject → strength. The strengths must be comparable across providers,
    such as standard deviations. Subjects named by most providers come first, then those with the
    higher mean strength, then in the order in which they were first seen.
    """
    named: dict[S, dict[K, float]] = {}
    for provider, found in findings.items():
        for subject, strength in found.items():
            named.setdefault(subject, {})[provider] = strength
    agreed = [Agreed(subject, by) for subject, by in named.items()]
    return sorted(agreed, key=lambda one: (-len(one.by), -fmean(one.by.values())))


def ranks(strengths: Mapping[S, float]) -> Mapping[S, int]:
    """Return the rank of each subject of one provider, 1 for the strongest finding.

    Subjects of equal strength are in the order given.
    """
    strongest_first = sorted(strengths, key=lambda subject: -strengths[subject])
    return {subject: rank for rank, subject in enumerate(strongest_first, start=1)}
