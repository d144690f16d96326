"""What other services own for a client, as the preview of a merge counts it."""

import pytest

from clients.merging.models import Holding
from common.ids import new_id


@pytest.mark.parametrize("kind", ["billing.invoice", "agreements.agreement", "agreements.work_order"])
def test_what_is_deleted_stays_deleted(deliver, in_work, kind):
    draft = {"id": new_id(), "client_id": new_id(), "status": "draft", "currency": "USD", "balance": "50.00"}
    deliver(f"{kind}.created.v1", {**draft, "version": 1})
    deliver(f"{kind}.deleted.v1", {**draft, "version": 3})
    deliver(f"{kind}.changed.v1", {**draft, "version": 2})

    with in_work() as work:
        assert work.session.get_one(Holding, draft["id"]).status == "deleted"
