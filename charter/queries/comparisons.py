"""Two revisions of a charter, compared."""

from charter.models import Charter
from charter.queries.keeping import kept_redline
from charter.queries.texts import text_at
from charter.text import compare as texts
from charter.text import freezing
from charter.text.redline import Redline


def compare(charter: Charter, since: int, at: int | None = None, language: str = "") -> Redline:
    """The redline from revision `since` to `at` (None: what stands now); 0 is the empty text.

    Raises NoSuchRevision.
    """

    def compared() -> Redline:
        return texts.compare(text_at(charter, since, language), text_at(charter, at, language))

    return compared() if at is None else kept_redline(charter, since, at, language, compared)


def concordance(
    charter: Charter, since: int, at: int, language: str = ""
) -> tuple[tuple[str, str, str], ...]:
    """Where each clause of either revision is cited: (id, in `since`, in `at`), "" for nowhere.

    Raises NoSuchRevision.
    """
    return freezing.concordance(text_at(charter, since, language), text_at(charter, at, language))
