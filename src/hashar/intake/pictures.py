"""Photos as they come in: JPEG and PNG, rebuilt from what makes the picture; all else is left behind.

A camera writes place, time, owner and a small copy of the picture into its files. Only the parts without which the
picture could not be drawn are copied (and whether it lies on its side), so that nothing unknown passes through.
"""

import struct
import zlib
from collections.abc import Iterator

from hashar.errors import InputError
from hashar.i18n import N_

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
LARGEST_SIDE = 20_000
MOST_DOTS = 120_000_000
ORIENTATION = 0x0112
SHORT = 3
SHOWN = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND")
"""Chunks of a PNG without which it looks otherwise."""
FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended and progressive: what browsers draw."""
TABLES = {0xC4, 0xDB, 0xDD, *FRAMES}
START, END, SCAN, EXIF, ADOBE = 0xD8, 0xD9, 0xDA, 0xE1, 0xEE
ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers that nothing belongs to."""


def _damaged() -> InputError:
    return InputError(N_("The photo is damaged or cut short. Take or save it again."))


def without_metadata(content: bytes) -> tuple[str, bytes]:
    """The kind (``jpeg`` or ``png``) and the photo without place, time, owner and whatever else was written into it.

    Raises
    ------
    InputError
        It is of another kind, damaged, or too large to be drawn.

    """
    try:
        if content.startswith(JPEG):
            return "jpeg", _jpeg(content)
        if content.startswith(PNG):
            return "png", _png(content)
    except (struct.error, IndexError) as error:
        raise _damaged() from error
    raise InputError(N_("Only photos in JPEG or PNG are taken. Set the camera to “most compatible”, or save it anew."))


def _require_size(width: int, height: int) -> None:
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE and width * height <= MOST_DOTS):
        raise InputError(N_("The photo has too many dots to be shown. Save it smaller."))


def _jpeg(content: bytes) -> bytes:
    kept, turned, drawn = [bytes((0xFF, START))], 1, False
    for marker, part in _segments(content):
        if marker in FRAMES:
            height, width = struct.unpack(">HH", part[5:9])
            _require_size(width, height)
            drawn = True
        if marker == EXIF:
            turned = _orientation(part[4:]) or turned
        elif marker in TABLES or marker in (SCAN, END) or (marker == ADOBE and part[4:9] == b"Adobe"):
            kept.append(part)
    if not drawn or kept[-1] != bytes((0xFF, END)):
        raise _damaged()
    return b"".join([kept[0], _turned(turned), *kept[1:]])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each part, up to the end of the picture; what follows it is not looked at."""
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        if content[at] != 0xFF or marker == 0:
            raise _damaged()
        if marker == END:
            yield marker, content[at : at + 2]
            return
        (length,) = (0,) if marker in ALONE else struct.unpack(">H", content[at + 2 : at + 4])
        stop = at + 2 + length
        if stop > len(content) or (marker not in ALONE and length < 2):
            raise _damaged()
        if marker == SCAN:
            stop = _end_of_scan(content, stop)
        yield marker, content[at:stop]
        at = stop


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the dots of a scan end: at the next marker that is no restart and no escaped byte."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _damaged()
        if content[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _orientation(part: bytes) -> int | None:
    """How the picture lies (2 to 8), out of the notes of the camera; None where they say nothing of use."""
    if not part.startswith(b"Exif\0\0"):
        return None
    notes = part[6:]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(notes[:4])
    if order is None:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", notes, 4)
        (entries,) = struct.unpack_from(f"{order}H", notes, first)
        for at in range(first + 2, first + 2 + 12 * entries, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", notes, at)
            if (tag, kind) == (ORIENTATION, SHORT) and 2 <= value <= 8:
                return int(value)
    except struct.error:
        return None
    return None


def _turned(how: int) -> bytes:
    """A note that holds nothing but how the picture lies; none where it stands upright."""
    if how == 1:
        return b""
    notes = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, SHORT, 1, how, 0, 0)
    return struct.pack(">BBH", 0xFF, EXIF, len(notes) + 2) + notes


def _png(content: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    names: list[bytes] = []
    while not names or names[-1] != b"IEND":
        length, name = struct.unpack(">I4s", content[at : at + 8])
        part = content[at : at + 12 + length]
        if len(part) != 12 + length or struct.unpack(">I", part[-4:])[0] != zlib.crc32(part[4:-4]):
            raise _damaged()
        if name == b"IHDR":
            _require_size(*struct.unpack(">II", part[8:16]))
        if name in SHOWN:
            kept.append(part)
        names.append(name)
        at += len(part)
    if names[0] != b"IHDR" or b"IDAT" not in names:
        raise _damaged()
    return b"".join(kept)
