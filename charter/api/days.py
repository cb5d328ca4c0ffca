"""Days as JSON and addresses have them."""

import re
from datetime import date
from typing import Any

from rest_framework import serializers

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Day(serializers.DateField):
    """A day as 2026-01-31 and no other way."""

    def to_internal_value(self, data: Any) -> date:
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)
