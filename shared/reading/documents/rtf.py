"""Rich text: control words, groups and code pages of RTF 1.9, as far as text and its visibility go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from shared.reading.documents.raw_text import RawText
from shared.reading.documents.visibility import TINY, Colour, is_pale

_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.I
)
_SKIPPED: Final = set(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles listtable "
    b"listoverridetable rsidtbl generator filetbl revtbl xmlnstbl fldinst bkmkstart bkmkend annotation atnid atnauthor "
    b"atndate atnref falt panose nonshppict shprslt template passwordhash wgrffmtfilter mmathPr userprops docvar "
    b"listtext pntext pntxta pntxtb sp themedata txe rxe xe tc".split()
)
_KNOWN_STARRED: Final = {b"shptxt", b"shpinst"}  # \* says “skip what you do not know”; these hold text
_WORDS: Final = {
    b"par": "\n", b"line": "\n", b"page": "\n", b"sect": "\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t",
    b"nestrow": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"zwj": "\u200d", b"zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS: Final = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n", b"-": ""}
_CHARSETS: Final = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True)
class _State:
    """Formatting of a group; an inner group starts with that of the outer one."""

    skip: bool = False
    hidden: bool = False
    size: int = 24  # half points
    ink: int = 0
    ground: int = 0
    font: int | None = None
    fallback: int = 1  # characters to leave out after \u


@dataclass
class _Reader:
    state: _State = _State()
    stack: list[_State] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)  # bytes of the code page, not decoded yet
    code_page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    colours: list[Colour | None] = field(default_factory=list)
    leave_out: int = 0
    starred: bool = False
    surrogate: int = 0


def read_rtf(content: bytes) -> RawText:
    """Return the text of an .rtf file. Cells are separated by tabs."""
    reader = _Reader(fonts=_fonts(content), colours=_colours(content))
    for match in _TOKEN.finditer(content, content.find(b"{\\rtf")):
        word, number, code, symbol, brace, text = match.groups()
        if word:
            _word(reader, word, int(number) if number else None)
        elif code:
            _bytes(reader, bytes([int(code, 16)]))
        elif text:
            _bytes(reader, text)
        elif brace:
            _group(reader, brace)
        elif symbol:
            _symbol(reader, symbol)
    _flush(reader)
    text = re.sub(r"\t+\n", "\n", "".join(reader.shown))
    return RawText("rtf", text, hidden=("".join(reader.hidden),) if reader.hidden else (), links=_links(content))


def _fonts(content: bytes) -> dict[int, str]:
    """Return the code page of each font number."""
    start = content.find(b"\\fonttbl")
    found = re.finditer(rb"\\f(\d+)[^{}]*?\\fcharset(\d+)", content[start : start + 100_000]) if start >= 0 else ()
    return {int(m[1]): _CHARSETS[int(m[2])] for m in found if int(m[2]) in _CHARSETS}


def _colours(content: bytes) -> list[Colour | None]:
    table = re.search(rb"\\colortbl([^}]*)", content)
    found: list[Colour | None] = []
    for entry in table[1].split(b";")[:-1] if table else ():
        parts = [re.search(rb"\\%s(\d+)" % name, entry) for name in (b"red", b"green", b"blue")]
        red, green, blue = (min(255, int(part[1])) if part else 0 for part in parts)
        found.append((red, green, blue) if any(parts) else None)
    return found


def _links(content: bytes) -> tuple[str, ...]:
    found = re.findall(rb'HYPERLINK\s+"((?:https?:|mailto:)[^"\\]{1,500})"', content)
    return tuple(dict.fromkeys(link.decode("latin-1") for link in found))


def _group(reader: _Reader, brace: bytes) -> None:
    _flush(reader)
    reader.leave_out = 0
    if brace == b"{":
        reader.stack.append(reader.state)
        if len(reader.stack) > 10_000:
            raise ValueError("too many groups")
    elif reader.stack:
        reader.state = reader.stack.pop()
    reader.starred = False


def _symbol(reader: _Reader, symbol: bytes) -> None:
    if symbol == b"*":
        reader.starred = True
    elif symbol in _SYMBOLS:
        _say(reader, _SYMBOLS[symbol])


def _word(reader: _Reader, word: bytes, number: int | None) -> None:
    starred, reader.starred = reader.starred, False
    if word == b"u" and number is not None:
        _unicode(reader, number % 65536)
        return
    if word == b"bin":
        return
    if word in (b"listtext", b"pntext") and not reader.state.skip:
        _say(reader, "• ")
    if word in _SKIPPED or (starred and word not in _KNOWN_STARRED):
        reader.state = replace(reader.state, skip=True)
    elif word in _WORDS:
        _say(reader, _WORDS[word])
    else:
        _format(reader, word, number)


def _format(reader: _Reader, word: bytes, number: int | None) -> None:
    _flush(reader)  # what was said before looks as it did
    state, value = reader.state, 0 if number is None else number
    if word == b"v":
        reader.state = replace(state, hidden=number != 0)
    elif word == b"fs":
        reader.state = replace(state, size=value)
    elif word == b"cf":
        reader.state = replace(state, ink=value)
    elif word in (b"highlight", b"chcbpat", b"cbpat", b"clcbpat"):
        reader.state = replace(state, ground=value)
    elif word == b"f":
        reader.state = replace(state, font=value)
    elif word == b"plain":
        reader.state = replace(state, hidden=False, size=24, ink=0, font=None)
    elif word == b"pard":
        reader.state = replace(state, ground=0)
    elif word == b"uc":
        reader.state = replace(state, fallback=max(0, value))
    elif word == b"ansicpg" and value:
        reader.code_page = _python_name(value)


def _python_name(code_page: int) -> str:
    import codecs

    names = {10000: "mac_roman", 65001: "utf-8", 936: "gb18030"}
    try:
        return codecs.lookup(names.get(code_page, f"cp{code_page}")).name
    except LookupError:
        return "cp1252"


def _unicode(reader: _Reader, code: int) -> None:
    _flush(reader)
    reader.leave_out = reader.state.fallback
    if 0xD800 <= code < 0xDC00:
        reader.surrogate = code
        return
    if 0xDC00 <= code < 0xE000:
        high, reader.surrogate = reader.surrogate, 0
        code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
    left, reader.leave_out = reader.leave_out, 0
    _say(reader, chr(code))
    reader.leave_out = left


def _bytes(reader: _Reader, data: bytes) -> None:
    skipped = min(reader.leave_out, len(data))
    reader.leave_out -= skipped
    if not reader.state.skip:
        reader.pending += data[skipped:]


def _flush(reader: _Reader) -> None:
    if reader.pending:
        font = reader.state.font
        name = reader.fonts.get(font, reader.code_page) if font is not None else reader.code_page
        data, reader.pending = bytes(reader.pending), bytearray()
        _put(reader, data.decode(name, "replace"))


def _say(reader: _Reader, text: str) -> None:
    _flush(reader)
    if reader.leave_out and text not in ("\n", "\t"):
        reader.leave_out -= 1
    else:
        _put(reader, text)


def _put(reader: _Reader, text: str) -> None:
    if not reader.state.skip:
        seen = text.isspace() or not _hides(reader, reader.state)
        (reader.shown if seen else reader.hidden).append(text)


def _hides(reader: _Reader, state: _State) -> bool:
    if state.hidden:
        return True
    if state.size < 2 * TINY:
        return True
    ink = reader.colours[state.ink] if 0 <= state.ink < len(reader.colours) else None
    ground = reader.colours[state.ground] if 0 < state.ground < len(reader.colours) else None
    if ink is None:
        return False
    if not is_pale(ink):
        return False
    if ground is None:
        return True
    return is_pale(ground)
