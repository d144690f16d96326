"""Both kinds of store keep the same promises; the bucket is a real S3 server on this machine."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from common.blobs import stores
from common.blobs.stores import NotStored, Store, StoreUnavailable, store_at
from common.errors import Unavailable

KEY = "billing/ab/abcdef"
LARGE = os.urandom(1024) * (12 * 1024)
"""12 MB, which S3 takes in several parts."""


@pytest.fixture(scope="module")
def bucket_url() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-west-1",
        }.items():
            patch.setenv(name, value)
        import boto3

        location = {"LocationConstraint": "eu-west-1"}
        boto3.client("s3").create_bucket(Bucket="evergreen", CreateBucketConfiguration=location)
        yield "s3://evergreen/files"
    server.stop()


@pytest.fixture(params=["directory", "bucket"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return store_at(tmp_path.as_uri() if request.param == "directory" else request.getfixturevalue("bucket_url"))


@pytest.mark.parametrize("content", [b"", b"x", LARGE], ids=["empty", "small", "large"])
def test_what_was_put_is_read_back_in_pieces(any_store, content):
    any_store.put(KEY, io.BytesIO(content))
    pieces = list(any_store.open(KEY))

    assert b"".join(pieces) == content
    assert all(isinstance(piece, bytes) for piece in pieces)
    assert len(pieces) > 1 or len(content) < stores.PIECE


def test_putting_again_replaces(any_store):
    any_store.put(KEY, io.BytesIO(b"damaged"))
    any_store.put(KEY, io.BytesIO(b"whole"))

    assert b"".join(any_store.open(KEY)) == b"whole"


def test_absent_bytes_are_said_to_be_absent_before_the_first_piece(any_store):
    any_store.put(KEY, io.BytesIO(b"x"))
    any_store.delete(KEY)
    any_store.delete(KEY)
    with pytest.raises(NotStored, match="restore"):
        any_store.open(KEY)


def test_a_store_that_does_not_answer_is_temporarily_unavailable(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    store = store_at("s3://nowhere/files")
    for call in (lambda: store.put(KEY, io.BytesIO(b"x")), lambda: store.open(KEY), lambda: store.delete(KEY)):
        with pytest.raises(StoreUnavailable):
            call()
    assert issubclass(StoreUnavailable, Unavailable)


def test_a_directory_that_cannot_be_written_is_temporarily_unavailable(tmp_path):
    (tmp_path / "billing").write_text("a file where a folder should be")
    with pytest.raises(StoreUnavailable):
        store_at(tmp_path.as_uri()).put(KEY, io.BytesIO(b"x"))


def test_a_copy_that_breaks_off_leaves_nothing_readable(tmp_path):
    class Broken(io.BytesIO):
        def read(self, *_):
            raise OSError("the source is gone")

    store = store_at(tmp_path.as_uri())
    with pytest.raises(StoreUnavailable):
        store.put(KEY, Broken())

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_deleting_removes_what_an_ended_process_left_half_written(tmp_path):
    store = store_at(tmp_path.as_uri())
    store.put(KEY, io.BytesIO(b"x"))
    (tmp_path / f"{KEY}.1234abcd").write_bytes(b"half")
    store.delete(KEY)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("url", ["", "files", "file://host/files", "file:relative", "s3://", "http://x/y"])
def test_an_address_without_sense_is_refused_with_an_example(url):
    with pytest.raises(ValueError, match="file:///var/lib/evergreen/files or s3://bucket/folder"):
        stores.check_url(url)
