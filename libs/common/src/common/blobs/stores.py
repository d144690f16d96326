"""Where bytes lie: a local directory, or an S3-compatible bucket."""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

import structlog

from common.errors import Unavailable

log = structlog.get_logger(__name__)

PIECE = 256 * 1024
SCHEMES = ("file", "s3")
TIMEOUTS: Any = {"connect_timeout": "3s", "timeout": "30s", "allow_http": True}


class NotStored(Unavailable):
    """The store answers, but has no bytes under this key."""


class StoreUnavailable(Unavailable):
    """The store does not answer, or refuses."""


class Store(Protocol):
    def put(self, key: str, source: BinaryIO) -> None:
        """Stores the bytes durably and as a whole, replacing earlier ones. Raises StoreUnavailable."""
        ...

    def open(self, key: str) -> Iterator[bytes]:
        """Returns the bytes in pieces. Raises NotStored or StoreUnavailable before the first piece."""
        ...

    def delete(self, key: str) -> None:
        """Deletes the bytes, if there are any. Raises StoreUnavailable."""
        ...


def store_at(url: str) -> Store:
    """Returns this process's store. One per process, because connections do not cross a fork."""
    return _opened(url, os.getpid())


def check_url(url: str) -> str:
    """Returns the URL. Raises ValueError with a valid example."""
    parts = urlsplit(url)
    local = parts.scheme == "file" and not parts.netloc and parts.path.startswith("/")
    if not local and not (parts.scheme == "s3" and parts.netloc):
        raise ValueError("not an address such as file:///var/lib/evergreen/files or s3://bucket/folder")
    return url


@lru_cache(maxsize=8)
def _opened(url: str, _process: int) -> Store:
    parts = urlsplit(check_url(url))
    return Bucket(url) if parts.scheme == "s3" else Directory(Path(unquote(parts.path)))


class Directory:
    """A local directory, or one that all services mount."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, source: BinaryIO) -> None:
        path = self._root / key
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("xb") as target:
                copyfileobj(source, target, PIECE)
                target.flush()
                os.fsync(target.fileno())
            unfinished.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise _unavailable(error) from error

    def open(self, key: str) -> Iterator[bytes]:
        try:
            file = (self._root / key).open("rb")
        except FileNotFoundError as error:
            raise _missing(key) from error
        except OSError as error:
            raise _unavailable(error) from error
        return _pieces(file)

    def delete(self, key: str) -> None:
        path = self._root / key
        try:
            path.unlink(missing_ok=True)
            for unfinished in path.parent.glob(f"{path.name}.*"):  # left behind by a process that ended
                unfinished.unlink(missing_ok=True)
        except OSError as error:
            raise _unavailable(error) from error


class Bucket:
    """An S3-compatible bucket; region, endpoint and keys come from the `AWS_…` variables."""

    def __init__(self, url: str) -> None:
        from obstore.store import S3Store  # noqa: PLC0415 - 20 MB that a local directory does not need

        self._store: Any = S3Store.from_url(url, client_options=TIMEOUTS, retry_config={"max_retries": 2})

    def put(self, key: str, source: BinaryIO) -> None:
        self._call("put", key, source)

    def open(self, key: str) -> Iterator[bytes]:
        return map(bytes, self._call("get", key).stream(min_chunk_size=PIECE))

    def delete(self, key: str) -> None:
        self._call("delete", key)

    def _call(self, method: str, key: str, *arguments: Any) -> Any:
        from obstore.exceptions import BaseError  # noqa: PLC0415

        try:
            return getattr(self._store, method)(key, *arguments)
        except FileNotFoundError as error:
            raise _missing(key) from error
        except (BaseError, OSError) as error:
            raise _unavailable(error) from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable; without this a power failure may lose a file that the database refers to."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _missing(key: str) -> NotStored:
    log.error("blob_missing", key=key)
    return NotStored("The file's bytes are missing from the file store. An operator must restore them from a backup.")


def _unavailable(error: Exception) -> StoreUnavailable:
    log.warning("blob_store_unavailable", error=str(error).splitlines()[0][:300])
    return StoreUnavailable("The file store is temporarily unavailable. Try again shortly.")
