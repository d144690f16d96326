"""The text of an email: decoded whatever its charset says, without tags, and without the history it quotes."""

import re
from html.parser import HTMLParser

ALIASES = {"iso-2022-jp": "iso2022_jp_ext", "gb2312": "gb18030", "ks_c_5601-1987": "cp949", "shift_jis": "cp932"}
"""Charsets whose mail programs use more characters than they announce."""
HIDDEN = frozenset({"style", "script", "head", "title"})
BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "pre", "hr"})
QUOTES = frozenset({"blockquote"})
BEGINS_HISTORY = re.compile(
    r"^(-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|message d'origine)\s*-{2,}"
    r"|_{20,}"
    r"|(on|am|le|el)\b.{5,200}(wrote|schrieb|écrit|escribió)( .{1,100})?\s*:"
    r"|.{5,200}(のメール|さんは書きました)\s*[:：]?)\s*$",
    re.IGNORECASE,
)
HEADER_LINE = re.compile(r"^\*?(from|von|de|差出人)\*?\s*:\s*\S.*@", re.IGNORECASE)


def decoded(data: bytes, charset: str | None) -> str:
    """Returns the text in the named charset, else in UTF-8, else in Windows-1252 with what cannot be read marked."""
    name = (charset or "utf-8").strip().strip("\"'").lower()
    for candidate in (ALIASES.get(name, name), name, "utf-8", "cp1252"):
        try:
            return _clean(data.decode(candidate))
        except (LookupError, UnicodeError, ValueError):
            continue
    return _clean(data.decode("cp1252", "replace"))


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self._quoted += tag in QUOTES
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        self._quoted = max(0, self._quoted - (tag in QUOTES))
        if tag in BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            mark = "\n> " if self._quoted else ""
            self.pieces.append(mark + re.sub(r"\s+", " ", data))


def text_of_html(html: str) -> str:
    """Returns the readable text; quotations are marked as in plain text."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (line.strip() for line in "".join(parser.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_history(text: str) -> str:
    """Returns what was written now. An email that only quotes keeps its text, because cutting would leave nothing."""
    lines = text.split("\n")
    end = next((index for index in range(len(lines)) if _history_begins(lines, index)), len(lines))
    kept = lines[:end]
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith(">")):
        kept.pop()
    return "\n".join(line.rstrip() for line in kept).strip() or text.strip()


def _history_begins(lines: list[str], index: int) -> bool:
    """Attributions are often folded over two lines."""
    line = lines[index].strip()
    both = f"{line} {lines[index + 1].strip()}" if index + 1 < len(lines) else line
    if BEGINS_HISTORY.match(line) or (re.match(r"(on|am|le|el)\b", line, re.I) and BEGINS_HISTORY.match(both)):
        return True
    return bool(HEADER_LINE.match(line)) and index > 0 and not lines[index - 1].strip()
