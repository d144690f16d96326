"""A list sends the same number of queries at any length."""

import pytest
from sqlalchemy import event

from common.testing.database import statements


@pytest.fixture
def count(app):
    """Returns `count(call)`, which counts the statements the call sends."""

    def run(call):
        sent = []

        def remember(_connection, _cursor, statement, *_):
            sent.append(statement)

        event.listen(app.database.engine, "before_cursor_execute", remember)
        try:
            assert call().status_code == 200
        finally:
            event.remove(app.database.engine, "before_cursor_execute", remember)
        return len(sent)

    return run


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/agreements", 7),
        ("/work-orders", 6),
        ("/time-entries", 6),
        ("/reports/agreement-utilisation", 9),
        ("/reports/technician-time", 4),
    ],
)
def test_lists(world, callers, make_block, desk, count, path, most):
    manager = callers("manager")

    def add(name):
        client_id = world.client(name)
        (service,) = world.card(client_id, "Remote Support")
        agreement = manager.post("/agreements", make_block(client_id, activate=True)).json["id"]
        for agreement_id in (agreement, None):
            desk.log(desk.order(client_id, agreement_id), service, "1")

    add("First")
    one = count(lambda: manager.get(path))
    for name in ("Second", "Third", "Fourth"):
        add(name)

    assert count(lambda: manager.get(path)) == one
    assert one <= most


def test_a_write_reads_nothing_twice(gold, desk, app):
    """Numbers that grow need a reason: each statement is a round trip in every request."""
    with statements(app.database.engine) as sent:
        order = desk.order(gold["client_id"], gold["id"])
    # two find the hours of the agreement and add the targets; the last two read the settings and the answer's names
    assert len(sent) == 10, sent
    with statements(app.database.engine) as sent:
        desk.log(order, gold["rows"]["Remote Support"], "1", technician_name="Dana", external_ref="row 1")
    assert len(sent) == 13, sent  # one reads later time, whose split changes
    assert len(set(sent)) == len(sent), "the same statement twice"
