"""Words that nobody else uses, and where chance puts them in or takes them out."""

import re
from collections.abc import Iterator
from random import Random

from charter.actions.values import Words

_OWN = re.compile(r"(?:wort|слово)\d{5}")
_NUMBERS = {"en": "wort", "ru": "слово"}
_SENTENCE = {
    "en": "The {} of all Parties is the {} of each.",
    "ru": "Для всех сторон {} важно так же, как {} для каждой.",
}
_TITLE = {"en": "On {}", "ru": "О том, что {}"}


def own(text: str) -> list[str]:
    """The words of somebody's own in a text, in order."""
    return _OWN.findall(text)


def common(text: str) -> list[str]:
    """The other words."""
    return [word for word in re.findall(r"\w+", text) if not _OWN.fullmatch(word)]


class Speech:
    """Whoever writes: each new word is a number of its own."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.fresh: Iterator[int] = iter(range(100_000))

    def word(self, language: str) -> str:
        return f"{_NUMBERS[language]}{next(self.fresh):05}"

    def sentence(self, language: str) -> str:
        return _SENTENCE[language].format(self.word(language), self.word(language))

    def title(self, language: str) -> str:
        return _TITLE[language].format(self.word(language))

    def changed(self, words: Words, language: str, *, only_heading: bool = False) -> Words:
        """These words with something new in the text, the heading or both, and at times without
        a word of somebody else's."""
        what = (
            "heading" if only_heading else self.chance.choice(("text", "text", "heading", "both"))
        )
        heading, text = words.heading, words.text
        if what != "text":
            heading = self._varied(heading, language) if heading else self.title(language)
        if what != "heading":
            text = self._varied(text, language) if text else self.sentence(language)
        return Words(heading, text)

    def _varied(self, text: str, language: str) -> str:
        words = text.split(" ")
        others = [at for at, word in enumerate(words) if _OWN.fullmatch(word)]
        if others and self.chance.random() < 0.3:
            del words[self.chance.choice(others)]
        for _nth in range(self.chance.randint(1, 2)):
            last = self.chance.choice((1, max(1, len(words)))) - 1  # at the head they meet oftener
            words.insert(self.chance.randint(0, last), self.word(language))
        return " ".join(words)


def gained(was: str, now: str) -> set[str]:
    """The words of somebody's own that one text has and the other has not."""
    return set(own(now)) - set(own(was))
