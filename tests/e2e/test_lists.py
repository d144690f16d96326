"""Every list pages through every sort without gaps, repeats or cursor errors."""

import pytest

from local.api import Api
from local.testing import named

LISTS = (
    "/services",
    "/tax-codes",
    "/clients",
    "/clients/{client}/services",
    "/clients/{client}/contacts",
    "/agreements",
    "/work-orders",
    "/time-entries",
    "/invoices",
    "/billable-items",
    "/payments",
    "/notifications",
    "/users",
    "/audit-log",
)
PAGES = 3


def offered(api: Api, path: str) -> list[str]:
    """Returns the sorts that a list names in its error."""
    answer = api.raw("GET", f"{path}?sort=no-such-sort")
    assert answer.status == 422, answer.data
    (sentence,) = answer.json()["errors"]["sort"]
    return [name.strip(" .") for name in sentence.split("Choose one of:")[1].split(",")]


@pytest.fixture(scope="module")
def client(admin: Api) -> str:
    made = admin.post("/clients", {"name": named("Listed")})
    for number in range(7):
        contact = {"name": f"Person {number % 3}", "email": f"person{number}@listed.example"}
        admin.post(f"/clients/{made['id']}/contacts", contact)
    return str(made["id"])


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_each_other(admin, client, path):
    path = path.format(client=client)
    sorts = offered(admin, path)
    assert sorts
    for sort in [direction + name for name in sorts for direction in ("", "-")]:
        seen: list[str] = []
        cursor, total = None, 0
        for _ in range(PAGES):
            page = admin.get(path, page_size=2, sort=sort, cursor=cursor)
            seen += [item["id"] for item in page["items"]]
            cursor, total = page["next_cursor"], total or page["total"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == min(PAGES * 2, total), (path, sort)
