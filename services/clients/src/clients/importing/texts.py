"""Writes and reads several texts in a cell: "Gold; Hosted", or JSON if a text contains the separator."""

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
            texts = orjson.loads(cell)
        except orjson.JSONDecodeError:
            texts = None
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            return texts
    return [text.strip() for text in cell.split(SEPARATOR) if text.strip()]
