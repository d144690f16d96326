"""A small client of the public API for the importer, the demo and the end-to-end tests."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import orjson
import urllib3

TRIES = 6


class Problem(Exception):
    """A problem+json answer of the API."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        self.status, self.body = status, body
        self.errors: dict[str, list[str]] = body.get("errors") or {}
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Returns `field: error` for each field, else the detail."""
        if self.errors:
            return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in self.errors.items())
        return str(self.body.get("detail") or self.body.get("title") or f"HTTP {self.status}")


@dataclass
class Api:
    """`Api(url).login(email, password)`; paths are relative to /api/v1. Returns decoded JSON."""

    url: str
    token: str | None = None
    _pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(maxsize=8, retries=False, timeout=660)
    )

    def login(self, email: str, password: str) -> "Api":
        answer = self.post("/auth/login", {"email": email, "password": password})
        return Api(self.url, answer["access_token"], self._pool)

    def get(self, path: str, **query: Any) -> Any:
        asked = urlencode({name: value for name, value in query.items() if value is not None})
        return self.call("GET", f"{path}?{asked}" if asked else path)

    def items(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Returns every item of a list, page by page."""
        cursor = None
        while True:
            page = self.get(path, page_size=100, cursor=cursor, **query)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str | None = None) -> Any:
        """Waits for a task that the request starts."""
        headers = {"Idempotency-Key": key or str(uuid4()), "Prefer": "wait=60"}
        return self.call("POST", path, body if body is not None else {}, headers)

    def upload(self, path: str, table: bytes, **query: Any) -> Any:
        """Uploads a CSV file to an import, and waits for its report."""
        headers = {"Content-Type": "text/csv", "Idempotency-Key": str(uuid4()), "Prefer": "wait=60"}
        return self.call("POST", f"{path}?{urlencode(query)}", table, headers)

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        return self.call("PATCH", path, body)

    def put(self, path: str, body: dict[str, Any]) -> Any:
        return self.call("PUT", path, body)

    def delete(self, path: str) -> None:
        self.call("DELETE", path)

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """Sends the request, and retries 429 and 503 safely with the same key. Raises Problem."""
        for attempt in range(1, TRIES + 1):
            response = self.raw(method, path, body, headers)
            if response.status not in (429, 503) or attempt == TRIES:
                break
            time.sleep(min(float(response.headers.get("Retry-After", 1)), 5))
        decoded = orjson.loads(response.data) if response.data else None
        if response.status >= 400:
            raise Problem(response.status, decoded if isinstance(decoded, dict) else {})
        return decoded

    def raw(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        """Sends one request. Returns its answer with any status."""
        sent = {"Accept": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        data = body if isinstance(body, bytes) or body is None else orjson.dumps(body)
        return self._pool.request(method, f"{self.url}/api/v1{path}", body=data, headers=sent)
