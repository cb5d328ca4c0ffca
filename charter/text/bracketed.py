"""The values of a rolling text: agreed words, brackets, and who stands behind which words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rival:
    """A wording proposed in the place of the base, and by whom ("A-12", "Belarus")."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Words that nobody disputes here."""

    text: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fill a bracket; no runs where it leaves the words out.

    `rivals` are those who stand behind it, by their place among the rivals given. `retained` says
    that it is the words of the base: then those rivals are the ones who leave them as they are.
    """

    runs: "tuple[Agreed | Bracket, ...]"
    rivals: tuple[int, ...]
    retained: bool = False


@dataclass(frozen=True, slots=True)
class Bracket:
    """A place in dispute, with two alternatives or more.

    The retained words come first, the rest by how many stand behind them, then by their words.
    """

    alternatives: tuple[Alternative, ...]


Runs = tuple[Agreed | Bracket, ...]


@dataclass(frozen=True, slots=True)
class Rolling:
    """A wording with all that is open in it, in reading order.

    `whole`: it is one bracket, whose alternatives are wordings from beginning to end.
    """

    runs: Runs
    rivals: tuple[Rival, ...] = ()
    whole: bool = False

    def take(self, rival: int | None = None) -> str:
        """The wording of one rival, or of the base.

        IndexError when there is no such rival.
        """
        if rival is not None and not 0 <= rival < len(self.rivals):
            raise IndexError(f"there is no rival {rival} of {len(self.rivals)}")
        return _taken(self.runs, rival)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The alternatives of a `whole` one as they are numbered, from 1; none of any other.

        What leaves out words that the base has not either is none.
        """
        bracket = self.runs[0] if self.whole else None
        if not isinstance(bracket, Bracket):
            return ()
        return tuple(one for one in bracket.alternatives if one.runs or not one.retained)

    @property
    def brackets(self) -> int:
        """The places in dispute, those within others not counted."""
        return sum(isinstance(run, Bracket) for run in self.runs)

    @property
    def depth(self) -> int:
        """How deep the brackets are nested; 0 where all is agreed."""
        return _depth(self.runs)


def _taken(runs: Runs, rival: int | None) -> str:
    return "".join(
        run.text if isinstance(run, Agreed) else _taken(_choice(run, rival).runs, rival)
        for run in runs
    )


def _choice(bracket: Bracket, rival: int | None) -> Alternative:
    return next(
        one
        for one in bracket.alternatives
        if (one.retained if rival is None else rival in one.rivals)
    )


def _depth(runs: Runs) -> int:
    return max(
        (
            1 + max(_depth(one.runs) for one in run.alternatives)
            for run in runs
            if isinstance(run, Bracket)
        ),
        default=0,
    )
