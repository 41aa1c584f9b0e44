"""Photos lose everything but the picture; a browser-like reader still draws the same dots."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import InputError
from hashar.intake.pictures import PNG, without_metadata

SECRET = b"GPS 43.2389N 76.8897E Canon owner Aliya"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(*extra, size=(2, 2)):
    """Two by two dots, with further chunks before them."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\0" + b"\x80" * 6 + b"\0" + b"\x40" * 6))
    return PNG + head + b"".join(extra) + dots + chunk(b"IEND", b"")


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def notes(order, how, *, kind=3):
    """Notes of a camera with where it was, and how it was held."""
    letter = {"<": b"II*\0", ">": b"MM\0*"}[order]
    entries = struct.pack(f"{order}HHHII", 2, 0x8825, 4, 1, 26)
    entries += struct.pack(f"{order}HHIHHI", 0x0112, kind, 1, how, 0, 0)
    return segment(0xE1, b"Exif\0\0" + letter + struct.pack(f"{order}I", 8) + entries + SECRET)


FRAME = segment(0xC0, struct.pack(">BHHB", 8, 2, 2, 1) + b"\x01\x11\x00")
TABLES = segment(0xDB, bytes(65)) + segment(0xC4, bytes(18))
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
END = b"\xff\xd9"


def jpeg(*extra, frame=FRAME, scan=SCAN, end=END):
    return b"\xff\xd8" + b"".join(extra) + TABLES + frame + scan + end


PLAIN = jpeg()


def test_a_jpeg_keeps_its_picture_and_nothing_else():
    extra = [segment(0xE0, b"JFIF\0" + SECRET), segment(0xE2, b"ICC_PROFILE\0" + SECRET), segment(0xFE, SECRET)]
    kind, kept = without_metadata(jpeg(*extra, segment(0xED, SECRET)) + SECRET + b"\xff\xd8 another picture")
    assert (kind, kept) == ("jpeg", PLAIN)
    assert without_metadata(kept) == (kind, kept)


@pytest.mark.parametrize("order", ["<", ">"])
def test_how_the_camera_was_held_stays_where_it_was_does_not(order):
    _, kept = without_metadata(jpeg(notes(order, 6)))
    assert SECRET not in kept
    assert b"\x88\x25" not in kept
    assert without_metadata(kept)[1] == kept
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept


@pytest.mark.parametrize(
    "extra",
    [
        notes("<", 1),
        notes("<", 9),
        notes(">", 6, kind=4),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
        segment(0xE1, b"Exif\0\0XX" + SECRET),
        segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"),
        segment(0xEE, SECRET),
        b"\xff\xff\xff\x01",
    ],
)
def test_notes_that_say_nothing_of_use_are_left_out(extra):
    assert without_metadata(jpeg(extra))[1] == PLAIN


def test_colours_of_adobe_stay_as_they_are():
    adobe = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")
    assert adobe in without_metadata(jpeg(adobe))[1]


def test_several_scans_and_restarts_are_kept():
    _, kept = without_metadata(jpeg(scan=SCAN + segment(0xC4, bytes(18)) + SCAN + b"\xff"))
    assert kept.count(b"\x12\xff\x00\x34\xff\xd0\x56") == 2


def test_a_png_keeps_its_picture_and_nothing_else():
    extra = [chunk(b"tEXt", SECRET), chunk(b"eXIf", SECRET), chunk(b"iTXt", SECRET), chunk(b"prVt", SECRET)]
    gamma = chunk(b"gAMA", struct.pack(">I", 45455))
    assert without_metadata(png(*extra, gamma) + SECRET) == ("png", png(gamma))


REFUSED = {
    "nothing": b"",
    "a page": b"<svg onload=alert(1)>",
    "a GIF": b"GIF89a" + bytes(20),
    "a HEIC": b"\0\0\0\x18ftypheic" + bytes(20),
    "a JPEG cut in its dots": PLAIN[:-4],
    "a JPEG cut in a table": PLAIN[:30],
    "a JPEG without picture": b"\xff\xd8" + TABLES + END,
    "a JPEG with rubbish": b"\xff\xd8\xff" + bytes(50),
    "a JPEG without length": b"\xff\xd8\xff\xdb\x00\x01" + bytes(9),
    "a JPEG that is too large": jpeg(frame=segment(0xC0, struct.pack(">BHHB", 8, 65_000, 65_000, 1) + b"\x01\x11\x00")),
    "a JPEG of no size": jpeg(frame=segment(0xC0, struct.pack(">BHHB", 8, 0, 2, 1) + b"\x01\x11\x00")),
    "a PNG cut short": png()[:-6],
    "a PNG with another sum": png().replace(b"\x08\x02", b"\x08\x03"),
    "a PNG that is too large": png(size=(19_000, 19_000)),
    "a PNG without dots": PNG + png()[8:33] + chunk(b"IEND", b""),
    "a PNG out of order": PNG + chunk(b"tEXt", b"a") + png()[8:],
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused_with_a_sentence(content):
    with pytest.raises(InputError):
        without_metadata(content)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.binary(max_size=6), st.sampled_from([PLAIN, png(), jpeg(notes("<", 6))]))
def test_damage_is_refused_or_leaves_a_picture_that_is_taken_again(at, instead, whole):
    damaged = whole[:at] + instead + whole[at + len(instead) :]
    try:
        kind, kept = without_metadata(damaged)
    except InputError:
        return
    assert without_metadata(kept) == (kind, kept)


def test_a_real_picture_is_drawn_the_same():
    """Drawn by the program's own chart maker, so that no picture has to be stored in the repository."""
    import vl_convert

    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="5"/></svg>'
    picture = vl_convert.svg_to_png(drawing)
    kind, kept = without_metadata(picture)
    assert kind == "png"
    assert dots(kept) == dots(picture) != b""


def dots(picture):
    """The dots of a PNG."""
    found, at = b"", 8
    while at < len(picture):
        length, name = struct.unpack(">I4s", picture[at : at + 8])
        found += picture[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    return zlib.decompress(found)
