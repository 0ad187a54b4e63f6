"""Word 97–2003 files: the text by its piece table, as [MS-DOC] 2.4.1 says, and what is formatted as hidden."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from shared.errors import UnreadableFile
from shared.reading.documents.archive import DAMAGED
from shared.reading.documents.raw_text import RawText
from shared.reading.documents.visibility import TINY, is_pale

_ENCRYPTED: Final = 0x0100
_TABLE_1: Final = 0x0200
_WORD_97: Final = 0x00C1
_CLX: Final = 0x01A2  # offsets of the FIB: where the piece table and the character formatting stand
_CHPX: Final = 0x00FA
_COUNTS: Final = 0x004C
_PAGE: Final = 512
_VANISH: Final = 0x083C
_POINTS: Final = 0x4A43  # size in half points
_INK: Final = 0x6870  # colour as red, green, blue
_OLD_INK: Final = 0x2A42  # colour out of sixteen; 8 is white
_SIZES: Final = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of a property's operand, by its top three bits; 6 says its own length
_MARKS: Final = str.maketrans(
    {
        "\r": "\n",
        "\x07": "\t",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x0e": "\n",
        "\x1e": "-",
        "\x1f": None,
        "\x01": None,
        "\x08": None,
    }
)


def read_doc(content: bytes) -> RawText:
    """Return the text of a .doc file. Raises UnreadableFile when it is damaged, protected or older than Word 97."""
    try:
        return _read(content)
    except (struct.error, IndexError, OSError, ValueError, KeyError):
        raise UnreadableFile("the file is damaged or older than Word 97; save it as .docx") from None


def _read(content: bytes) -> RawText:
    import olefile  # only old files need it

    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        word = ole.openstream("WordDocument").read()
        magic, version, flags = struct.unpack_from("<HH6xH", word, 0)
        if flags & _ENCRYPTED:
            raise UnreadableFile("it is protected by a password; ask for a copy without")
        if magic != 0xA5EC or version < _WORD_97:
            raise UnreadableFile("it was written by a Word older than 97; save it as .docx")
        table = ole.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
    pieces = list(_pieces(word, table))
    if not pieces:
        raise UnreadableFile(DAMAGED)
    return _text(word, pieces, _hidden_ranges(word, table))


def _pieces(word: bytes, table: bytes) -> Iterator[tuple[int, int, int, bool]]:
    """Yield (characters, offset in the main stream, bytes, compressed) in the order of the text."""
    start, length = struct.unpack_from("<II", word, _CLX)
    clx = table[start : start + length]
    at = 0
    while clx[at] == 1:  # properties that pieces share; none of them hides
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    size = struct.unpack_from("<I", clx, at + 1)[0]
    body = clx[at + 5 : at + 5 + size]
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", body, 0)
    for number in range(count):
        characters = places[number + 1] - places[number]
        where = struct.unpack_from("<I", body, 4 * (count + 1) + 8 * number + 2)[0]
        compressed = bool(where & 0x40000000)
        offset = (where & 0x3FFFFFFF) // 2 if compressed else where & 0x3FFFFFFF
        yield characters, offset, characters if compressed else 2 * characters, compressed


def _hidden_ranges(word: bytes, table: bytes) -> list[tuple[int, int]]:
    """Return the byte ranges of the main stream whose characters are formatted as hidden ([MS-DOC] 2.4.6.2)."""
    start, length = struct.unpack_from("<II", word, _CHPX)
    plc = table[start : start + length]
    count = (length - 4) // 8
    found: list[tuple[int, int]] = []
    for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
        page = word[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[_PAGE - 1]
        edges = struct.unpack_from(f"<{runs + 1}I", page, 0)
        for run in range(runs):
            at = 2 * page[4 * (runs + 1) + run]
            if at and _vanishes(page[at + 1 : at + 1 + page[at]]):
                found.append((edges[run], edges[run + 1]))
    return sorted(found)


def _vanishes(properties: bytes) -> bool:
    """Whether character properties hide: by name, by size, or white. What a cell is filled with is not looked up."""
    at, hidden = 0, {_VANISH: False}
    while at + 3 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        size = properties[at + 2] + 1 if code >> 13 == 6 else _SIZES[code >> 13]
        operand = properties[at + 2 : at + 2 + size]
        if code == _VANISH:
            hidden[code] = operand[0] == 1
        elif code == _POINTS:
            hidden[code] = struct.unpack("<H", operand)[0] < 2 * TINY
        elif code == _INK:
            hidden[_INK] = not operand[3] and is_pale((operand[0], operand[1], operand[2]))
        elif code == _OLD_INK:
            hidden[_INK] = operand[0] == 8
        at += 2 + size
    return any(hidden.values())


def _text(word: bytes, pieces: list[tuple[int, int, int, bool]], hidden: list[tuple[int, int]]) -> RawText:
    """Join the pieces: body, then footnotes and headers; comments and what is behind macros are left out."""
    body, notes, headers, _, comments, ends, boxes = struct.unpack_from("<7i", word, _COUNTS)
    shown: list[str] = []
    unseen: list[str] = []
    for _, offset, size, compressed in pieces:
        text = word[offset : offset + size].decode("cp1252" if compressed else "utf-16-le", "replace")
        width = 1 if compressed else 2
        for low, high in hidden:
            low, high = max(low, offset), min(high, offset + size)
            if low < high:
                at, to = (low - offset) // width, (high - offset) // width
                unseen.append(text[at:to])
                text = text[:at] + "\0" * (to - at) + text[to:]
        shown.append(text)
    whole = "".join(shown)
    parts = _parts(whole, (body, notes, headers, comments, ends, boxes))
    return RawText("doc", "\n".join(filter(None, map(_plain, parts))), hidden=tuple(filter(None, map(_plain, unseen))))


def _parts(whole: str, counts: tuple[int, int, int, int, int, int]) -> list[str]:
    """Cut the text into headers, body, notes, end notes and text boxes, in the order a person reads."""
    body, notes, headers, comments, ends, boxes = counts
    starts = [0]
    for count in (body, notes, headers, comments, ends, boxes):
        starts.append(starts[-1] + max(0, count))
    cut = [whole[a:b] for a, b in pairwise(starts)]
    margins = "\n".join(
        dict.fromkeys(filter(None, map(str.strip, cut[2].split("\r"))))
    )  # one per page kind, often equal
    return [margins, cut[0], cut[5], cut[1], cut[4]]


def _plain(text: str) -> str:
    """Return text without fields' codes and with table marks as tabs and line breaks."""
    out: list[str] = []
    depth: list[bool] = []  # per open field: whether its result has begun
    for char in text.replace("\x07\x07", "\r").replace("\0", ""):
        if char == "\x13":
            depth.append(False)
        elif char == "\x14" and depth:
            depth[-1] = True
        elif char == "\x15" and depth:
            depth.pop()
        elif all(depth):
            out.append(char)
    return "".join(out).translate(_MARKS).strip("\n\t ")
