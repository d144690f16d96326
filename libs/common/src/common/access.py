"""Hides clients that are closed to an actor, even if a replica still shows them as assigned."""

from typing import Any

from sqlalchemy import ColumnElement, true

from common.context import Actor


def open_to(actor: Actor, client_id: Any) -> ColumnElement[bool]:
    """Returns the condition that the client in the column is not closed by the actor's identity token.

    Queries that let technicians see clients by a replica of their assignments need this condition.
    """
    return client_id.not_in(actor.closed_clients) if actor.closed_clients else true()
