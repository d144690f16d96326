"""Engine, sessions, naming convention and the base of every aggregate."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Numeric, Uuid, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column, sessionmaker

from common.clock import now
from common.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

MoneyColumn = Numeric(asdecimal=True)
"""NUMERIC without a scale keeps the digits that `common.money` quantised a value to, for every currency alike."""

Instant = DateTime(timezone=True)


TYPES: dict[Any, Any] = {datetime: Instant, UUID: Uuid()}
"""What a service's `Base` gives as its `type_annotation_map`."""


def metadata() -> MetaData:
    """A service's `Base` gets its own, so that two services can live in one test process."""
    return MetaData(naming_convention=NAMING)


ALIVE: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A host that vanished without a word is noticed within 15 seconds, not after the kernel's quarter of an hour."""


class Aggregate:
    """Mixin of every aggregate root: identity, optimistic version (the ETag and the event sequence), times."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(nullable=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands over the class
        return {"version_id_col": cls.version}

    def touch(self, instant: datetime) -> None:
        """Counts a change of a part of the aggregate as a change of the whole."""
        self.updated_at = instant


class Database:
    """One engine and its session factory. Build it per process: engines do not cross a fork."""

    def __init__(self, url: str, pool_size: int = 16, application: str = "evergreen") -> None:
        self.engine: Engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=5,
            pool_pre_ping=False,
            pool_recycle=1800,
            hide_parameters=True,  # they are customers' data, and errors go to logs
            connect_args={
                "connect_timeout": 3,
                "application_name": application,
                "options": "-c timezone=UTC",
                **ALIVE,
            },
        )
        self.sessions: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False)

    def dispose(self) -> None:
        self.engine.dispose()
