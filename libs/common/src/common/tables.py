"""Tables in the databases of all services. Core instead of ORM, because they are written in bulk and never edited."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from common.db import NAMING, Instant

COMMON = MetaData(naming_convention=NAMING)

outbox = Table(
    "outbox",
    COMMON,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("payload", Text, nullable=False),  # the finished envelope, published byte for byte
    Column("created_at", Instant, nullable=False, server_default=func.clock_timestamp()),
    Column("published_at", Instant),
)
Index("ix_outbox_unpublished", outbox.c.id, postgresql_where=outbox.c.published_at.is_(None))
Index("ix_outbox_published_at", outbox.c.published_at)

inbox = Table(
    "inbox",
    COMMON,
    Column("consumer", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("handled_at", Instant, nullable=False, server_default=func.clock_timestamp()),
)
Index("ix_inbox_handled_at", inbox.c.handled_at)

handling_attempt = Table(
    "handling_attempt",
    COMMON,
    Column("consumer", Text, primary_key=True),
    Column("message_id", Text, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("started_at", Instant, nullable=False, server_default=func.clock_timestamp()),
)

idempotency_key = Table(
    "idempotency_key",
    COMMON,
    Column("actor", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("operation", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("status", Integer),
    Column("body", LargeBinary),
    Column("created_at", Instant, nullable=False, server_default=func.clock_timestamp()),
)
Index("ix_idempotency_key_created_at", idempotency_key.c.created_at)

file = Table(
    "file",
    COMMON,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("released_at", Instant),  # null while something refers to it; in the future while a task needs it
)
Index("ix_file_sha256", file.c.sha256)
Index("ix_file_released_at", file.c.released_at, postgresql_where=file.c.released_at.is_not(None))

task = Table(
    "task",
    COMMON,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text),
    Column("args", JSONB, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("causation_id", Text),
    Column("status", Text, nullable=False),  # waiting, running, succeeded, failed, cancelled
    Column("cancel_requested", Boolean, nullable=False, server_default=false()),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer),
    Column("result", JSONB),
    Column("error", Text),
    Column("job_id", BigInteger),  # of procrastinate, which decides when it runs and who runs it
    Column("run_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
)
organisation = Table(
    "organisation",
    COMMON,
    Column("id", Uuid, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("settings", JSONB, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
"""At most one row: the original in the gateway's database, a replica in others."""

Index("ix_task_created_at", task.c.created_at, task.c.id)
Index("ix_task_name_created_at", task.c.name, task.c.created_at, task.c.id)
Index("ix_task_actor_created_at", task.c.actor, task.c.created_at, task.c.id)
Index("ix_task_status", task.c.status, task.c.created_at, task.c.id)
Index("ix_task_job_id", task.c.job_id, postgresql_where=task.c.job_id.is_not(None))
Index("ix_task_waiting", task.c.name, task.c.key, postgresql_where=text("status = 'waiting' AND key IS NOT NULL"))

task_part = Table(
    "task_part",
    COMMON,
    Column("task_id", Uuid, ForeignKey("task.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", JSONB, nullable=False),  # what one committed portion adds to the result
)
