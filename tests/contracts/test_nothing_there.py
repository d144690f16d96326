"""A path under an unknown id returns 404, never an empty list."""


def test_everything_under_an_unknown_id_is_404(served):
    nested = [route for route in served.routes("GET") if route.nested]

    found = {}
    for route in nested:
        answer = served.caller.get(route.path)
        if answer.status_code != 404 or answer.mimetype != "application/problem+json":
            found[f"{route.operation} {route.path}"] = answer.status_code, answer.json

    assert found == {}
