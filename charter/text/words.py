"""The words of one clause in one language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A heading and a text, one paragraph each."""

    heading: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.heading or self.text)
