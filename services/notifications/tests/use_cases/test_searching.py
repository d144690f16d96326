"""Lists search folded text through an index."""

import pytest
from sqlalchemy import select

from common import searching
from common.testing.searching import plan_without_scans
from notifications.delivery.models import Delivery


@pytest.mark.parametrize("model", [Delivery])
def test_a_search_reads_an_index(in_work, model):
    with in_work() as work:
        statement = select(model.id).where(searching.matching(model.search_text, "Łódź sørensen"))
        plan = plan_without_scans(work, statement)
    assert f"ix_{model.__tablename__}_search_text" in plan
    assert "lodz" in plan
    assert "sorensen" in plan
