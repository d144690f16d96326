"""Lists search folded text through an index."""

import pytest
from sqlalchemy import select

from billing.invoice.models import Invoice
from billing.invoice.queries import SEARCH_TEXT
from billing.item.models import BillableItem
from billing.payment.models import Payment
from common import searching
from common.testing.searching import plan_without_scans


@pytest.mark.parametrize(
    ("model", "column"),
    [(Invoice, SEARCH_TEXT), (Payment, Payment.search_text), (BillableItem, BillableItem.search_text)],
)
def test_a_search_reads_an_index(in_work, model, column):
    with in_work() as work:
        plan = plan_without_scans(work, select(model.id).where(searching.matching(column, "Łódź sørensen")))
    assert f"ix_{model.__tablename__}_search_text" in plan
    assert "lodz" in plan
    assert "sorensen" in plan
