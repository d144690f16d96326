"""The organisation's row in a service's database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
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


def read(session: Session, *, lock: bool = False) -> Stored:
    statement = select(organisation).where(organisation.c.id == ID)
    row = session.connection().execute(statement.with_for_update() if lock else statement).one_or_none()
    if row is None:
        return Stored(settings=DEFAULTS, version=0, updated_at=None)
    return Stored(settings=of_json(row.settings), version=row.sequence, updated_at=row.updated_at)


def write(session: Session, settings: Organisation, sequence: int, at: datetime) -> bool:
    """Stores the settings unless newer ones are stored already. Returns whether they were stored."""
    values: dict[str, Any] = {"sequence": sequence, "settings": to_json(settings), "updated_at": at}
    statement = insert(organisation).values(id=ID, **values)
    newer = organisation.c.sequence < statement.excluded.sequence
    statement = statement.on_conflict_do_update(index_elements=["id"], set_=values, where=newer)
    return session.connection().execute(statement.returning(organisation.c.id)).first() is not None
