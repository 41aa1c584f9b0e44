"""What hostile, careless or broken visitors send: texts, files, names of files."""

import io
import struct
import zipfile
import zlib

SCRIPT = "<img src=x onerror=alert(1)>'\"`><script>zz()</script>"
TEXTS = {
    "markup": SCRIPT,
    "statement": "'; DROP TABLE people_person; --",
    "formula": '=HYPERLINK("http://x","y")',
    "template": "{{ 7*'7' }}{% raw %}${7*7}#{7*7}",
    "places": "{name} %s %(x)s {0.__class__}",
    "nul": "a\0b",
    "controls": "\x1b[31m\x7f\r\nSet-Cookie: a=b",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈\U0001f9ff",
    "right to left": "\u202eتاشکند\u202c \u2066x",
    "combining": "Z" + "\u0338" * 500,
    "huge": "я" * 60_000,
    "path": "../../../../etc/passwd",
    "number": "99999999999999999999999999999",
    "fraction": "-1e309",
    "not a number": "NaN",
    "digits of others": "١٢٣",
    "spaces": " \t\u00a0\u200b ",
    "nothing": "",
    "surrogate": "\\ud800",
    "yaml": "&a [*a, *a]\n!!python/object/apply:os.system ['true']",
}
EVERYWHERE = ("markup", "nul", "controls", "emoji", "right to left", "huge", "number", "nothing", "statement", "yaml")
"""These are sent in all fields of a form at once; each field alone gets one of the others in turn."""


def bomb():
    """A workbook whose sheet unpacks to a gigabyte."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1000):
                sheet.write(b"\0" * 1_000_000)
    return content.getvalue()


def with_macros():
    """A workbook with a macro in it."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["code", "year", "count"])
    sheet.write_row(1, 0, ["KZ-75", 2024, 5])
    book.close()
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"Sub AutoOpen" * 50)
    return content.getvalue()


def picture():
    """A picture of one pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def files():
    """Name → content."""
    macros = with_macros()
    return {
        "empty.csv": b"",
        "empty.xlsx": b"",
        "empty.sav": b"",
        "picture.csv": picture(),
        "picture.sav": picture(),
        "picture.xlsx": picture(),
        "picture.dta": picture(),
        "picture.parquet": picture(),
        "bomb.xlsx": bomb(),
        "macros.xlsx": macros,
        "macros.xlsm": macros,
        "half.xlsx": macros[: len(macros) // 2],
        "formulas.csv": b"code,year,count\n=cmd|' /C calc'!A0,2024,=1+1\n@SUM(1),+5,-5\n",
        "nul.csv": b"code\0,year\n\0\0\0,\xff\xfe\n" * 50,
        "utf16.csv": "code,year,count\nKZ-75,2024,5\n".encode("utf-16"),
        "oneline.csv": b"a" * 3_000_000,
        "quotes.csv": b'"' * 100_001,
        "columns.csv": b",".join(b"c%d" % n for n in range(20_000)) + b"\n",
        "dates.csv": b"code,year,count\nKZ-75,31.02.2024,-5\nKZ-75,9999999,1e400\n",
        "twice.csv": b"code,year,count\nKZ-75,2024,5\nKZ-75,2024,5\n",
        "markup.csv": f"code,{SCRIPT}\n{SCRIPT},{SCRIPT}\n".encode(),
        "deep.geojson": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        "markup.geojson": b'{"type":"FeatureCollection","features":[{"properties":{"name":"<b>"},"geometry":0}]}',
        "program.exe": b"MZ" + b"\0" * 500,
        "noending": b"code,year\n1,2\n",
    }


NAMES = [
    "../../../../etc/passwd.csv",
    "..\\..\\windows\\system32\\config.csv",
    f"{SCRIPT}.csv",
    "CON.csv",
    ".htaccess",
    "\u202excod.csv",
    "я" * 300 + ".csv",
    "=cmd().csv",
    "a\r\nb.csv",
    " .csv",
]
"""Names of files that are no names."""
