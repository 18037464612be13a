"""Word list: which words and short answers several people wrote, in whatever spelling."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from facilitator.counting.ballots import Choice
from facilitator.counting.lexicon import key, silent, words
from facilitator.counting.standing import Standings, share

FEWEST = 2  # people: what one alone wrote is not listed
SHORTEST = 2
SHORT_ANSWER = 6


class Tally:
    """How many people wrote each key, and how they wrote it."""

    def __init__(self) -> None:
        self.people: Counter[str] = Counter()
        self.written: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(self, found: Iterable[tuple[str, str]], language: str) -> None:
        """Count what one person wrote, as pairs of a key and its spelling; each key once."""
        for one, spelling in dict(found).items():
            self.people[one] += 1
            self.written[one][spelling, language] += 1

    def several(self, struck: Sequence[Sequence[str]], *, out: bool = False) -> list[str]:
        """Give the keys that several people wrote: those that stay, or those that are struck out."""
        written = [one for one, number in self.people.items() if number >= FEWEST]
        return [one for one in written if any(_within(words, one.split()) for words in struck) is out]

    def listed(self, ballots: int, struck: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
        """List what several people wrote and nobody struck out, most often written first."""
        kept = [(self.people[one], *_usual(self.written[one])) for one in self.several(struck)]
        return [
            {"text": text, "language": language, "count": number, "share": share(number, ballots)}
            for number, text, language in sorted(kept, key=lambda line: (-line[0], key(line[1]), line[1]))
        ]


def word_standings(choices: Iterable[Choice], hidden: Iterable[str] = ()) -> Standings:
    """What at least two people wrote: single words, and whole answers of a few words.

    A choice is `{"text": "…", "language": "fr"}`, blank `{}`; `hidden`: what the facilitator struck out, with
    every answer that holds it; `struck` says how many lines that leaves out. There are no options, so there
    are no rows: the lists are remarks.
    """
    cast = list(choices)
    single, whole = Tally(), Tally()
    for choice in cast:
        language = choice.get("language", "")
        spoken = [(key(word), word) for word in words(choice.get("text", ""))]
        single.add(_telling(spoken, language), language)
        if 1 < len(spoken) <= SHORT_ANSWER:
            answer = " ".join(one for one, _word in spoken), " ".join(choice["text"].split())
            whole.add([answer], language)
    struck = [[key(word) for word in words(text)] for text in hidden]
    return Standings(
        method="words",
        ballots=len(cast),
        blank=sum(not choice for choice in cast),
        rows=(),
        remarks={
            "stability": None,
            "words": single.listed(len(cast), struck),
            "answers": whole.listed(len(cast), struck),
            "struck": len(single.several(struck, out=True)) + len(whole.several(struck, out=True)),
        },
    )


def _telling(spoken: Iterable[tuple[str, str]], language: str) -> Iterable[tuple[str, str]]:
    """The words that say something alone."""
    mute = silent(language)
    return ((one, word) for one, word in spoken if len(one) >= SHORTEST and one not in mute)


def _usual(written: Counter[tuple[str, str]]) -> tuple[str, str]:
    """The spelling used most often; among equals small letters before capitals, then by alphabet."""
    best = max(written.values())
    return min(
        (spelling for spelling, number in written.items() if number == best),
        key=lambda spelling: (spelling[0] != spelling[0].lower(), spelling),
    )


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether some words follow each other among others."""
    return bool(few) and any(
        list(many[start : start + len(few)]) == list(few) for start in range(len(many) - len(few) + 1)
    )
