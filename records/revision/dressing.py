"""What a public answer wears: its name, how it may be kept, its encoding."""

from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.text import compress_sequence

from records.revision import encodings, sharing
from records.revision.tags import Tags

NAMED = "records.revision.name"  # in the environment of a request: the name of the answer to it


def dressed(request: HttpRequest, response: HttpResponseBase, tags: Tags) -> HttpResponseBase:
    """A public answer with its headers, compressed; 304 where the client holds any at all, which is ``*``."""
    varied = "accept" in sharing.names_in_vary(response)
    encoding = _compress(response, tags.encodings)
    name = request.META[NAMED] = tags.name(varied=varied, encoding=encoding)
    if request.headers.get("If-None-Match") == "*":
        return not_modified(tags, name)
    for header, value in headers_of(name, tags).items():
        response.headers[header] = value
    return response


def not_modified(tags: Tags, name: str) -> HttpResponse:
    """The answer to a client that holds the right one."""
    return HttpResponseNotModified(headers=headers_of(name, tags))


def headers_of(name: str, tags: Tags) -> dict[str, str]:
    """The headers that the answer of a name has in common with a 304 in its place."""
    vary = tags.vary(name)
    headers = {"ETag": f'"{name}"', "Cache-Control": sharing.SHARED}
    return {**headers, "Vary": vary} if vary else headers


def _compress(response: HttpResponseBase, taken: tuple[str, ...]) -> str:
    """Compress an answer where that gains something; gives its encoding, blank where it has but one form."""
    if not encodings.is_text(response.headers.get("Content-Type", "")):
        return ""
    if isinstance(response, StreamingHttpResponse):
        return _compress_stream(response, taken)
    if isinstance(response, HttpResponse) and len(response.content) >= encodings.SMALLEST:
        return _compress_whole(response, taken[0])
    return ""


def _compress_whole(response: HttpResponse, encoding: str) -> str:
    if encoding != encodings.PLAIN:
        response.content = encodings.compressed(response.content, encoding)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
    return encoding


def _compress_stream(response: StreamingHttpResponse, taken: tuple[str, ...]) -> str:
    """Streams know one way to be compressed."""
    if encodings.GZIP not in taken:
        return encodings.PLAIN
    pieces: Any = response.streaming_content  # nothing here is async
    response.streaming_content = compress_sequence(pieces)
    response.headers["Content-Encoding"] = encodings.GZIP
    return encodings.GZIP
