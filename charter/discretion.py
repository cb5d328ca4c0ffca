"""What may be said of a failure to those who run the installation: where, of which kind, and no
word of a text.

Messages of exceptions quote what they choked on. Only of kinds whose messages speak of the program,
the machine or the tables are they passed on, and of PostgreSQL's the first line alone, which names
constraints and columns; its further lines quote rows and statements.
"""

import re
import traceback
from collections.abc import Iterator
from types import TracebackType

KEPT_BACK = "(not logged)"
# By name, so that they need not be imported; names of ours beside Python's and the database's.
_SPEAKING = frozenset(
    {
        "AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "RecursionError",
        "MemoryError", "ZeroDivisionError", "NotImplementedError", "UnboundLocalError",
        "OSError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError",
        "BrokenPipeError", "FileNotFoundError", "PermissionError", "TimeoutError", "gaierror",
        "OperationalError", "InterfaceError", "InternalError", "PoolTimeout", "PoolClosed",
        "NoReverseMatch", "TemplateDoesNotExist", "ImproperlyConfigured", "Trouble",
        "OutsideRevision", "DeadlockDetected", "AdminShutdown", "QueryCanceled",
        "IntegrityError", "ProgrammingError", "NotNullViolation", "UniqueViolation",
        "ForeignKeyViolation", "CheckViolation", "UndefinedTable", "UndefinedColumn",
    }
)  # fmt: skip
_quoted = re.compile(r'(?<=invalid input syntax for type )(\S+): ".*"', re.DOTALL)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def message_of(kind: str, message: str) -> str:
    """What may be said of an exception of this kind: the first line of its message, or nothing."""
    if kind not in _SPEAKING:
        return KEPT_BACK
    first = message.split("\n", 1)[0]
    return _quoted.sub(rf"\1: {KEPT_BACK}", first)[:500]


def told(info: ExcInfo) -> str:
    """A traceback with every message of the chain as `message_of` has it."""
    return "\n".join(_lines(info[1], set())).rstrip()


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _lines(before, seen)
        yield "\nand then:\n"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}: {message_of(kind.__name__, str(error))}"
