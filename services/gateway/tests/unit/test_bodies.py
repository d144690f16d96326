"""Request bodies on their way through."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Unreadable
from gateway.proxy.bodies import HELD, Lingering, Passing, TooLarge, body_of, passes_in_pieces


def environ(body: bytes, length: int | None, **more: str) -> dict[str, object]:
    return {"wsgi.input": BytesIO(body), **({"CONTENT_LENGTH": str(length)} if length is not None else {}), **more}


def test_a_small_body_is_held():
    assert body_of(environ(b"abc", 3), 10) == b"abc"


def test_a_larger_body_passes_in_pieces():
    found = body_of(environ(b"x" * (HELD + 5), HELD + 5), 10 * HELD)

    assert isinstance(found, Passing)
    assert len(found.read(HELD)) == HELD
    assert found.read(HELD) == b"xxxxx"
    assert found.read(HELD) == b""


def test_no_body_is_no_body():
    assert body_of(environ(b"left over", None), 10) is None


def test_a_body_announced_as_too_large_is_refused_unread():
    source = environ(b"x" * HELD, HELD)

    with pytest.raises(TooLarge, match="The limit is 2 MiB"):
        body_of({**source, "CONTENT_LENGTH": str(2 * 1024 * 1024 + 1)}, 2 * 1024 * 1024)
    assert source["wsgi.input"].tell() == 0


def test_the_rest_of_a_body_is_read_after_the_answer():
    source = environ(b"x" * (3 * HELD), 3 * HELD)
    answer = Lingering([b"answer"], source, 5.0)

    assert list(answer) == [b"answer"]
    assert source["wsgi.input"].tell() == 0
    answer.close()
    assert source["wsgi.input"].tell() == 3 * HELD


def test_only_large_bodies_may_be_unread():
    assert not passes_in_pieces(environ(b"", None))
    assert not passes_in_pieces(environ(b"abc", 3))
    assert passes_in_pieces(environ(b"abc", HELD + 1))
    assert passes_in_pieces(environ(b"abc", None, HTTP_TRANSFER_ENCODING="chunked"))


def test_a_body_of_unknown_length_is_refused_once_it_is_too_large():
    passing = body_of(environ(b"x" * 20, None, HTTP_TRANSFER_ENCODING="chunked"), 10)

    assert passing.read(10) == b"x" * 10
    with pytest.raises(TooLarge):
        passing.read(1)


def test_a_body_that_ends_early_is_no_body():
    with pytest.raises(Unreadable):
        body_of(environ(b"abc", 5), 10)


@pytest.mark.parametrize("length", ["-1", "+5", "5, 5", "٣", "0x5"])
def test_a_length_that_is_no_number_is_refused(length):
    with pytest.raises(Unreadable):
        body_of({"wsgi.input": BytesIO(b"abc"), "CONTENT_LENGTH": length}, 10)


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_what_passes_is_what_came(body, piece):
    passing = Passing(BytesIO(body), len(body), 5000)
    passed = b""
    while found := passing.read(piece):
        passed += found

    assert passed == body
