"""The operations of a change set, as they are sent: `op` says which, the rest is its own.

A clause is named by its id, or as `new:` and the name that an insertion before has given.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from charter.access import Seat
from charter.actions.change_sets import MOST
from charter.actions.operations import (
    Insert,
    Move,
    Named,
    New,
    Operation,
    Recast,
    Restore,
    Reword,
    Strike,
    Tag,
)
from charter.actions.values import UNCHANGED
from charter.api.clauses import KINDS, MOST_TAGS, HalfWords
from charter.api.fields import ByLanguage, Choice, Shape, Text, Words
from charter.queries.states import words_of_many
from charter.text.words import Words as Wording

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NAME = "[A-Za-z0-9_-]{1,40}"
_REFERENCE = re.compile(f"{_UUID}|new:{_NAME}")


@extend_schema_field({"type": "string", "pattern": f"^({_UUID}|new:{_NAME})$"})
class Reference(serializers.Field):
    """A clause by its id, or by the name it was given in this change set."""

    default_error_messages = {"no_clause": "The id of a clause is expected, or new: and a name."}

    def to_internal_value(self, data: Any) -> Named:
        if not isinstance(data, str) or not _REFERENCE.fullmatch(data):
            self.fail("no_clause")
        return New(data.removeprefix("new:")) if data.startswith("new:") else UUID(data)

    def to_representation(self, value: Any) -> str:
        return str(value)


@extend_schema_field({"type": ["string", "null"], "pattern": f"^({_UUID}|new:{_NAME})$"})
class Beside(Reference):
    """The same, or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, default=None, **options)


def _tags(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=Text(most=80), max_length=MOST_TAGS, **options)


class InsertOperation(Shape):
    """Put a new clause in; `name` is for the operations after this one."""

    op = Choice(choices=["insert"])
    kind = Choice(choices=KINDS)
    words = ByLanguage(Words(), default=dict)
    parent = Beside()
    after = Beside()
    before = Beside()
    numeral = Text(most=80, allow_null=True, default=None)
    principles = _tags(default=list)
    name = serializers.RegexField(f"^{_NAME}$", required=False, trim_whitespace=False)


class RewordOperation(Shape):
    """Give a clause other words; the half of them that is not given stays."""

    op = Choice(choices=["reword"])
    clause = Reference()
    words = ByLanguage(HalfWords())


class RecastOperation(Shape):
    """Give a clause another kind, another number, or both; a numeral of null is computed."""

    op = Choice(choices=["recast"])
    clause = Reference()
    kind = Choice(choices=KINDS, required=False)
    numeral = Text(most=80, allow_null=True, required=False)


class TagOperation(Shape):
    """Have a clause serve these principles and no others."""

    op = Choice(choices=["tag"])
    clause = Reference()
    principles = _tags()


class StrikeOperation(Shape):
    """Take a clause out of the text with all below it."""

    op = Choice(choices=["strike"])
    clause = Reference()


class RestoreOperation(Shape):
    """Put a struck clause back where it stood."""

    op = Choice(choices=["restore"])
    clause = Reference()


class MoveOperation(Shape):
    """Move a clause with all below it: into `parent` (null: the top level), beside a sibling."""

    op = Choice(choices=["move"])
    clause = Reference()
    parent = Beside()
    after = Beside()
    before = Beside()


OPERATIONS: dict[str, type[Shape]] = {
    "insert": InsertOperation,
    "reword": RewordOperation,
    "recast": RecastOperation,
    "tag": TagOperation,
    "strike": StrikeOperation,
    "restore": RestoreOperation,
    "move": MoveOperation,
}


class AnyOperation(serializers.Field):
    """One operation, by its `op`."""

    default_error_messages = {"no_operation": "An operation is an object whose op is one of these."}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        op = data.get("op") if isinstance(data, Mapping) else None
        if not isinstance(op, str) or op not in OPERATIONS:
            self.fail("no_operation")
        shape = OPERATIONS[op](data=data)
        shape.is_valid(raise_exception=True)
        return dict(shape.validated_data)

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="Operation",
        serializers=OPERATIONS,
        resource_type_field_name="op",
        many=True,
    )
)
class Operations(serializers.ListField):
    """The operations of a change set."""

    child = AnyOperation()

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=1, max_length=MOST, **options)


def operations_of(seat: Seat, base: int, said: Sequence[Mapping[str, Any]]) -> list[Operation]:
    """The operations as the domain takes them; words of which half is given made whole."""
    reworded = {
        one["clause"]
        for one in said
        if one["op"] == "reword" and any(len(words) < 2 for words in one["words"].values())
    }
    old = [clause for clause in reworded if isinstance(clause, UUID)]
    whole: dict[tuple[Named, str], Wording] = dict(words_of_many(old, base)) if old else {}
    return [_operation(one, whole) for one in said]


def _operation(one: Mapping[str, Any], whole: dict[tuple[Named, str], Wording]) -> Operation:
    """`whole` has the words that are known by clause and language, and takes in those given."""
    rest = {name: value for name, value in one.items() if name != "op"}
    match one["op"]:
        case "insert":
            rest["words"] = {code: Wording(**words) for code, words in rest["words"].items()}
            rest["principles"] = tuple(rest["principles"])
            name = New(rest.get("name", ""))
            whole |= {(name, code): words for code, words in rest["words"].items()}
            return Insert(**rest)
        case "reword":
            clause = rest["clause"]
            words = {}
            for code, half in rest["words"].items():
                was = whole.get((clause, code), Wording())
                words[code] = replace(was, **half)
                whole[clause, code] = words[code]
            return Reword(clause, words)
        case "recast":
            return Recast(**{"numeral": UNCHANGED, **rest})
        case "tag":
            return Tag(rest["clause"], tuple(rest["principles"]))
    return _PLAIN[one["op"]](**rest)


_PLAIN = {"strike": Strike, "restore": Restore, "move": Move}
