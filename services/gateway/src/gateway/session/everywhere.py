"""Signs a user out of all browsers and revokes their API keys."""

from uuid import UUID

from common.uow import UnitOfWork
from gateway.api_key import keys
from gateway.audit.recording import record
from gateway.session import sessions


def end_access(work: UnitOfWork, user_id: UUID, why: str) -> None:
    """Ends all sessions of the user and revokes all their API keys, from the next request on."""
    sessions.end_all_of(work, user_id, why)
    keys.revoke_all_of(work, user_id)


def sign_out(work: UnitOfWork, user_id: UUID) -> None:
    """Ends the access at the request of the user or an administrator and records it in the audit log."""
    end_access(work, user_id, sessions.REVOKED)
    record(work, "gateway.user.signed_out.v1", user_id)
