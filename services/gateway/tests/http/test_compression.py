"""The API's answers are compressed for callers who read it, whole or while they are made."""

import zlib

import pytest
import zstandard
from urllib3.exceptions import HTTPError

from gateway.web.compressing import SMALLEST

CSV = "text/csv"


@pytest.fixture
def who(sign_in, forwarding_app):
    return sign_in("admin", at=forwarding_app)


def decoded(answer):
    encoding = answer.headers.get("Content-Encoding")
    if encoding == "gzip":
        return zlib.decompress(answer.data, wbits=31)
    if encoding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(answer.data)
    return answer.data


def get(who, path, accepted="gzip", **headers):
    return who.get(path, headers={"Accept-Encoding": accepted, **headers})


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("zstd;q=0, gzip", "gzip"),
        ("br", None),
        ("gzip;q=0", None),
        ("", None),
    ],
)
def test_an_answer_comes_in_the_best_form_that_the_caller_reads(who, accepted, encoding):
    path = f"/services?type={'x' * 2000}"
    plain = who.get(path)
    answer = get(who, path, accepted)

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert b'"target"' in decoded(answer)
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert (len(answer.data) < 0.6 * len(plain.data)) == (encoding is not None)


def test_another_form_has_a_weak_etag_and_a_change_accepts_it(who):
    path = f"/services?type={'x' * 2000}"

    assert get(who, path, "").headers["ETag"] == '"7"'
    assert get(who, path).headers["ETag"] == 'W/"7"'
    echoed = get(who, path, **{"If-Match": 'W/"7"'})
    assert b"W/" in decoded(echoed)


@pytest.mark.parametrize("size", [10, SMALLEST])
def test_small_answers_stay_as_they_are(who, size):
    answer = get(who, f"/services?stream={size}&type={CSV}")

    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip", "application/octet-stream"])
def test_what_is_compressed_already_stays_as_it_is(who, kind):
    answer = get(who, f"/services?stream=50000&type={kind}")

    assert "Content-Encoding" not in answer.headers
    assert len(answer.data) == 50_000


@pytest.mark.parametrize("accepted", ["gzip", "zstd"])
@pytest.mark.parametrize("query", ["stream=3000000", "stream=3000000&chunked=1"])
def test_a_large_answer_is_compressed_in_pieces(who, accepted, query):
    answer = get(who, f"/services?{query}&type={CSV}", accepted)

    assert "Content-Length" not in answer.headers
    assert len(answer.data) < 30_000
    assert decoded(answer) == b"x" * 3_000_000


@pytest.mark.parametrize("accepted", ["gzip", "zstd"])
def test_a_file_that_is_being_made_arrives_row_by_row(who, upstream, accepted):
    answer = who.http.get(
        "/api/v1/services?rows=500",
        headers={"Authorization": f"Bearer {who.access}", "Accept-Encoding": accepted},
        buffered=False,
    )
    reader = zlib.decompressobj(wbits=31) if accepted == "gzip" else zstandard.ZstdDecompressor().decompressobj()
    pieces = iter(answer.response)
    first = b""
    while not first:
        first = reader.decompress(next(pieces))
    assert first == b"0,a row of a file\r\n"  # the service has not sent the second row yet

    upstream.go_on()
    rest = b"".join(reader.decompress(piece) for piece in pieces)
    assert (first + rest).count(b"\r\n") == 500
    answer.close()


def test_an_answer_that_breaks_off_is_not_taken_for_whole(who):
    answer = get(who, f"/services?stream=3000000&short=100000&type={CSV}")
    with pytest.raises(HTTPError):
        decoded(answer)


def test_the_gateways_own_answers_are_compressed_and_secrets_are_not(sign_in, nobody, make_user):
    admin, user = sign_in("admin"), make_user("manager")
    for _ in range(8):
        make_user("technician")
    assert get(admin, "/users").headers["Content-Encoding"] == "gzip"

    signed_in = nobody.post(
        "/auth/login",
        {"email": user.email, "password": "a long enough passphrase"},
        headers={"Accept-Encoding": "gzip"},
    )
    assert signed_in.status_code == 200
    assert "Content-Encoding" not in signed_in.headers


def test_head_says_what_varies_and_sends_nothing(who):
    answer = who.call("HEAD", f"/services?type={'x' * 2000}", headers={"Accept-Encoding": "gzip"})

    assert (answer.data, answer.headers.get("Content-Encoding")) == (b"", None)
    assert answer.headers["Vary"] == "Accept-Encoding"
