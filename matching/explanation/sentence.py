"""What is a sentence of explanation, and which are the few to show first?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from matching.comparison import Comparison
from matching.criteria import Words
from matching.reasons import Reason, Side, reasons


@dataclass(frozen=True, slots=True)
class Sentence:
    reason: Reason
    text: str

    @property
    def side(self) -> Side:
        return self.reason.side


Writer = Callable[[Comparison, Words], str]


def written(pair: Comparison, words: Words, writers: Mapping[Reason, Writer]) -> tuple[Sentence, ...]:
    """A reason without a writer is not for this reader."""
    return tuple(Sentence(reason, writers[reason](pair, words)) for reason in reasons(pair) if reason in writers)


def best(sentences: Iterable[Sentence], count: int = 3) -> tuple[Sentence, ...]:
    """The first ones that speak for the match."""
    return tuple(sentence for sentence in sentences if sentence.side is Side.FOR)[:count]
