"""Bodies as they go out: JSON in UTF-8, compressed where that is worth it and safe."""

import gzip
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.renderers import JSONRenderer

WORTH_IT = 1400  # bytes: less fits into one packet anyway
LARGEST = 16 * 1024 * 1024  # what is compressed at once, in memory
_DENSE = ("application/pdf", "application/zip", "application/vnd.openxml", "image/")


class Json(JSONRenderer):
    """JSON with the letters of every script as they are."""

    charset = None
    compact = True
    ensure_ascii = False

    def get_indent(self, accepted_media_type: str, renderer_context: dict) -> None:
        return None


def rendered(data: Any) -> bytes:
    """The same bytes for the same value, always."""
    return Json().render(data)


def compress(accepted: str, response: HttpResponseBase) -> None:
    """Compress the answer when the caller takes gzip. Its tag becomes a weak one."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
        return
    size = len(response.content)
    if not WORTH_IT <= size <= LARGEST or not accepts_gzip(accepted):
        return
    if response.get("Content-Type", "").startswith(_DENSE):
        return
    # No time in it, so that equal answers are equal bytes.
    response.content = gzip.compress(response.content, 5, mtime=0)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"


def accepts_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding takes gzip."""
    for part in accepted.lower().split(","):
        coding, _semicolon, weight = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            quality = weight.replace(" ", "").removeprefix("q=")
            return not quality or quality.strip("0.") != ""
    return False
