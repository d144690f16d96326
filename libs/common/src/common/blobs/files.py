"""Files of a service: saved once, kept by reference, read in pieces and checked while they are read."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Self, cast
from uuid import UUID

import structlog
from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from common.blobs.stores import PIECE, NotStored, store_at
from common.clock import now
from common.config import Settings
from common.errors import NotFound
from common.ids import new_id
from common.tables import file
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

IN_MEMORY = 1024 * 1024
"""Bytes of a file being saved that stay in memory; a larger one goes to a temporary file."""


class FileClaim(Schema):
    """How an event names a file. Knowing its SHA-256 is the right to read it from the sender's part of the store."""

    class Meta:
        unknown = EXCLUDE

    file_id = fields.UUID(attribute="id", required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(0))
    sha256 = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))


@dataclass(frozen=True, slots=True)
class File:
    id: UUID
    owner: str
    """The service whose part of the store has the bytes."""
    name: str
    media_type: str
    size: int
    sha256: str

    @classmethod
    def claimed(cls, owner: str, claim: dict[str, Any]) -> Self:
        """Returns the file that an event of `owner` names."""
        return cls(owner=owner, **claim)

    @property
    def key(self) -> str:
        return f"{self.owner}/{self.sha256[:2]}/{self.sha256}"


def save(work: UnitOfWork, content: BinaryIO | Iterable[bytes], *, name: str, media_type: str) -> File:
    """Stores the bytes and returns their file, which is collected later unless `keep` is called.

    The file's row is committed before its bytes are written, so bytes without a row cannot exist.
    """
    with _spooled(content) as (body, size, sha256):
        saved = File(new_id(), work.settings.service, name, media_type, size, sha256)
        with Session(work.session.get_bind()) as own, own.begin():
            lock(own, sha256)
            values = {"id": saved.id, "name": name, "media_type": media_type, "size": size, "sha256": sha256}
            own.execute(insert(file).values(**values, created_at=now(), released_at=now()))
        store_at(work.settings.blob_store).put(saved.key, body)
    return saved


def keep(work: UnitOfWork, file_id: UUID) -> None:
    """Keeps the file from the commit on. Raises NotFound if it was collected before."""
    kept = update(file).where(file.c.id == file_id).values(released_at=None).returning(file.c.id)
    if work.session.scalar(kept) is None:
        raise NotFound("The file is no longer stored. Upload it again.")


def keep_until(work: UnitOfWork, file_id: UUID, until: datetime) -> None:
    """Keeps the file for a task that releases it, and leaves it to the collector if that never happens."""
    work.session.execute(update(file).where(file.c.id == file_id).values(released_at=until))


def release(work: UnitOfWork, file_ids: Iterable[UUID]) -> None:
    """Leaves the files to be collected after the grace time."""
    work.session.execute(update(file).where(file.c.id.in_(list(file_ids))).values(released_at=now()))


def find(work: UnitOfWork, file_id: UUID) -> File:
    """Returns a file of this service. Raises NotFound."""
    columns = (file.c.id, file.c.name, file.c.media_type, file.c.size, file.c.sha256)
    row = work.session.execute(select(*columns).where(file.c.id == file_id)).one_or_none()
    if row is None:
        raise NotFound("File not found.")
    return File(owner=work.settings.service, **row._mapping)


def read(settings: Settings, wanted: File) -> Iterator[bytes]:
    """Returns the bytes in pieces. Raises NotStored or StoreUnavailable at once.

    A file with other bytes than it should have raises NotStored before its last piece, so no reader takes it for whole.
    """
    return _checked(wanted, store_at(settings.blob_store).open(wanted.key))


def lock(session: Session, sha256: str) -> None:
    """Keeps saving and collecting of the same bytes apart until the transaction ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('file ' || :sha256, 0))"), {"sha256": sha256})


def _checked(wanted: File, pieces: Iterator[bytes]) -> Iterator[bytes]:
    digest, size, last = hashlib.sha256(), 0, b""
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        if last:
            yield last
        last = piece
    if size != wanted.size or digest.hexdigest() != wanted.sha256:
        log.error("blob_damaged", key=wanted.key, size=size, expected_size=wanted.size)
        raise NotStored("The file is damaged in the file store. An operator must restore it from a backup.")
    yield last


@contextmanager
def _spooled(content: BinaryIO | Iterable[bytes]) -> Iterator[tuple[BinaryIO, int, str]]:
    """Yields the content at its start, its size and its SHA-256, which must be known before it is stored."""
    digest, size = hashlib.sha256(), 0
    with SpooledTemporaryFile(IN_MEMORY) as body:
        for piece in _pieces(content):
            digest.update(piece)
            size += len(piece)
            body.write(piece)
        body.seek(0)
        yield cast("BinaryIO", body), size, digest.hexdigest()


def _pieces(content: BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    read_some = getattr(content, "read", None)
    if read_some is None:
        yield from content
        return
    while piece := read_some(PIECE):
        yield piece
