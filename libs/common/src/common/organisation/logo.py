"""Reading the logo's bytes, which are in the gateway's part of the file store."""

from functools import lru_cache

from common.blobs.files import File, read
from common.config import Settings
from common.organisation.settings import Logo


def file_of(logo: Logo) -> File:
    return File(logo.file_id, "gateway", logo.name, logo.media_type, logo.size, logo.sha256)


@lru_cache(maxsize=4)
def content(settings: Settings, logo: Logo) -> bytes:
    """Returns the bytes. Raises NotStored or StoreUnavailable."""
    return b"".join(read(settings, file_of(logo)))
