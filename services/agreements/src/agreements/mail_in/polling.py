"""The task that reads the mailbox every minute."""

from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from agreements.config import ImapMailbox, Settings
from agreements.mail_in import imap, receiving
from agreements.mail_in.imap import Folder, Unreachable
from agreements.mail_in.models import MailboxState
from agreements.mail_in.receiving import LARGEST, Arrival
from common.app import Tick
from common.roles import MANAGERS
from common.tasks.declaring import Task
from common.tasks.execution import Execution
from common.uow import UnitOfWork

EVERY = timedelta(minutes=1)


def _run(execution: Execution) -> None:
    mailbox = Settings.of(execution.app).mailbox
    if mailbox is None:
        return
    problem = None
    try:
        with imap.opened(mailbox) as folder:
            _read_new(execution, mailbox, folder)
    except Unreachable as error:
        problem = str(error)
    execution.transact(partial(_note_end, mailbox, problem))


def _read_new(execution: Execution, mailbox: ImapMailbox, folder: Folder) -> None:
    """Handles the emails after the last one. A folder that was made anew is read again from its beginning."""
    reached = execution.transact(partial(_reached, mailbox, folder.uidvalidity))
    waiting = folder.after(reached)
    execution.transact(lambda work: execution.expect(work, len(waiting)))
    for uid, size in waiting:
        content = folder.content(uid, header_only=size > LARGEST)
        if content is not None:
            receiving.receive(execution.app, execution.context, Arrival(content, size, uid, folder.uidvalidity))
            folder.mark_seen(uid)
        execution.transact(lambda work: execution.advance(work, 1))


def _reached(mailbox: ImapMailbox, uidvalidity: int, work: UnitOfWork) -> int:
    work.session.execute(
        insert(MailboxState).values(name=mailbox.name, uidvalidity=0, last_uid=0).on_conflict_do_nothing()
    )
    state = work.session.get_one(MailboxState, mailbox.name)
    return state.last_uid if state.uidvalidity == uidvalidity else 0


def _note_end(mailbox: ImapMailbox, problem: str | None, work: UnitOfWork) -> None:
    work.session.execute(
        insert(MailboxState).values(name=mailbox.name, uidvalidity=0, last_uid=0).on_conflict_do_nothing()
    )
    state = work.session.get_one(MailboxState, mailbox.name)
    state.error = problem
    if problem is None:
        state.polled_at, state.failing_since = work.now, None
    else:
        state.failing_since = state.failing_since or work.now


READ_MAILBOX = Task(
    name="read_mailbox", title="Reading of the mailbox", run=_run, roles=MANAGERS, attempts=3, kept=timedelta(0)
)


def _if_configured(work: UnitOfWork) -> dict[str, Any] | None:
    return {} if Settings.of(work).mailbox else None


MAILBOX_TICK = Tick(READ_MAILBOX, EVERY, _if_configured)
