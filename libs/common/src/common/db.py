"""Engine, sessions, naming convention and the mixin of aggregates."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
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
"""NUMERIC without a scale, which keeps the decimals of all currencies."""

Instant = DateTime(timezone=True)


TYPES: dict[Any, Any] = {datetime: Instant, UUID: Uuid()}
"""The `type_annotation_map` of a service's `Base`."""


def metadata() -> MetaData:
    """Returns new metadata for a service's `Base`, so that a test process can load several services."""
    return MetaData(naming_convention=NAMING)


ALIVE: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""Options that detect a vanished host within 15 seconds instead of the kernel's 15 minutes."""


class Aggregate:
    """The mixin of aggregate roots: id, optimistic version (the ETag and the event sequence) and times."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(nullable=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands over the class
        return {"version_id_col": cls.version}

    def touch(self, instant: datetime) -> None:
        """Marks the aggregate as changed, for a change of one of its parts."""
        self.updated_at = instant


class Database:
    """An engine and its session factory. Build it in each process, because engines do not survive a fork."""

    def __init__(self, url: str, pool_size: int = 16, application: str = "evergreen") -> None:
        kept = min(pool_size, max(2, pool_size // 3))  # an idle connection is a server process with 2 to 6 MB
        self.engine: Engine = create_engine(
            url,
            pool_size=kept,
            max_overflow=pool_size - kept,
            pool_use_lifo=True,
            pool_timeout=5,
            pool_pre_ping=False,
            pool_recycle=1800,
            json_serializer=_dump_json,
            json_deserializer=orjson.loads,
            hide_parameters=True,  # errors are logged, and parameters are customer data
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


def _dump_json(value: Any) -> str:
    return orjson.dumps(value).decode()
