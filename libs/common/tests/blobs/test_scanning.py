"""Files that arrive are shown to the virus scanner first."""

import io
from dataclasses import replace

import clamd
import pytest
from marshmallow import Schema, fields

from common.app import App
from common.blobs.scanning import Infected, check_url, scan
from common.errors import Unavailable
from common.http.app import create_app
from common.http.routes import Routes
from common.roles import ADMINS
from common.testing.http import Callers

SIZE = Schema.from_dict({"size": fields.Integer()}, name="Size")()
routes = Routes("drops", "Dropped files")


@routes.upload("/drops", "dropFile", roles=ADMINS, returns=SIZE, media_types=["text/plain"], most_bytes=5 * 1024 * 1024)
def drop_file(work, data):
    return {"size": len(data)}


@pytest.fixture
def scanner():
    with clamd.running() as server:
        yield server


@pytest.fixture
def caller(keeper, infra):
    def sign_in(scanner_url: str):
        app = App(
            name="keeper",
            settings=replace(keeper.settings, virus_scanner=scanner_url),
            base=keeper.base,
            routes=[routes],
        )
        app.__dict__["database"] = keeper.database
        return Callers(create_app(app), "keeper", infra.private_key)("admin")

    return sign_in


def test_a_harmless_file_passes_whole(scanner):
    scan(scanner.url, [b"a" * 300_000, b"", b"b"])

    assert scanner.scanned == [b"a" * 300_000 + b"b"]


def test_a_virus_split_over_two_pieces_is_found(scanner):
    with pytest.raises(Infected) as caught:
        scan(scanner.url, [clamd.EICAR[:20], clamd.EICAR[20:]])

    assert caught.value.errors == {"file": ["The virus scanner found Win.Test.EICAR_HDB-1. The file was not accepted."]}


def test_what_cannot_be_scanned_is_refused(scanner):
    with pytest.raises(Unavailable, match="could not check"):
        scan(scanner.url, [b"x" * 1024 * 1024] * 4)
    with pytest.raises(Unavailable, match="does not answer"):
        scan("tcp://127.0.0.1:1", [b"x"])
    with pytest.raises(Unavailable, match="does not answer"):
        scan("unix:///nowhere/clamd.ctl", [b"x"])


def test_an_infected_upload_gets_a_problem_that_names_the_virus(scanner, caller):
    refused = caller(scanner.url).post("/drops", data=clamd.EICAR, content_type="text/plain")

    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    assert (refused.json["title"], refused.json["detail"]) == ("File refused", "The file is infected.")
    assert "Win.Test.EICAR_HDB-1" in refused.json["errors"]["file"][0]
    form = {"file": (io.BytesIO(clamd.EICAR), "eicar.txt")}
    assert caller(scanner.url).post("/drops", data=form).status_code == 422
    assert caller(scanner.url).post("/drops", data=b"fine", content_type="text/plain").json == {"size": 4}


def test_without_an_answering_scanner_uploads_wait_and_without_a_setting_they_pass(caller):
    refused = caller("tcp://127.0.0.1:1").post("/drops", data=b"x", content_type="text/plain")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert caller("").post("/drops", data=b"x", content_type="text/plain").status_code == 200


@pytest.mark.parametrize("url", ["clamd", "tcp://host", "http://host:3310", "unix://"])
def test_an_address_without_sense_is_refused_with_an_example(url):
    with pytest.raises(ValueError, match="tcp://host:3310"):
        check_url(url)
