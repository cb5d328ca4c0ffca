"""Serializers that take nothing for something else: no unknown names, no "5" for 5, no trimming.

`Shape` describes what comes in and what goes out alike; out, it reads attributes or keys.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from charter.actions import gate
from charter.actions.refusals import Invalid

LANGUAGE = {"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "maxLength": 16}


def is_language(code: str) -> bool:
    """Whether a language could have this code."""
    try:
        return gate.language(code) == code
    except Invalid:
        return False


class Shape(serializers.Serializer):
    """An object with these members and no others."""

    default_error_messages = {"unknown": _("There is no such member here.")}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            unknown = {
                str(name): [serializers.ErrorDetail(self.error_messages["unknown"], "unknown")]
                for name in data
                if name not in writable
            }
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A string as it was given, empty ones too, of at most `most` code points."""

    default_error_messages = {"not_text": _("A string is expected.")}

    def __init__(self, *, most: int = gate.TEXT, **options: Any) -> None:
        options.setdefault("allow_blank", True)
        super().__init__(trim_whitespace=False, max_length=most, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("not_text")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number as JSON has them, at most nine digits."""

    def __init__(self, *, least: int = 0, most: int = 999_999_999, **options: Any) -> None:
        super().__init__(min_value=least, max_value=most, **options)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class Number(serializers.IntegerField):
    """A whole number in an address: one to nine digits and nothing else."""

    def __init__(self, *, least: int = 0, most: int = 999_999_999, **options: Any) -> None:
        super().__init__(min_value=least, max_value=most, **options)

    def to_internal_value(self, data: Any) -> int:
        if not (isinstance(data, str) and data.isascii() and data.isdigit() and len(data) <= 9):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false in an address."""

    def to_internal_value(self, data: Any) -> bool:
        if data not in ("true", "false"):
            self.fail("invalid", input=data)
        return data == "true"


class Truth(serializers.BooleanField):
    """true or false and nothing like it."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Choice(serializers.ChoiceField):
    """One of the strings given."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Id(serializers.UUIDField):
    """The id of a clause, as a UUID in the usual form."""

    def to_internal_value(self, data: Any):
        if not isinstance(data, str) or len(data) != 36:
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


@extend_schema_field(LANGUAGE)
class Language(Text):
    """A language by its code, as BCP 47 has it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=16, allow_blank=False, **options)

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if not is_language(code):
            raise serializers.ValidationError(
                _("A language is named by its code, such as en or pt-BR.")
            )
        return code


class ByLanguage(serializers.DictField):
    """Something in each of several languages, such as {"en": …, "ru": …}."""

    default_error_messages = {"no_language": _("This is no language's code.")}

    def __init__(self, child: serializers.Field, **options: Any) -> None:
        super().__init__(child=child, **options)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping):
            for code in data:
                if not is_language(str(code)):
                    detail = serializers.ErrorDetail(self.error_messages["no_language"], "invalid")
                    raise serializers.ValidationError({str(code): [detail]})
        return super().to_internal_value(data)


class Words(Shape):
    """The words of a clause in one language, one paragraph each."""

    heading = Text(most=gate.HEADING, default="")
    text = Text(most=gate.TEXT, default="")
