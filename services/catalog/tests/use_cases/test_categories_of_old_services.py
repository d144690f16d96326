"""Upgrading a catalog whose services name their category in whatever spelling."""

import os

import pytest
from alembic import command
from sqlalchemy import text

from common import migrations
from common.ids import new_id
from common.testing import infra as infrastructure

SERVICE = text(
    "INSERT INTO service (id, version, created_at, updated_at, name, description, kind, category, default_rate,"
    " default_unit, currency, status, sort_order)"
    " VALUES (:id, 1, now(), now(), :name, '', 'labor', :category, 10, 'Hour', 'USD', 'active', 0)"
)


@pytest.fixture
def before(infra, worker_name, make_app, monkeypatch):
    """A catalog as the release before left it, with services in these categories."""
    url = infra.create_database(f"catalog_before_{worker_name}")
    for key, value in infrastructure.environment(infra, "catalog", url).items():
        monkeypatch.setitem(os.environ, key, value)
    service = make_app()
    with migrations._only_one(service) as connection:
        command.upgrade(migrations._config(service, connection), "0002")
    with service.database.engine.begin() as connection:
        for name, category in {"A": "Help desk", "B": " help  DESK", "C": "Projects", "D": None, "E": " "}.items():
            connection.execute(SERVICE, {"id": new_id(), "name": name, "category": category})
    yield service
    service.database.dispose()


def test_every_spelling_becomes_one_category_and_changed_services_are_told_again(before):
    migrations.migrate(before)

    with before.database.engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT s.name, s.category, c.name, s.version FROM service s"
                " LEFT JOIN service_category c ON c.id = s.category_id ORDER BY s.name"
            )
        ).all()
        count = connection.scalar(text("SELECT count(*) FROM service_category"))
    named = {name: category for name, category, _, _ in rows}
    assert named["A"] == named["B"]
    assert named["A"].lower() == "help desk"
    assert (named["C"], named["D"], named["E"]) == ("Projects", None, None)
    assert all(category == of_category for _, category, of_category, _ in rows)
    assert sorted(version for *_, version in rows) == [1, 1, 1, 2, 2]
    assert count == 2
