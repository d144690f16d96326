"""Receives files: raw bodies, or the field `file` of a form, up to the limit of the route."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge

from common.blobs.scanning import scan
from common.errors import DomainError, Invalid

MOST_BYTES = 10 * 1024 * 1024
FORM = "multipart/form-data"
FIELD = "file"
FORM_OVERHEAD = 64 * 1024
"""Bytes of a form in addition to its file."""
ANY = "application/octet-stream"


@dataclass(frozen=True)
class Takes:
    """The files that a route accepts."""

    media_types: Sequence[str]
    most_bytes: int

    def documented(self) -> dict[str, Any]:
        """Returns the OpenAPI content of the bodies."""
        raw = {"schema": {"type": "string", "format": "binary", "maxLength": self.most_bytes}}
        form = {"type": "object", "required": [FIELD], "properties": {FIELD: raw["schema"]}}
        return {**dict.fromkeys(self.media_types, raw), FORM: {"schema": form}}


class TooLarge(DomainError):
    status, title = 413, "Too large"


class WrongMediaType(DomainError):
    status, title = 415, "Unsupported media type"


def receive(takes: Takes, scanner: str) -> None:
    """Reads the request's file for `received` to return, and has it scanned if `scanner` names a virus scanner.

    A file that is announced as too large is not read at all.
    """
    kind, most_bytes = request.mimetype, takes.most_bytes
    if kind not in {*takes.media_types, FORM, ANY}:
        sent = f'"{kind}"' if kind else "nothing"
        expected = f"{' or '.join(takes.media_types)}, or {FORM} with the field {FIELD}"
        raise WrongMediaType(f"The Content-Type is {sent}. Send {expected}.")
    request.max_content_length = most_bytes + (FORM_OVERHEAD if kind == FORM else 0)
    request.max_form_memory_size = most_bytes
    try:
        data = _field() if kind == FORM else request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise _too_large(most_bytes) from error
    if len(data) > most_bytes:
        raise _too_large(most_bytes)
    if scanner:
        scan(scanner, (data,), FIELD)
    g.upload = data


def received() -> bytes | None:
    """Returns the file of the request, or None for routes without one."""
    data: bytes | None = g.get("upload")
    return data


def _field() -> bytes:
    if FIELD in request.files:
        data: bytes = request.files[FIELD].read()
        return data
    if FIELD in request.form:
        return request.form[FIELD].encode()
    raise Invalid({FIELD: [f"The form has no {FIELD} field."]})


def _too_large(most_bytes: int) -> TooLarge:
    return TooLarge(f"The file is too large. The limit is {most_bytes // (1024 * 1024)} MiB.")
