"""A deleted aggregate is announced as deleted, with `work.emit_deleted`."""

import ast

import pytest

UNANNOUNCED = {
    "agreements.checklist.editing": "a task is part of its work order",
    "agreements.document.keeping": "the agreement's events announce its documents",
    "billing.document.announcing": "a document's queue entry",
    "billing.item.editing": "billable items have no events",
    "catalog.price.scheduling": "a scheduled price is part of its service",
    "clients.custom_field.editing": "custom fields have no events",
    "clients.scheduled_rate.scheduling": "a scheduled rate is part of the rate card",
    "clients.tag.editing": "tags have no events; their names are part of the client",
    "gateway.saved_view.editing": "saved views have no events; no other service reads them",
}
"""Modules that delete rows without an event of their own, with the reason."""


def test_rows_with_events_are_deleted_with_emit_deleted(modules):
    deleting = {module.name for module in modules.values() if module.package != "common" and _deletes(module.tree)}

    assert sorted(deleting - UNANNOUNCED.keys()) == [], "delete with work.emit_deleted, or give the reason above"
    assert sorted(UNANNOUNCED.keys() - deleting) == [], "these delete nothing any more"


def _deletes(tree: ast.AST) -> bool:
    """Returns whether the code calls `….session.delete(row)`."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(
        isinstance(call, ast.Attribute)
        and call.attr == "delete"
        and isinstance(call.value, ast.Attribute)
        and call.value.attr == "session"
        for call in calls
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("work.session.delete(invoice)", True),
        ("work.emit_deleted(events.DELETED, invoice)", False),
        ("work.session.execute(delete(LineItem))", False),
    ],
)
def test_the_search_finds_deletions(source, expected):
    assert _deletes(ast.parse(source)) is expected
