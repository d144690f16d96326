"""Moves bytes between a table and the file store, for migrations of tables that held bytes themselves."""

import hashlib
import io
import os
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from common.blobs.files import File
from common.blobs.stores import Store, store_at
from common.clock import now
from common.config import BLOB_STORE
from common.ids import new_id
from common.tables import file


def move_out(connection: Connection, service: str, name: str, media_type: str, content: bytes) -> UUID:
    """Stores the bytes, writes their row as referred to, and returns its id."""
    moved = File(new_id(), service, name, media_type, len(content), hashlib.sha256(content).hexdigest())
    _store().put(moved.key, io.BytesIO(content))
    row = {"id": moved.id, "name": name, "media_type": media_type, "size": moved.size, "sha256": moved.sha256}
    connection.execute(insert(file).values(**row, created_at=now()))
    return moved.id


def move_back(connection: Connection, service: str, file_id: UUID) -> tuple[File, bytes]:
    """Deletes the file's row and returns what it said, with the bytes; these stay in the store."""
    columns = (file.c.id, file.c.name, file.c.media_type, file.c.size, file.c.sha256)
    row = connection.execute(select(*columns).where(file.c.id == file_id)).one()
    moved = File(owner=service, **row._mapping)
    content = b"".join(_store().open(moved.key))
    connection.execute(delete(file).where(file.c.id == file_id))
    return moved, content


def _store() -> Store:
    return store_at(os.environ.get("BLOB_STORE_URL") or BLOB_STORE)
