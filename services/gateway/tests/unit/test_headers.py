"""Which headers pass, in both directions."""

import pytest

from gateway.proxy.headers import inbound, outbound

FORGED = {
    "HTTP_AUTHORIZATION": "Bearer evs_mine",
    "HTTP_COOKIE": "a=b",
    "HTTP_X_EVERGREEN_ROLE": "super_admin",
    "HTTP_X_USER_ID": "1",
    "HTTP_X_REQUEST_ID": "mine",
    "HTTP_X_CORRELATION_ID": "mine",
    "HTTP_FORWARDED": "for=10.0.0.1",
    "HTTP_X_FORWARDED_FOR": "10.0.0.1",
    "HTTP_X_REAL_IP": "10.0.0.1",
    "HTTP_X_CSRF_TOKEN": "c",
    "HTTP_TE": "trailers",
    "HTTP_EXPECT": "100-continue",
    "HTTP_UPGRADE": "h2c",
}


def test_nothing_that_speaks_of_identity_or_of_the_connection_gets_in():
    assert inbound({"HTTP_ACCEPT": "text/csv", "HTTP_IF_MATCH": '"3"', "CONTENT_TYPE": "text/csv", **FORGED}) == {
        "Accept": "text/csv",
        "If-Match": '"3"',
        "Content-Type": "text/csv",
        "User-Agent": "evergreen-gateway",
    }


def test_what_the_connection_header_names_stays_with_the_connection():
    environ = {
        "HTTP_CONNECTION": "close, If-Match",
        "HTTP_IF_MATCH": '"3"',
        "HTTP_ACCEPT": "*/*",
        "HTTP_USER_AGENT": "u",
    }

    assert inbound(environ) == {"Accept": "*/*", "User-Agent": "u"}


@pytest.mark.parametrize(
    "name", ["Transfer-Encoding", "Connection", "Keep-Alive", "Set-Cookie", "Server", "Access-Control-Allow-Origin"]
)
def test_answers_lose_what_is_not_the_callers(name):
    assert outbound([(name, "x"), ("ETag", '"1"')]) == [("ETag", '"1"')]


def test_answers_lose_what_their_connection_header_names():
    assert outbound([("Connection", "X-Hop"), ("X-Hop", "1"), ("X-End", "2")]) == [("X-End", "2")]
