"""The worker class of all APIs: gunicorn's threads, with problem documents for requests that it refuses itself."""

from typing import Any

import orjson
from gunicorn import util
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

BODY = orjson.dumps(
    {
        "type": "about:blank",
        "title": "URI too long",
        "status": 414,
        "detail": "The address is longer than 4094 characters. Shorten its filters.",
    }
)
TOO_LONG = (
    b"HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
)


class Worker(ThreadWorker):  # type: ignore[misc]
    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """Answers a request that gunicorn could not read; an address that is too long as the API answers errors."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        try:
            util.write_nonblock(client, TOO_LONG)
        except OSError:
            self.log.debug("The client did not wait for the answer.")
