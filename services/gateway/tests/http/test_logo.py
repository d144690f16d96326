"""The organisation's logo."""

from io import BytesIO

import pytest
from PIL import Image


def image(size=(120, 40), kind="PNG", mode="RGB"):
    made = BytesIO()
    Image.new(mode, size, "#0b4f6c").save(made, kind)
    return made.getvalue()


def upload(boss, data, kind="image/png"):
    return boss.post("/settings/logo", data=data, headers={"Content-Type": kind})


@pytest.fixture
def boss(sign_in):
    return sign_in("super_admin")


def test_a_logo_is_kept_as_png_published_as_a_claim_and_served(boss, sign_in, emitted):
    answer = upload(boss, image(kind="JPEG"), "image/jpeg")

    assert answer.status_code == 200, answer.json
    served = sign_in("client_user").get("/settings/logo")
    assert (served.status_code, served.mimetype, len(served.data)) == (200, "image/png", answer.json["logo"]["size"])
    with Image.open(BytesIO(served.data)) as shown:
        assert (shown.format, shown.size) == ("PNG", (120, 40))
    claim = emitted("gateway.organisation.changed.v1")[-1].data["logo"]
    assert claim.keys() == {"file_id", "name", "media_type", "size", "sha256"}
    assert claim["sha256"] == answer.json["logo"]["sha256"]


def test_a_large_logo_is_reduced_and_loses_no_proportion(boss):
    upload(boss, image((2400, 300)))

    with Image.open(BytesIO(boss.get("/settings/logo").data)) as shown:
        assert shown.size == (800, 100)


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"not an image", "image/png", 422),
        (image()[:60], "image/png", 422),
        (image(kind="GIF"), "image/png", 422),
        (b"<svg/>", "image/svg+xml", 415),
        (b"x" * (1024 * 1024 + 1), "image/png", 413),
    ],
)
def test_other_files_are_refused_and_change_nothing(boss, data, kind, status):
    answer = upload(boss, data, kind)

    assert answer.status_code == status, answer.json
    assert boss.get("/settings").json["logo"] is None
    assert boss.get("/settings/logo").status_code == 404


def test_a_logo_is_removed_by_a_super_administrator_only(boss, sign_in):
    assert upload(sign_in("admin"), image()).status_code == 403
    upload(boss, image())
    assert boss.delete("/settings/logo").status_code == 204
    assert boss.get("/settings").json["logo"] is None


def test_a_change_of_other_settings_keeps_the_logo(boss):
    kept = upload(boss, image()).json["logo"]

    assert boss.patch("/settings", {"name": "Harbor IT"}).json["logo"] == kept
    assert boss.patch("/settings", {"logo": None}).status_code == 422
