"""The organisation's logo: checked by decoding it, and kept as a PNG that PDFs and emails can show."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from common.blobs import files
from common.errors import Invalid, NotFound
from common.organisation.logo import file_of
from common.organisation.settings import Logo
from common.organisation.stored import Stored
from common.uow import UnitOfWork
from gateway.organisation import editing

MOST_BYTES = 1024 * 1024
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
LARGEST = (800, 300)
"""Pixels, for print at the size of a letterhead; a larger image is reduced."""
MOST_PIXELS = 25_000_000


def save(work: UnitOfWork, data: bytes) -> Stored:
    """Replaces the logo. Former logos stay stored, because issued invoices show them."""
    content = as_png(data)
    kept = files.save(work, BytesIO(content), name="logo.png", media_type=FORMATS["PNG"])
    files.keep(work, kept.id)
    logo = Logo(file_id=kept.id, name=kept.name, media_type=kept.media_type, size=kept.size, sha256=kept.sha256)
    return editing.change_logo(work, logo)


def remove(work: UnitOfWork) -> Stored:
    return editing.change_logo(work, None)


def current(work: UnitOfWork) -> files.File:
    """Returns the logo's file. Raises NotFound."""
    logo: Logo | None = work.organisation.logo
    if logo is None:
        raise NotFound("The organization has no logo.")
    return file_of(logo)


def as_png(data: bytes) -> bytes:
    """Returns the image as a PNG without metadata. Raises Invalid for the field `file`."""
    try:
        with Image.open(BytesIO(data), formats=list(FORMATS)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Invalid({"file": [f"The image has {image.width} × {image.height} pixels. Use a smaller one."]})
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Invalid({"file": ["This is not a PNG, JPEG or WebP image. Choose another file."]}) from error
    drawn.thumbnail(LARGEST)
    result = BytesIO()
    drawn.save(result, "PNG", optimize=True)
    return result.getvalue()
