"""What stands in addresses: numbers that the database can hold, and the names of principles."""

from django.urls import register_converter


class Whole:
    """A number of at most nine digits."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Name:
    """The short name of a principle, in any script."""

    regex = r"[-\w]{1,80}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Whole, "number")
register_converter(Name, "name")
