"""The schema (OpenAPI 3.1), made of what `describe` says of each method, and its address."""

import json
import re
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from charter.api.described import Described
from charter.api.fields import Shape
from charter.api.parsing import Upload
from charter.api.preconditions import REGISTER, REVISION, TAG, VERSION, tag_of
from charter.api.problems import KINDS, MEDIA_TYPE, plain
from charter.api.rendering import compress

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Some codes have further members.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"type": "string", "enum": sorted(KINDS)},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "parameter": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "required": ["code", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "code", "detail"],
}

_WRITES = ("post", "put", "patch", "delete")
_IF_MATCH = {
    REVISION: 'The revision the write was made against, such as `"12"`, or the ETag of its text.',
    TAG: "The ETag of the thing as it was read.",
    VERSION: 'The version the write was made against, such as `"3"`, or the ETag of the thing.',
    REGISTER: "The ETag of the register that was taken away, or of the trial that was read.",
}


class DescribedSchema(AutoSchema):
    """Tells an operation by its method's `Described`."""

    method_mapping = {method: method for method in ("get", *_WRITES)}

    @property
    def described(self) -> Described:
        return getattr(self.view, self.method.lower()).described

    def get_operation(self, *args: Any, **more: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **more)
        if operation is None:
            return None
        responses = operation["responses"]
        for status in self._statuses():
            responses.setdefault(str(status), self._problem(status))
        if self.method == "GET" and "200" in responses:
            responses["200"].setdefault("headers", {})["ETag"] = _ETAG
            responses["304"] = {"description": "What If-None-Match names has not changed."}
        operation["responses"] = dict(sorted(responses.items()))
        return operation

    def get_operation_id(self) -> str:
        name = type(self.view).__name__
        return f"{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', name).lower()}_{self.method.lower()}"

    def get_tags(self) -> list[str]:
        return [self.view.noun]

    def get_summary(self) -> str:
        return self._said()[0]

    def get_description(self) -> str:
        return self._said()[1]

    def _said(self) -> tuple[str, str]:
        """The first sentence of the method's docstring, and the rest of it."""
        said = getattr(self.view, self.method.lower()).__doc__ or ""
        first, _gap, rest = re.sub(r"[ \t]*\n[ \t]*", "\n", said.strip()).partition("\n\n")
        return first.replace("\n", " ").rstrip("."), rest.replace("\n", " ")

    def get_request_serializer(self) -> Any:
        return self.described.body

    def map_parsers(self) -> list[str]:
        offered = [parser.media_type for parser in self.view.parser_classes]
        return offered if Upload in self.view.parser_classes else offered[:1]

    def get_response_serializers(self) -> Any:
        said = self.described
        if said.answer is None:
            return {said.status: None, **said.more}
        return {(said.status, kind): said.answer for kind in said.media_types} | said.more

    def get_override_parameters(self) -> list[Any]:
        said = self.described
        return [] if said.query is None else [said.query]

    def _get_parameters(self) -> list[dict[str, Any]]:
        found = super()._get_parameters()
        said = self.described
        if said.if_match:
            found.append(_header("If-Match", _IF_MATCH[said.if_match], required=True))
        if self.method.lower() in _WRITES:
            found.append(
                _header(
                    "Idempotency-Key",
                    "A word of your own; the same request with the same key has one effect.",
                    {"maxLength": 200, "pattern": "^[!-~]+$"},
                )
            )
        return found

    def _get_serializer_name(self, *args: Any, **more: Any) -> str:
        return super()._get_serializer_name(*args, **more).replace("Shape", "")

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        schema = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Shape):
            schema["additionalProperties"] = False
        return schema

    def _statuses(self) -> list[int]:
        """The errors that the operation may answer."""
        said, writes = self.described, self.method.lower() in _WRITES
        found = {400, 401, 403, 404, 406, 429}
        if writes:
            found |= {409, 411, 412, 413, 415, 422}
        if said.if_match:
            found |= {428}
        return sorted(found)

    def _problem(self, status: int) -> dict[str, Any]:
        component = ResolvedComponent(
            name="Problem", type=ResolvedComponent.SCHEMA, schema=PROBLEM, object="Problem"
        )
        self.registry.register_on_missing(component)
        codes = sorted(code for code, (of, _title) in KINDS.items() if of == status)
        return {
            "description": f"{HTTPStatus(status).phrase}: {', '.join(codes)}",
            "content": {MEDIA_TYPE: {"schema": component.ref}},
        }


_ETAG = {"description": "For If-None-Match and If-Match.", "schema": {"type": "string"}}


def _header(
    name: str, said: str, more: dict[str, Any] | None = None, required: bool = False
) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "description": said,
        "schema": {"type": "string", **(more or {})},
        **({"required": True} if required else {}),
    }


@cache
def document() -> dict[str, Any]:
    """The whole schema. It depends on the program alone."""
    with override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


@cache
def _written() -> tuple[bytes, str]:
    content = json.dumps(document(), ensure_ascii=False, sort_keys=False).encode()
    return content, tag_of(content)


@csrf_exempt
def schema(request: HttpRequest) -> HttpResponseBase:
    """The schema as JSON, for anybody: it says nothing of any charter."""
    if request.method not in ("GET", "HEAD"):
        return plain("method_not_allowed", headers={"Allow": "GET, HEAD"})
    content, tag = _written()
    answer = HttpResponse(
        content,
        content_type="application/vnd.oai.openapi+json;version=3.1",
        headers={"ETag": tag, "Cache-Control": "public, no-cache"},
    )
    found = get_conditional_response(request, etag=tag, response=answer)
    compress(request.headers.get("Accept-Encoding", ""), found)
    return found
