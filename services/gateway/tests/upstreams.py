"""Services to forward to, as simple as can be: they tell what reached them."""

import hashlib
import json
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PIECE = 64 * 1024


class Echo(BaseHTTPRequestHandler):
    """Answers any path with what it was asked; some paths do more, see `do`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do(self) -> None:
        self.server.requests += 1  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if "unread" in query:  # as gunicorn does when a route refuses before it reads: answers and closes
            self.close_connection = True
            self._json(int(query["unread"]), {"unread": True})
            return
        body = self._body()
        if "drop" in query:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif "hold" in query:
            self.server.hold()  # type: ignore[attr-defined]
            self._json(200, {"held": True})
        elif "sleep" in query:
            time.sleep(float(query["sleep"]))
            self._json(200, {"slept": query["sleep"]})
        elif "rows" in query:
            self._rows(int(query["rows"]))
        elif "stream" in query:
            kind = query.get("type", "application/octet-stream")
            self._stream(int(query["stream"]), kind, chunked="chunked" in query, short=int(query.get("short", "0")))
        else:
            told = {"method": self.command, "target": self.path, "headers": dict(self.headers)}
            answer = {**told, "length": body[0], "sha256": body[1]}
            self._json(int(query.get("status", "200")), answer, query.get("assignment"))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do

    def _body(self) -> tuple[int, str]:
        digest, length = hashlib.sha256(), 0
        for piece in self._chunks() if "chunked" in self.headers.get("Transfer-Encoding", "") else self._rest():
            digest.update(piece)
            length += len(piece)
        return length, digest.hexdigest()

    def _rest(self) -> Any:
        left = int(self.headers.get("Content-Length", "0"))
        while left:
            piece = self.rfile.read(min(PIECE, left))
            left -= len(piece)
            yield piece

    def _chunks(self) -> Any:
        while size := int(self.rfile.readline().strip() or b"0", 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _json(self, status: int, value: Any, assignment: str | None = None) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in (
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("ETag", '"7"'),
            ("Set-Cookie", "planted=1"),
            ("Access-Control-Allow-Origin", "*"),
            ("Connection", "X-Hop"),
            ("X-Hop", "1"),
            *([("Evergreen-Assignment", assignment)] if assignment else []),
        ):
            self.send_header(name, text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _rows(self, count: int) -> None:
        """A CSV file sent while it is made; after the first row it waits for `go_on`."""
        self.send_response(200)
        self.send_header("Content-Type", "text/csv; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number in range(count):
            row = b"%d,a row of a file\r\n" % number
            self.wfile.write(b"%x\r\n%s\r\n" % (len(row), row))
            if number == 0:
                self.server.hold()  # type: ignore[attr-defined]
        self.wfile.write(b"0\r\n\r\n")

    def _stream(self, size: int, kind: str, *, chunked: bool, short: int) -> None:
        """`size` bytes; `short` of them missing at the end."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header(*(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(size))))
        self.end_headers()
        piece = b"x" * PIECE
        for start in range(0, size - short, PIECE):
            part = piece[: min(PIECE, size - short - start)]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part) if chunked else part)
        if chunked and not short:
            self.wfile.write(b"0\r\n\r\n")
        if short:
            self.close_connection = True

    def log_message(self, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Echo)
        self.requests = self.held = 0
        self._going_on, self._counting = threading.Event(), threading.Lock()
        self.connections: list[socket.socket] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def hold(self) -> None:
        """Keeps a request until `go_on`."""
        with self._counting:
            self.held += 1
        self._going_on.wait(60)

    def go_on(self) -> None:
        self._going_on.set()

    def get_request(self) -> Any:
        accepted = super().get_request()
        self.connections.append(accepted[0])
        return accepted

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers leave in the middle on purpose."""

    def cut(self) -> None:
        """Closes all connections, as a service does that restarts."""
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.connections.clear()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self.cut()
