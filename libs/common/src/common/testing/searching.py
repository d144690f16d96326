"""Checks that a search uses an index."""

from sqlalchemy import Select, text

from common.uow import UnitOfWork


def plan_without_scans(work: UnitOfWork, statement: Select[object]) -> str:
    """Returns the plan with sequential scans disabled, because a test has few rows."""
    work.session.execute(text("SET LOCAL enable_seqscan = off"))
    sql = str(statement.compile(work.session.get_bind(), compile_kwargs={"literal_binds": True}))
    return "\n".join(work.session.scalars(text("EXPLAIN " + sql.replace(":", r"\:"))))
