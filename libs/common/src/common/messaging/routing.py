"""Finds handlers by the envelope's type: a retried message's routing key is only its queue's name."""

from collections.abc import Iterable

from common.handlers import Handler


class Routing:
    def __init__(self, handlers: Iterable[Handler]) -> None:
        self._exact: dict[str, list[Handler]] = {}
        self._patterns: list[tuple[list[str], Handler]] = []
        self._found: dict[str, list[Handler]] = {}
        for handler in handlers:
            for key in handler.types:
                if "*" in key or "#" in key:
                    self._patterns.append((key.split("."), handler))
                else:
                    self._exact.setdefault(key, []).append(handler)

    def find(self, event_type: str) -> list[Handler]:
        """Handlers of exactly this type first, then those whose pattern takes it in."""
        found = self._found.get(event_type)
        if found is None:
            words = event_type.split(".")
            matching = [handler for pattern, handler in self._patterns if matches(pattern, words)]
            found = list(dict.fromkeys([*self._exact.get(event_type, ()), *matching]))
            if event_type in self._exact:  # only known types are remembered: strangers could make up any number
                self._found[event_type] = found
        return found

    def why_not(self, event_type: str) -> str:
        """Returns the reason why `find` returned no handler."""
        stem, _, version = event_type.rpartition(".")
        known = sorted(key.rpartition(".")[2] for key in self._exact if key.rpartition(".")[0] == stem)
        if known:
            return f"unknown version: {stem} is read here as {', '.join(known)}, not {version}"
        return f"unknown type: nothing here handles {event_type}"


def matches(pattern: list[str], words: list[str]) -> bool:
    """Returns whether an AMQP topic pattern matches: `*` is one word, `#` any number of words."""
    if not pattern:
        return not words
    head, rest = pattern[0], pattern[1:]
    if head == "#":
        return any(matches(rest, words[skip:]) for skip in range(len(words) + 1))
    return bool(words) and head in ("*", words[0]) and matches(rest, words[1:])
