"""Which clients an actor may not see, whatever a replica says."""

from typing import Any

from sqlalchemy import ColumnElement, true

from common.context import Actor


def open_to(actor: Actor, client_id: Any) -> ColumnElement[bool]:
    """True where the column names a client that the actor's identity token does not name as closed.

    Every query that lets technicians see clients by a replica of their assignments needs this clause.
    """
    return client_id.not_in(actor.closed_clients) if actor.closed_clients else true()
