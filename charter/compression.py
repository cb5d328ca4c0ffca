"""Pages compressed on their way, where nobody can learn their words from their length.

A page holds words that are not for everybody, and its compressed length says a little of what
repeats in it. BREACH (Prado, Harris, Gluck, 2013) reads secrets so: from another site it has
somebody's browser ask for a page again and again, with guesses that come back in it, and watches
the lengths on the wire. Three things stand against that:

- what another site makes a browser ask for is not compressed; browsers say so in Sec-Fetch-Site,
  and where nothing is said nothing is compressed either;
- the length varies at random (Palacios, Palacios, Duque, "Heal the Breach", 2022), as in Django's
  own middleware, whose level 6 would take five times as long;
- tokens and nonces are masked or made anew in each answer, and pages that show a key are left out.
"""

import secrets
from gzip import GzipFile
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from charter.middleware import EitherWay

WORTH_IT = 4096  # bytes
LEVEL = 1  # the higher ones save a tenth of the bytes for several times the work
PADDING = 100  # bytes at most
_OWN = ("same-origin", "none")  # a link of the site's own; an address typed or kept


class Compression(EitherWay):
    """Middleware; the browser's tag of a page stays, as it is weak."""

    def _answer(self, request: HttpRequest) -> Any:
        return compress(request, self.get_response(request))

    async def _answer_async(self, request: HttpRequest) -> HttpResponseBase:
        return compress(request, await self.get_response(request))


def compress(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, compressed if it is a long page that may be and the browser takes gzip."""
    if not response.get("Content-Type", "").startswith("text/html"):
        if response.status_code == 304:
            patch_vary_headers(response, ["Accept-Encoding"])
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if isinstance(response, HttpResponse) and _may(request, response):
        response.content = gzipped(response.content)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
        if response.get("ETag", "").startswith('"'):
            response["ETag"] = f"W/{response['ETag']}"
    return response


def gzipped(body: bytes) -> bytes:
    """The body in gzip's format, with a name of random length in its head."""
    made = BytesIO()
    name = "p" * secrets.randbelow(PADDING + 1)
    with GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=made, mtime=0) as file:
        file.write(body)
    return made.getvalue()


def _may(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and request.headers.get("Sec-Fetch-Site") in _OWN
        and _takes_gzip(request.headers.get("Accept-Encoding", ""))
        and not response.has_header("Content-Encoding")
        and "no-store" not in response.get("Cache-Control", "")
        and len(response.content) >= WORTH_IT
    )


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
