"""The importer links time to users: by a name that only one of them has."""

from collections.abc import Iterator
from typing import Any

import pytest

from local.api import Api
from local.importer.session import Session
from local.importer.work import technician

USERS = (
    {"id": "1", "name": "Dana Whitfield", "role": "technician"},
    {"id": "2", "name": "Maya Rosen", "role": "manager"},
    {"id": "3", "name": "Tom Okafor", "role": "technician"},
    {"id": "4", "name": "tom okafor", "role": "admin"},
    {"id": "5", "name": "Carla Mendes", "role": "client_admin"},
)


class WithUsers(Api):
    def items(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        assert path == "/users"
        return iter(USERS)


@pytest.mark.parametrize(
    ("name", "linked"),
    [
        ("Dana Whitfield", {"technician_id": "1"}),
        (" maya rosen", {"technician_id": "2"}),
        ("Tom Okafor", {}),
        ("Carla Mendes", {}),
        ("Dana", {}),
        (None, {}),
    ],
)
def test_a_name_of_one_user_is_linked_and_any_other_stays_a_name(name, linked):
    assert technician(Session(WithUsers("http://nowhere.example")), name) == {"technician_name": name} | linked
