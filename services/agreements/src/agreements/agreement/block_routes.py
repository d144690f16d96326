"""HTTP routes for blocks of bought hours."""

from typing import Any
from uuid import UUID

from agreements.agreement import block_views, blocks, queries
from agreements.agreement.block_commands import NewBlock
from agreements.agreement.block_schemas import HOUR_BLOCK, HOUR_BLOCK_CREATE, HOUR_BLOCKS
from common.http.routes import Routes
from common.roles import EVERYONE, MANAGERS
from common.uow import UnitOfWork

routes = Routes("hour-blocks", "Blocks of hours that clients bought beside the included ones")

ALL = "/agreements/<uuid:agreement_id>/hour-blocks"


@routes.get(ALL, "listHourBlocks", returns=HOUR_BLOCKS, roles=EVERYONE)
def list_blocks(work: UnitOfWork, agreement_id: UUID) -> dict[str, Any]:
    """Returns all blocks, also used, expired and removed ones, in the order in which work draws from them."""
    return {"items": block_views.of(work, queries.get(work, agreement_id))}


@routes.post(ALL, "addHourBlock", body=HOUR_BLOCK_CREATE, returns=HOUR_BLOCK, roles=MANAGERS)
def add_block(work: UnitOfWork, body: NewBlock, agreement_id: UUID) -> dict[str, Any]:
    """Adds bought hours, and splits time since the purchase that is not invoiced again."""
    return block_views.one(work, blocks.add(work, agreement_id, body))


@routes.delete(f"{ALL}/<uuid:block_id>", "removeHourBlock", roles=MANAGERS)
def remove_block(work: UnitOfWork, agreement_id: UUID, block_id: UUID) -> None:
    """Takes back a block from which nothing is drawn."""
    blocks.remove(work, agreement_id, block_id)
