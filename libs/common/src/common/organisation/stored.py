"""The organisation's row in a service's database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.organisation.settings import DEFAULTS, Organisation, of_json, to_json
from common.tables import organisation

ID = UUID("00000000-0000-7000-8000-000000000001")
"""An installation serves one organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The settings with their version; 0 and no time while nobody has saved any."""

    settings: Organisation
    version: int
    updated_at: datetime | None


# xmin is the transaction that wrote the row. The version alone could be that of a change which was rolled back.
READ = text("""
    SELECT sequence, updated_at, CAST(xmin AS text) AS writer,
           CASE WHEN CAST(xmin AS text) = :writer AND sequence = :sequence THEN NULL ELSE settings END AS settings
    FROM organisation WHERE id = :id
""")
READ_LOCKED = text(f"{READ.text} FOR UPDATE")
UNKNOWN = "", Stored(settings=DEFAULTS, version=0, updated_at=None)
_known: WeakKeyDictionary[Engine, tuple[str, Stored]] = WeakKeyDictionary()
"""The settings last read from each database, with the transaction that wrote them."""


def read(session: Session, *, lock: bool = False) -> Stored:
    """Returns the settings as the transaction sees them.

    They are parsed once for each process: the database sends them only if another transaction wrote them than those
    that the process knows, so a change applies to the next read in every process.
    """
    connection = session.connection()
    writer, known = _known.get(connection.engine, UNKNOWN)
    asked = {"id": ID, "writer": writer, "sequence": known.version}
    row = connection.execute(READ_LOCKED if lock else READ, asked).one_or_none()
    if row is None:
        return UNKNOWN[1]
    if row.settings is not None:
        known = Stored(settings=of_json(row.settings), version=row.sequence, updated_at=row.updated_at)
        _known[connection.engine] = row.writer, known
    return known


def write(session: Session, settings: Organisation, sequence: int, at: datetime) -> bool:
    """Stores the settings unless newer ones are stored already. Returns whether they were stored."""
    values: dict[str, Any] = {"sequence": sequence, "settings": to_json(settings), "updated_at": at}
    statement = insert(organisation).values(id=ID, **values)
    newer = organisation.c.sequence < statement.excluded.sequence
    statement = statement.on_conflict_do_update(index_elements=["id"], set_=values, where=newer)
    return session.connection().execute(statement.returning(organisation.c.id)).first() is not None
