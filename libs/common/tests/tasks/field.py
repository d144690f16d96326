"""The service under test: tasks that sow seeds in portions, wait for a gate, or fail."""

import time
from datetime import timedelta
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import Text, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from common.app import App
from common.config import Settings
from common.context import Context
from common.db import TYPES, metadata
from common.errors import Conflict
from common.roles import ADMINS, STAFF
from common.tables import task
from common.tasks.declaring import Task
from common.tasks.execution import Execution
from common.uow import UnitOfWork


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES


class Seed(Base):
    """What a portion did, and in whose name."""

    __tablename__ = "seed"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    actor: Mapped[str]
    correlation_id: Mapped[str]


class FieldReport(Schema):
    rows = fields.Integer()


FIELD_REPORT = FieldReport()


def plant(work: UnitOfWork, name: str) -> None:
    work.session.add(Seed(name=name, actor=str(work.actor), correlation_id=work.context.correlation_id))
    work.session.flush()


def sow(execution: Execution, *, names: list[str], hold: str | None = None) -> None:
    """One portion a name; goes on from where an earlier attempt stopped. Portion `hold` waits for `hold` to be sown."""
    before = execution.transact(lambda work: execution.expect(work, len(names) - _done(work, execution)))
    for name in names[before:]:
        if name == hold:
            while not execution.transact(lambda work: work.session.scalar(text("SELECT to_regclass('gate')"))):
                execution.transact(lambda work: execution.advance(work, 0))
                time.sleep(0.01)

        def portion(work: UnitOfWork, name: str = name) -> None:
            plant(work, name)
            execution.advance(work, 1, part=name)

        execution.transact(portion)


def _done(work: UnitOfWork, execution: Execution) -> int:
    return work.session.scalar(select(task.c.done).where(task.c.id == execution.task_id)) or 0


def refuse(_: Execution) -> None:
    raise Conflict("The field is flooded.")


def break_down(execution: Execution, *, attempts: int) -> str:
    if execution.attempt <= attempts:
        raise RuntimeError("secret")
    return "mended"


SOW = Task(name="sow", title="Sow seeds", run=sow, roles=STAFF, result_of=lambda parts: {"sown": parts})
REFUSE = Task(name="refuse", title="Refuse", run=refuse, roles=ADMINS)
BREAK_DOWN = Task(name="break_down", title="Break down", run=break_down, attempts=3)
TIDY = Task(name="tidy", title="Tidy up", run=lambda execution: None, kept=timedelta())


def app_of(settings: Settings) -> App:
    return App(name="field", settings=settings, base=Base, tasks=[SOW, REFUSE, BREAK_DOWN, TIDY])


def enqueue(app: App, wanted: Task, context: Context | None = None, **options: Any) -> Any:
    with app.work(context or Context()) as work:
        return work.enqueue(wanted, **options)


def sown(app: App) -> list[str]:
    with app.database.engine.connect() as connection:
        return list(connection.scalars(select(Seed.name).order_by(Seed.id)))


def record(app: App, task_id: Any) -> Any:
    with app.database.engine.connect() as connection:
        return connection.execute(select(task).where(task.c.id == task_id)).one_or_none()


def jobs(app: App) -> int:
    with app.database.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(text("procrastinate_jobs"))) or 0
