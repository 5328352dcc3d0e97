"""Which titles does the law ask for a job? One of each group: a group of one is a title, a larger one a choice."""

from collections.abc import Collection, Iterable, Mapping

Groups = tuple[frozenset[str], ...]


def groups_of(requirements: Iterable[tuple[str, str, int]]) -> Mapping[str, Groups]:
    """Rows (trade, title, group number) to the groups of each trade, in the order of their numbers."""
    numbered: dict[str, dict[int, set[str]]] = {}
    for trade, title, number in requirements:
        numbered.setdefault(trade, {}).setdefault(number, set()).add(title)
    return {trade: tuple(frozenset(groups[number]) for number in sorted(groups)) for trade, groups in numbered.items()}


def compulsory(groups: Groups) -> tuple[str, ...]:
    """The titles without which nobody may do the job: those of the groups of one."""
    return tuple(sorted(title for group in groups if len(group) == 1 for title in group))


def either(group: Collection[str]) -> str:
    """One made-up title for a choice, for those who compare sets of titles: « dea|attestation » in order."""
    return "|".join(sorted(group))


def asked(groups: Groups) -> frozenset[str]:
    """Every group as one title, made up when it is a choice: what a set of titles must contain."""
    return frozenset(either(group) for group in groups)


def held(titles: Collection[str], choices: Iterable[frozenset[str]]) -> frozenset[str]:
    """The titles of a person and the choices they satisfy, to compare with ``asked``."""
    owned = frozenset(titles)
    return owned | {either(group) for group in choices if not owned.isdisjoint(group)}
