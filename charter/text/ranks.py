"""Ranks: short ASCII keys that order clauses among their siblings.

A key is the digits of a fraction between 0 and 1 in base 62; keys compare byte by byte, and between
two there is always another, so a move rewrites one row. The idea is fractional indexing as Figma
("Realtime editing of ordered sequences", 2017) and David Greenspan ("Implementing fractional
indexing", 2020) describe it. Here a key at either end is a small step from the last one, at a
precision that doubles when it is used up, so that appending costs few digits.
"""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
_BASE = len(_DIGITS)


def between(before: str | None, after: str | None) -> str:
    """A key that sorts after `before` and before `after`; None is the open end on that side.

    ValueError when they are equal or out of order, or when one is not a key.
    """
    for key in (before, after):
        if key is not None:
            _check(key)
    if before is None and after is None:
        return _DIGITS[_BASE // 2]
    if after is None:
        return _beyond(before or "")
    if before is None:
        return _ahead(after)
    if before >= after:
        raise ValueError(f"{before!r} does not sort before {after!r}")
    return _middle(before, after)


def spread(count: int) -> list[str]:
    """`count` keys of equal length in ascending order, evenly spaced, with room at both ends."""
    if count < 0:
        raise ValueError("the number of keys cannot be negative")
    width = 1
    while _BASE**width < 2 * (count + 1):
        width += 1
    places = (place * _BASE**width // (count + 1) for place in range(1, count + 1))
    # A key never ends in the digit 0: nothing would fit between "5" and "50".
    return [_written(place + (place % _BASE == 0), width) for place in places]


def _check(key: str) -> None:
    if not key or key.endswith(_DIGITS[0]) or not _VALUE.keys() >= set(key):
        raise ValueError(f"{key!r} is not a rank")


def _beyond(key: str) -> str:
    width = 2
    while (place := _read(key, width) + 1) >= _BASE**width:
        width *= 2
    return _written(place, width).rstrip(_DIGITS[0])


def _ahead(key: str) -> str:
    width = 2
    while (place := _read(key, width) - (len(key) <= width)) <= 0:
        width *= 2
    return _written(place, width).rstrip(_DIGITS[0])


def _read(key: str, width: int) -> int:
    """The first `width` digits of a key as a number."""
    value = 0
    for digit in key[:width].ljust(width, _DIGITS[0]):
        value = value * _BASE + _VALUE[digit]
    return value


def _written(value: int, width: int) -> str:
    digits = []
    for _ in range(width):
        value, digit = divmod(value, _BASE)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))


def _middle(low: str, high: str) -> str:
    """The shortest key about half way between two keys, digit by digit."""
    width = 1
    while _read(high, width) - (len(high) <= width) <= _read(low, width):
        width += 1
    floor, ceiling = _read(low, width), _read(high, width)
    return _written((floor + ceiling + 1) // 2, width).rstrip(_DIGITS[0])
