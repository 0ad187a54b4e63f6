"""Encrypting a stream with a passphrase: scrypt makes the key, AES-GCM seals chunk by chunk.

Layout: MAGIC, 16 bytes of salt, then chunks: 4 bytes with the length of what is sealed, and that. Each chunk's nonce is
its number, and it is sealed together with whether it is the last, so that none can be moved, left out or cut off.
"""

from __future__ import annotations

import io
import os
import struct
from typing import BinaryIO, Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from shared.errors import InvalidRequest, UnreadableFile

MAGIC: Final = b"shortlist-encrypted-1\n"
_SALT_BYTES: Final = 16
_CHUNK_BYTES: Final = 1 << 20
_TAG_BYTES: Final = 16
_LENGTH: Final = struct.Struct(">I")
_COST: Final = 1 << 17  # scrypt's n: 128 MB and about half a second for each try
_LAST, _MORE = b"last", b"more"


class EncryptingWriter(io.RawIOBase):
    """A stream that writes what it is given, sealed, to another. `close` seals the last chunk; the other stays open."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(_SALT_BYTES)
        self._target = target
        self._cipher = _cipher(passphrase, salt)
        self._header = MAGIC + salt
        self._chunk = bytearray()
        self._number = 0
        target.write(self._header)

    def writable(self) -> bool:
        """Tell that it is for writing."""
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # bytes are all we are given
        """Take the bytes; full chunks are sealed and written."""
        self._chunk += content
        while len(self._chunk) > _CHUNK_BYTES:
            self._seal(_CHUNK_BYTES, _MORE)
        return len(content)

    def close(self) -> None:
        """Seal what is left."""
        if not self.closed:
            self._seal(len(self._chunk), _LAST)
        super().close()

    def _seal(self, size: int, position: bytes) -> None:
        plain = bytes(self._chunk[:size])
        del self._chunk[:size]
        sealed = self._cipher.encrypt(_nonce(self._number), plain, self._header + position)
        self._target.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class DecryptingReader(io.RawIOBase):
    """A stream of what an `EncryptingWriter` was given. Raises `InvalidRequest` for a wrong passphrase."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._source = source
        self._header = source.read(len(MAGIC) + _SALT_BYTES)
        if not self._header.startswith(MAGIC) or len(self._header) != len(MAGIC) + _SALT_BYTES:
            raise UnreadableFile("the backup is not encrypted, or cut off at its beginning")
        self._cipher = _cipher(passphrase, self._header[len(MAGIC) :])
        self._chunk = memoryview(b"")
        self._number = 0
        self._ended = False

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as one chunk reaches; return how many bytes, 0 at the end."""
        while not self._chunk and not self._ended:
            self._open_next()
        size = min(len(buffer), len(self._chunk))
        buffer[:size] = self._chunk[:size]
        self._chunk = self._chunk[size:]
        return size

    def _open_next(self) -> None:
        sealed = self._sealed_chunk()
        for position in (_MORE, _LAST):
            try:
                plain = self._cipher.decrypt(_nonce(self._number), sealed, self._header + position)
            except InvalidTag:
                continue
            self._chunk = memoryview(plain)
            self._number += 1
            self._ended = position == _LAST
            return
        if self._number == 0:
            raise InvalidRequest("the passphrase is wrong, or the backup is damaged")
        raise UnreadableFile("the backup is damaged")

    def _sealed_chunk(self) -> bytes:
        length = self._source.read(_LENGTH.size)
        if len(length) != _LENGTH.size:
            raise UnreadableFile("the backup is cut off")
        (size,) = _LENGTH.unpack(length)
        if size > _CHUNK_BYTES + _TAG_BYTES:
            raise UnreadableFile("the backup is damaged")
        sealed = self._source.read(size)
        if len(sealed) != size:
            raise UnreadableFile("the backup is cut off")
        return sealed


def is_encrypted(source: BinaryIO) -> bool:
    """Tell whether an open file is encrypted by this module; it stays where it was."""
    start = source.tell()
    magic = source.read(len(MAGIC))
    source.seek(start)
    return magic == MAGIC


def decrypted(source: BinaryIO, passphrase: str) -> BinaryIO:
    """Return a stream of the decrypted bytes."""
    return cast(BinaryIO, io.BufferedReader(DecryptingReader(source, passphrase), _CHUNK_BYTES))


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    kdf = Scrypt(salt=salt, length=32, n=_COST, r=8, p=1)
    return AESGCM(kdf.derive(passphrase.encode()))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
