"""Several texts in one cell: "Gold; Hosted", or as JSON where one of them could be taken for two."""

from collections.abc import Sequence

import orjson

SEPARATOR = ";"


def joined(texts: Sequence[str]) -> str:
    if any(SEPARATOR in text or text.startswith("[") or text != text.strip() for text in texts):
        return orjson.dumps(list(texts)).decode()
    return f"{SEPARATOR} ".join(texts)


def split(cell: str) -> list[str]:
    if cell.startswith("["):
        try:
            found = orjson.loads(cell)
        except orjson.JSONDecodeError:
            found = None
        if isinstance(found, list) and all(isinstance(text, str) for text in found):
            return found
    return [text.strip() for text in cell.split(SEPARATOR) if text.strip()]
