"""Answers with a streamed file with its size, its ETag (the SHA-256) and its name."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, request


def respond(pieces: Iterable[bytes], *, name: str, media_type: str, size: int, sha256: str) -> Response:
    """Returns the answer, or 304 without a body if the caller has these bytes."""
    response = Response(pieces, mimetype=media_type)
    response.content_length = size
    plain = name.encode("ascii", "replace").decode().replace('"', "'").replace("\\", "_")
    extended = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Disposition"] = f'inline; filename="{plain}"{extended}'
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(sha256)
    response.make_conditional(request)
    return response
