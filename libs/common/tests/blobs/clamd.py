"""A stand-in for clamd that follows its protocol: `zINSTREAM`, NUL, chunks after their length, a zero length."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 3 * 1024 * 1024


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.scanned.append(content)
        found = EICAR in content
        self.wfile.write(b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if found else b"stream: OK\0")


class Clamd(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.scanned: list[bytes] = []

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running() -> Iterator[Clamd]:
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()
