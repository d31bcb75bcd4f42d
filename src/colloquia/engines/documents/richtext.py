"""Rich text (RTF): a small reader that knows code pages, Unicode escapes and what is not text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from colloquia.engines.documents import problems
from colloquia.engines.documents.cleaning import clean, join_paragraphs
from colloquia.engines.documents.extract import Extract, Source

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z0-9'])|([{}])|([^\\{}\r\n]+)",
    re.DOTALL,
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles "
    b"listtable listoverridetable rsidtbl generator xmlnstbl fldinst revtbl filetbl template bkmkstart "
    b"bkmkend shpinst nonshppict userprops docvar annotation atnid atnauthor atnref atndate atnicn "
    b"mmathPr wgrffmtfilter pgptbl".split()
)
_KEPT_STARRED = frozenset({b"shptxt", b"footnote"})
_CHARACTERS = {
    b"par": "\n\n", b"sect": "\n\n", b"page": "\n\n", b"line": "\n", b"tab": "\t", b"cell": "\t",
    b"nestcell": "\t", b"row": "\n", b"nestrow": "\n", b"emdash": "—", b"endash": "–", b"emspace": "\u2003",
    b"enspace": "\u2002", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"zwj": "\u200d", b"zwnj": "\u200c", b"ltrmark": "\u200e", b"rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {
    b"~": "\u00a0",
    b"_": "\u2011",
    b"-": "\u00ad",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\n": "\n\n",
    b"\r": "\n\n",
}
_CHARSETS = {
    0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
_DEPTH = 2000


@dataclass(slots=True)
class _State:
    skip: bool = False
    hidden: bool = False
    encoding: str = "cp1252"
    unicode_skip: int = 1


@dataclass(slots=True)
class _Output:
    pieces: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    encoding: str = "cp1252"
    hidden: int = 0
    deletions: int = 0

    def flush(self) -> None:
        if self.pending:
            self.pieces.append(self.pending.decode(self.encoding, "replace"))
            self.pending.clear()

    def add_bytes(self, data: bytes, encoding: str) -> None:
        """Hold bytes back until their run ends: a character may be spread over several escapes."""
        if encoding != self.encoding:
            self.flush()
            self.encoding = encoding
        self.pending += data

    def add(self, text: str) -> None:
        self.flush()
        self.pieces.append(text)


def read(source: Source) -> Extract:
    """Return the visible text; pictures, objects, comments, deleted and hidden text are left out."""
    data = source.data()
    output, complete = _parse(data)
    text = "".join(output.pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Extract(
        clean(join_paragraphs(re.split(r"\n{2,}", clean(text)))),
        missing=[] if complete else [problems.CUT_OFF],
        notes=problems.left_out(data.count(b"{\\*\\annotation"), output.deletions, output.hidden),
        tool="rtf",
        why_empty=problems.only_pictures(data.count(b"\\pict")) if b"\\pict" in data else "",
    )


def _parse(data: bytes) -> tuple[_Output, bool]:
    """Return the output, and whether all groups were closed."""
    fonts = _font_encodings(data)
    output, state = _Output(), _State()
    stack: list[_State] = []
    at, starred, to_skip, default = 0, False, 0, "cp1252"
    while (token := _TOKEN.search(data, at)) is not None:
        at = token.end()
        word, number, code, symbol, brace, plain = token.groups()
        if brace == b"{":
            if len(stack) < _DEPTH:
                stack.append(_State(state.skip, state.hidden, state.encoding, state.unicode_skip))
            starred, to_skip = False, 0
        elif brace == b"}":
            if stack:
                state = stack.pop()
            starred, to_skip = False, 0
        elif symbol == b"*":
            starred = True
        elif symbol is not None:
            if not state.skip and not state.hidden and symbol in _SYMBOLS:
                output.add(_SYMBOLS[symbol])
        elif word is not None:
            value = int(number) if number else None
            if word == b"bin":
                at += max(0, value or 0)
            elif word == b"ansicpg":
                default = state.encoding = _code_page(value or 1252)
            elif word in _SKIPPED or (starred and word not in _KEPT_STARRED):
                state.skip = True
            elif word == b"f" and value in fonts:
                state.encoding = fonts[value] or default
            elif word == b"plain":
                state.encoding, state.hidden = default, False
            elif word == b"uc":
                state.unicode_skip = max(0, value or 0)
            elif word in {b"deleted", b"v"}:
                state.hidden = value != 0
                output.hidden += word == b"v" and state.hidden and not state.skip
                output.deletions += word == b"deleted" and state.hidden
            elif not state.skip and not state.hidden:
                if word == b"u":
                    output.add(chr((value or 0) & 0xFFFF))
                    to_skip = state.unicode_skip
                elif word in _CHARACTERS:
                    output.add(_CHARACTERS[word])
                    to_skip = 0
                elif word == b"footnote":
                    output.add("\n\n")
            starred = False
        elif not state.skip and not state.hidden:
            piece = bytes([int(code, 16)]) if code else plain
            dropped = min(to_skip, len(piece))
            to_skip -= dropped
            output.add_bytes(piece[dropped:], state.encoding)
    output.flush()
    return output, not stack


def _font_encodings(data: bytes) -> dict[int | None, str]:
    """Return the encoding of every font in the table; an empty string means the document's own."""
    begin = data.find(b"{\\fonttbl")
    if begin < 0:
        return {}
    found = re.findall(
        rb"\\f(\d{1,6})(?:\\[a-z]+-?\d* ?|[{}*\s])*?\\fcharset(\d{1,3})", data[begin : begin + 200_000]
    )
    return {
        int(font): _code_page(_CHARSETS.get(int(charset), 0)) if int(charset) > 2 else ""
        for font, charset in found
    }


def _code_page(number: int) -> str:
    special = {0: "", 936: "gb18030", 950: "big5hkscs", 10000: "mac_roman", 65001: "utf-8"}
    name = special.get(number, f"cp{number}")
    try:
        b"".decode(name or "ascii")
    except LookupError:
        return "cp1252"
    return name
