"""Asks a virus scanner about files that arrive: clamd's INSTREAM command over TCP or a Unix socket."""

import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import unquote, urlsplit

import structlog

from common.errors import Invalid, Unavailable

log = structlog.get_logger(__name__)

SECONDS = 30
LENGTH = struct.Struct("!L")
END = LENGTH.pack(0)
LONGEST_REPLY = 4096


class Infected(Invalid):
    title = "File refused"


def check_url(url: str) -> str:
    """Returns the address of a clamd. Raises ValueError with a valid example."""
    parts = urlsplit(url)
    if not (parts.scheme == "tcp" and parts.hostname and parts.port) and not (parts.scheme == "unix" and parts.path):
        raise ValueError("not an address such as tcp://host:3310 or unix:///run/clamav/clamd.ctl")
    return url


def scan(scanner: str, pieces: Iterable[bytes], field: str = "file") -> None:
    """Returns if the scanner finds nothing. Raises Infected, or Unavailable if the scanner does not answer.

    A file that cannot be scanned is refused: accepting it would switch protection off when it is overloaded.
    """
    try:
        with _connect(scanner) as connection:
            reply = _ask(connection, pieces)
    except OSError as error:
        log.warning("virus_scanner_unavailable", error=type(error).__name__)
        raise Unavailable("The virus scanner does not answer. The file was not accepted; try again shortly.") from error
    _, _, verdict = reply.partition(": ")
    if verdict == "OK":
        return
    if verdict.endswith(" FOUND"):
        name = verdict.removesuffix(" FOUND")
        log.warning("infected_file_refused", signature=name)
        raise Infected(
            {field: [f"The virus scanner found {name}. The file was not accepted."]}, "The file is infected."
        )
    log.warning("virus_scan_failed", reply=reply)
    raise Unavailable("The virus scanner could not check the file. The file was not accepted.")


def _connect(scanner: str) -> socket.socket:
    parts = urlsplit(scanner)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port), SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(SECONDS)
    try:
        connection.connect(unquote(parts.path))
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection: socket.socket, pieces: Iterable[bytes]) -> str:
    with suppress(BrokenPipeError, ConnectionResetError):  # clamd stops reading at its size limit, and says so
        connection.sendall(b"zINSTREAM\0")
        for piece in pieces:
            if piece:
                connection.sendall(LENGTH.pack(len(piece)) + piece)
        connection.sendall(END)
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < LONGEST_REPLY and (read := connection.recv(LONGEST_REPLY)):
        reply += read
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")
